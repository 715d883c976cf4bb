"""What there is after a life: all that must be the same whether or not somebody died before."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tortoise.connection import get_connection

import domain.models
from domain.house import SCHOOL_TIME
from domain.models import (
    Delivery,
    Digest,
    Heard,
    OutboxEntry,
    Problem,
    ProblemEvent,
    Timer,
)
from domain.queries.audit import verify
from domain.queries.watching import without_timer, wrongly_timed
from tests.crash.post import Letter

# As the parent gets it: JSON.
Look = dict[str, Any]


async def looked() -> Look:
    """The records, less the hours and the numbers that a death may have used up."""
    numbers = {row.id: place for place, row in enumerate(await Problem.all().order_by("id"))}
    return {
        "rows": await _rows(),
        "problems": [
            [row.state, row.category, row.responsible_id, row.red_flag]
            for row in await Problem.all().order_by("id")
        ],
        "events": [
            [numbers[row.problem_id], row.kind, row.state, row.by_id]
            for row in await ProblemEvent.all().order_by("number")
        ],
        "timers": sorted(
            [row.duty, numbers.get(row.subject) if row.duty == "problem" else row.subject, day(row)]
            for row in await Timer.all()
        ),
        "outbox": sorted(
            [
                *(row.notice, row.person_id or 0, row.chat or ""),
                *(bool(row.done_at), bool(row.parked_at), bool(row.alarmed_at)),
            ]
            for row in await OutboxEntry.all()
        ),
        "delivered": sorted(
            [row.entry.notice, row.person_id or 0]
            for row in await Delivery.all().prefetch_related("entry")
        ),
        "digests": sorted([row.person_id, row.week] for row in await Digest.all()),
        "heard": sorted(await Heard.all().values_list("message_key", flat=True)),
    }


async def _rows() -> dict[str, int]:
    """How many rows there are of everything."""
    tables = [getattr(domain.models, name)._meta.db_table for name in domain.models.__all__]
    counts = ", ".join(f'(SELECT count(*) FROM "{table}") AS "{table}"' for table in tables)  # noqa: S608  our own names
    said = f"SELECT {counts}"
    (row,) = await get_connection("default").execute_query_dict(said)
    return dict(row)


def day(timer: Timer) -> str:
    """The day on which it is due; the minute depends on when we looked."""
    return str(timer.due_at.astimezone(SCHOOL_TIME).date()) if timer.due_at else ""


async def broken() -> list[str]:
    """What may never be, whatever happened: a chain that isn't whole, a problem left alone."""
    found = []
    chain = await verify()
    if chain.fault is not None:
        found.append(f"the chain: {chain.fault} at {chain.at}")
    if alone := await without_timer(10):
        found.append(f"problems without a timer: {alone}")
    if wrong := (await wrongly_timed(0, 100)).wrong:
        found.append(f"problems with a wrong timer: {wrong}")
    if waits := await OutboxEntry.filter(done_at__isnull=True, parked_at__isnull=True).count():
        found.append(f"{waits} notices are still to be told")
    return found


async def noted() -> int:
    """How many notices are noted as brought."""
    return await Delivery.filter(in_response=False).count()


async def unsaid_answers() -> int:
    """How many answers are kept and weren't said."""
    return await OutboxEntry.filter(heard_id__isnull=False, done_at__isnull=True).count()


def differences(calm: Look, after: Look) -> list[str]:
    """What is otherwise than it would be if nobody had died, one sentence each."""
    return [
        f"{part}: {_shown(calm[part], after[part])}" for part in calm if calm[part] != after[part]
    ]


def _shown(calm: Any, after: Any) -> str:
    if isinstance(calm, dict):
        changed = [name for name in calm if calm[name] != after.get(name)]
        return ", ".join(f"{name} {after.get(name)} instead of {calm[name]}" for name in changed)
    lost, more = _apart(calm, after)
    return f"missing {lost}, too many {more}"


def _apart(calm: list[Any], after: list[Any]) -> tuple[list[str], list[str]]:
    one, other = [
        Counter(json.dumps(row, ensure_ascii=False) for row in rows) for rows in (calm, after)
    ]
    return sorted((one - other).elements()), sorted((other - one).elements())


@dataclass(frozen=True)
class Read:
    """What people have read: which letters never came, and which came oftener than they should.

    `answers` are those of the latter that answer what was said: who asks again is answered again,
    and what the dead one hadn't said is brought.
    """

    lost: tuple[Letter, ...]
    again: tuple[Letter, ...]
    answers: tuple[Letter, ...]


def read(calm: list[Letter], after: list[Letter]) -> Read:
    """Compare what was brought with what would have been."""
    one, other = [Counter(it for it in all_ if it.how == "brought") for all_ in (calm, after)]
    said = {letter.text for letter in calm if letter.how == "said"}
    more = list((other - one).elements())
    return Read(
        tuple((one - other).elements()),
        tuple(letter for letter in more if letter.text not in said),
        tuple(letter for letter in more if letter.text in said),
    )
