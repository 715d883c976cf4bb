"""Puts the figures of the last whole run into the two READMEs, between their markers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).with_name("measured.json")
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
_BETWEEN = re.compile(f"(?s)(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})")

_SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# What a row says, by its figure's key and the language, in the table's order.
ROWS: dict[str, dict[str, str]] = _SAID["rows"]


def write(measured: dict[str, Any]) -> None:
    """Keep the run, and bring both READMEs up to it."""
    text = json.dumps(measured, indent=1, ensure_ascii=False)
    KEPT.write_text(text + "\n", encoding="utf-8")
    for name, language in READMES.items():
        file = ROOT / name
        page = with_table(file.read_text(encoding="utf-8"), table(measured, language))
        file.write_text(page, encoding="utf-8")


def kept() -> dict[str, Any]:
    """The run that was kept last."""
    run = json.loads(KEPT.read_text(encoding="utf-8"))
    assert isinstance(run, dict)
    return run


def with_table(page: str, text: str) -> str:
    """The page with this between its markers; ValueError when it has none."""
    if not _BETWEEN.search(page):
        raise ValueError(f"no {BEGIN} … {END}")
    return _BETWEEN.sub(lambda _: text, page)


def between_markers(page: str) -> str:
    """What stands there; ValueError when there are no markers."""
    if not (found := _BETWEEN.search(page)):
        raise ValueError(f"no {BEGIN} … {END}")
    return found[0]


def table(measured: dict[str, Any], language: str) -> str:
    """The machine, the date, the command, and a row for each figure that was measured."""
    words = _SAID["words"][language]
    intro = words["intro"].format(**measured["machine"], command=measured["command"])
    rows = [words["head"], ("---", "---:", "---:"), *_rows(measured, language)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([intro, "", *lines, ""])


def _rows(measured: dict[str, Any], language: str) -> Iterator[tuple[str, str, str]]:
    found = {
        one["key"]: (Figure(**one), report["facts"])
        for report in measured["reports"]
        for one in report["figures"]
        if one["key"]
    }
    for key, said in ROWS.items():
        if key in found:
            figure, facts = found[key]
            blanks = {name: _shown(value) for name, value in facts.items()}
            yield (said[language].format(**blanks), figure.shown(), figure.goal)


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
