"""/roster says what is amiss with it, and how it came to be what it is."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Field
from commands.settling import the_person
from commands.turn import Question, Told, Turn
from commands.units import the_unit
from domain.notices.roster_looking import RosterChecked, RosterHistory
from domain.notices.values import FieldSaid, UnitRef
from domain.queries.people import people_called
from domain.queries.roster_check import roster_findings
from domain.queries.roster_history import History, roster_history
from domain.queries.units import root_unit
from domain.rules.policy import Scope, row

CHECK = Action("check", (Field("edit", "choice", required=True, choices=("check",)),))
HISTORY = Action(
    "history",
    (Field("edit", "choice", required=True, choices=("history",)), Field("unit", "unit")),
)


async def check(turn: Turn) -> Sequence[Told]:
    """Each thing that is amiss, with the command that mends it."""
    findings = await roster_findings(turn.today)
    return [Told(RosterChecked(findings=findings, understood=turn.understood()))]


async def history(turn: Turn) -> Sequence[Told]:
    """The last changes: of a unit or class, of a person, or of the whole roster."""
    said, picked = turn.last("unit"), turn.pick("unit")
    if said is None and picked is None:
        return _told(turn, await roster_history(leaves=_sees_leaves(turn)))
    try:
        meant = await the_unit(turn)
    except Question:
        if not said or not (await people_called(said) or turn.pick(f"unit:{said}")):
            raise
        return await _of_person(turn, said)
    place = meant.ref if meant.ref != UnitRef() else UnitRef(unit=(await root_unit()).id)
    return _told(turn, await roster_history(place, leaves=False), place=place)


async def _of_person(turn: Turn, said: str) -> Sequence[Told]:
    person = await the_person(turn, "unit", said)
    turn.settle(FieldSaid("unit", "person", person))
    shown = await roster_history(person=person, leaves=_sees_leaves(turn, person))
    return _told(turn, shown, person=person)


def _sees_leaves(turn: Turn, person: int | None = None) -> bool:
    """When somebody was away is for themselves and for those who note it, and for no group."""
    if turn.room == "group":
        return False
    scopes = row("roster", "leave").scopes
    notes_all = any(scopes[role] is Scope.SCHOOL for role in turn.asker.standing.roles)
    return notes_all or person == turn.asker.person


def _told(
    turn: Turn, shown: History, place: UnitRef | None = None, person: int | None = None
) -> Sequence[Told]:
    notice = RosterHistory(
        changes=shown.changes,
        more=shown.more,
        place=place,
        person=person,
        firsts=shown.firsts,
        understood=turn.understood(),
    )
    return [Told(notice)]
