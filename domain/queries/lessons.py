"""What we learnt from categories that people decided, and how often the suggestion was right."""

from __future__ import annotations

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
