"""/issue with nothing but filters: by unit, category, leader, stage, age; a page at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from commands import issue_show
from commands.issue_mistyped import MEANT
from commands.pages import next_page, picked_on, with_more
from commands.parsing.classes import ClassSaid, parse_class
from commands.parsing.plain import plain
from commands.turn import Told, Turn
from domain.house import house
from domain.notices.problems_lists import ProblemsListed
from domain.notices.values import Option
from domain.queries.classes import class_named
from domain.queries.people import people_called
from domain.queries.problem_lists import problem_page
from domain.queries.units import unit_of_grade, units_called
from domain.rules.problem_lists import Stage, Wanted

# With its title and 更多 it is six lines.
PAGE = 4
# What a filter may stand in when the message was read as a problem to record: whole, or in words.
_WHOLE = ("unit", "stage", "person")
_PLACES = (*_WHOLE, "words")
_FILTERS = "filters"
_WORDS = re.compile(r"[^\s,、;。]+")
_AGE = re.compile(r"(?:超过|超|满|over|>=?)(\d{1,4})(?:天|日|d)|(\d{1,4})(?:天|日|d)(?:以上|\+)")


async def asked_for(turn: Turn) -> Wanted | None:
    """What was asked for, when the message consists of filters alone; else None."""
    if _FILTERS not in turn.looked_up:
        turn.looked_up[_FILTERS] = await _filters(turn)
    wanted: Wanted | None = turn.looked_up[_FILTERS]
    return wanted


async def _filters(turn: Turn) -> Wanted | None:
    if isinstance(unit := turn.pick(MEANT), int):
        return Wanted(unit=unit)
    if any(said and name not in _PLACES for name, said in turn.filling.texts.items()):
        return None
    said = turn.filling.texts
    whole = [plain(text).strip() for name in _WHOLE for text in said.get(name, ())]
    words = whole + _WORDS.findall(plain(" ".join(said.get("words", ()))))
    wanted = Wanted()
    for word in words:
        narrowed = await _narrowed(turn, wanted, word)
        if narrowed is None:
            return None
        wanted = narrowed
    return wanted if words else None


async def _narrowed(turn: Turn, wanted: Wanted, word: str) -> Wanted | None:
    """With one more filter; None when the word is none."""
    if read := parse_class(word):
        return await _of_class(turn, wanted, read)
    if stage := turn.lexicon.choice("stage", word):
        return replace(wanted, stage=cast("Stage", stage))
    if age := _AGE.fullmatch(word):
        return replace(wanted, older_than=int(age[1] or age[2]))
    if category := _category(word):
        return replace(wanted, category=category)
    return await _of_whom(wanted, word)


async def _of_class(turn: Turn, wanted: Wanted, read: ClassSaid) -> Wanted | None:
    """A class, or a whole grade."""
    if read.number is None:
        unit = await unit_of_grade(read.grade)
        return replace(wanted, unit=unit.id) if unit else None
    found = await class_named(read.grade, read.number, turn.today)
    return replace(wanted, school_class=found.id) if found else None


def _category(word: str) -> str | None:
    """The category of that name or alias."""
    for one in house().plan.categories:
        if word in map(plain, (one.key, one.name, one.name_en, *one.aliases)):
            return one.key
    return None


async def _of_whom(wanted: Wanted, word: str) -> Wanted | None:
    """A unit or a person by the whole name: what only sounds like one may be the problem itself."""
    units = [
        unit for unit in await units_called(word) if word in map(plain, (unit.name, *unit.aliases))
    ]
    if len(units) == 1:
        return replace(wanted, unit=units[0].id)
    people = await people_called(word)
    return replace(wanted, person=people[0]) if len(people) == 1 else None


async def answer_mine(turn: Turn) -> Sequence[Told]:
    """The bare command: what the asker has to do with."""
    return await _page(turn, Wanted(mine=True))


async def answer_filtered(turn: Turn) -> Sequence[Told]:
    """What the filters leave."""
    wanted = await asked_for(turn)
    assert wanted is not None
    return await _page(turn, wanted)


async def _page(turn: Turn, wanted: Wanted) -> Sequence[Told]:
    """A page of them; a number shows one, 更多 the next page."""
    picked = picked_on(turn)
    if picked is not None:
        turn.filling.action = "show"
        turn.filling.put("problem", f"#{picked}")
        turn.filling.picks.clear()
        return await issue_show.answer(turn)
    skip = next_page(turn, PAGE)
    page = await problem_page(turn.asker.standing, wanted, turn.today, skip=skip, most=PAGE)
    notice = ProblemsListed(
        problems=page.problems,
        total=page.total,
        skipped=skip,
        hidden=page.hidden,
        stage=wanted.stage,
        unit=wanted.unit,
        school_class=wanted.school_class,
        category=wanted.category,
        person=wanted.person,
        older_than=wanted.older_than,
        mine=wanted.mine,
        understood=turn.understood(),
    )
    if not page.problems:
        return [Told(notice, private=True)]
    options = (Option("problem", number) for number in page.problems)
    raise with_more(notice, *options, more=skip + len(page.problems) < page.total)
