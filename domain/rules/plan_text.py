"""From the plan's text to plain values, or one sentence about the line that can't be read."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from typing import Any

from domain.rules.plan_error import PlanError
from domain.rules.plan_lines import key_on

_WHERE = re.compile(r"at line (\d+)")
_FULL_WIDTH = re.compile("[“”‘’＝，［］｛｝]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|#.*")
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_BARE = re.compile(r"=\s*\d{1,2}[-:]\d{2}")
_ANY_YEAR = 2000
_MONTH_DAY = re.compile(r"\d\d-\d\d")
# What pads a name of two characters in a printed list: a space between two Chinese characters.
_PADDING = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def parsed(text: str) -> dict[str, Any]:
    """The tables of a TOML text, dates and hours as text; PlanError where it isn't TOML."""
    try:
        tables: dict[str, Any] = _plain(tomllib.loads(text))
    # Besides its own error (a ValueError) the parser lets these two through: a number of
    # thousands of digits, and brackets within brackets without end.
    except (ValueError, RecursionError) as error:
        raise _unreadable(text, str(error)) from None
    return tables


def with_year(tables: dict[str, Any]) -> dict[str, Any]:
    """The same tables; the phases' month-days get the campaign's year, in place."""
    year = _under(tables, "campaign").get("year")
    if not (isinstance(year, int) and len(str(year)) == len(str(_ANY_YEAR))):
        # The mistake to be told is the year's own, wherever it stands, and not the phases'.
        year = _ANY_YEAR
    for phase in _under(tables, "phases").values():
        for edge in ("start", "end") if isinstance(phase, dict) else ():
            day = phase.get(edge)
            if isinstance(day, str) and _MONTH_DAY.fullmatch(day):
                phase[edge] = f"{year}-{day}"
    return tables


def _unreadable(text: str, why: str) -> PlanError:
    line = _line_in(why, text)
    content = text.split("\n")[line - 1] if line else ""
    zh, en = _mend(why, _QUOTED.sub('""', content), content)
    return PlanError((line and key_on(text, line)) or "plan.toml", zh, en, line)


def _line_in(why: str, text: str) -> int | None:
    if found := _WHERE.search(why):
        return int(found[1])
    return text.rstrip("\n").count("\n") + 1 if "end of document" in why else None


def _mend(why: str, bare: str, content: str) -> tuple[str, str]:
    """What to do about a line, judged by the parser's word and by what stands outside quotes."""
    if why.startswith("Cannot"):
        return "写了两次，请删去一处", "it is written twice; delete one of the two"
    if found := _FULL_WIDTH.search(bare):
        return (
            f"用了全角的 {found[0]}，请换成英文半角",
            f"{found[0]} is full-width; type it with the English keyboard",
        )
    if "Invalid date" in why or _DATE_LIKE.search(bare):
        day = _DATE_LIKE.search(content)
        what = day[0] if day else content.strip()
        return (
            f"没有 {what} 这一天，请写真实存在的日期，如 2018-09-15",
            f"there is no such day as {what}; write one that exists, such as 2018-09-15",
        )
    if _BARE.search(bare):
        return (
            '“月-日”和时间要放在引号里，如 "08-15"、"07:30"',
            'put a month-day or an hour in quotes, such as "08-15" or "07:30"',
        )
    if any(word in why for word in ("Unclosed", "Unterminated", "Illegal character")):
        return (
            "这一项或它上面的引号、方括号没有收尾，请补上",
            "a quote or bracket here or above is never closed; close it",
        )
    return (
        '这一行读不懂，请写成 名字 = 值，文字放在英文引号里，如 name = "七年级"',
        'this line can\'t be read; write it as key = value, texts in quotes, as in name = "x"',
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | time):
        # So that a date or an hour may stand in quotes or not, as people will write both.
        return value.isoformat()
    return _PADDING.sub("", value) if isinstance(value, str) else value


def _under(table: dict[str, Any], key: str) -> dict[str, Any]:
    """The table under that key; an empty one when there is something else, or nothing."""
    inner = table.get(key)
    return inner if isinstance(inner, dict) else {}
