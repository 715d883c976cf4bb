"""What there is after a life: all that must be the same whether or not somebody died before.

What a morning's message tells is looked at part by part: who comes after a death finds the message
with some of the parts on its way, and tells the others in a further one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from domain.notices.base import notice_from
from domain.notices.bundles import parts_of
from domain.queries.audit import verify
from domain.queries.watching import without_timer, wrongly_timed
from tests.crash.post import Letter

# A reminder, by itself or in a morning's message; its numbers are all alike by now.
_REMINDER = re.compile(r"\W*(?:0\. )?(#0 .*?/认领 0)")
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
                *(part, row.person_id or 0, row.chat or ""),
                *(bool(row.done_at), bool(row.parked_at), bool(row.alarmed_at)),
            ]
            for row in await OutboxEntry.all()
            for part in _parts(row)
        ),
        "delivered": sorted(
            [part, row.person_id or 0]
            for row in await Delivery.all().prefetch_related("entry")
            for part in _parts(row.entry)
        ),
        "digests": sorted([row.person_id, row.week] for row in await Digest.all()),
        "heard": sorted(await Heard.all().values_list("message_key", flat=True)),
    }


def _parts(row: OutboxEntry) -> list[str]:
    """The names of all that it tells."""
    return [type(part).__name__ for part in parts_of(notice_from(row.notice, row.facts))]


async def _rows() -> dict[str, int]:
    """How many rows there are of everything but what is told, which is looked at part by part."""
    tables = {getattr(domain.models, name)._meta.db_table for name in domain.models.__all__}
    tables -= {"outbox", "delivery"}
    counts = ", ".join(f'(SELECT count(*) FROM "{table}") AS "{table}"' for table in sorted(tables))  # noqa: S608  our own names
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
    """How many things are noted as brought."""
    rows = await Delivery.filter(in_response=False).prefetch_related("entry")
    return sum(len(_parts(row.entry)) for row in rows)


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
    one, other = [Counter(brought(letters)) for letters in (calm, after)]
    said = {letter.text for letter in calm if letter.how == "said"}
    more = list((other - one).elements())
    return Read(
        tuple((one - other).elements()),
        tuple(letter for letter in more if letter.text not in said),
        tuple(letter for letter in more if letter.text in said),
    )


def brought(letters: Iterable[Letter]) -> list[Letter]:
    """All that was brought, each part of a morning's message as if it had come by itself."""
    return [part for one in letters if one.how == "brought" for part in _apart_from(one)]


def _apart_from(letter: Letter) -> list[Letter]:
    lines = json.loads(letter.text).get("markdown", {}).get("text", "").splitlines()
    told = [found[1] for line in lines if (found := _REMINDER.match(line))]
    return [replace(letter, text=one) for one in told] or [letter]
