"""/merge: two problems that say the same are heard as one, every word kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.turn import Told, Turn
from commands.whose_move import only_within
from domain.actions.merging import merge
from domain.notices.values import FieldSaid

COMMAND = Command(
    "merge",
    (
        Action(
            "merge",
            (
                Field("problem", "problem", required=True),
                Field("into", "problem", required=True, loose=True),
                Field("why", "text"),
            ),
        ),
    ),
    # Why something is done, and no family's words.
    open_texts=True,
)
# What people type between the two numbers, where no label is.
_JOINT = re.compile(r"\s*(?:->|→|=>|＞|>)\s*")


async def answer(turn: Turn) -> Sequence[Told]:
    """The first goes into the second; the asker must be able to see both."""
    _joined(turn)
    problem = await the_problem(turn)
    only_within(turn, problem, "merge")
    into = await the_problem(turn, "into")
    why = turn.text("why")
    if why is not None:
        turn.settle(FieldSaid("why", "recorded"))
    receipt = await merge(problem.id, into.id, turn.asker.person, why)
    return [Told(replace(receipt, understood=turn.understood()))]


def _joined(turn: Turn) -> None:
    """57 → 41."""
    said = turn.last("why")
    joint = _JOINT.match(said) if said and turn.last("into") is None else None
    if said and joint:
        into, _, rest = said[joint.end() :].partition(" ")
        turn.filling.put("into", into)
        turn.filling.put("why", *filter(None, [rest]))
