"""What came of a story: what was answered and told, what went wrong when, and the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.sim.post import Told
from tests.sim.story import Said, Story


@dataclass(frozen=True)
class Heard:
    """A message that was answered: when, with which notice, about which problem."""

    said: Said
    at: datetime
    notice: str
    problem: int | None


@dataclass(frozen=True)
class Outcome:
    """All of it. `deaths` are the ends and the failed statements of each process (its name).

    `mended` is how often the watch found something that wouldn't have been done.
    """

    story: Story
    heard: tuple[Heard, ...]
    told: tuple[Told, ...]
    deaths: tuple[tuple[datetime, str], ...]
    rows: dict[str, list[dict[str, Any]]]
    mended: int


def instant(stored: str) -> datetime:
    """An instant as SQLite keeps it."""
    at = datetime.fromisoformat(stored)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
