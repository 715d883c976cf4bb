"""Who sits round a problem on a day, and who of them is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.rules.plan_base import Receiver
from domain.rules.policy import Role

Place = Receiver | Role | Literal["privy", "recorder"]
Why = Literal[
    "nobody", "away", "named", "responsible", "asker", "approver", "not_privy", "no_account"
]


@dataclass(frozen=True)
class Sitting:
    """Somebody in a seat; `deputy` is who stands in while they are away, if anybody is there."""

    person: int
    away: bool = False
    deputy: int | None = None

    @property
    def present(self) -> int | None:
        """Whoever acts in the seat today."""
        return self.deputy if self.away else self.person


Seated = tuple[Sitting, ...]


@dataclass(frozen=True)
class Around:
    """Who sits round a problem on a day, by the words of the plan's rungs.

    `leader` is the line leader whose it is (of its department, without one of its grade),
    `liaison` that of its grade, `working` the working group with its head first. `approver` is
    who is asked to agree at present, and `asker` who asked. `privy` are those who know of a red
    flag beside `recorder`, who recorded it: nobody else may be told of it; None for any other
    problem. `unreached` have no account anywhere, so that nothing can be told to them.
    """

    responsible: Seated = ()
    teller: Seated = ()
    approver: Seated = ()
    asker: Seated = ()
    liaison: Seated = ()
    leader: Seated = ()
    working: Seated = ()
    deputy_head: Seated = ()
    head: Seated = ()
    office: Seated = ()
    leading_group: Seated = ()
    privy: Seated | None = None
    recorder: Seated = ()
    unreached: frozenset[int] = frozenset()

    def of(self, place: Place) -> Seated:
        """Those whom the word means; nobody for `next_up`, which is a way and no seat."""
        seated: Seated | None = getattr(self, place, ())
        return seated or ()


@dataclass(frozen=True)
class PassedOver:
    """Somebody who would have been told, and why not; no person where nobody sits."""

    role: Place
    person: int | None
    why: Why


@dataclass(frozen=True)
class Received:
    """Who is told: `proper` by the seat that took it, `along` beside them, none twice.

    `seat` is the seat that took it, None where nobody is there, all the way up.
    """

    seat: Place | None = None
    proper: tuple[int, ...] = ()
    along: tuple[int, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def people(self) -> tuple[int, ...]:
        """All who are told, the receiver proper first."""
        return (*self.proper, *self.along)
