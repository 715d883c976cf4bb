"""What a mistyped word was probably meant to be: a letter off, or a character of the same sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from commands.parsing.plain import plain

# How southern speakers, and their keyboards, mix up sounds: zh/z, sh/s, ch/c, ing/in, l/n.
_MIXED = re.compile(r"(?<=[zcs])h|(?<=n)g")
# Longer than this is a sentence, and no word of ours.
_LONGEST = 24


def near(typed: str, words: Iterable[str], *, loose: bool = False) -> tuple[str, ...]:
    """Those of the words (all plain) that the typed one may be, nearest first.

    `loose` is for the names of commands, where a wrong guess costs nothing: it also takes
    the first letters of a word (cov) and a word with more glued to it (加访王小明).
    """
    if not typed or len(typed) > _LONGEST:
        return ()
    sound = None if typed.isascii() else _sound(typed)
    apart = ((_apart(typed, sound, word, loose), word) for word in words)
    return tuple(word for distance, word in sorted((d, w) for d, w in apart if d is not None))


def glued_to(typed: str, word: str) -> str:
    """What stands glued behind the word (plain) or what sounds like it: 王小明 of 加访王小明."""
    said = plain(typed)
    if word.isascii() or len(said) <= len(word):
        return ""
    if word in said:
        return typed[said.index(word) + len(word) :]
    return typed[len(word) :] if _sound(said[: len(word)]) == _sound_of_ours(word) else ""


def _apart(typed: str, sound: str | None, word: str, loose: bool) -> float | None:
    if typed == word:
        return 0
    if typed.isascii():
        return _letters_apart(typed, word, loose) if word.isascii() else _spelt(typed, word)
    if word.isascii():
        return None
    if sound == _sound_of_ours(word):
        return 0.5
    if len(word) > 2 and OSA.distance(typed, word) == 1:
        return 1
    if not loose:
        return None
    if sorted(typed) == sorted(word) or (len(word) > 1 and word in typed):
        return 1
    head = typed[: len(word)]
    return 2 if len(word) > 1 and _sound(head) == _sound_of_ours(word) else None


def _letters_apart(typed: str, word: str, loose: bool) -> float | None:
    if loose and len(typed) > 1 and word.startswith(typed):
        return 1
    # A label's first letter has to be right: "food:" isn't "mood:".
    if len(word) < 4 or not (loose or typed[0] == word[0]):
        return None
    distance = OSA.distance(typed, word)
    return distance if distance <= len(word) // 3 else None


def _spelt(typed: str, word: str) -> float | None:
    """家访 typed as jiafang."""
    return 0.5 if len(typed) > 3 and _MIXED.sub("", typed) == _sound_of_ours(word) else None


@lru_cache(maxsize=1024)
def _sound_of_ours(word: str) -> str:
    return _sound(word)


def _sound(word: str) -> str:
    # Never cached for what people type: it may be a child's name.
    # Imported late, because its tables take a quarter of a second and 50 MB.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return _MIXED.sub("", "".join(lazy_pinyin(word)))
