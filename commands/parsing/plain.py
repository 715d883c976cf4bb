"""Full-width or half-width, capital or small: to us it is the same letter."""

from __future__ import annotations

from unicodedata import normalize

_BASIC_PLANE = 0x10000


class _Folded(dict[int, str]):
    """Code point to its plain letter, filled as letters come."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = normalize("NFKC", letter).casefold()
        if len(folded) != 1:
            folded = letter
        # The rest are emoji and rare characters: not kept, so that nobody can make this grow.
        if code < _BASIC_PLANE:
            self[code] = folded
        return folded


_FOLDED = _Folded()


def plain(text: str) -> str:
    """The text with each letter made plain; as long as it was, so that places stay the same.

    >>> plain("／Ｖｉｓｉｔ　七（３）班：①")
    '/visit 七(3)班:1'
    """
    if text.isascii():
        return text.lower()
    return text.translate(_FOLDED)
