"""A day as people say it: 昨天, 上周五, 9-3, 30号, last Friday."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from commands.parsing.numerals import number_of
from commands.parsing.plain import plain

_RELATIVE = {
    "今天": 0, "今日": 0, "即日": 0, "今晚": 0, "今早": 0, "today": 0, "tonight": 0,
    "昨天": -1, "昨日": -1, "昨晚": -1, "yesterday": -1, "last night": -1,
    "前天": -2, "大前天": -3, "the day before yesterday": -2,
    "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "tomorrow": 1,
    "后天": 2, "大后天": 3, "the day after tomorrow": 2,
}  # fmt: skip
WEEKS = {
    "上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2,
}  # fmt: skip
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = (
    {c: n for n, c in enumerate("一二三四五六日")}
    | {"天": 6}
    | {str(n + 1): n for n in range(7)}
    | {c: n for n, c in enumerate(_ENGLISH_DAYS)}
)
_MONTHS = {
    c: n + 1
    for n, c in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# No short forms for three of them: "sat with the family" is no Saturday.
_DAY_NAME = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wednesday|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|saturday|sunday"
    r"|(?:(?<=last )|(?<=this )|(?<=next ))(?:wed|sat|sun)(?![a-z]))"
)
# Where nothing but a day can stand, they are clear.
_SHORT = {"wed": "wednesday", "sat": "saturday", "sun": "sunday"}
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
WRITTEN = (
    r"(?P<relative>" + "|".join(sorted(_RELATIVE, key=len, reverse=True)) + r")"
    r"|(?P<week>上上|下下|[上下本这])?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])"
    r"|(?:(?P<eweek>last|this|next) )?(?P<eweekday>" + _DAY_NAME + r")"
    r"|(?P<ago>\d{1,2}|[一二两三四五六七八九十]{1,3})天前|(?P<eago>\d{1,2}) days? ago"
    r"|(?P<iso>\d{8})"
    r"|(?:(?P<year>\d{4})(?:年|[-./](?=\d)))?"
    rf"(?P<month>{_NUMBER})(?:月|(?<=\d)[-./](?=\d))(?P<day>{_NUMBER})[日号]?"
    rf"|(?P<monthday>{_NUMBER})[日号]"
    r"|(?P<eday>\d{1,2})(?:st|nd|rd|th)? (?P<emonth>" + _MONTH_NAME + r")(?:,? (?P<eyear>\d{4}))?"
    r"|(?P<fmonth>" + _MONTH_NAME + r") (?P<fday>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<fyear>\d{4}))?"
)
_HOUR = (
    r"(?:\d{1,2}:\d\d|(?:\d{1,2}|[一二三四五六七八九十]{1,3})点(?:半|整|\d{1,2}分?)?"
    r"|(?:at )?\d{1,2}(?::\d\d)? ?[ap]m(?![a-z]))"
)
# When in the day doesn't matter: a visit has a day. 昨天下午3点去的 is a day as 昨天 is.
_LOOSE = (
    rf"(?:on )?(?:{WRITTEN})(?: ?(?:早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚|morning|afternoon"
    rf"|evening|night))?(?: ?{_HOUR})?(?:去的|去了|去过|走访的|走访|家访的|家访|上门的|的)?"
)
_DAY = re.compile(_LOOSE)
_DAY_HERE = re.compile(rf"{_LOOSE}(?=[\s,。;!?、)]|\Z)")
_SHORT_HERE = re.compile(r"(?:wed|sat|sun)(?=[\s,。;!?、)]|\Z)")
# A day to which more is glued: 昨天刚出院 may be the day of the visit, or of something else.
_DAY_GLUED = re.compile(WRITTEN)
_WHEN_IN_IT = re.compile(
    rf" ?((?:早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚)? ?{_HOUR}"
    r"|早上|早晨|上午|中午|下午|傍晚|晚上|morning|afternoon|evening)\Z"
)
_PARTS = re.compile(r"[\s,，。;；!！、]+")
# How long a day may be gone by (days) and still be meant where one lies ahead: a slip to point
# out, and not next year's.
_SLIP = 60
# A leap year: only what is a day in no year at all fails here.
_SOME_DAY = date(2020, 1, 1)


def parse_day(text: str, today: date, ahead: bool = False) -> date | None:
    """The day that the whole text names, seen from today; None when it names none.

    A bare weekday is the latest that isn't after today or, with `ahead`, the first that
    isn't before it. A day without its month or year is the nearest such day; with `ahead` the
    next one, unless a month and day have only just gone by.

    >>> parse_day("上周五", date(2018, 9, 5)), parse_day("9月31日", date(2018, 9, 5))
    (datetime.date(2018, 8, 31), None)
    """
    said = " ".join(plain(text).split())
    match = _DAY.fullmatch(_SHORT.get(said, said))
    if not match:
        return None
    try:
        return _read(match, today, ahead)
    except (ValueError, OverflowError):
        return None


def day_end(said: str, pos: int, end: int | None = None, *, short: bool = False) -> int | None:
    """Where the day ends that stands at that place of a plain text; None when none does.

    It may still be an impossible one (9-31): is_a_day tells. `short`: wed, sat and sun are days.
    """
    end = len(said) if end is None else end
    match = _DAY_HERE.match(said, pos, end) or (
        _SHORT_HERE.match(said, pos, end) if short else None
    )
    return match.end() if match else None


def day_glued(text: str) -> str | None:
    """The day with which a text begins, whatever follows it; None when it begins otherwise.

    >>> day_glued("昨天刚出院"), day_glued("8.31奶奶照顾"), day_glued("奶奶照顾")
    ('昨天', '8.31', None)
    """
    match = _DAY_GLUED.match(plain(text))
    return text[: match.end()] if match else None


def day_last(text: str) -> str | None:
    """The day that is all of a text's last part: 奶奶照顾 昨天去的; None when it isn't.

    >>> day_last("奶奶照顾 昨天去的"), day_last("奶奶昨天出院")
    ('昨天去的', None)
    """
    last = _PARTS.split(text.strip(" \t\r\n,，。;；!！.、"))[-1]
    return last if last and _DAY.fullmatch(plain(last)) else None


def hour_of(text: str) -> str | None:
    """When in the day it is, as it was typed behind the day; None when it wasn't said.

    >>> hour_of("周五晚上7点"), hour_of("9-5 19:30"), hour_of("周五")
    ('晚上7点', '19:30', None)
    """
    match = _WHEN_IN_IT.search(plain(text))
    return text[match.start(1) : match.end(1)] if match else None


def is_a_day(text: str) -> bool:
    """Whether the text names a day that some year has."""
    return parse_day(text, _SOME_DAY) is not None


def _read(match: re.Match[str], today: date, ahead: bool) -> date | None:
    said = match.groupdict()
    if said["relative"]:
        return today + timedelta(_RELATIVE[said["relative"]])
    if ago := said["ago"] or said["eago"]:
        return today - timedelta(number_of(ago) or 0)
    if weekday := said["weekday"] or said["eweekday"]:
        week = said["week"] or said["eweek"]
        return _weekday(_WEEKDAYS[weekday[:3]], week, today, ahead)
    if said["iso"]:
        return date.fromisoformat(said["iso"])
    if said["monthday"]:
        days = _in_months(number_of(said["monthday"]), today)
        return _next(days, today) if ahead else _nearest(days, today)
    return _month_and_day(said, today, ahead)


def _weekday(weekday: int, week: str | None, today: date, ahead: bool) -> date:
    monday = today - timedelta(today.weekday())
    if week:
        return monday + timedelta(weekday, weeks=WEEKS[week])
    back = (today.weekday() - weekday) % 7
    return today + timedelta((7 - back) % 7 if ahead else -back)


def _month_and_day(said: dict[str, str | None], today: date, ahead: bool) -> date | None:
    year = said["year"] or said["eyear"] or said["fyear"]
    name = said["emonth"] or said["fmonth"]
    month = _MONTHS[name[:3]] if name else number_of(said["month"] or "")
    day = number_of(said["day"] or said["eday"] or said["fday"] or "")
    if year:
        return _date(int(year), month, day)
    days = [_date(one, month, day) for one in range(today.year - 1, today.year + 2)]
    return _next(days, today - timedelta(_SLIP)) if ahead else _nearest(days, today)


def _in_months(day: int | None, today: date) -> Iterable[date | None]:
    for month in range(today.month - 2, today.month + 2):
        yield _date(today.year + month // 12, month % 12 + 1, day)


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _nearest(days: Iterable[date | None], today: date) -> date | None:
    """The day closest to today; of two just as close, the past one."""
    real = [day for day in days if day]
    return min(real, key=lambda day: (abs(day - today), day > today), default=None)


def _next(days: Iterable[date | None], first: date) -> date | None:
    """The first of these that isn't before `first`."""
    return min((day for day in days if day and day >= first), default=None)
