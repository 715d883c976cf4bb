"""What the forms of a list's file have in common: a line of cells, and what can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.lists.faults import Mend


@dataclass(frozen=True)
class Line:
    """A line by its number in the file (from 1); `mend` if one of its cells can't be read."""

    number: int
    cells: Sequence[str]
    mend: Mend | None = None

    @property
    def says_anything(self) -> bool:
        """Whether there is more in it than empty cells."""
        return self.mend is not None or any(cell.strip() for cell in self.cells)


class Unreadable(Exception):
    """A file can't be read from that line on (None: at all)."""

    def __init__(self, mend: Mend, line: int | None = None) -> None:
        super().__init__(mend[1])
        self.mend = mend
        self.line = line
