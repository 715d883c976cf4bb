"""The weekly digest, filled in for its reader: what they may not see now is left out."""

from __future__ import annotations

import re

from domain.house import SCHOOL_TIME
from domain.models import Problem, Student, Voice
from domain.notices import digests, views_digests
from domain.notices.values import UnitRef
from domain.notices.views import CoveredSeen, View
from domain.queries.filling import base
from domain.queries.opening import opened
from domain.queries.problems import sights_of
from domain.queries.scope import Eyes
from domain.queries.scope_problems import GIST, knows, problem_lines, shortened
from domain.rules.masking import masked

# What could be a phone or an identity card.
_DIGITS = re.compile(r"\d(?:[-\s]?\d){6,}")


async def weekly(notice: digests.WeeklyDigest, eyes: Eyes) -> View:
    """Counts, the reader's own needs, and a few voices; in a room nothing but counts."""
    lines = {
        line.problem: line
        for line in await problem_lines(eyes, tuple(one.problem for one in notice.needs))
    }
    this = notice.this
    return views_digests.WeeklyDigestSeen(
        **await base(notice, eyes),
        week=notice.week,
        until=notice.until.astimezone(SCHOOL_TIME).date(),
        units=tuple([await eyes.unit(UnitRef(unit=unit)) for unit in notice.units]),
        needs=tuple(
            views_digests.NeedSeen(problem=one.problem, why=one.why, line=lines.get(one.problem))
            for one in notice.needs
            if one.problem in lines
        ),
        needs_in_all=notice.needs_in_all,
        new=this.new,
        claimed=this.claimed,
        solved=this.solved,
        on_time=this.on_time,
        repeated=this.repeated,
        satisfaction={"told": this.told, "satisfied": this.satisfied},
        before=notice.before,
        open=notice.open,
        overdue=notice.overdue,
        overdue_in_all=notice.overdue_in_all,
        due_next=notice.due_next,
        due_in_all=notice.due_in_all,
        hidden=notice.hidden,
        coverage=tuple(
            [
                CoveredSeen(unit=await eyes.unit(one.unit), count=one.count)
                for one in notice.coverage
            ]
        ),
        seen_before=notice.seen_before,
        special_due=sum(one.count.special_due for one in notice.coverage),
        talks=notice.talks,
        own_visits=notice.own_visits,
        own_talks=notice.own_talks,
        voices=await _voices(notice.voices, eyes),
        right=notice.right,
        suggested=notice.suggested,
        so_far=notice.so_far,
    )


async def _covered(notice: digests.WeeklyDigest, eyes: Eyes) -> tuple[CoveredSeen, ...]:
    return tuple(
        [CoveredSeen(unit=await eyes.unit(one.unit), count=one.count) for one in notice.coverage]
    )


async def _voices(ids: tuple[int, ...], eyes: Eyes) -> tuple[str, ...]:
    """The words, without the child's name and without numbers by which somebody is found."""
    if eyes.standing is None:
        return ()
    rows = await Voice.filter(id__in=ids).order_by("id").prefetch_related("key")
    problems = {row.id: row for row in await Problem.filter(id__in=[v.problem_id for v in rows])}
    sights = await sights_of(list(problems.values()))
    said = []
    for row in rows:
        sight = sights.get(row.problem_id or 0)
        words = opened(row, "words", row.key)
        if sight is None or not knows(eyes, sight) or sight.red_flag or words is None:
            continue
        eyes.note_reading("voice", row.id, "words")
        names = await _names(row)
        said.append(shortened(without_names(words, names), GIST + 8))
    return tuple(said)


async def _names(row: Voice) -> list[str]:
    if row.family_id is None:
        return []
    children = await Student.filter(family_id=row.family_id).prefetch_related("family__key")
    names = [opened(child, "name", child.family.key) for child in children]
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
