"""What is wrong with the plan, said in one sentence that names the line, the key and the mend."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from domain.errors import ZoufangError

# Below this likeness (0 to 100) a guess would mislead more than help.
_LIKE = 60
_LONGEST = 40


class PlanError(ZoufangError):
    """The plan can't be used; whoever keeps it can mend it.

    `key` is the place as the file writes it (`phases.visit.end`, `rungs[2].days`, counted from
    0), `line` the line of the file (from 1), or None when the fault lies outside of it.
    """

    def __init__(self, key: str, mend_zh: str, mend_en: str, line: int | None = None) -> None:
        super().__init__(key)
        self.key = " ".join(key.split())
        self.mend_zh = mend_zh
        self.mend_en = mend_en
        self.line = line

    def __str__(self) -> str:
        return self.sentence("en")

    def on_line(self, line: int | None) -> PlanError:
        """The same mistake, with its line."""
        return PlanError(self.key, self.mend_zh, self.mend_en, line)

    def sentence(self, language: str) -> str:
        """One sentence in Chinese (`zh…`), or in English for any other language.

        >>> PlanError("pace.digest_at", "要写时间", "write an hour", 8).sentence("zh-CN")
        'pace.digest_at（方案第 8 行）：要写时间。'
        """
        if language.startswith("zh"):
            place = f"（方案第 {self.line} 行）" if self.line else ""
            return f"{self.key}{place}：{self.mend_zh}。"
        place = f" (line {self.line} of the plan)" if self.line else ""
        return f"{self.key}{place}: {self.mend_en}."


def nearest(said: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant, or None when nothing is like it."""
    found = process.extractOne(said, list(choices), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return found[0] if found else None


def shown(value: object) -> str:
    """A value as the file writes it, on one line and not too long.

    >>> shown("三"), shown(True), shown([1, 2])
    ('"三"', 'true', '[…]')
    """
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
