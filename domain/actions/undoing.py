"""Takes back what a person did by a command a short while ago.

Every deed is noted, also one that can't be taken back (FINAL): then that is said.

To let a further kind of deed be taken back: note it where it is done (`note_deed`, with all ids
that this needs), write its undoer in a file of its own and give it a line in UNDOERS, say what it
is called (`deed.talk.record` in the words) and, when its record has a number of a letter that is
not there yet, give the letter a line in commands/undo.py.

An undoer gets the deed, with `undone_at` set. It changes the records so that they are as if the
deed had never been, tells those who were told of it, and returns the receipt. Where others have
built on it, it raises a Refusal that says so and what would work; then nothing is changed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from domain.actions.fixing_talks import undo_talk_fix
from domain.actions.moving_arrangements import undo_move
from domain.actions.taking_back import undo_recording
from domain.actions.undoing_bindings import undo_account, undo_room
from domain.actions.undoing_fixes import undo_fix
from domain.actions.undoing_problems import KINDS, undo_problem
from domain.actions.undoing_roster import undo_leave, undo_seats
from domain.actions.undoing_talks import (
    undo_call_off,
    undo_plan,
    undo_talk,
    undo_talk_addition,
)
from domain.actions.undoing_visits import undo_addition, undo_visit
from domain.actions.voiding import undo_void
from domain.models import Deed
from domain.notices.base import Notice
from domain.records import now

Undoer = Callable[[Deed], Awaitable[Notice]]

UNDOERS: Mapping[str, Undoer] = {
    "visit.record": undo_visit,
    "visit.add": undo_addition,
    "visit.fix": undo_fix,
    "visit.void": undo_void,
    "talk.record": undo_talk,
    "talk.add": undo_talk_addition,
    "talk.fix": undo_talk_fix,
    "arrange.plan": undo_plan,
    "arrange.call_off": undo_call_off,
    "arrange.move": undo_move,
    "roster.set": undo_seats,
    "roster.add": undo_seats,
    "roster.remove": undo_seats,
    "roster.leave": undo_leave,
    "roster.leave_end": undo_leave,
    "roster.bind": undo_account,
    "roster.room": undo_room,
    **dict.fromkeys(KINDS, undo_problem),
    "problem.list": undo_recording,
}
# Noted all the same: else taking back one's last deed would take back one before it.
FINAL = frozenset({"roster.decline"})


async def take_back(deed: int) -> Notice | None:
    """Take a deed back; the receipt, or None when it was taken back before.

    Of two at once one wins. Raises Refusal when others have built on it.
    """
    # The condition stands in the statement itself: looking first would let both of two see it.
    if not await Deed.filter(id=deed, undone_at__isnull=True).update(undone_at=await now()):
        return None
    row = await Deed.get(id=deed)
    return await UNDOERS[row.kind](row)
