"""Kills the running school in every way that we know and counts what is lost: run.py torture."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fixtures.system import System, all_of_it
from tests.torture.all import ELSEWHERE, FAULTS
from tests.torture.fault import SCALES, Fault, Scale
from tests.torture.planted import PLANTED
from tests.torture.playing import Played, clear, play

# So many seeds may a planted fault need.
_TRIED = 5


def main(words: Sequence[str]) -> int:
    """Play what was asked for; 0 when every promise held."""
    asked = _asked(words)
    # What breaks on purpose is no news.
    logging.disable(logging.CRITICAL)
    if asked.list:
        _list()
        return 0
    if asked.planted is not None:
        return _planted(asked.planted)
    chosen = [FAULTS[name] for name in asked.only] if asked.only else list(FAULTS.values())
    seed = asked.seed if asked.seed is not None else random.randrange(10_000)
    scale = SCALES[asked.scale]
    print(f"{len(chosen)} faults, scale {scale.name}, seed {seed}", flush=True)
    played, servers = [], list[str]()
    for one, brought in _rounds(chosen, scale, seed, asked.hours):
        played.append(one)
        servers = brought
    if asked.json:
        _write(asked.json, played, scale, servers)
    failed = [one for one in played if not one.held]
    print(f"\n{len(played) - len(failed)} of {len(played)} promises held; seed {seed}", flush=True)
    return 1 if failed else 0


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py torture", description=__doc__)
    parser.add_argument("--only", type=_names, help="these faults alone, as F2,F9")
    parser.add_argument("--seed", type=int, help="play what this seed played before")
    parser.add_argument("--scale", choices=SCALES, default="short")
    parser.add_argument("--hours", type=float, default=0, help="go on for so long, other seeds")
    parser.add_argument("--json", type=Path, help="write what was measured into this file too")
    parser.add_argument(
        "--planted", nargs="?", const="", help="plant these faults, and see that they are noticed"
    )
    parser.add_argument("--list", action="store_true", help="say which there are")
    return parser.parse_args(words)


def _names(said: str) -> list[str]:
    names = [one.strip() for one in said.split(",") if one.strip()]
    for name in names:
        if name not in FAULTS:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(FAULTS)}")
    return names


def _list() -> None:
    for fault in FAULTS.values():
        print(f"{fault.id:<5} {fault.promise}")
    print("\nNot among them:")
    for name, why in ELSEWHERE.items():
        print(f"{name:<5} {why}")


def _planted(part: str) -> int:
    """Plant one after the other, each in a school of its own; 0 when each was seen by some seed."""
    missed = 0
    for name, one in PLANTED.items():
        if part not in name:
            continue
        with TemporaryDirectory(prefix="zoufang-torture-") as folder:
            seen = _seen(name, one.by, Path(folder))
        missed += seen is None
        print(f"{name}: {seen or f'NOT SEEN by {one.by}'}", flush=True)
    return int(missed > 0)


def _seen(name: str, by: str, folder: Path) -> str | None:
    """By which seed, and what of it."""
    with all_of_it(folder, PLANTED=name) as system:
        for seed in range(1, _TRIED + 1):
            played = _played(FAULTS[by], system, SCALES["short"], seed)
            if not played.held:
                wrong = [str(one) for one in played.measures if not one.held]
                return f"{by}, seed {seed}: {'; '.join(wrong) or played.broke}"
    return None


def _rounds(
    chosen: Sequence[Fault], scale: Scale, seed: int, hours: float
) -> Iterable[tuple[Played, list[str]]]:
    """Each round has a school of its own, since a school's clock only goes on."""
    until = time.monotonic() + hours * 3600
    while True:
        with TemporaryDirectory(prefix="zoufang-torture-") as folder:
            yield from _round(chosen, Path(folder), scale, seed)
        if time.monotonic() >= until:
            return
        seed += 1


def _round(
    chosen: Sequence[Fault], folder: Path, scale: Scale, seed: int
) -> Iterable[tuple[Played, list[str]]]:
    with all_of_it(folder) as system:
        for fault in chosen:
            began = time.monotonic()
            one = _played(fault, system, scale, seed)
            _say(one, time.monotonic() - began)
            yield one, [system.postgres.version, system.redis.version]


def _played(fault: Fault, system: System, scale: Scale, seed: int) -> Played:
    """What breaks one stops no other: the processes are looked after before the next."""
    try:
        return asyncio.run(play(fault, system, scale, seed))
    except Exception as error:  # noqa: BLE001  it is told, and counts as not held
        with suppress(Exception):
            system.postgres.go_on()
        with suppress(Exception):
            asyncio.run(clear(system))
        return Played(fault, seed, broke=f"{type(error).__name__}: {error}"[:300])


def _say(played: Played, seconds: float) -> None:
    held = "held" if played.held else "FAILED"
    print(f"\n{played.fault.id} {played.fault.promise}: {held} ({seconds:.0f} s)")
    for measure in played.measures:
        print(f"   {'·' if measure.held else '✗'} {measure}")
    if played.broke:
        print(f"   ✗ {played.broke}")
    if not played.held:
        print(f"   again: python3 run.py torture --only {played.fault.id} --seed {played.seed}")
    sys.stdout.flush()


def _write(file: Path, played: Sequence[Played], scale: Scale, servers: list[str]) -> None:
    said = [
        {
            "fault": one.fault.id,
            "promise": one.fault.promise,
            "seed": one.seed,
            "held": one.held,
            "broke": one.broke,
            "measures": [
                {"name": m.name, "value": float(m.value), "most": m.most} for m in one.measures
            ],
        }
        for one in played
    ]
    whole = {"scale": scale.name, "servers": servers, "played": said}
    file.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
