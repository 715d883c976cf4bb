"""What we tell in the morning: all that waits for somebody, in one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from domain.notices.base import Notice, Pace, notice_facts, notice_from

BUNDLE = "ReminderBundle"


@dataclass(frozen=True, kw_only=True)
class Bundled:
    """One thing of a bundle: a notice by its name and facts, with the key of its effect."""

    key: str
    notice: str
    facts: dict[str, Any]

    def told(self) -> Notice:
        """The notice itself."""
        return notice_from(self.notice, self.facts)


def bundled(notice: Notice, key: str) -> Bundled:
    """The notice as a bundle keeps it."""
    return Bundled(key=key, notice=type(notice).__name__, facts=notice_facts(notice))


@dataclass(frozen=True, kw_only=True)
class ReminderBundle(Notice):
    """All that waits for somebody this morning, in the order in which it came."""

    pace: ClassVar[Pace] = "bundled"

    items: tuple[Bundled, ...] = ()


def parts_of(notice: Notice) -> list[Notice]:
    """All that it tells: what is in a bundle, of any other that one itself."""
    if isinstance(notice, ReminderBundle):
        return [item.told() for item in notice.items]
    return [notice]
