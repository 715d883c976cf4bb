"""What is said about accounts that aren't on the roster yet: to them, and to who confirms them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.notices.base import Notice, Pace
from domain.notices.refusals import Refused
from domain.notices.values import Option, Outcome, Reason

# --- to the newcomer ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NameAsked(Notice):
    """Who are you? `again` when what came is no name, `late` when nobody confirmed it in time.

    `group`: it is to be told one-to-one. `kept`: what was typed before waits.
    """

    outcome: ClassVar[Outcome] = "ask"

    group: bool = False
    again: bool = False
    late: bool = False
    kept: bool = False

    @property
    def about(self) -> str:
        """It is about the name."""
        return "name"


@dataclass(frozen=True, kw_only=True)
class NewcomerWaits(Notice):
    """Somebody has been asked to confirm it; `again`: what is typed meanwhile isn't kept."""

    kept: bool = False
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class NewcomerWelcome(Notice):
    """The account is theirs from now on; `kept`: what they typed is carried out now.

    `unit` is where a new person was given a teacher's seat.
    """

    pace: ClassVar[Pace] = "now"

    person: int
    by: int
    unit: int | None = None
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class NotLetIn(Refused):
    """It was not confirmed; from `again_on` the same account may ask again."""

    reason: ClassVar[Reason | None] = "not_allowed"

    again_on: date


@dataclass(frozen=True, kw_only=True)
class NotOurs(Refused):
    """The account is of another organisation."""

    reason: ClassVar[Reason | None] = "not_allowed"


# --- to who confirms ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NewcomerAsks(Notice):
    """A newcomer to be confirmed, one-to-one: `people` bear the name that it gave.

    `rebind`: they all have an account on that platform already.
    """

    newcomer: int
    people: tuple[int, ...] = ()
    rebind: bool = False

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True


@dataclass(frozen=True, kw_only=True)
class NewcomerLetIn(Notice):
    """Confirmed: the account is this person's; `unit` is where somebody new has a seat.

    `rebound`: the person's former account counts no more.
    """

    newcomer: int
    person: int
    unit: int | None = None
    kept: bool = False
    rebound: bool = False


@dataclass(frozen=True, kw_only=True)
class NewcomerDeclined(Notice):
    """Not confirmed, as this reader decided."""

    pace: ClassVar[Pace] = "now"

    newcomer: int


@dataclass(frozen=True, kw_only=True)
class NewcomerSettled(Refused):
    """Somebody was first; `by` is empty for the command line."""

    reason: ClassVar[Reason | None] = "wrong_state"

    newcomer: int
    let_in: bool
    by: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewcomerGone(Refused):
    """No newcomer of that number waits for this person: there was none, or its day is over."""

    reason: ClassVar[Reason | None] = "too_late"

    newcomer: int


# --- binding by hand ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OnlyBy(Refused):
    """This kind of binding is for others: `who` may.

    rebind: the person has an account there; seat: the person's seats lie beyond the asker's;
    by_hand: an account that nobody knocked with; room: a group of that unit.
    """

    reason: ClassVar[Reason | None] = "not_allowed"

    what: Literal["rebind", "seat", "by_hand", "room"]
    who: tuple[str, ...]
    person: int | None = None
    unit: int | None = None


@dataclass(frozen=True, kw_only=True)
class AccountBound(Notice):
    """The account is this person's from now on; `already`: it was before.

    `kept`: what was typed with it is carried out now.
    """

    person: int
    platform: str
    already: bool = False
    kept: bool = False
    rebound: bool = False


@dataclass(frozen=True, kw_only=True)
class AccountBoundForYou(Notice):
    """To the person: an account was bound to them, and by whom."""

    by: int
    platform: str


@dataclass(frozen=True, kw_only=True)
class RebindAsked(Notice):
    """Shall it change hands? The account is `holder`'s, or (without one) the person has another."""

    outcome: ClassVar[Outcome] = "choose"

    person: int
    platform: str
    options: tuple[Option, ...]
    holder: int | None = None

    @property
    def about(self) -> str:
        """It is about the account."""
        return "account"


@dataclass(frozen=True, kw_only=True)
class PlatformUnknown(Refused):
    """There is no such platform: these there are."""

    reason: ClassVar[Reason | None] = "unreadable"

    platforms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RoomBound(Notice):
    """The group is this unit's from now on; `before` it was another's, or `already` this one's."""

    unit: int
    before: int | None = None
    already: bool = False


@dataclass(frozen=True, kw_only=True)
class RoomBoundForYou(Notice):
    """To the liaisons of both units: a group is another unit's now, and who said so."""

    by: int
    unit: int
    before: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoomShown(Notice):
    """Whose group it is, if anybody's."""

    unit: int | None


@dataclass(frozen=True, kw_only=True)
class NotInGroup(Refused):
    """A group is bound by who types it there."""

    reason: ClassVar[Reason | None] = "wrong_state"

    unit: int
