"""How we call a seat: a role and where it is, and for whom somebody stands in."""

from __future__ import annotations

from chat.wording import names
from chat.words import Words
from domain.notices.views import SeatSeen, UnitName


def seat(words: Words, role: str, where: UnitName) -> str:
    """七年级 联系领导; whoever sits at the root is the school's: naming it would say nothing."""
    called = names.role(words, role)
    if where.kind == "school":
        return called
    return words.text("seat", unit=names.unit(words, where), role=called)


def seat_seen(words: Words, held: SeatSeen) -> str:
    """The same, and for whom."""
    called = seat(words, held.role, held.unit)
    if held.for_person is None:
        return called
    return words.text("seat.for", seat=called, person=held.for_person)
