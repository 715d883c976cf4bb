"""Whose move it is: who works on a problem makes most of them, and others hear who that is."""

from __future__ import annotations

from commands.turn import Turn
from domain.errors import Refusal
from domain.notices.problems import NotYourMove, ProblemElsewhere
from domain.notices.problems_agreeing import CannotBeAsked
from domain.queries.answering_for import approver_for
from domain.queries.problems import ProblemFound
from domain.rules.moves import MoveName, allowed
from domain.rules.policy import Role, row
from domain.rules.problem_sight import acts_for, reaches_any


def only_for(turn: Turn, problem: ProblemFound, move: MoveName, *people: int | None) -> None:
    """Refused for anybody else but who stands in; where there is nobody, a leader is to claim.

    So it is where the problem isn't where the move starts: nothing is asked for then.
    """
    who = tuple(dict.fromkeys(one for one in people if one is not None))
    if acts_for(turn.asker.standing).isdisjoint(who):
        raise Refusal(not_yours(turn, problem, move, who))
    only_from(turn, problem, move)


def only_from(turn: Turn, problem: ProblemFound, move: MoveName) -> None:
    """Refused where the problem is in a state from which there is no such move."""
    if allowed(problem.state, move):
        return
    raise Refusal(
        ProblemElsewhere(
            problem=problem.id,
            move=move,
            state=problem.state,
            responsible=problem.responsible,
            merged_into=problem.merged_into,
            understood=turn.understood(),
        )
    )


def not_yours(
    turn: Turn, problem: ProblemFound, move: MoveName, people: tuple[int, ...]
) -> NotYourMove:
    """Who makes that move instead."""
    return NotYourMove(
        problem=problem.id,
        move=move,
        people=people,
        roles=() if people else ("leader",),
        understood=turn.understood(),
    )


async def approver(turn: Turn, problem: ProblemFound) -> int:
    """Who agrees to what the asker asks; refused when there is nobody who could."""
    of = await approver_for(turn.asker.person, problem, turn.today)
    if of is None:
        raise Refusal(CannotBeAsked(problem=problem.id, understood=turn.understood()))
    return of


def only_within(turn: Turn, problem: ProblemFound, move: MoveName) -> None:
    """Refused but for who answers for it and those whom the policy's row of the command reaches."""
    standing = turn.asker.standing
    scopes = row(turn.command.name, turn.filling.action).scopes
    if problem.responsible in acts_for(standing):
        return
    if not reaches_any(standing, scopes, problem.sight.places):
        raise Refusal(only_roles(turn, problem, move, "liaison", "leader"))


def only_roles(turn: Turn, problem: ProblemFound, move: MoveName, *roles: Role) -> NotYourMove:
    """Who makes that move: who answers for it, and these."""
    people = (problem.responsible,) if problem.responsible is not None else ()
    return NotYourMove(
        problem=problem.id,
        move=move,
        people=people,
        roles=roles,
        understood=turn.understood(),
    )
