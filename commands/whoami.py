"""/whoami: who the bot takes you for, and what you answer for."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Command
from commands.turn import Told, Turn
from domain.notices.looking import SeatHeld, WhoamiShown
from domain.notices.values import UnitRef

COMMAND = Command("whoami", (Action("show"),))


async def answer(turn: Turn) -> Sequence[Told]:
    """Show the asker's seats of today."""
    seats = tuple(
        SeatHeld(
            role=seat.role,
            unit=UnitRef(unit=seat.unit, school_class=seat.school_class),
            for_person=seat.for_person,
        )
        for seat in turn.asker.standing.seats
    )
    notice = WhoamiShown(person=turn.asker.person, seats=seats, understood=turn.understood())
    return [Told(notice)]
