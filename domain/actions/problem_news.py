"""Tells those whom a problem's move concerns, each once, and never whom the problem names."""

from __future__ import annotations

from collections.abc import Iterable

from tortoise.expressions import Q

from domain.actions.outbox import Address, put
from domain.merged import heard_with
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
    notice = ProblemNews(problem=problem.id, move=name, event=event, by=by, to_do=to_do)
    return await tell_of(notice, people)


async def tell_of(news: ProblemNews, people: Iterable[int | None]) -> tuple[int, ...]:
    """The same for news that stand written."""
    barred = await barred_from(news.problem)
    told = [one for one in dict.fromkeys(people) if one is not None and one != news.by]
    told = [one for one in told if one not in barred]
    for person in told:
        await put(news, Address(person=person), f"problem-event:{news.event}:{person}")
    return tuple(told)


async def barred_from(problem: int) -> frozenset[int]:
    """Those whom it names, or what was merged into it, as far as nobody says it is a namesake."""
    named = Q(confirmed=True) | Q(confirmed__isnull=True)
    rows = await ProblemNamed.filter(named, problem_id__in=list(await heard_with(problem)))
    return frozenset(row.person_id for row in rows)
