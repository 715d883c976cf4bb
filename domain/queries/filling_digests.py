"""The weekly digest, filled in for its reader: what they may not see now is left out."""

from __future__ import annotations

import re

from domain.house import SCHOOL_TIME
from domain.models import Problem, Student, Voice
from domain.notices import digests, views_digests
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.opening import opened
from domain.queries.problems import sights_of
from domain.queries.scope import Eyes
from domain.queries.scope_problems import GIST, knows, problem_lines, shortened
from domain.queries.students import children_named_in
from domain.rules.masking import masked
from domain.rules.problem_sight import Sight

# What could be a phone or an identity card.
_DIGITS = re.compile(r"\d(?:[-\s]?\d){6,}")
_LOOKED_AT = 200


async def weekly(notice: digests.WeeklyDigest, eyes: Eyes) -> View:
    """Counts, what waits, and a few voices; of problems only such as the reader may know of now."""
    this, needs = notice.this, await _needs(notice, eyes)
    known = await _known(eyes, (*notice.overdue, *notice.due_next))
    return views_digests.WeeklyDigestSeen(
        **await base(notice, eyes),
        week=notice.week,
        until=notice.until.astimezone(SCHOOL_TIME).date(),
        units=await eyes.units(notice.units),
        needs=needs,
        # Of what may not be known any more there isn't even one more.
        needs_in_all=notice.needs_in_all - len(notice.needs) + len(needs),
        new=this.new,
        claimed=this.claimed,
        solved=this.solved,
        due=this.due,
        answered=this.answered,
        on_time=this.on_time,
        repeated=this.repeated,
        satisfaction={"told": this.told, "satisfied": this.satisfied},
        before=notice.before,
        open=notice.open,
        overdue=tuple(one for one in notice.overdue if one in known),
        overdue_in_all=notice.overdue_in_all,
        due_next=tuple(one for one in notice.due_next if one in known),
        due_in_all=notice.due_in_all,
        hidden=notice.hidden,
        coverage=await eyes.covered(notice.coverage),
        seen_before=notice.seen_before,
        special_due=sum(one.count.special_due for one in notice.coverage),
        talks=notice.talks,
        own_visits=notice.own_visits,
        own_talks=notice.own_talks,
        voices=await _voices(notice.voices, eyes),
        right=notice.right,
        suggested=notice.suggested,
        months=notice.months,
        so_far=notice.so_far,
        person=await eyes.person(notice.of),
    )


async def _needs(notice: digests.WeeklyDigest, eyes: Eyes) -> tuple[views_digests.NeedSeen, ...]:
    numbers = tuple(one.problem for one in notice.needs)
    lines = {line.problem: line for line in await problem_lines(eyes, numbers)}
    return tuple(
        views_digests.NeedSeen(problem=one.problem, why=one.why, line=lines[one.problem])
        for one in notice.needs
        if one.problem in lines
    )


async def _known(eyes: Eyes, numbers: tuple[int, ...]) -> set[int]:
    sights = await sights_of(await Problem.filter(id__in=numbers))
    return {number for number, sight in sights.items() if knows(eyes, sight)}


async def _voices(ids: tuple[int, ...], eyes: Eyes) -> tuple[str, ...]:
    """The words, without a child's name and without numbers by which somebody is found."""
    if eyes.standing is None:
        return ()
    rows = await Voice.filter(id__in=ids).order_by("id").prefetch_related("key")
    problems = await Problem.filter(id__in=[voice.problem_id for voice in rows])
    sights, said = await sights_of(problems), []
    for row in rows:
        sight, words = sights.get(row.problem_id or 0), opened(row, "words", row.key)
        if words is None or sight is None or not _may_be_told(eyes, sight):
            continue
        # Longer than what is shown: a name may stand where it is cut.
        masked_words = await _without_children(words[:_LOOKED_AT], row.family_id)
        if masked_words is not None:
            eyes.note_reading("voice", row.id, "words")
            said.append(shortened(masked_words, GIST + 8))
    return tuple(said)


def _may_be_told(eyes: Eyes, sight: Sight) -> bool:
    """Never of danger, and never of what names one of the school's people."""
    return knows(eyes, sight) and not sight.red_flag and not sight.barred


async def _without_children(words: str, family: int | None) -> str | None:
    """The words with each child's name masked; None when one is left that can't be."""
    names = [*await _children_of(family), *await children_named_in(words)]
    without = without_names(words, sorted(names, key=len, reverse=True))
    return None if await children_named_in(without) else without


async def _children_of(family: int | None) -> list[str]:
    children = await Student.filter(family_id=family).prefetch_related("family__key")
    names = [opened(child, "name", child.family.key) for child in children] if family else []
    return [name for name in names if name]


def without_names(words: str, names: list[str]) -> str:
    """The words with each of these names as surname and stars, and long numbers as stars.

    >>> without_names("王小明说食堂太咸，电话13800138000", ["王小明"])
    '王**说食堂太咸，电话***'
    """
    for name in names:
        words = words.replace(name, masked(name))
    return _DIGITS.sub("***", words)


async def unknown(notice: digests.DigestUnknown, eyes: Eyes) -> View:
    return views_digests.DigestUnknownSeen(
        **await base(notice, eyes), week=notice.week, person=await eyes.person(notice.person)
    )


async def impossible(notice: digests.WeekImpossible, eyes: Eyes) -> View:
    return views_digests.WeekImpossibleSeen(
        **await base(notice, eyes), number=notice.number, ahead=notice.ahead, this=notice.this
    )
