"""What we learnt from categories that people decided, and how often the suggestion was right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from domain.models import Lesson
from domain.queries.opening import opened
from domain.rules import suggesting

# So many lessons are looked at, the newest; older ones have taught what they had to.
_NEWEST = 200


async def lessons_learnt() -> tuple[suggesting.Lesson, ...]:
    """The newest lessons, the oldest of them first; opened in memory, and kept nowhere."""
    rows = await Lesson.all().order_by("-at", "-id").limit(_NEWEST).prefetch_related("key")
    learnt = [(opened(row, "words", row.key), row.category) for row in reversed(rows)]
    return tuple(suggesting.Lesson(words, category) for words, category in learnt if words)


@dataclass(frozen=True)
class Accuracy:
    """How many first suggestions were right, of all that were made; the same by category.

    What had no suggestion isn't counted.
    """

    right: int
    all: int
    by_category: dict[str, tuple[int, int]]


async def accuracy(since: datetime | None = None) -> Accuracy:
    """Of all problems that were classified, or of those since that instant."""
    rows = Lesson.filter(suggested__isnull=False)
    if since is not None:
        rows = rows.filter(at__gte=since)
    pairs = [
        (row.category, row.suggested) for row in await rows.only("id", "category", "suggested")
    ]
    every = Counter(category for category, _ in pairs)
    right = Counter(category for category, suggested in pairs if category == suggested)
    by_category = {category: (right[category], every[category]) for category in sorted(every)}
    return Accuracy(right.total(), every.total(), by_category)
