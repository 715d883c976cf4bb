"""What a look at the settings and the school found: it is well, or how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

State = Literal["well", "note", "wrong"]
SIGNS: Mapping[State, str] = {"well": "✅", "note": "❓", "wrong": "⛔"}


@dataclass(frozen=True)
class Finding:
    """One line: how it is, in Chinese and English; what is wrong says how to mend it."""

    state: State
    chinese: str
    english: str

    def line(self, language: str) -> str:
        """In the reader's language, its sign at the head."""
        said = self.chinese if language.startswith("zh") else self.english
        return f"{SIGNS[self.state]} {said}"
