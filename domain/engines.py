"""Which database an address names, and how it is to be opened: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import asyncpg
from tortoise.exceptions import BaseORMException, DoesNotExist

Kind = Literal["sqlite", "postgres"]

_SQLITE = "sqlite://"
_POSTGRES = ("postgres", "postgresql")
_POSTGRES_PORT = 5432

# A statement that takes longer is stuck, and whoever waits for it would rather be told: a hanging
# database must not hold up the door.
_STATEMENT_MS = 5000
# A server that doesn't even end a statement is gone: its connections are given up (seconds).
_GONE_SECONDS = 8.0
# How long PostgreSQL may take to take a connection (seconds); every answer is due within two.
_CONNECT_SECONDS = 2.0
# What is idle within a transaction for so long belongs to a process that is gone.
_IDLE_MS = 60_000
_CONNECTIONS = 10

# All that tells that the database is away, full, locked, wrong or not to be reached.
DATABASE_ERRORS = (
    BaseORMException,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
)


def is_away(error: BaseException) -> bool:
    """Whether the database couldn't be asked, and not only had no answer."""
    return isinstance(error, DATABASE_ERRORS) and not isinstance(error, DoesNotExist)


def kind_of(database: str) -> Kind:
    """The kind of database that the address names; ValueError for any other."""
    if database.startswith(_SQLITE) and len(database) > len(_SQLITE):
        return "sqlite"
    parts = urlsplit(database)
    if parts.scheme in _POSTGRES and parts.path.strip("/"):
        # Raises ValueError itself for a port that is none.
        _ = parts.port
        return "postgres"
    raise ValueError("neither sqlite://FILE nor postgres://USER:PASSWORD@HOST:PORT/DATABASE")


def database_file(database: str) -> Path:
    """The file of a `sqlite://` address."""
    return Path(database.removeprefix(_SQLITE))


def shown(database: str) -> str:
    """The address as it may be printed: a file, or a database without its password."""
    if kind_of(database) == "sqlite":
        return str(database_file(database))
    parts = urlsplit(database)
    return f"{parts.hostname or 'localhost'}:{parts.port or _POSTGRES_PORT}{parts.path}"


def orm_config(database: str, *, migrating: bool = False) -> dict[str, Any]:
    """How the ORM opens it; while migrating foreign keys are off and nothing is hurried.

    SQLite rebuilds a table by dropping it, and with foreign keys on the rows that point to it
    would go too.
    """
    opened = _sqlite if kind_of(database) == "sqlite" else _postgres
    return {
        "connections": {"default": opened(database, migrating=migrating)},
        "apps": {
            "domain": {
                "models": ["domain.models"],
                "migrations": "domain.migrations",
                "default_connection": "default",
            }
        },
    }


def _sqlite(database: str, *, migrating: bool) -> dict[str, Any]:
    credentials = {
        "file_path": str(database_file(database)),
        "synchronous": "FULL",
        "busy_timeout": 10_000,
    }
    if migrating:
        credentials["foreign_keys"] = "OFF"
    return {"engine": "domain.sqlite_immediate", "credentials": credentials}


def _postgres(database: str, *, migrating: bool) -> dict[str, Any]:
    server = {"application_name": "zoufang", "timezone": "UTC"}
    if not migrating:
        server["statement_timeout"] = str(_STATEMENT_MS)
        server["idle_in_transaction_session_timeout"] = str(_IDLE_MS)
    credentials = {
        **postgres_address(database),
        "timeout": _CONNECT_SECONDS,
        "minsize": 1,
        "maxsize": _CONNECTIONS,
        "server_settings": server,
        "reset": _nothing_to_reset,
        **({} if migrating else {"command_timeout": _GONE_SECONDS}),
    }
    return {"engine": "domain.asyncpg_returning", "credentials": credentials}


async def _nothing_to_reset(_connection: object) -> None:
    """We set nothing that outlives a transaction: a question more after each would cost as much."""


def postgres_address(database: str) -> dict[str, Any]:
    """Where a PostgreSQL is and who asks, as its driver takes it."""
    parts = urlsplit(database)
    return {
        "host": _host(parts),
        "port": parts.port or _POSTGRES_PORT,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": unquote(parts.path.strip("/")),
        **({"ssl": ssl[0]} if (ssl := parse_qs(parts.query).get("sslmode")) else {}),
    }


def _host(parts: SplitResult) -> str:
    """A machine's name, or the folder of a socket: `?host=/var/run/postgresql`."""
    return parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
