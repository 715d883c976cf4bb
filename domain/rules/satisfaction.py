"""What families say to what was done: which words close a problem, and how it then ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

# Never guessed from other words. 一般 closes, too, and is counted apart.
Satisfaction = Literal["satisfied", "mostly", "neutral", "dissatisfied"]
SATISFACTIONS: tuple[Satisfaction, ...] = get_args(Satisfaction)
# Typed in the same place: nobody could be reached.
NOT_REACHED = "not_reached"
DISSATISFIED: Satisfaction = "dissatisfied"
# Who couldn't be reached in so many tries is tried no more.
TRIES = 2
# So many times not content: the head decides how it goes on.
SAID_TWICE = 2

Ending = Literal["satisfied", "neutral", "not_reached"]


def settled(satisfaction: str | None, tries: int) -> bool:
    """Whether nothing more is to be heard from a voice: it is content, or can't be reached."""
    if satisfaction in (None, NOT_REACHED):
        return tries >= TRIES
    return satisfaction != DISSATISFIED


def ending_of(satisfactions: Iterable[str | None]) -> Ending:
    """How a problem ended whose voices are all settled; None stands for who wasn't reached.

    >>> ending_of(["satisfied", "neutral"]), ending_of(["mostly", None]), ending_of([None])
    ('neutral', 'satisfied', 'not_reached')
    """
    said = [one for one in satisfactions if one is not None]
    if not said:
        return "not_reached"
    return "neutral" if "neutral" in said else "satisfied"
