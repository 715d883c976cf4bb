"""How wide a text stands on a screen, where a Chinese character takes as much as two letters."""

from __future__ import annotations

from unicodedata import east_asian_width

# A line on a phone.
PHONE = 40


def columns(text: str) -> int:
    """How many columns it takes.

    >>> columns("#57 晚托")
    8
    """
    return sum(1 + (east_asian_width(character) in "WF") for character in text)


def narrowed(text: str, most: int) -> str:
    """The text, or as much of it as stands in so many columns, with a sign that there was more.

    >>> narrowed("食堂排队太久", 8), narrowed("queue", 8)
    ('食堂排…', 'queue')
    """
    if columns(text) <= most:
        return text
    while text and columns(text) > most - 1:
        text = text[:-1]
    return text.rstrip() + "…"
