"""Plays simulated weeks, one for each seed, and says what was wrong in them.

python -m tests.sim [--seeds 1-200] [--planted [NAME]]
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence

from tests.sim.oracle import wrong
from tests.sim.planted import PLANTED
from tests.sim.playing import play
from tests.sim.story import story


def main(words: Sequence[str]) -> int:
    """1 when something was wrong, or when a planted fault wasn't found."""
    logging.disable(logging.CRITICAL)
    asked = _asked(words)
    seeds = range(*asked.seeds)
    if asked.planted is None:
        return int(bool(_played(seeds)))
    names = [name for name in PLANTED if asked.planted in name]
    found = [_found(name, seeds) for name in names]
    return int(not all(found))


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=_range, default=(1, 201), help="as 1-200, or 7")
    parser.add_argument(
        "--planted", nargs="?", const="", help="plant each of these faults until a seed finds it"
    )
    return parser.parse_args(words)


def _range(said: str) -> tuple[int, int]:
    first, _, last = said.partition("-")
    return int(first), int(last or first) + 1


def _played(seeds: range) -> list[int]:
    """Play them all; in which something was wrong."""
    began, bad = time.monotonic(), []
    for seed in seeds:
        if found := wrong(play(story(seed))):
            bad.append(seed)
            print(f"seed {seed}:", *found, sep="\n   ", flush=True)
    seconds = time.monotonic() - began
    print(f"{len(seeds)} weeks in {seconds:.0f} s, {len(bad)} with something wrong")
    return bad


def _found(name: str, seeds: range) -> bool:
    """Whether one of the seeds finds that planted fault; which, and what it saw."""
    plant = PLANTED[name]
    for place, seed in enumerate(seeds, 1):
        if found := wrong(play(story(seed), plant.within, plant.records)):
            print(f"{name}: seed {seed}, of {place} tried: {found[0]}", flush=True)
            return True
    print(f"{name}: NOT FOUND by {len(seeds)} seeds", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
