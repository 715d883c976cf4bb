"""What is learned from examples is what the program reads, and it is asked what it never saw."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise

from rapidfuzz import fuzz, process

from benchmarks.categories import FRESH, TEST, right, rows
from benchmarks.training import EXAMPLES, examples, table
from domain.rules.plan import read_plan
from domain.rules.weighing import FILE

KEYS = {category.key for category in read_plan(None).categories}
# Computed with fractions of another machine's library, a weight may round to the next hundredth.
ROUNDING = 1


def test_what_the_program_reads_is_what_the_examples_teach() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))
    taught = table(examples())
    assert read[0] == taught[0]
    assert [row[:2] for row in read] == [row[:2] for row in taught]
    apart = [
        abs(int(one) - int(other))
        for ours, theirs in zip(read[1:], taught[1:], strict=True)
        for one, other in zip(ours[2:], theirs[2:], strict=True)
    ]
    assert max(apart) <= ROUNDING


def test_the_examples_know_every_category_of_the_plan_and_no_other() -> None:
    for file, at_least in ((EXAMPLES, 60), (TEST, 20), (FRESH, 10)):
        often = Counter(row["category"] for row in rows(file))
        assert set(often) == KEYS
        assert min(often.values()) >= at_least


def test_no_sentence_stands_twice() -> None:
    words = [row["words"] for file in (EXAMPLES, TEST, FRESH) for row in rows(file)]
    assert not [one for one, often in Counter(words).items() if often > 1]


def test_no_sentence_that_is_asked_is_a_rewording_of_one_that_was_learned() -> None:
    learned = {words: _chinese_pairs(words) for _, words in examples()}
    asked = [row["words"] for file in (TEST, FRESH) for row in rows(file)]
    assert not [one for one in asked if _nearest(one, list(learned)) >= 60]
    reworded = [
        (one, other)
        for one, pairs in ((one, _chinese_pairs(one)) for one in asked)
        for other, others in learned.items()
        if _overlap(pairs, others)
    ]
    assert not reworded


def _nearest(one: str, others: list[str]) -> float:
    nearest = process.extractOne(one, others, scorer=fuzz.ratio)
    return nearest[1] if nearest else 0.0


def _overlap(pairs: set[str], others: set[str]) -> bool:
    common = len(pairs & others)
    return common >= 4 and common / min(len(pairs), len(others)) >= 0.5


def _chinese_pairs(words: str) -> set[str]:
    return {a + b for a, b in pairwise(words) if not (a + b).isascii()}


def test_it_is_right_about_as_often_as_the_decision_record_says() -> None:
    assert right(rows(TEST), 1) >= 0.80
    assert right(rows(TEST), 3) >= 0.95
