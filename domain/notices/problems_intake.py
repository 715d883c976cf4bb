"""What we tell of a problem when it is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, kw_only=True)
class ProblemRecorded(Notice):
    """The receipt of a problem: its number, until when, what it seems to be about.

    `late_by` is how many days too late it was recorded.
    """

    problem: int
    late_by: int = 0
