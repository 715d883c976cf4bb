"""Problems as one reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.notices.views import Child, ClassName, UnitName, View


@dataclass(frozen=True)
class CategoryName:
    """One of the plan's categories by its names; `level` is school or bureau."""

    key: str
    name: str
    name_en: str
    level: str

    def __str__(self) -> str:
        """The plan's own name."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    """A problem in one line: where it arose, what it is about, how old it is, whose it is.

    `gist` is its summary, or its first words, for who may read them one-to-one; else None.
    `day_of` counts from 0 on the day the clock started; `days` is how many it has.
    """

    problem: int
    state: str
    unit: UnitName
    class_: ClassName | None
    category: CategoryName | None
    responsible: str | None
    handed_to: str | None
    due: datetime
    day_of: int
    days: int
    voices: int
    gist: str | None
    red_flag: bool = False
    ending: str | None = None
    merged_into: int | None = None
    review: date | None = None


@dataclass(frozen=True, kw_only=True)
class RulingSeen:
    """Ruling: what was asked, of whom and by whom; `days` more, a `department`, a `category`.

    `asked_by` is None for what is asked by itself.
    """

    kind: str
    yes: bool | None
    asked_by: str | None
    asked_of: str | None
    days: int | None = None
    department: UnitName | None = None
    category: CategoryName | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemUnknownSeen(View):
    """ProblemUnknown: the number that was asked for."""

    number: int


@dataclass(frozen=True, kw_only=True)
class ProblemElsewhereSeen(View):
    """ProblemElsewhere: where the problem is, and with whom; nothing of it where not `known`."""

    problem: int
    move: str
    state: str
    responsible: str | None
    merged_into: int | None
    known: bool = True


@dataclass(frozen=True, kw_only=True)
class NotYourMoveSeen(View):
    """NotYourMove: who makes that move; nothing of it where not `known`."""

    problem: int
    move: str
    roles: tuple[str, ...]
    people: tuple[str, ...]
    known: bool = True


@dataclass(frozen=True, kw_only=True)
class VoiceSeen:
    """A voice by its number in the problem, and whose it is for who may know that.

    `speaker` is who spoke (parent, student …), `source` how it came.
    """

    problem: int
    place: int
    child: Child | None
    speaker: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class ProblemMovedSeen(View):
    """ProblemMoved, ProblemNews: the problem as it is now (`line`), and the move that is told of.

    `text` is what was said with the move, for who may read it one-to-one; `into` which problem it
    was merged into with it, `review` the day until which it was set aside. `known` is false when
    the reader may know of the problem no more: then there is no `line`. Of the move itself there
    is what the family said (`satisfaction`), which move was `undone`, to whom the work was
    `given_to` and who `had_it`, to which `department` it went; `to_tell` is whom the reader is to
    tell what was done; `suggested` is the category that its words sound like, and `because` which.
    """

    problem: int
    move: str
    by: str | None
    line: ProblemLine | None
    responsible: str | None = None
    due: datetime | None = None
    text: str | None = None
    to_do: str | None = None
    told: tuple[str, ...] = ()
    mine: bool = False
    ruling: RulingSeen | None = None
    into: int | None = None
    review: date | None = None
    satisfaction: str | None = None
    undone: str | None = None
    given_to: str | None = None
    had_it: str | None = None
    department: UnitName | None = None
    to_tell: tuple[VoiceSeen, ...] = ()
    suggested: CategoryName | None = None
    because: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is such a number for the reader."""
        return self.line is not None


@dataclass(frozen=True, kw_only=True)
class ProblemsSeen(View):
    """ClaimsAwaited: problems in a line each, and how many more there are."""

    lines: tuple[ProblemLine, ...]
    more: int
