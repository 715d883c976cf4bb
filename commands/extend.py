"""/extend: more days for a problem, asked for before it is due, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.parsing.lengths import parse_length
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from commands.whose_move import approver, only_for
from domain.actions.extending import MoreDays, ask_for_days, check_days
from domain.notices.values import FieldSaid

COMMAND = Command(
    "extend",
    (
        Action(
            "ask",
            (
                Field("problem", "problem", required=True),
                Field("more_days", "length", required=True),
                Field("why", "text", required=True),
            ),
        ),
    ),
    # Why something is done, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Who answers for it asks the next seat up; how many days, and why, are both needed."""
    problem = await the_problem(turn)
    only_for(turn, problem, "ask", problem.responsible)
    days, why = _days(turn), turn.text("why")
    await check_days(problem.id, days)
    missing = [name for name, said in (("more_days", days), ("why", why)) if not said]
    if not days or not why:
        # Why something isn't done yet is not asked in a group.
        raise ask_for(turn, *missing, private=True)
    turn.settle(FieldSaid("more_days", "plain", days))
    turn.settle(FieldSaid("why", "recorded"))
    of = await approver(turn, problem)
    asked = await ask_for_days(problem.id, MoreDays(turn.asker.person, of, days, why))
    return [Told(replace(asked.receipt, understood=turn.understood()))]


def _days(turn: Turn) -> int | None:
    said = turn.last("more_days")
    return parse_length(said) if said is not None else None
