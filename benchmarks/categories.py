"""How often the suggested category is right, what red flags find, and what sounds the same."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Figure, Report
from domain.rules.likeness import ALIKE, alike
from domain.rules.plan import read_plan
from domain.rules.red_flags import red_flags
from domain.rules.suggesting import suggest

CORPUS = Path(__file__).with_name("corpus")
ASKED = Path(__file__).parents[1] / "tests" / "corpus"
TEST, FRESH = ASKED / "categories.csv", ASKED / "categories_fresh.csv"
FLAGS, PAIRS = ASKED / "red_flags.csv", CORPUS / "pairs.csv"
_OPEN_PROBLEMS, _SIGNS = 2000, 100

Row = dict[str, str]


async def measured(seconds: float) -> Report:
    """All of it; the rates are measured for so many seconds each."""
    said = rows(TEST)
    words = [row["words"] for row in said]
    found_like = _among_many(words)
    figures = (
        *_suggested("the test's", said),
        *_suggested("fresh", rows(FRESH)),
        *_flagged("test"),
        *_flagged("fresh"),
        *_flagged("later"),
        *_paired(rows(PAIRS)),
        Figure("sentences suggested for", _rate(suggest, words, seconds), "/s"),
        Figure("looks for the like of one", _rate(found_like, words, seconds), "/s", "≥ 20 /s"),
    )
    about = (
        f"{len(said)} sentences that were never trained on; {len(rows(FRESH))} fresh ones, written",
        "after the lexicon and the examples. Red flags on the part of their corpus from which no",
        f"word was taken. Likeness from {ALIKE} on; among {_OPEN_PROBLEMS:,} of {_SIGNS} signs.",
    )
    return Report("Categories, red flags, likeness", about, figures, _by_category(said))


def rows(file: Path) -> list[Row]:
    """The rows of a corpus."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def right(said: Sequence[Row], first: int) -> float:
    """The share whose category is among so many first suggested."""
    found = [row["category"] in _keys(row["words"])[:first] for row in said]
    return sum(found) / len(found)


def _keys(words: str) -> list[str]:
    return [one.category for one in suggest(words).best]


def _suggested(which: str, said: Sequence[Row]) -> Iterator[Figure]:
    yield Figure(f"{which} first is right", 100 * right(said, 1), "%", "≥ 85 %")
    yield Figure(f"{which} among three", 100 * right(said, 3), "%", "≥ 95 %")


def _by_category(said: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    lines = [("category", "sentences", "first is right", "among three")]
    for key in dict.fromkeys(row["category"] for row in said):
        own = [row for row in said if row["category"] == key]
        shares = (f"{100 * right(own, first):.0f} %" for first in (1, 3))
        lines.append((key, str(len(own)), *shares))
    return tuple(lines)


def precision_and_recall(said: Sequence[Row]) -> tuple[float, float]:
    """Of the alerts, how many are due; of those due, how many are given."""
    plan = read_plan(None).red_flags
    alerts = [(bool(red_flags(row["words"], plan)), bool(row["kind"])) for row in said]
    due_and_given = sum(given and due for given, due in alerts)
    given_at_all = sum(given for given, _ in alerts)
    return due_and_given / given_at_all, due_and_given / sum(due for _, due in alerts)


def _flagged(part: str) -> Iterator[Figure]:
    precision, recall = precision_and_recall([row for row in rows(FLAGS) if row["part"] == part])
    yield Figure(f"red flags, {part}: precision", 100 * precision, "%")
    yield Figure(f"red flags, {part}: recall", 100 * recall, "%")


def found(pairs: Sequence[Row], same: str) -> float:
    """The share of pairs that are told to sound the same."""
    of_kind = [row for row in pairs if row["same"] == same]
    return sum(bool(alike(row["one"], {1: row["other"]})) for row in of_kind) / len(of_kind)


def _paired(pairs: Sequence[Row]) -> Iterator[Figure]:
    at = f"(from {ALIKE} on)"
    yield Figure(f"the same said differently, found {at}", 100 * found(pairs, "yes"), "%")
    yield Figure(
        f"another matter of the category, taken for it {at}", 100 * found(pairs, "no"), "%"
    )


def _among_many(words: Sequence[str]) -> Callable[[str], object]:
    whole = "，".join(words) * 40
    step = len(whole) // _OPEN_PROBLEMS
    others = {n: whole[n * step : n * step + _SIGNS] for n in range(_OPEN_PROBLEMS)}
    return lambda said: alike(said, others)


def _rate(step: Callable[[str], object], words: Sequence[str], seconds: float) -> float:
    step(words[0])
    done, began = 0, perf_counter()
    while (took := perf_counter() - began) < seconds:
        step(words[done % len(words)])
        done += 1
    return done / took
