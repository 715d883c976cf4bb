"""What can't be put right, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class FixRefusedSeen(View):
    """FixChangesNothing, WordsStay, NotInThisVisit: which visit, and which fields it hasn't."""

    visit: int
    fields: tuple[str, ...] = ()
