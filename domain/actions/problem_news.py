"""Tells those whom a problem's move concerns, each once, and never whom the problem names."""

from __future__ import annotations

from collections.abc import Iterable

from tortoise.expressions import Q

from domain.actions.outbox import Address, put
from domain.merged import heard_with
from domain.models import Problem, ProblemNamed, ProblemPrivy, Voice
from domain.notices.problems import ProblemMoved, ProblemNews, ToDo
from domain.records import now
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
    news = ProblemNews(problem=problem.id, move=name, event=event, by=by, to_do=to_do)
    return await tell_of(news, people)


async def tell_of(news: ProblemNews, people: Iterable[int | None]) -> tuple[int, ...]:
    """The same for news that stand written.

    Whom it names is never told, and of a red flag only those who may know of it.
    """
    problem = await Problem.get(id=news.problem)
    barred = await barred_from(problem.id)
    told = [one for one in dict.fromkeys(people) if one is not None and one != news.by]
    told = [one for one in told if one not in barred]
    if problem.red_flag:
        privy = await knowing(problem)
        told = [one for one in told if one in privy]
    for person in told:
        await put(news, Address(person=person), f"problem-event:{news.event}:{person}")
    return tuple(told)


async def barred_from(problem: int) -> frozenset[int]:
    """Those whom it names, or what was merged into it, as far as nobody says it is a namesake."""
    named = Q(confirmed=True) | Q(confirmed__isnull=True)
    rows = await ProblemNamed.filter(named, problem_id__in=list(await heard_with(problem)))
    return frozenset(row.person_id for row in rows)


async def knowing(problem: Problem) -> frozenset[int]:
    """Those who have to do with it themselves: nobody else knows of a red flag."""
    privy = [one.person_id for one in await ProblemPrivy.filter(problem_id=problem.id)]
    people = {problem.responsible_id, problem.handed_to_id, *privy, *await recorded_by(problem)}
    return frozenset(person for person in people if person is not None)


async def recorded_by(problem: Problem) -> tuple[int, ...]:
    """Who recorded it, and each voice that is heard with it."""
    heard = Voice.filter(problem_id__in=list(await heard_with(problem.id)), undone_at__isnull=True)
    voices = [one.recorded_by_id for one in await heard.order_by("id")]
    return tuple(dict.fromkeys((problem.recorded_by_id, *voices)))


async def make_privy(problem: Problem, person: int, why: str) -> bool:
    """Let somebody know of a red flag; whether they didn't before."""
    if not problem.red_flag or await ProblemPrivy.exists(problem_id=problem.id, person_id=person):
        return False
    await ProblemPrivy.create(problem_id=problem.id, person_id=person, why=why, at=await now())
    return True


def receipt(
    problem: Problem, name: MoveName, event: int, by: int, told: Iterable[int] = ()
) -> ProblemMoved:
    """What became of the problem, for who made the move."""
    return ProblemMoved(
        problem=problem.id,
        move=name,
        event=event,
        by=by,
        responsible=problem.responsible_id,
        due=problem.due_at,
        told=tuple(told),
    )
