"""/roster: who answers for what, and all changes of that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from commands.declarations import Action, Command
from commands.roster_bind import BIND, bind
from commands.roster_leave import LEAVE, leave
from commands.roster_looking import CHECK, HISTORY, check, history
from commands.roster_newcomers import DECLINE, decline_newcomer
from commands.roster_seats import ADD, REMOVE, SET, add_seat, remove_seats, set_seat
from commands.roster_show import SHOW, show
from commands.turn import Told, Turn

# To add something that /roster does: its file, and its line here. What begins with a word of its
# own (添加) comes before the seat that is simply set.
_DOES: Mapping[Action, Callable[[Turn], Awaitable[Sequence[Told]]]] = {
    SHOW: show,
    ADD: add_seat,
    REMOVE: remove_seats,
    LEAVE: leave,
    CHECK: check,
    HISTORY: history,
    BIND: bind,
    DECLINE: decline_newcomer,
    SET: set_seat,
}

COMMAND = Command("roster", tuple(_DOES))


async def answer(turn: Turn) -> Sequence[Told]:
    """Do what was said."""
    return await _DOES[turn.action](turn)
