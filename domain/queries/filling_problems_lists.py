"""Lists of problems, filled in for their reader."""

from __future__ import annotations

from domain.notices.problems_lists import ProblemsListed
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.notices.views_problems_lists import ProblemsListedSeen
from domain.queries.filling import base
from domain.queries.scope import Eyes
from domain.queries.scope_problems import category_name, problem_lines


async def problems_listed(notice: ProblemsListed, eyes: Eyes) -> View:
    lines = await problem_lines(eyes, notice.problems)
    somewhere = notice.unit is not None or notice.school_class is not None
    places = {number: place for place, number in enumerate(notice.problems, 1)}
    more = notice.skipped + len(places) < notice.total
    where = UnitRef(notice.unit, notice.school_class)
    return ProblemsListedSeen(
        **await base(notice, eyes),
        lines=lines,
        places=tuple(places[line.problem] for line in lines),
        more_at=len(places) + 1 if more else None,
        total=notice.total,
        skipped=notice.skipped,
        hidden=notice.hidden,
        stage=notice.stage,
        unit=await eyes.unit(where) if somewhere else None,
        category=category_name(notice.category),
        person=await eyes.person(notice.person),
        older_than=notice.older_than,
        mine=notice.mine,
    )
