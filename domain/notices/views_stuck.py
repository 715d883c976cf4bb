"""Notices that don't get through, as an admin may see them."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class NoticeStuckSeen(View):
    """NoticeStuck: whom it is for by name, None for a group."""

    entry: int
    why: str
    person: str | None = None
    problems: tuple[int, ...] = ()
