"""A figure with its goal beside it, and tables of them for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured, its value and unit; `goal` is what we want of it, if anything.

    `key` is how the table in the README knows it.
    """

    name: str
    value: float
    unit: str
    goal: str = ""
    rounds: tuple[float, ...] = ()
    key: str = ""

    def shown(self) -> str:
        """The value with its unit."""
        whole = isinstance(self.value, int) or self.value >= 1000
        digits = 0 if whole else 1 if self.value >= 100 else 2
        return f"{self.value:,.{digits}f} {self.unit}".strip()


@dataclass(frozen=True)
class Report:
    """A heading, what it is about, and its figures; `facts` are numbers to speak of them with."""

    title: str
    about: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """For a JSON file."""
        return {
            "title": self.title,
            "about": list(self.about),
            "figures": [asdict(one) for one in self.figures],
            "table": [list(row) for row in self.table],
            "facts": self.facts,
        }

    def lines(self) -> list[str]:
        """For the terminal."""
        rows = [(one.name, one.shown(), one.goal and f"goal {one.goal}") for one in self.figures]
        return [
            f"== {self.title}",
            *(f"   {line}" for line in self.about),
            *columns(self.table),
            *columns(rows),
            "",
        ]


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with their columns under each other: the first to the left, the others to the right."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "   "
        + "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
