"""/fix V12 void: a visit that never happened counts no more, and shows why."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Field
from commands.numbered import the_visit
from commands.of_others import may_fix_visit
from commands.settling import ask_for
from commands.turn import Told, Turn
from domain.actions.voiding import void_visit
from domain.notices.fixing import VisitVoided
from domain.notices.values import Covered, FieldSaid
from domain.queries.classes import class_of
from domain.queries.coverage import coverage_after

VOID = Action(
    "void",
    (
        Field("visit", "number", required=True),
        Field("void", "choice", required=True, choices=("void",)),
        Field("grounds", "text", required=True),
    ),
    told_by="void",
)


async def void(turn: Turn) -> Sequence[Told]:
    """Mark it void; why must be said, since it shows."""
    visit = await the_visit(turn, may_fix_visit)
    grounds = turn.text("grounds")
    if grounds is None:
        raise ask_for(turn, "grounds", private=True)
    turn.settle(FieldSaid("grounds", "recorded"))
    kept = await void_visit(visit.id, turn.asker.person, grounds)
    covered: tuple[Covered, ...] = ()
    if visit.school_class is not None:
        covered = await coverage_after(await class_of(visit.school_class, turn.today), turn.today)
    notice = VisitVoided(
        visit=visit.id,
        deed=kept.deed,
        told=kept.told,
        coverage=covered,
        understood=turn.understood(),
    )
    return [Told(notice)]
