"""What the words alone tell: what they are about, whom they name, whether somebody is in danger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.rules.named import named
from domain.rules.plan_clock import RedFlags
from domain.rules.red_flags import Flag, red_flags
from domain.rules.suggesting import Lesson, Suggestion, suggest


@dataclass(frozen=True)
class FirstLook:
    """What some words tell; `named` are ids of the school's people."""

    suggested: tuple[Suggestion, ...] = ()
    because: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    named: tuple[int, ...] = ()


NOT_LOOKED_AT = FirstLook()


@dataclass(frozen=True)
class Request:
    """What becomes one problem: its words, each a voice, and what these tell.

    `noted` were no words of a family's but a note, in which danger was read.
    """

    words: tuple[str, ...]
    noted: tuple[str, ...] = ()
    look: FirstLook = NOT_LOOKED_AT


@dataclass(frozen=True)
class Known:
    """What the words are looked at with: lessons learnt, the people's names, what is dangerous."""

    lessons: Sequence[Lesson]
    names: Mapping[int, str]
    red_flags: RedFlags


def requests(words: Sequence[str], noted: Sequence[str], known: Known) -> tuple[Request, ...]:
    """Each of the words a problem of its own; but with danger in any of it all is one.

    `noted` are what else was written down; it makes a problem only where danger is read in it.
    """
    dangerous = tuple(text for text in noted if red_flags(text, known.red_flags))
    if dangerous or any(red_flags(one, known.red_flags) for one in words):
        return (_request(tuple(words), dangerous, known),)
    return tuple(_request((one,), (), known) for one in words)


def _request(words: tuple[str, ...], noted: tuple[str, ...], known: Known) -> Request:
    return Request(words, noted, first_look("\n".join((*words, *noted)), known))


def first_look(words: str, known: Known) -> FirstLook:
    """The words once looked at; nothing of it is decided."""
    suggested = suggest(words, known.lessons)
    return FirstLook(
        suggested=suggested.best,
        because=suggested.because,
        flags=red_flags(words, known.red_flags),
        named=named(words, known.names),
    )
