"""Writes down each statement that our program sends to its database, to do the very same again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper

from domain.sqlite_immediate import ImmediateTransaction

_CLIENTS = (
    AsyncpgDBClient,
    TransactionWrapper,
    SqliteClient,
    SqliteTransactionWrapper,
    ImmediateTransaction,
)
# What each of a client's methods does, by the name under which it is written down.
_METHODS = {
    "execute_insert": "insert",
    "execute_query": "query",
    "execute_query_dict": "query",
    "execute_many": "many",
    "begin": "begin",
    "savepoint": "savepoint",
    "commit": "commit",
    "release_savepoint": "release",
    "rollback": "rollback",
    "savepoint_rollback": "rollback_to",
}
STATEMENTS = ("insert", "query", "many")


@dataclass(frozen=True)
class Step:
    """One thing the database was asked, and the first row that came of it, by column.

    `others` are the numbers that stood in the further rows.
    """

    kind: str
    sql: str = ""
    values: tuple[Any, ...] = ()
    row: dict[str, Any] = field(default_factory=dict)
    others: frozenset[int] = frozenset()


@dataclass
class Recording:
    """All steps since it was begun."""

    steps: list[Step] = field(default_factory=list)

    def count(self, *kinds: str) -> int:
        """How many steps of these kinds there were."""
        return sum(step.kind in kinds for step in self.steps)

    @property
    def statements(self) -> int:
        """How many statements there were, without those that begin and end transactions."""
        return self.count(*STATEMENTS)

    def shape(self) -> list[tuple[str, str]]:
        """What was asked, whatever the values."""
        return [(step.kind, step.sql) for step in self.steps]


# A client's method may call another one of them: the outermost is what was asked.
_inside: ContextVar[bool] = ContextVar("inside", default=False)


@contextmanager
def recorded() -> Iterator[Recording]:
    """Write down all that this process asks of its databases meanwhile."""
    recording = Recording()
    ours = [(one, name) for one in _CLIENTS for name in _METHODS if name in vars(one)]
    kept = [(one, name, getattr(one, name)) for one, name in ours]
    for client, name, method in kept:
        setattr(client, name, _recorder(method, _METHODS[name], recording))
    try:
        yield recording
    finally:
        for client, name, method in kept:
            setattr(client, name, method)


def _recorder(
    method: Callable[..., Awaitable[Any]], kind: str, recording: Recording
) -> Callable[..., Awaitable[Any]]:
    @wraps(method)
    async def recorder(client: Any, *given: Any) -> Any:
        if _inside.get():
            return await method(client, *given)
        token = _inside.set(True)
        try:
            result = await method(client, *given)
        finally:
            _inside.reset(token)
        sql, values = (*given, "", ())[:2] if given else ("", ())
        values = tuple(values) if len(given) == 2 and values else ()
        recording.steps.append(Step(kind, sql, values, first_row(result), _others(result)))
        return result

    return recorder


def _others(result: Any) -> frozenset[int]:
    rows = result[1] if isinstance(result, tuple) else result
    if not isinstance(rows, list):
        return frozenset()
    return frozenset(one for row in rows[1:] for one in dict(row).values() if type(one) is int)


def first_row(result: Any) -> dict[str, Any]:
    """The first row of what a client gives back; of an insert into SQLite the id alone."""
    if isinstance(result, tuple):
        result = result[1]
    if isinstance(result, list):
        result = next(iter(result), None)
    if isinstance(result, int):
        return {"id": result}
    return dict(result) if result is not None else {}
