"""A leader's weekly digest over years of visits and problems, beside the bare questions it asks."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import school
from benchmarks.doors import SignedDoor
from benchmarks.figures import Figure, Report
from benchmarks.past import Past, children, write_past
from benchmarks.recording import recorded
from benchmarks.replaying import Play, opened, raw_driver
from benchmarks.scripts import Script, ScriptStep
from domain.house import SCHOOL_TIME
from domain.queries.digest_readers import Reader, readers_on
from domain.queries.digests import digest_for
from domain.queries.units import all_units
from domain.records import open_records, set_now
from domain.rules.calendar import school_day
from domain.rules.plan import read_plan
from tests.servers import Postgres, run_on

GOAL = "≤ 2"
_UNTIL = datetime(2018, 11, 30, 16, 0, tzinfo=SCHOOL_TIME)
_WEEK = timedelta(days=7)
_DAYS = 100
# The others are solved: so many are open when a week ends.
_OPEN_EACH = 10
_PART = 20
# What stands in the README.
_KEYS = {"PostgreSQL, a leader": "digest.postgres", "SQLite, a leader": "digest.sqlite"}


@dataclass(frozen=True)
class Asked:
    """One reader's digest: how many questions it asked, what they were, both times (seconds)."""

    questions: int
    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as long as the bare questions."""
        return median(a / b for a, b in zip(self.ours, self.bare, strict=True))


async def measured(
    visits: int, problems: int, rounds: int, grades: Sequence[int] = school.GRADES
) -> Report:
    """On both databases; a leader of one line, and a head who answers for the whole school."""
    figures: list[Figure] = []
    much = Past(problems, visits, _DAYS, _UNTIL, (), _OPEN_EACH)
    server = await asyncio.to_thread(Postgres, quick=False)
    try:
        await run_on(server, "CREATE DATABASE digests")
        figures += await _of("PostgreSQL", server.address("digests"), much, rounds, grades)
    finally:
        await asyncio.to_thread(server.remove)
    with tempfile.TemporaryDirectory(prefix="zoufang-bench-") as folder:
        file = f"sqlite://{Path(folder, 'digests.db')}"
        figures += await _of("SQLite", file, much, rounds, grades)
    about = (
        f"The last week of {_DAYS} days with {visits:,} visits and {problems:,} problems, one in",
        f"{_OPEN_EACH} of them open. Bare: the very questions that it asks, by the driver alone.",
        f"{rounds} rounds in turns, medians. In brackets: questions with a {_PART}th of all that.",
    )
    facts = {"visits": visits, "problems": problems}
    return Report("The weekly digest", about, tuple(figures), facts=facts)


async def _of(
    kind: str, database: str, much: Past, rounds: int, grades: Sequence[int]
) -> list[Figure]:
    """A part of it is written first, to see whether more of it takes more questions."""
    teachers = await school.fill(database, SignedDoor.platform, open_problems=0, grades=grades)
    records = await open_records(database, school.keyring(), read_plan(None))
    try:
        await set_now(_UNTIL)
        part = replace(
            much,
            people=teachers,
            problems=much.problems // _PART,
            visits=much.visits // _PART,
        )
        where = await children(grades, school.CLASSES)
        await write_past(part, where)
        few = {name: await _questions(one) for name, one in (await _readers()).items()}
        rest = replace(
            part,
            problems=much.problems - part.problems,
            visits=much.visits - part.visits,
        )
        await write_past(rest, where)
        await school.begin_high()
        async with opened(raw_driver(database), database) as play:
            readers = await _readers()
            asked = {name: await _asked(one, play, rounds) for name, one in readers.items()}
    finally:
        await records.close()
    return [
        figure for name in asked for figure in _figures(f"{kind}, {name}", asked[name], few[name])
    ]


async def _readers() -> dict[str, Reader]:
    # What a run asks once only is asked before anything is counted.
    await all_units()
    readers = await readers_on(school_day(_UNTIL))
    line = next(one for one in readers if one.lines and not one.whole)
    return {"a leader": line, "a head": next(one for one in readers if one.whole)}


async def _questions(reader: Reader) -> int:
    with recorded() as recording:
        await digest_for(reader, _UNTIL - _WEEK, _UNTIL)
    return recording.statements


async def _asked(reader: Reader, play: Play, rounds: int) -> Asked:
    with recorded() as recording:
        await digest_for(reader, _UNTIL - _WEEK, _UNTIL)
    script: Script = tuple(ScriptStep(one.kind, one.sql, one.values) for one in recording.steps)
    await play(script)
    ours, bare = [], []
    for _ in range(rounds):
        began = perf_counter()
        await digest_for(reader, _UNTIL - _WEEK, _UNTIL)
        between = perf_counter()
        await play(script)
        ours.append(between - began)
        bare.append(perf_counter() - between)
    return Asked(recording.statements, tuple(ours), tuple(bare))


def _figures(name: str, asked: Asked, few: int) -> list[Figure]:
    key = _KEYS.get(name, "")
    ratios = tuple(a / b for a, b in zip(asked.ours, asked.bare, strict=True))
    return [
        Figure(f"{name}: to the bare SQL", asked.ratio, "×", GOAL, ratios, key),
        Figure(f"{name}: takes", 1000 * median(asked.ours), "ms"),
        Figure(
            f"{name}: questions ({few})",
            asked.questions,
            "",
            f"= {few}",
            key="digest.questions" if key == "digest.postgres" else "",
        ),
    ]
