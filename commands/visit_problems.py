"""What a visit's receipt tells of the problems that came of it, and whom they concern."""

from __future__ import annotations

from dataclasses import replace

from commands.after_recording import Followed, Recorded, follow
from commands.turn import Told, Turn
from domain.actions.intake import TakenIn
from domain.actions.visits import Learnt
from domain.notices.visits import VisitRecorded


async def with_problems(
    turn: Turn, notice: VisitRecorded, taken: TakenIn, learnt: Learnt
) -> list[Told]:
    """The receipt with their numbers, and what else is to be told."""
    if not taken.problems:
        return [Told(notice)]
    recorded = [
        Recorded(number, request, taken.unit, closed=bool(learnt.answered))
        for number, request in zip(taken.problems, learnt.asked, strict=True)
    ]
    # With all there is to say of a visit six lines are full.
    offers = turn.room == "direct" and not (notice.open_questions and _along(turn))
    followed = await follow(turn, recorded, offers=offers)
    return [Told(_told(notice, taken, followed), offer=followed.offer), *followed.told]


def _along(turn: Turn) -> bool:
    """Whether somebody went along, who takes a line of the receipt."""
    return turn.text("companions") is not None


def _told(notice: VisitRecorded, taken: TakenIn, followed: Followed) -> VisitRecorded:
    first, *further = taken.problems
    return replace(
        notice,
        voices=taken.voices,
        problem=first,
        further=tuple(further),
        late_by=taken.late_by,
        asks=followed.asks,
        similar=followed.alike.known,
    )
