"""A reply to our question: a number picks, yes and no decide, labels fill what is open."""

from __future__ import annotations

import re

from commands.declarations import Action, Command
from commands.parsing.fields import read_fields, read_labels
from commands.parsing.lexicon import Lexicon
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from commands.parsing.said import Doubt, Parts, Span

_PICK = re.compile(
    r"(?:我?选|pick )?[(\[]?(?:第|no\.? ?|#)?(\d{1,3}|[一二三四五六七八九十两]{1,3})[)\]]?"
    r"(?:[个号项条位]|th)?[.。,、!)]*"
)
_IN_ENGLISH = {
    word: n + 1
    for n, said in enumerate(("first 1st one", "second 2nd two", "third 3rd three", "fourth four"))
    for word in said.split()
}
_ENGLISH = re.compile(r"(?:the )?([a-z]+|\d[a-z]{2})(?: one)?[.,!]*")
_BEFORE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")
_STOPS = " ,。;!?、.~…"


def pick_of(text: str, count: int) -> int | None:
    """Which of count choices is picked, from 1; None when the reply is something else.

    >>> pick_of("第一个", 3), pick_of("②", 3), pick_of("7", 3)
    (1, 2, None)
    """
    said = plain(text).strip()
    match, english = _PICK.fullmatch(said), _ENGLISH.fullmatch(said)
    number = number_of(match[1]) if match else _IN_ENGLISH.get(english[1]) if english else None
    return number if number is not None and 1 <= number <= count else None


def yes_or_no(text: str, lexicon: Lexicon) -> bool | None:
    """True for 对, False for 不对; None when the reply is something else."""
    said = _bare(text)
    if said in lexicon.yes:
        return True
    return False if said in lexicon.no else None


def says_nothing(text: str, lexicon: Lexicon) -> bool:
    """Whether a field was filled with a word for nothing (诉求：暂无) or with stops alone (…)."""
    bare = _bare(text)
    return bare in lexicon.nothing or (not bare and text != "")


def says_none(text: str, lexicon: Lexicon) -> bool:
    """Whether it is a word for nothing (备注：无); a blank that nobody filled in (…) is none."""
    return _bare(text) in lexicon.nothing


def fields_of(
    text: str, command: Command, action: Action, lexicon: Lexicon
) -> tuple[Parts, tuple[Doubt, ...]]:
    """What a reply fills, read as if it stood behind the command: 七3 王小明, or 昨天."""
    return read_fields(text, plain(text), Span(0, len(text)), command, action, lexicon)


def labelled_only(text: str, command: Command, action: Action, lexicon: Lexicon) -> Parts | None:
    """What a message says that consists of labels alone (家庭：… 性格：…); else None."""
    start = _BEFORE.match(text).end()  # type: ignore[union-attr]
    return read_labels(text, plain(text), Span(start, len(text)), command, action, lexicon) or None


def _bare(text: str) -> str:
    return " ".join(plain(text).strip(_STOPS + "\t\r\n").split())
