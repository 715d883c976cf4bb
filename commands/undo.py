"""/undo: what one did a short while ago is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from commands.declarations import Action, Command, Field
from commands.numbered import grade_of_visit
from commands.of_others import (
    arrangement_of_others,
    sees_arrangement,
    sees_talk,
    sees_visit,
    talk_of_others,
    visit_of_others,
)
from commands.parsing.record_numbers import record_number
from commands.settling import ask_for
from commands.turn import Told, Turn
from domain.actions.undoing import FINAL, UNDOERS, take_back
from domain.errors import Refusal
from domain.notices.base import Notice
from domain.notices.problems import ProblemUnknown
from domain.notices.refusals import NumberUnknown, VisitUnknown
from domain.notices.undoing import NothingToUndo, UndoImpossible, UndoneAlready, UndoTooLate
from domain.notices.values import FieldSaid, Understood
from domain.queries.arrangements import arrangement_of
from domain.queries.deeds import DeedFound, last_deed, last_deed_on
from domain.queries.talks import talk_of
from domain.queries.visits import visit_of
from domain.records import now
from domain.rules.undoing import in_time

COMMAND = Command("undo", (Action("take_back", (Field("record", "record"),)),))


@dataclass(frozen=True)
class Numbered:
    """A kind of record with numbers of its own: its deeds' kinds begin with `kind`.

    `unknown` says that there is no such number for the asker.
    """

    kind: str
    unknown: Callable[[int, Understood], Notice]


# By the letter before the number.
RECORDS: Mapping[str, Numbered] = {
    "v": Numbered("visit", lambda number, said: VisitUnknown(number=number, understood=said)),
    "t": Numbered("talk", lambda number, said: _unknown("T", number, said)),
    "a": Numbered("arrange", lambda number, said: _unknown("A", number, said)),
    "#": Numbered("problem", lambda number, said: ProblemUnknown(number=number, understood=said)),
}


def _unknown(letter: str, number: int, said: Understood) -> Notice:
    return NumberUnknown(letter=letter, number=number, understood=said)


# A bare number: nearly all that is recorded is a visit.
_USUAL = "v"


async def answer(turn: Turn) -> Sequence[Told]:
    """Take back the asker's last deed, or the last one on a record."""
    deed = await _the_deed(turn)
    if deed.undone_at is not None:
        raise Refusal(_already(turn, deed, deed.undone_at))
    if deed.kind in FINAL:
        impossible = UndoImpossible(kind=deed.kind, record=deed.record)
        raise Refusal(replace(impossible, understood=turn.understood()))
    if not in_time(deed.at, await now()):
        raise Refusal(
            UndoTooLate(
                kind=deed.kind, record=deed.record, at=deed.at, understood=turn.understood()
            )
        )
    try:
        receipt = await take_back(deed.id)
    except Refusal as refusal:
        raise Refusal(replace(refusal.notice, understood=turn.understood())) from None
    if receipt is None:
        # Somebody was quicker: the same person, on two devices.
        raise Refusal(_already(turn, deed, await now()))
    return [Told(replace(receipt, understood=turn.understood()))]


async def _the_deed(turn: Turn) -> DeedFound:
    if turn.last("record") is not None:
        return await _deed_on_record(turn)
    deed = await last_deed(turn.asker.person)
    if deed is None:
        raise Refusal(NothingToUndo(understood=turn.understood()))
    return deed


async def _deed_on_record(turn: Turn) -> DeedFound:
    """The asker's last deed on the record that was said; a record of others is no such number."""
    letter, number = record_number(turn.last("record") or "") or ("", None)
    record = RECORDS.get(letter or _USUAL)
    if record is None or number is None:
        raise ask_for(turn, "record")
    turn.settle(FieldSaid("record", "plain", f"{letter or _USUAL}{number}".upper()))
    kinds = [kind for kind in UNDOERS if kind.partition(".")[0] == record.kind]
    deed = await last_deed_on(turn.asker.person, kinds, number)
    if deed is not None:
        return deed
    if record.kind == "visit" and await _came_in_a_list(turn, number):
        too_late = UndoTooLate(kind="visit.record", record=number, understood=turn.understood())
        raise Refusal(too_late)
    raise await _of_others(turn, record, number)


async def _of_others(turn: Turn, record: Numbered, number: int) -> Refusal:
    """Who may see it hears whose it is; for all others there is no such number."""
    if record.kind == "visit":
        visit = await visit_of(number)
        grade = await grade_of_visit(turn, visit)
        if visit is not None and sees_visit(turn, visit, grade):
            if visit.undone_at is not None:
                return Refusal(_gone(turn, "visit.record", number, visit.undone_at))
            return visit_of_others(turn, visit, grade)
    if record.kind == "talk":
        talk = await talk_of(number)
        if talk is not None and await sees_talk(turn, talk):
            return await talk_of_others(turn, talk)
    if record.kind == "arrange":
        found = await arrangement_of(number)
        if found is not None and await sees_arrangement(turn, found):
            return arrangement_of_others(turn, found)
    return Refusal(record.unknown(number, turn.understood()))


async def _came_in_a_list(turn: Turn, number: int) -> bool:
    """Whether it is the asker's visit, though nothing was noted of who did it."""
    visit = await visit_of(number)
    return visit is not None and visit.recorded_by == turn.asker.person


def _already(turn: Turn, deed: DeedFound, at: datetime) -> Notice:
    return _gone(turn, deed.kind, deed.record, at)


def _gone(turn: Turn, kind: str, record: int | None, at: datetime) -> Notice:
    return UndoneAlready(kind=kind, record=record, at=at, understood=turn.understood())
