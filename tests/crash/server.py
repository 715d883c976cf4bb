"""Has everything loaded once, and forks a process for each life that it is asked for.

It reads a line of JSON for each scenario that is to be lived, and writes one of what came of it.
"""

from __future__ import annotations

import gc
import json
import logging
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.choosing import chosen
from tests.crash.databases import Copies, Engine
from tests.crash.lives import Lives, Unlived
from tests.crash.planted import planted
from tests.crash.scenarios import SCENARIOS


@dataclass(frozen=True)
class Asked:
    """Which scenario is to be lived, on copies of what, dying at how many points at the most."""

    scenario: str
    engine: Engine
    folder: str
    source: str
    people: dict[str, int] = field(repr=False)
    owner: str = ""
    copying: str = ""
    most: int | None = None
    plant: str | None = None


@dataclass(frozen=True)
class Report:
    """How many points there are, by their kinds, at how many it died, and what was wrong then."""

    kinds: dict[str, int]
    died: int = 0
    again: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """How many there are."""
        return sum(self.kinds.values())


def lived(asked: Asked) -> Report:
    """Live the scenario, and die."""
    copies = Copies(asked.engine, Path(asked.folder), asked.owner, asked.copying)
    lives = Lives(SCENARIOS[asked.scenario], copies, asked.source, asked.people)
    with planted(asked.plant):
        points = lives.points()
        # What is there already belongs to all of them: nobody is to copy it by looking at it.
        gc.freeze()
        numbers = chosen(points, asked.most)
        outcomes = [lives.die_at(number) for number in numbers]
        lives.forget()
    return Report(
        dict(Counter(one.kind for one in points)),
        len(numbers),
        sum(one.again for one in outcomes),
        tuple(f"{points[one.number]}: {what}" for one in outcomes for what in one.wrong),
    )


def main() -> None:
    """Answer until nobody asks any more."""
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        said: dict[str, Any]
        try:
            said = asdict(lived(Asked(**json.loads(line))))
        except Unlived as error:
            said = {"kinds": {}, "wrong": [str(error)]}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
