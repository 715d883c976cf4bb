"""Which category a problem seems to belong to, and which of its words say so; a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from domain.rules.hearing import Heard, heard
from domain.rules.squeezing import squeezed
from domain.rules.weighing import counted, nearness, shares, weights

# From how near on a lesson counts, and from where on it counts in full. Chosen on the training
# sentences: two that have nothing to do with each other are almost never nearer than the first.
_LESSON_FROM, _LESSON_IN_FULL = 0.3, 0.7
_SURE_OF_A_LESSON = 0.95
_AT_MOST = 3


@dataclass(frozen=True)
class Lesson:
    """What was once said, and the category that a person gave it."""

    words: str
    category: str


@dataclass(frozen=True)
class Suggestion:
    """A category's key, and how sure we are, 0 to 1."""

    category: str
    confidence: float


@dataclass(frozen=True)
class Suggested:
    """At most three, the best first; the pieces of the words that spoke most for the first."""

    best: tuple[Suggestion, ...]
    because: tuple[str, ...]


def suggest(
    words: str, lessons: Sequence[Lesson] = (), among: Collection[str] | None = None
) -> Suggested:
    """What the words sound like; nothing where nothing known was heard.

    `lessons` are corrections, the oldest first: what is near to one follows it, the rest stays as
    it was. `among` are the keys of a plan with categories of its own: only these are suggested,
    and its new ones are learned from lessons alone.
    """
    said = heard(words)
    much = counted(said, weights().rareness)
    known = frozenset(weights().categories if among is None else among)
    likely = _known_only(shares(much), known) if much else {}
    lessons = [lesson for lesson in lessons if lesson.category in known]
    sure = _taught(likely, list(_near(words, much, lessons)))
    ranked = sorted(sure, key=lambda key: (-sure[key], key))[:_AT_MOST]
    best = tuple(Suggestion(key, min(1.0, sure[key])) for key in ranked)
    return Suggested(best, _because(said, much, best[0].category) if best else ())


def _known_only(likely: dict[str, float], known: frozenset[str]) -> dict[str, float]:
    whole = sum(share for key, share in likely.items() if key in known)
    return {key: share / whole for key, share in likely.items() if key in known and whole}


def _near(
    words: str, much: dict[str, float], lessons: Sequence[Lesson]
) -> Iterator[tuple[float, str]]:
    """How much each near lesson counts, 0 to 1, and its category; newest first."""
    signs, rareness = squeezed(words).signs, weights().rareness
    for lesson in reversed(lessons):
        if signs and squeezed(lesson.words).signs == signs:
            near = 1.0
        else:
            near = nearness(much, counted(heard(lesson.words), rareness))
        if near > _LESSON_FROM:
            counts = min(1.0, (near - _LESSON_FROM) / (_LESSON_IN_FULL - _LESSON_FROM))
            yield counts * _SURE_OF_A_LESSON, lesson.category


def _taught(likely: dict[str, float], near: list[tuple[float, str]]) -> dict[str, float]:
    """Each lesson, the nearest first, takes its share of what the nearer ones left over."""
    taught: dict[str, float] = {}
    left = 1.0
    for counts, category in sorted(near, key=lambda one: -one[0]):
        taught[category] = taught.get(category, 0.0) + left * counts
        left *= 1 - counts
    for category, share in likely.items():
        taught[category] = taught.get(category, 0.0) + left * share
    return taught


def _because(said: Heard, much: dict[str, float], category: str) -> tuple[str, ...]:
    """The words that spoke most for it, none within another, in the order in which they count."""
    taken: list[tuple[int, int]] = []
    for _, span in sorted(_speaking(said, much, category), key=lambda one: (-one[0], one[1])):
        if all(span[1] <= start or end <= span[0] for start, end in taken):
            taken.append(span)
        if len(taken) == _AT_MOST:
            break
    literal = dict.fromkeys(said.literal(span) for span in taken)
    return tuple(literal)


def _speaking(
    said: Heard, much: dict[str, float], category: str
) -> Iterator[tuple[float, tuple[int, int]]]:
    """Where a word of the lexicon first stands, and how much it and its subject speak for it."""
    learned = weights()
    if category not in learned.categories:
        return
    place = learned.categories.index(category)
    speaks: dict[str, float] = {}
    first: dict[str, tuple[int, int]] = {}
    for subject, spans in said.subjects.items():
        share = _more_than_others(learned.adds.get(subject), place) * much[subject]
        for start, end in spans:
            word = said.text[start:end]
            first.setdefault(word, (start, end))
            speaks[word] = speaks.get(word, 0.0) + share / len(spans)
    for word, span in first.items():
        own = _more_than_others(learned.adds.get(word), place) * much.get(word, 0.0)
        if (total := speaks[word] + own) > 0 and len(word) > 1:
            yield total, span


def _more_than_others(adds: tuple[float, ...] | None, place: int) -> float:
    """How much more it adds to this category than on the whole."""
    return adds[place] - sum(adds) / len(adds) if adds else 0.0
