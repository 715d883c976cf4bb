"""/claim: a leader takes problems as the one responsible, or sees which of them wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.pages import lines_of, next_page, with_more
from commands.parsing.record_numbers import problem_numbers
from commands.problem_numbers import unknown
from commands.settling import ask_for, the_person
from commands.turn import Told, Turn
from commands.whose_move import not_yours
from domain.actions.approvals import Decision, decide
from domain.actions.claiming import claim, offer_claim
from domain.errors import Refusal
from domain.notices.problems import ClaimsAwaited
from domain.notices.problems_agreeing import CannotBeAsked
from domain.notices.values import FieldSaid
from domain.queries.awaiting_claim import awaiting_claim, offered_to
from domain.queries.people import standing_of
from domain.queries.problem_people import watching
from domain.queries.problems import ProblemFound, problem_of
from domain.records import savepoint
from domain.rules.moves import MOVES
from domain.rules.policy import may
from domain.rules.problem_sight import may_claim, sees

COMMAND = Command(
    "claim",
    (
        Action(
            "take",
            (Field("problem", "problems", required=True), Field("to", "person")),
        ),
        Action("awaited"),
    ),
)
# In these somebody was quicker, which any leader may hear.
_TAKEN = frozenset({"claimed", "assigned"})


async def answer(turn: Turn) -> Sequence[Told]:
    """Each number on its own and in order: one that can't be had stops none of the others."""
    if turn.filling.action == "awaited":
        return [await _awaited(turn)]
    numbers = problem_numbers(turn.last("problem") or "")
    if not numbers:
        raise ask_for(turn, "problem")
    to = await _to(turn)
    return [await _one(turn, number, to) for number in numbers]


async def _to(turn: Turn) -> int | None:
    """To whom it is offered; oneself is nobody else."""
    said = turn.last("to")
    if said is None:
        return None
    person = await the_person(turn, "to", said)
    turn.settle(FieldSaid("to", "person", person))
    return person if person != turn.asker.person else None


async def _one(turn: Turn, number: int, to: int | None) -> Told:
    turn.settle(FieldSaid("problem", "plain", number))
    try:
        async with savepoint():
            return await (_claimed(turn, number) if to is None else _offered(turn, number, to))
    except Refusal as refusal:
        return Told(replace(refusal.notice, understood=turn.understood()))


async def _claimed(turn: Turn, number: int) -> Told:
    """Taken; whoever's line it is hears of it."""
    problem = await _claimable(turn, number)
    by, others = turn.asker.person, await watching(problem, turn.today)
    offer = await offered_to(number, by)
    if offer is None:
        receipt = await claim(number, by, others)
    else:
        receipt = await decide(Decision(offer, by, yes=True, line=others))
    return Told(replace(receipt, understood=turn.understood()))


async def _offered(turn: Turn, number: int, to: int) -> Told:
    """Another leader is asked to take it."""
    problem = await _claimable(turn, number)
    standing = await standing_of(to, turn.today)
    if not (may(standing, "claim", "take") and may_claim(standing, problem.sight)):
        notice = CannotBeAsked(problem=number, person=to)
        raise Refusal(notice)
    receipt = await offer_claim(number, turn.asker.person, to)
    return Told(replace(receipt, understood=turn.understood()))


async def _claimable(turn: Turn, number: int) -> ProblemFound:
    """Any leader may take an ordinary one, also outside of their line; others aren't theirs."""
    problem = await problem_of(number)
    if problem is None:
        raise Refusal(unknown(turn, number))
    sees_it, may = (rule(turn.asker.standing, problem.sight) for rule in (sees, may_claim))
    if sees_it and not may:
        alerted = tuple(sorted(problem.sight.privy))
        raise Refusal(not_yours(turn, problem, "claim", alerted))
    open_to_all = may and problem.state in MOVES["claim"].since | _TAKEN
    if not (sees_it or open_to_all):
        raise Refusal(unknown(turn, number))
    return problem


async def _awaited(turn: Turn) -> Told:
    """A page of them; 更多 shows the next."""
    found = await awaiting_claim(turn.asker.standing, turn.today)
    size = lines_of(len(found))
    skipped = next_page(turn, size)
    shown = found[skipped : skipped + size]
    notice = ClaimsAwaited(
        problems=shown,
        more=max(0, len(found) - skipped - len(shown)),
        understood=turn.understood(),
    )
    if notice.more:
        raise with_more(notice)
    return Told(notice)
