"""Hears two problems as one, and takes them apart again exactly as they were."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from domain.actions.approvals import waits
from domain.actions.moving import Step, elsewhere, held, move
from domain.actions.problem_news import barred_from, receipt, tell
from domain.errors import Refusal
from domain.merged import next_place
from domain.models import Merge, Problem
from domain.notices.problems import ProblemMoved
from domain.notices.problems_merging import MergeKeptApart, NotMerged, SameProblem, StillHeardWith
from domain.records import now
from domain.rules.moves import allowed
from domain.rules.problem_states import State


async def merge(number: int, into: int, by: int, text: str | None = None) -> ProblemMoved:
    """From now on what `number` says is heard with `into`; its voices keep their own words.

    No voice is moved and no clock: only the state changes, so that `split` takes back all of it.
    Raises Refusal for a problem and itself, for one that isn't worked on, for two that are for
    different people, and as long as somebody is asked about the one that would be merged.
    """
    if number == into:
        raise Refusal(SameProblem(problem=number))
    problem, other = await _both(number, into)
    if not allowed(cast("State", other.state), "merge"):
        raise Refusal(elsewhere(other, "merge"))
    await _keep_apart(problem, other)
    if (waiting := await waits(number)) is not None:
        raise Refusal(waiting)
    before, first = problem.state, await next_place(into)
    event = await move(
        problem,
        Step("merge", by, text, touches=False),
        details={"into": into, "first_place": first},
        merged_into_id=into,
    )
    await Merge.create(
        problem_id=number,
        into_id=into,
        by_id=by,
        at=await now(),
        state_before=before,
        first_place=first,
    )
    told = await tell(problem, "merge", event, by, await _people(problem, other))
    return receipt(problem, "merge", event, by, told)


async def _both(number: int, into: int) -> tuple[Problem, Problem]:
    """Both of them, ours: the lower number first, so that no two wait for each other."""
    rows = {one: await held(one) for one in sorted((number, into))}
    return rows[number], rows[into]


async def _keep_apart(problem: Problem, other: Problem) -> None:
    """A red flag's words are for few, and nobody hears what names them: so also after a merge."""
    apart = MergeKeptApart(problem=problem.id, into=other.id, why="red_flag")
    if problem.red_flag != other.red_flag:
        raise Refusal(apart)
    if await barred_from(problem.id) & {other.responsible_id, other.handed_to_id}:
        raise Refusal(replace(apart, why="named"))


async def split(number: int, by: int) -> ProblemMoved:
    """Take it apart from the one it was merged into: it is again as it was, its clock included.

    Raises Refusal when it wasn't merged.
    """
    problem = await held(number)
    row = await Merge.filter(problem_id=number, undone_at__isnull=True).order_by("-id").first()
    if row is None:
        raise Refusal(NotMerged(problem=number))
    other = await Problem.get(id=row.into_id)
    wanted = cast("State", row.state_before)
    event = await move(
        problem,
        Step("split", by, wanted=wanted, touches=False),
        details={"out_of": other.id},
        merged_into_id=None,
    )
    await Merge.filter(id=row.id).update(undone_at=await now())
    told = await tell(problem, "split", event, by, await _people(problem, other))
    return receipt(problem, "split", event, by, told)


async def _people(problem: Problem, other: Problem) -> list[int]:
    """Who answers for the two and who recorded them, but nobody whom either names."""
    barred = await barred_from(problem.id) | await barred_from(other.id)
    two = (problem, other)
    people = [*(one.responsible_id for one in two), *(one.recorded_by_id for one in two)]
    return [one for one in people if one is not None and one not in barred]


async def none_merged_into(number: int) -> None:
    """Raises Refusal when others are heard with it, who would end with it unanswered."""
    rows = await Merge.filter(into_id=number, undone_at__isnull=True).order_by("id")
    if rows:
        merged = tuple(row.problem_id for row in rows)
        raise Refusal(StillHeardWith(problem=number, merged=merged))
