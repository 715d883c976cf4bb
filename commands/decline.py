"""/decline: no to what somebody asks about a problem, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.pending import the_pending
from commands.settling import ask_for
from commands.turn import Told, Turn
from domain.actions.approvals import Decision, decide
from domain.notices.values import FieldSaid

COMMAND = Command(
    "decline",
    (Action("decline", (Field("problem", "problem"), Field("why", "text", required=True))),),
    # Why something is done, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Declined: the reason is for who asked, and is never asked in a group."""
    approval = await the_pending(turn)
    why = turn.text("why")
    if why is None:
        raise ask_for(turn, "why", private=True)
    turn.settle(FieldSaid("why", "recorded"))
    receipt = await decide(Decision(approval.id, turn.asker.person, yes=False, answer=why))
    return [Told(replace(receipt, understood=turn.understood()))]
