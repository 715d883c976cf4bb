"""Which line of the plan a key stands on, and which key a line belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
# The last step of a key: `.days` or `[2]`.
_LAST_STEP = re.compile(r"(\.[^.\[\]]*|\[\d+\])$")


def line_of(text: str, key: str) -> int | None:
    """The line (from 1) of `key`, else of the nearest section around it; None when unknown.

    >>> line_of('a = 1\\n[[rungs]]\\ndays = 2', "rungs[0].days")
    3
    """
    places = {path: line for line, path in reversed(list(_places(text)))}
    while key not in places:
        key, found = _LAST_STEP.subn("", key)
        if not found:
            return None
    return places[key]


def key_on(text: str, line: int) -> str | None:
    """The key written on `line` (from 1), or above it when it runs over several lines."""
    before = [path for at, path in _places(text) if at <= line]
    return before[-1] if before else None


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Each line that opens a section or a key, with its full key.

    Reads by eye, not by grammar: it is asked above all about files that are no TOML.
    """
    section = ""
    blocks: Counter[str] = Counter()
    for line, content in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(content):
            section = _numbered(header[2], blocks)
            if header[1] == "[[":
                section = f"{section}[{blocks[section]}]"
                blocks[section.rpartition("[")[0]] += 1
            yield line, section
        elif key := _KEY.match(content):
            yield line, f"{section}.{key[1]}" if section else key[1]


def _numbered(header: str, blocks: Counter[str]) -> str:
    """A header's path, where each block that it stands under has its number."""
    *above, last = header.split(".")
    path = ""
    for name in above:
        path = f"{path}.{name}" if path else name
        if blocks[path]:
            path = f"{path}[{blocks[path] - 1}]"
    return f"{path}.{last}" if path else last
