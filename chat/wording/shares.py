"""How a share is written: in whole percent, and never on the wrong side of the minimum."""

from __future__ import annotations

from fractions import Fraction

from chat.words import Words

_DECIMALS = 6


def share_of(visited: int, families: int) -> Fraction:
    """The share from 0 to 1, exactly; `families` may not be 0."""
    return Fraction(visited, families)


def exactly(value: float) -> Fraction:
    """The number as it was written in the plan: 0.33 is 33/100 and no less."""
    return Fraction(str(value))


def passes(share: Fraction, minimum: float | None) -> bool:
    """Whether the share is strictly above the minimum; never when none is set."""
    return minimum is not None and share > exactly(minimum)


def percent(words: Words, share: Fraction, minimum: float | None = None) -> str:
    """The share rounded down, so that what is shown as above the minimum is above it.

    A share just above it gets as many decimals as it takes to be seen to be: 33.1 %, not 33 %.
    """
    least = exactly(minimum) if minimum is not None and share > exactly(minimum) else None
    for decimals in range(_DECIMALS + 1):
        shown = _floored(share, decimals)
        if least is None or shown > least:
            break
    return _worded(words, shown, decimals)


def minimum_percent(words: Words, minimum: float) -> str:
    """The minimum with just the decimals it was given with."""
    least = exactly(minimum)
    for decimals in range(_DECIMALS + 1):
        shown = _floored(least, decimals)
        if shown == least:
            break
    return _worded(words, shown, decimals)


def _floored(share: Fraction, decimals: int) -> Fraction:
    scale = 100 * 10**decimals
    return Fraction(share.numerator * scale // share.denominator, scale)


def _worded(words: Words, share: Fraction, decimals: int) -> str:
    return words.text("share", number=f"{float(share * 100):.{decimals}f}")
