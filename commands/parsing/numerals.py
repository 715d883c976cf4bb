"""Numbers as people write them: 120, １２０, 一百二十, 两百, 廿."""

from __future__ import annotations

import re

from commands.parsing.plain import plain

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"
# Longer than any count of ours, and far below what int() refuses to read.
_NUMERAL = re.compile(r"\d{1,9}(?!\d)|[〇零一二三四五六七八九两廿卅十百千万]{1,15}")


def number_of(text: str) -> int | None:
    """The number that the whole text is, or None.

    >>> number_of("一百二十"), number_of("两百五"), number_of("二〇一八"), number_of("１２")
    (120, 250, 2018, 12)
    """
    text = plain(text).strip()
    found = number_at(text, 0)
    return found[0] if found and found[1] == len(text) else None


def number_at(said: str, pos: int, end: int | None = None) -> tuple[int, int] | None:
    """The number at that place of a plain text, and where it ends; None when there is none."""
    match = _NUMERAL.match(said, pos, len(said) if end is None else end)
    if not match:
        return None
    digits = match[0]
    value = int(digits) if digits[0].isdecimal() else _chinese(digits)
    return None if value is None else (value, match.end())


def _chinese(text: str) -> int | None:
    if all(c in _DIGITS for c in text):
        # 二〇一八 is read digit by digit, as in a year.
        return int("".join(str(_DIGITS[c]) for c in text))
    head, myriad, tail = text.partition(_MYRIAD)
    if not myriad:
        return _below_myriad(head)
    high, low = _below_myriad(head), _below_myriad(tail) if tail else 0
    if not high or low is None:
        return None
    # 一万二 is twelve thousand, like 两百五 below.
    return high * 10_000 + (low * 1000 if len(tail) == 1 and 0 < low < 10 else low)


def _below_myriad(text: str) -> int | None:
    total, digit, unit, after_zero = 0, None, 10_000, False
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit, after_zero = _DIGITS[c], after_zero or c in "零〇"
        elif c in _TENS:
            if digit or unit <= 10:
                return None
            total, unit, digit = total + _TENS[c], 10, None
        elif c in _UNITS and _UNITS[c] < unit:
            unit = _UNITS[c]
            # 十二 has no 一 before its ten; 百二十 isn't said.
            total, digit = total + (digit or 1) * unit, None
        else:
            return None
    if digit is None:
        return total
    # 两百五 is 250, and 两百零五 is 205.
    return total + (digit * unit // 10 if 100 <= unit < 10_000 and not after_zero else digit)
