"""Days that lie ahead, as people write them: 9-10到9-20, 明天起3天, 下周一到周三, from 10 Sep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from commands.parsing.dates import WRITTEN, parse_day
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to another, both included; without a `last` no end was said."""

    first: date
    last: date | None


_DAY = (
    rf"(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', WRITTEN)})"
    r"(?: ?(?:早上|上午|中午|下午|晚上|morning|noon|afternoon|evening))?"
)
_FROM = r"(?:(?:自|从|starting|from|since|as of) ?)"
_ON = r"(?: ?(?:起|开始|起算|onwards?))"
_TO = r" ?(?:到|至|~|--?|–|—|(?<= )to(?= )|(?<= )(?:un)?till?(?= )|(?<= )through(?= )) ?"
_BARE = r"(?:\d{1,2})[日号]?"
_LENGTH = (
    r"(?:for )?(?:共|休|请)?(?P<{0}>\d{{1,3}}|[一二两三四五六七八九十]{{1,3}}) ?个?"
    r"(?P<{0}_in>天|周|星期|礼拜|days?|weeks?)"
)
_WHOLE = r"(?P<week>这|本|下下|下|this|next)个?(?:周|星期|礼拜| week)"
_ENDS = r"(?=[\s,。;!?、)]|\Z)"
# The longest first: 9-10到9-20 begins as 9-10 does.
_RANGE = (
    rf"{_FROM}?(?P<first>{_DAY}){_ON}?{_TO}(?P<last>{_DAY}|{_BARE})"
    rf"|(?P<day>\d{{1,2}}){_TO}(?P<of_month>\d{{1,2}} [a-z]{{3,9}})"
    rf"|{_FROM}?(?P<start>{_DAY}){_ON}?,? ?{_LENGTH.format('count')}"
    rf"|{_LENGTH.format('length')}(?: from (?P<length_from>{_DAY}))?"
    rf"|(?:到|至|(?:un)?till? |to )(?P<until>{_DAY})"
    rf"|{_WHOLE}"
    rf"|(?P<open>{_FROM}{_DAY}{_ON}?|{_DAY}{_ON})"
    rf"|(?P<alone>{_DAY})"
)
_RANGE_ALL = re.compile(_RANGE)
_RANGE_HERE = re.compile(rf"(?:{_RANGE}){_ENDS}")
_START = rf"{_FROM}{_DAY}{_ON}?|{_DAY}{_ON}"
_START_HERE = re.compile(rf"(?:{_START}){_ENDS}")
_STARTS = re.compile(rf"{_FROM}?(?P<day>{_DAY}){_ON}?")
_WEEKS = {"这": 0, "本": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
# Nobody is away for longer without it being said again (days).
LONGEST = 366


def parse_start(text: str, today: date) -> date | None:
    """The day from which on something holds; None when the text names none.

    >>> parse_start("自9-10", date(2018, 9, 5)), parse_start("下周一起", date(2018, 9, 5))
    (datetime.date(2018, 9, 10), datetime.date(2018, 9, 10))
    """
    match = _STARTS.fullmatch(_spaced(text))
    return parse_day(match["day"], today, ahead=True) if match else None


def parse_days(text: str, today: date) -> Days | None:
    """The days that the whole text names, seen from today; None when it names none.

    The last is never before the first.

    >>> parse_days("9-10到20号", date(2018, 9, 5))
    Days(first=datetime.date(2018, 9, 10), last=datetime.date(2018, 9, 20))
    """
    match = _RANGE_ALL.fullmatch(_spaced(text))
    try:
        days = _read(match.groupdict(), today) if match else None
    except (ValueError, OverflowError):
        return None
    return days if days and (days.last is None or days.first <= days.last) else None


def start_end(said: str, pos: int, end: int) -> int | None:
    """Where that ends which says from when on, at that place of a plain text."""
    match = _START_HERE.match(said, pos, end)
    return match.end() if match else None


def days_end(said: str, pos: int, end: int) -> int | None:
    """Where the days end that stand at that place of a plain text; they may be impossible."""
    match = _RANGE_HERE.match(said, pos, end)
    return match.end() if match else None


def _spaced(text: str) -> str:
    return " ".join(plain(text).split())


def _read(said: dict[str, str | None], today: date) -> Days | None:
    if week := said["week"]:
        monday = today - timedelta(today.weekday()) + timedelta(weeks=_WEEKS[week])
        return Days(max(today, monday), monday + timedelta(6))
    if said["first"] and said["last"]:
        first = parse_day(said["first"], today, ahead=True)
        last = _last(said["last"], first, today) if first else None
        return Days(first, last) if first and last else None
    if said["day"] and said["of_month"]:
        last = parse_day(said["of_month"], today, ahead=True)
        return Days(last.replace(day=int(said["day"])), last) if last else None
    if said["until"]:
        last = parse_day(said["until"], today, ahead=True)
        return Days(today, last) if last else None
    if (length := said["count"] or said["length"]) and (
        in_ := said["count_in"] or said["length_in"]
    ):
        start = said["start"] or said["length_from"]
        return _so_long(length, in_, parse_day(start, today, ahead=True) if start else today)
    if said["open"]:
        first = parse_start(said["open"], today)
        return Days(first, None) if first else None
    first = parse_day(said["alone"] or "", today, ahead=True)
    return Days(first, first) if first else None


def _so_long(length: str, in_: str, first: date | None) -> Days | None:
    days = (number_of(length) or 0) * (1 if in_[0] in "天d" else 7)
    return Days(first, first + timedelta(days - 1)) if first and days > 0 else None


def _last(said: str, first: date, today: date) -> date | None:
    """20号 is of the first day's month or the next; 周三 follows the first; 下周三 is today's."""
    if said.rstrip("日号").isdigit():
        day = number_of(said.rstrip("日号")) or 0
        later = first.replace(day=1) + timedelta(32 if day < first.day else 0)
        return later.replace(day=day)
    seen = (parse_day(said, of, ahead=True) for of in (today, first))
    return next((day for day in seen if day and day >= first), None)
