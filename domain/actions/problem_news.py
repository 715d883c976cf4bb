"""Tells those whom a problem's move concerns, each once, and never whom the problem names."""

from __future__ import annotations

from collections.abc import Iterable

from tortoise.expressions import Q

from domain.actions.outbox import Address, put
from domain.models import Problem, ProblemNamed
from domain.notices.problems import ProblemNews, ToDo
from domain.rules.moves import MoveName


async def tell(
    problem: Problem,
    name: MoveName,
    event: int,
    by: int | None,
    people: Iterable[int | None],
    *,
    to_do: ToDo | None = None,
) -> tuple[int, ...]:
    """Tell these people of the move, but not who made it; who they are."""
    barred = await barred_from(problem.id)
    told = [one for one in dict.fromkeys(people) if one is not None and one != by]
    told = [one for one in told if one not in barred]
    for person in told:
        notice = ProblemNews(problem=problem.id, move=name, event=event, by=by, to_do=to_do)
        await put(notice, Address(person=person), f"problem-event:{event}:{person}")
    return tuple(told)


async def barred_from(problem: int) -> frozenset[int]:
    """Those whom the problem names, as far as nobody has said that it is a namesake."""
    named = Q(confirmed=True) | Q(confirmed__isnull=True)
    rows = await ProblemNamed.filter(named, problem_id=problem)
    return frozenset(row.person_id for row in rows)
