"""A week as people say it: 上周, 第36周, W36, 2018-W36, last week, week 36 of 2018."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from commands.parsing.dates import WEEKS
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from domain.rules.digests import week_numbered, week_of

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_ANY = re.compile(
    r"(?<![^\s,，、。])(?:"
    r"(?P<near>上上|下下|[上下本这])个?(?:周|星期|礼拜)"
    r"|(?P<enear>last|this|next)(?: week)?(?![a-z])"
    rf"|(?:(?P<year>\d{{4}})年? ?)?(?:第(?P<nth>{_NUMBER})(?:周|星期)?|(?P<number>{_NUMBER})周)"
    r"|(?:(?P<wyear>\d{4})[- ]?)?w(?:eek ?)?(?P<week>\d{1,3})(?: of (?P<ofyear>\d{4}))?(?![a-z\d])"
    r"|(?P<alone>\d{1,3})(?=[\s,，、。]|\Z)"
    r")"
)


@dataclass(frozen=True)
class WeekSaid:
    """The week that was said, and what else stood around it.

    `week` is as 2018-W36; None where no year has one of that `number`.
    """

    week: str | None
    number: int
    rest: str


def week_in(text: str, today: date) -> WeekSaid | None:
    """The first week that a text names, seen from today; None when it names none.

    A number without its year is the latest such week that isn't after this one.

    >>> week_in("上周 蔡平", date(2018, 9, 12))
    WeekSaid(week='2018-W36', number=36, rest='蔡平')
    >>> week_in("99", date(2018, 9, 12)), week_in("蔡平", date(2018, 9, 12))
    (WeekSaid(week=None, number=99, rest=''), None)
    """
    match = _ANY.search(plain(text))
    if match is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(" \t,，、。的")
    said = match.groupdict()
    if near := said["near"] or said["enear"]:
        day = today + timedelta(weeks=WEEKS[near])
        return WeekSaid(week_of(day), day.isocalendar().week, rest)
    number = number_of(said["nth"] or said["number"] or said["week"] or said["alone"] or "") or 0
    year = said["year"] or said["wyear"] or said["ofyear"]
    week = week_numbered(int(year), number) if year else _latest(number, today)
    return WeekSaid(week, number, rest)


def _latest(number: int, today: date) -> str | None:
    this = today.isocalendar().year
    found = week_numbered(this, number)
    # What hasn't been this year was last year's.
    return found if found and found <= week_of(today) else week_numbered(this - 1, number)
