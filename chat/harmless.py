"""Takes the teeth out of a text: whatever a person said is shown as words, and does nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import category

from chat.message import Message

# Stands unseen where two characters together would do something, and keeps them apart.
GAP = "\u200b"
_BASIC_PLANE = 0x10000
_JOINERS = "\u200c\u200d"
# Signs of Arabic and Syriac numbers are called formats too, and are seen.
_SEEN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
# More accents on one letter than any script has.
_MOST_MARKS = 8


def harmless(message: Message) -> Message:
    """The message with every part of it made inert; its structure alone may be given a form."""
    return replace(
        message,
        title=inert(message.title),
        lines=tuple(map(inert, message.lines)),
        choices=tuple(replace(one, label=inert(one.label)) for one in message.choices),
    )


def inert(text: str) -> str:
    """The text on one line, as it looked, with no link, mention, tag or hidden sign at work in it.

    What would work is parted by a character that isn't seen; done twice it is the same.

    >>> inert("a\\r\\nb\\u202e"), inert("[x](dtmd:y) @all").replace(GAP, "·")
    ('a b', '[x]·(dtmd·:y) @·all')
    """
    text = _BROKEN.sub(" ", text).translate(_SHOWN)
    return _AT_WORK.sub(_parted, _MARKS.sub(_as_many_as_there_are, text))


class _Shown(dict[int, str | None]):
    """Code point to what is shown of it: nothing of what only steers, filled as they come."""

    def __missing__(self, code: int) -> str | None:
        shown = _shown(chr(code))
        # As many as the basic plane holds at most, so that nobody can make this grow.
        if code < _BASIC_PLANE:
            self[code] = shown
        return shown


def _shown(character: str) -> str | None:
    if character in _JOINERS or character in _SEEN_FORMATS:
        return character
    kind = category(character)
    if kind == "Cs":
        return "\ufffd"
    return None if kind in ("Cc", "Cf") else character


_SHOWN = _Shown()
# A line of ours is one line: a break in it was typed, and could imitate a line of ours.
_BROKEN = re.compile(rf"[{''.join(map(re.escape, _BREAKS))}]+")
# No mark is a letter, a space, or among the first characters.
_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MOST_MARKS + 1},}}")


def _as_many_as_there_are(run: re.Match[str]) -> str:
    """Accents without end would cover the lines above and below."""
    kept, marks = [], 0
    for character in run[0]:
        is_mark = category(character).startswith("M") or character in _JOINERS
        marks = marks + 1 if is_mark else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


# Schemes that need no slashes to do something.
_SCHEMES = "dtmd|dingtalk|javascript|vbscript|data|tel|sms|mailto|file|weixin|wxwork|lark|msteams"
_AT_WORK = re.compile(
    r"\](?=[(\[:])"  # [text](address)
    rf"|(?:{_SCHEMES})(?=:)"  # dtmd:…
    r"|:(?=[/\\])"  # https://…
    r"|(?<=\w)\.(?=[^\W\d_]{2})"  # evil.example, of which chats make a link by themselves
    r"|@(?=\S)(?!我 )"  # @所有人; ours that says how to call us is nobody's name
    r"|<(?=[^\W\d_]|[/!?@#&])",  # <at>, </at>, <!channel>
    re.IGNORECASE,
)


def _parted(at_work: re.Match[str]) -> str:
    return at_work[0] + GAP
