"""What time it is for the school, and what time it really is, by the database's own clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tortoise.connection import get_connection

from domain.house import SCHOOL_TIME
from domain.models import Clock

_POSTGRES = """\
SELECT clock_timestamp() AS real,
       coalesce((SELECT offset_seconds FROM clock WHERE id = 1), 0) AS ahead"""
_SQLITE = "SELECT coalesce((SELECT offset_seconds FROM clock WHERE id = 1), 0) AS ahead"


@dataclass(frozen=True)
class Instants:
    """One moment by both clocks, in UTC: the school's, and the real one."""

    school: datetime
    real: datetime


_held: ContextVar[Instants | None] = ContextVar("held", default=None)


async def instants() -> Instants:
    """This moment, by the database: the clocks of several machines never agree.

    SQLite runs in this process, so its clock is ours. Within `one_moment` it stands still.
    """
    if (held := _held.get()) is not None:
        return held
    connection = get_connection("default")
    if connection.capabilities.dialect == "postgres":
        (row,) = await connection.execute_query_dict(_POSTGRES)
        real = row["real"].astimezone(UTC)
    else:
        (row,) = await connection.execute_query_dict(_SQLITE)
        real = real_now()
    return Instants(real + timedelta(seconds=row["ahead"]), real)


@contextmanager
def one_moment(moment: Instants) -> Iterator[None]:
    """Let everything within happen at that moment: a message is carried out at one time."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


async def now() -> datetime:
    """The school's present instant, in UTC: the real one plus the stored offset."""
    return (await instants()).school


async def today() -> date:
    """The school's date."""
    return (await now()).astimezone(SCHOOL_TIME).date()


def real_now() -> datetime:
    """The real instant by this machine's clock, in UTC; for the age of signatures.

    Leases, which several machines must agree on, are by `instants().real`.
    """
    return datetime.now(UTC)


async def set_now(instant: datetime) -> None:
    """Let the school's clock show that instant now; only the demo does."""
    ahead = instant - (await instants()).real
    await Clock.update_or_create(id=1, defaults={"offset_seconds": ahead.total_seconds()})
