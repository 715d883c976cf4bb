"""What every deed and question may rely on: the plan, the keys, the school's time zone."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.rules.calendar import SCHOOL_TIME

if TYPE_CHECKING:
    from domain.rules.plan import Plan
    from domain.sealing import BlindIndex, Keyring

__all__ = ["SCHOOL_TIME", "House", "enter_house", "house"]


@dataclass(frozen=True, eq=False)
class House:
    """The values that were read at the door and hold for the whole run; each is one of its own."""

    plan: Plan
    keyring: Keyring
    blind: BlindIndex


_house: ContextVar[House] = ContextVar("house")


def house() -> House:
    """The house that was entered with `Records.enter`; LookupError outside of one."""
    return _house.get()


def enter_house(here: House) -> None:
    """Make it known in this thread's or task's context."""
    _house.set(here)
