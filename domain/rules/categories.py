"""Which of the plan's categories is meant by what somebody typed: its name, an alias, a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from domain.rules.plan_parts import Category

# What people leave out, or type in more than one way.
_UNSAID = frozenset(" “”\"'‘’「」《》")

_BETWEEN = " \t\r\n\u3000，,、：:"
# No plan has as many categories as a number of so many digits says.
_MANY = 4


def category_at(text: str, categories: Iterable[Category]) -> tuple[Category, str] | None:
    """The category that the text begins with, the longest that fits, and the text behind it.

    A bare number counts in the order of `categories`, from 1.
    """
    among = tuple(categories)
    first, *rest = text.split(maxsplit=1) or [""]
    if first.isdecimal():
        place = int(first) if len(first) < _MANY else 0
        return (among[place - 1], "".join(rest)) if 0 < place <= len(among) else None
    found = [(end, one) for one in among for name in _names(one) if (end := _end(text, name))]
    if not found:
        return None
    end, category = max(found, key=lambda each: each[0])
    return category, text[end:].lstrip(_BETWEEN)


def _names(category: Category) -> tuple[str, ...]:
    return (category.name, category.name_en, category.key, *category.aliases)


def _end(text: str, name: str) -> int:
    """Where the name ends that the text begins with, quotes and spaces aside; 0 when it doesn't."""
    wanted = [sign for sign in _plain(name) if sign not in _UNSAID]
    if not wanted:
        return 0
    for pos, sign in enumerate(_plain(text)):
        if sign in _UNSAID:
            continue
        if sign != wanted.pop(0):
            return 0
        if not wanted:
            return _behind_quotes(text, pos + 1)
    return 0


def _behind_quotes(text: str, pos: int) -> int:
    while pos < len(text) and text[pos] in _UNSAID:
        pos += 1
    return pos


def _plain(text: str) -> str:
    """Each sign as it is compared; as many as there were."""
    return "".join(unicodedata.normalize("NFKC", sign)[:1].casefold()[:1] or sign for sign in text)
