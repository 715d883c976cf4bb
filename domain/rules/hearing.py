"""What is heard in words: pieces of them, and the subjects they touch, each with its places."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.rules.squeezing import simplified

_FILE = Path(__file__).with_name("lexicon.csv")
_LATIN = re.compile(r"[a-z]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_PIECE = 3
# A subject's name begins with this, and so is no piece of anybody's words.
SUBJECT = "#"


@dataclass(frozen=True)
class Heard:
    """Each piece or subject with the spans of `text` where it stands.

    `text` has as many signs as `at` has numbers: sign i is part of `words[at[i]]`.
    """

    words: str
    text: str
    at: tuple[int, ...]
    pieces: dict[str, list[tuple[int, int]]]
    subjects: dict[str, list[tuple[int, int]]]

    def literal(self, span: tuple[int, int]) -> str:
        """What stands there in the words themselves."""
        return self.words[self.at[span[0]] : self.at[span[1] - 1] + 1]

    def different(self, subject: str) -> int:
        """By how many different words a subject is touched."""
        return len({self.text[start:end] for start, end in self.subjects[subject]})


def heard(words: str) -> Heard:
    """The pieces of one to three signs and whole Latin words, and the subjects; linear in time."""
    text, at = _plain(words)
    pieces: dict[str, list[tuple[int, int]]] = {}
    subjects: dict[str, list[tuple[int, int]]] = {}
    lexicon = _lexicon()
    for start, end in _spans(text):
        sounds = text[start:end]
        if end - start <= _LONGEST_PIECE or sounds.isascii():
            pieces.setdefault(sounds, []).append((start, end))
        for subject in lexicon.get(sounds, ()):
            subjects.setdefault(subject, []).append((start, end))
    return Heard(words, text, at, pieces, subjects)


def _plain(words: str) -> tuple[str, tuple[int, ...]]:
    """Half-width, small, simplified; whatever is no letter is a gap."""
    signs, at = [], []
    for place, sign in enumerate(words):
        for plain in simplified(unicodedata.normalize("NFKC", sign).lower()):
            signs.append(plain)
            at.append(place)
    return "".join(signs), tuple(at)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    longest = _longest_word()
    for run in _CHINESE.finditer(text):
        for start in range(run.start(), run.end()):
            for end in range(start + 1, min(start + longest, run.end()) + 1):
                yield start, end
    for word in _LATIN.finditer(text):
        yield word.span()


@cache
def _longest_word() -> int:
    return max(map(len, _lexicon()))


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """For each word the subjects that it touches; read once, when first asked."""
    found: dict[str, list[str]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                found.setdefault(word, []).append(SUBJECT + row["concept"])
    return {word: tuple(subjects) for word, subjects in found.items()}
