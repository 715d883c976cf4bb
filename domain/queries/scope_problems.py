"""What one reader may see of a problem: nothing at all, its bare facts, or its words, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.house import SCHOOL_TIME, house
from domain.merged import heard_with
from domain.models import Problem, ProblemEvent, Voice
from domain.notices.values import UnitRef
from domain.notices.views_problems import CategoryName, ProblemLine
from domain.queries.opening import opened
from domain.queries.problems import sights_of
from domain.queries.scope import Eyes
from domain.rules.dues import day_of
from domain.rules.problem_sight import Sight, sees

# How much of the words stands for a problem that has no summary (characters).
GIST = 24


async def problem_lines(eyes: Eyes, numbers: tuple[int, ...]) -> tuple[ProblemLine, ...]:
    """Those of the problems that the reader may know of, a line each, in the same order.

    A group is told of what its own people moved: bare facts, and never a word.
    """
    rows = {row.id: row for row in await Problem.filter(id__in=numbers).select_related("key")}
    sights = await sights_for(eyes, rows.values())
    seen = [rows[one] for one in numbers if one in rows and knows(eyes, sights[one])]
    return tuple([await _line(eyes, row) for row in seen])


async def sights_for(eyes: Eyes, rows: Iterable[Problem]) -> Mapping[int, Sight]:
    """What decides who may know of each, looked up once for all that is said here."""
    unknown = [row for row in rows if row.id not in eyes.sights]
    if unknown:
        eyes.sights |= await sights_of(unknown)
    return eyes.sights


async def sight_for(eyes: Eyes, problem: int) -> Sight:
    """The same of one, by its number."""
    if problem not in eyes.sights:
        eyes.sights |= await sights_of([await Problem.get(id=problem)])
    return eyes.sights[problem]


def knows(eyes: Eyes, sight: Sight) -> bool:
    """Whether there is such a number for the reader; a room knows bare facts of ordinary ones."""
    return not sight.red_flag if eyes.standing is None else sees(eyes.standing, sight)


async def _line(eyes: Eyes, row: Problem) -> ProblemLine:
    voices = await voices_with(row.id)
    plan = house().plan
    return ProblemLine(
        problem=row.id,
        state=row.state,
        unit=await eyes.unit(UnitRef(unit=row.unit_id)),
        class_=await eyes.class_name(row.school_class_id),
        category=category_name(row.category),
        responsible=await eyes.person(row.responsible_id),
        handed_to=await eyes.person(row.handed_to_id),
        due=row.due_at.astimezone(SCHOOL_TIME),
        day_of=day_of(row.started_on, eyes.today, plan.clock),
        days=plan.clock.days + row.extended_days,
        voices=len(voices),
        gist=_gist(eyes, row, voices),
        red_flag=row.red_flag,
        ending=row.ending,
        merged_into=row.merged_into_id,
        review=row.review_on,
    )


def category_name(key: str | None) -> CategoryName | None:
    """One of the plan's categories; a key that the plan has no more is shown as it is."""
    if key is None:
        return None
    for one in house().plan.categories:
        if one.key == key:
            return CategoryName(one.key, one.name, one.name_en, one.level)
    return CategoryName(key, key, "", "school")


async def voices_with(problem: int) -> list[Voice]:
    """The voices of a problem and of those merged into it, by their numbers there."""
    places = await heard_with(problem)
    rows = Voice.filter(problem_id__in=list(places), undone_at__isnull=True)
    found = await rows.select_related("key").order_by("id")
    return sorted(found, key=lambda one: places[one.problem_id or problem] + (one.place or 1))


def _gist(eyes: Eyes, row: Problem, voices: list[Voice]) -> str | None:
    """The summary, else the beginning of the first words; the reading is logged."""
    if eyes.standing is None:
        return None
    gist = opened(row, "summary", row.key)
    if gist is None and voices:
        words = opened(voices[0], "words", voices[0].key)
        gist = None if words is None else shortened(words)
    if gist is not None:
        eyes.note_reading("problem", row.id, "gist")
    return gist


def shortened(words: str, most: int = GIST) -> str:
    """The beginning of a text, on one line.

    >>> shortened("食堂的菜太咸了", 4)
    '食堂的菜…'
    """
    line = " ".join(words.split())
    return line if len(line) <= most else line[:most] + "…"


async def because(eyes: Eyes, problem: int) -> tuple[str, ...]:
    """The pieces of the words that spoke for the category, for who may read them one-to-one."""
    return await because_of(eyes, await Problem.get(id=problem).select_related("key"))


async def because_of(eyes: Eyes, row: Problem) -> tuple[str, ...]:
    """The same of one that was read with its key."""
    if not eyes.private or not knows(eyes, (await sights_for(eyes, [row]))[row.id]):
        return ()
    said = opened(row, "because", row.key)
    if said:
        eyes.note_reading("problem", row.id, "because")
    return tuple(said.split("\n")) if said else ()


async def event_text(eyes: Eyes, event: int, sight: Sight) -> str | None:
    """What was said with a step of the story, for who may read it; the reading is logged."""
    if eyes.standing is None or not sees(eyes.standing, sight):
        return None
    row = await ProblemEvent.get(id=event).select_related("key")
    text = opened(row, "text", row.key)
    if text is not None:
        eyes.note_reading("problem_event", row.id, "text")
    return text
