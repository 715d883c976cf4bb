"""What is wrong in one of a school's lists, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import ZoufangError

# What to do about it, in Chinese and in English.
Mend = tuple[str, str]


class ListFault(ZoufangError):
    """A list that can't be used: in which file, in which line (None: the file as a whole)."""

    def __init__(self, file: Path, line: int | None, mend_zh: str, mend_en: str) -> None:
        self.file = file
        self.line = line
        self._zh = f"{file}{f' 第 {line} 行' if line else ''}：{_one_line(mend_zh)}。"
        self._en = f"{file}{f', line {line}' if line else ''}: {_one_line(mend_en)}."
        super().__init__(self._en)

    def sentence(self, language: str) -> str:
        """One sentence in the reader's language."""
        return self._zh if language.startswith("zh") else self._en


def _one_line(text: str) -> str:
    """What a cell holds may be quoted: it must neither begin a line nor fill the screen."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return shown if len(shown) <= 300 else f"{shown[:299]}…"


@contextmanager
def refusing(refused: list[ListFault] | None) -> Iterator[None]:
    """Gather the fault of a row in `refused` and leave the row; None lets the fault through."""
    try:
        yield
    except ListFault as fault:
        if refused is None:
            raise
        refused.append(fault)
