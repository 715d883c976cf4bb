"""Plays a fault on the running school, with a seed by which it can be played again."""

from __future__ import annotations

import random
from dataclasses import dataclass

from domain.models import OutboxEntry, Timer
from domain.records import now
from tests.fixtures.system import System, at_rest, records_of, school_of
from tests.torture.fault import LAG, Fault, Measure, Scale, Stage


@dataclass(frozen=True)
class Played:
    """A fault that was played, and what was measured; `broke` is what went wrong instead."""

    fault: Fault
    seed: int
    measures: tuple[Measure, ...] = ()
    broke: str | None = None

    @property
    def held(self) -> bool:
        """Whether the promise held."""
        return self.broke is None and bool(self.measures) and all(m.held for m in self.measures)


async def clear(system: System) -> None:
    """After one that broke: what it left waits no more, so that the next is judged by itself."""
    system.platform.mood = lambda: "well"
    async with records_of(system):
        moment = await now()
        await OutboxEntry.filter(done_at__isnull=True).update(done_at=moment)
        await Timer.filter(due_at__lte=moment).update(due_at=None)


async def play(fault: Fault, system: System, scale: Scale, seed: int) -> Played:
    """Let everything come to rest, play it, and say what was measured."""
    async with at_rest(system):
        # So that who dies has something in hand.
        system.platform.lag = LAG
        stage = Stage(system, school_of(system), scale, random.Random(f"{fault.id} {seed}"))
        return Played(fault, seed, tuple(await fault.run(stage)))
