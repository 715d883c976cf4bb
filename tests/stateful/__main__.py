"""Lives many lives, as long as one likes: python -m tests.stateful --examples 500 --steps 60."""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.room import own_room
from tests.stateful.ground import made
from tests.stateful.machine import School
from tests.stateful.planted import PLANTED
from tests.stateful.running import EXAMPLES, FINDING, SETTINGS, STEPS


def main(said: Sequence[str]) -> int:
    """Live them; 0 when every promise held."""
    asked = _asked(said)
    if asked.planted:
        return _planted()
    chosen = asked.seed if asked.seed is not None else random.randrange(10_000)
    print(f"{asked.examples} lives of at most {asked.steps} steps, seed {chosen}", flush=True)
    phases = [Phase.generate, Phase.shrink] if asked.shrink else [Phase.generate]
    many = settings(
        SETTINGS, max_examples=asked.examples, stateful_step_count=asked.steps, phases=phases
    )
    with own_room(), TemporaryDirectory() as folder:
        School.ground = made(Path(folder))
        began = time.monotonic()
        run_state_machine_as_test(seed(chosen)(School), settings=many)
    print(f"every promise held; {time.monotonic() - began:.0f} s", flush=True)
    return 0


def _planted() -> int:
    """Plant one fault after the other; 0 when each was found."""
    missed = 0
    with own_room(), TemporaryDirectory() as folder:
        School.ground = made(Path(folder))
        for name, one in PLANTED.items():
            began, found = time.monotonic(), False
            try:
                with one.plant():
                    run_state_machine_as_test(School, settings=FINDING)
            except AssertionError as error:
                found = re.search(one.breaks, str(error)) is not None
            missed += not found
            print(f"{'found' if found else 'MISSED'} in {time.monotonic() - began:.0f} s: {name}")
    return int(missed > 0)


def _asked(said: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stateful", description=__doc__)
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="so many lives")
    parser.add_argument("--steps", type=int, default=STEPS, help="each of so many steps at most")
    parser.add_argument("--seed", type=int, help="live again what this seed lived before")
    parser.add_argument("--shrink", action="store_true", help="make a life that failed shorter")
    parser.add_argument("--planted", action="store_true", help="plant faults, and look for them")
    return parser.parse_args(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
