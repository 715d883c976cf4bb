"""Learns from the example sentences which words speak for which category, and writes it down."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from domain.rules.hearing import Heard, heard
from domain.rules.weighing import FILE, counted

HERE = Path(__file__).with_name("corpus")
EXAMPLES = HERE / "training.csv"
_OFTEN_ENOUGH = 2  # sentences in which a piece must occur to be learned
_FREEDOM = 10.0  # the inverse of how strongly large weights are held down

Example = tuple[str, str]  # the category and the words


class Learned:
    """Categories, rareness and weights, as learned from examples; nothing is rounded yet."""

    def __init__(self, examples: Sequence[Example]) -> None:
        said = [heard(words) for _, words in examples]
        self.rareness = _rareness(said)
        self.things = {thing: place for place, thing in enumerate(sorted(self.rareness))}
        model = LogisticRegression(C=_FREEDOM, max_iter=2000, tol=1e-6)
        with threadpool_limits(1):  # more threads would only wait for each other
            model.fit(self._table(said), [category for category, _ in examples])
        self.categories = [str(category) for category in model.classes_]
        self.adds, self.first = model.coef_, model.intercept_

    def scores(self, words: Iterable[str]) -> np.ndarray:
        """A row for each sentence, a column for each category."""
        return self._table([heard(one) for one in words]) @ self.adds.T + self.first

    def _table(self, said: Sequence[Heard]) -> csr_matrix:
        values, columns, ends = [], [], [0]
        for one in said:
            for thing, amount in counted(one, self.rareness).items():
                if thing in self.things:
                    values.append(amount)
                    columns.append(self.things[thing])
            ends.append(len(values))
        places = np.array(columns, np.int32), np.array(ends, np.int32)
        return csr_matrix((values, *places), (len(said), len(self.things)))


def _rareness(said: Sequence[Heard]) -> dict[str, float]:
    often = Counter(thing for one in said for thing in (*one.pieces, *one.subjects))
    return {
        thing: round(1 + log(len(said) / times), 2)
        for thing, times in often.items()
        if times >= _OFTEN_ENOUGH
    }


def examples(file: Path = EXAMPLES) -> list[Example]:
    """The sentences of a file with their categories."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [(row["category"], row["words"]) for row in csv.DictReader(rows)]


def unseen(all_examples: Sequence[Example], folds: int = 5) -> tuple[np.ndarray, list[str]]:
    """Scores of each sentence by what was learned from others alone, and the columns' names."""
    labels = [category for category, _ in all_examples]
    scores = np.zeros((len(labels), len(set(labels))))
    names: list[str] = []
    for learn, ask in StratifiedKFold(folds, shuffle=True, random_state=1).split(labels, labels):
        learned = Learned([all_examples[one] for one in learn])
        scores[ask] = learned.scores(all_examples[one][1] for one in ask)
        names = learned.categories
    return scores, names


def right(all_examples: Sequence[Example], first: int) -> float:
    """The share whose category is among so many first, each asked of what others taught."""
    scores, names = unseen(all_examples)
    best = np.argsort(-scores, axis=1)[:, :first]
    found = [
        category in [names[place] for place in places]
        for (category, _), places in zip(all_examples, best, strict=True)
    ]
    return sum(found) / len(found)


def table(all_examples: Sequence[Example]) -> list[list[str]]:
    """The rows of the file: a heading, then each thing, its rareness and what it adds, by 100."""
    learned = Learned(all_examples)
    rows = [["thing", "rareness", *learned.categories]]
    rows.append(["", "0", *_hundredths(learned.first)])
    for thing, place in learned.things.items():
        rare = str(round(learned.rareness[thing] * 100))
        rows.append([thing, rare, *_hundredths(learned.adds[:, place])])
    return rows


def _hundredths(values: np.ndarray) -> list[str]:
    return [str(round(float(value) * 100)) for value in values]


def main() -> int:
    """Write the file that the program reads."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table(examples()))
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")
    for first in (1, 3):
        print(f"by cross-validation among the first {first}: {right(examples(), first):.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
