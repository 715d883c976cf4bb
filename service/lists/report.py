"""What became of a list that was taken in: how many rows did what, and which could not be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from service.lists.faults import ListFault


@dataclass
class Taken:
    """The rows of a list, each counted once; `notes` are what the reader should look at."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[ListFault] = field(default_factory=list)
    notes: list[ListFault] = field(default_factory=list)

    def sentences(self, language: str) -> Iterator[str]:
        """Each refused row and each note by its line, then the counts."""
        said = sorted([*self.refused, *self.notes], key=lambda one: one.line or 0)
        for one in said:
            yield one.sentence(language)
        if language.startswith("zh"):
            yield (
                f"新增 {self.new} 行，更新 {self.changed} 行，没有变化 {self.unchanged} 行，"
                f"未采用 {len(self.refused)} 行。"
            )
        else:
            yield (
                f"{self.new} rows new, {self.changed} changed, {self.unchanged} unchanged, "
                f"{len(self.refused)} refused."
            )

    @property
    def counts(self) -> str:
        """The counts alone, for the log."""
        return (
            f"new={self.new} changed={self.changed} unchanged={self.unchanged} "
            f"refused={len(self.refused)}"
        )
