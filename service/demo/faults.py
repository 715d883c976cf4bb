"""What is wrong in one of a school's lists, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import ZoufangError


class SchoolFault(ZoufangError):
    """A list that can't be used: in which file, in which line (None: the file as a whole)."""

    def __init__(self, file: Path, line: int | None, mend_zh: str, mend_en: str) -> None:
        self.file = file
        self.line = line
        self._zh = f"{file}{f' 第 {line} 行' if line else ''}：{mend_zh}。"
        self._en = f"{file}{f', line {line}' if line else ''}: {mend_en}."
        super().__init__(self._en)

    def sentence(self, language: str) -> str:
        """One sentence in the reader's language."""
        return self._zh if language.startswith("zh") else self._en


@contextmanager
def refusing(strict: bool) -> Iterator[None]:
    """Let a fault through if `strict`; else what it came from is passed over."""
    try:
        yield
    except SchoolFault:
        if strict:
            raise
