"""Turns a recording into a script that can be played again and again, each time with new values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from secrets import token_hex
from typing import Any

from benchmarks.recording import STATEMENTS, Recording, Step
from domain import models

# Ids that a message makes, or that change with each message, begin here, each table's at another
# million: so an id is known again wherever it stands, be it within a text.
FIRST_ID = 1_000_000_000
# So many events a message may add to the chain, whose end it then finds moved.
_MOST_EVENTS = 16
_SEAL = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"(?<![\w.])10\d{8}(?!\w)")
# A message's key, as the load writes it.
MESSAGE_KEY = re.compile(r"bench-[\w-]+")
_numbers = count(1)


@dataclass(frozen=True)
class Found:
    """The value of a column in the first row that an earlier step gave, or so much more."""

    step: int
    column: str
    plus: int = 0


@dataclass(frozen=True)
class Text:
    """A text with such values in it."""

    parts: tuple[str | Found, ...]


class New:
    """Something that must be new each time: a row's seal, a message's key."""


Value = Any


@dataclass(frozen=True)
class ScriptStep:
    """A step whose values may be found in what came before."""

    kind: str
    sql: str
    values: tuple[Value, ...]


Script = tuple[ScriptStep, ...]


def script_of(recording: Recording) -> Script:
    """The recording with each value that must change marked as such."""
    return tuple(
        ScriptStep(step.kind, step.sql, tuple(_marked(recording.steps, place)))
        for place, step in enumerate(recording.steps)
    )


def _marked(steps: list[Step], place: int) -> Iterator[Value]:
    before, step = steps[:place], steps[place]
    if step.kind == "many":
        for row in step.values:
            yield tuple(_value(one, before, insert=True) for one in row)
        return
    insert = step.sql.lstrip().upper().startswith("INSERT")
    for one in step.values:
        yield _value(one, before, insert=insert)


def _value(value: Any, before: list[Step], *, insert: bool) -> Value:
    if isinstance(value, int) and value >= FIRST_ID:
        return _found(value, before)
    if isinstance(value, str) and (
        MESSAGE_KEY.search(value) or (insert and _SEAL.fullmatch(value))
    ):
        return New()
    if isinstance(value, str) and _ID.search(value):
        return Text(tuple(_parts(value, before)))
    return value


def _found(value: int, before: list[Step]) -> Found | int:
    """Where the number comes from first; one of many that stood there before is itself."""
    for place, step in enumerate(before):
        for column, one in step.row.items():
            if one == value and type(one) is int:
                return Found(place, column)
            if column == "number" and type(one) is int and 0 < value - one <= _MOST_EVENTS:
                return Found(place, column, value - one)
    if any(value in step.others for step in before):
        return value
    raise LookupError(f"nothing before gave {value}")


def _parts(text: str, before: list[Step]) -> Iterator[str | Found]:
    end = 0
    for match in _ID.finditer(text):
        yield text[end : match.start()]
        found = _found(int(match[0]), before)
        yield found if isinstance(found, Found) else str(found)
        end = match.end()
    yield text[end:]


def filled(values: tuple[Value, ...], rows: Mapping[int, Mapping[str, Any]]) -> list[Any]:
    """The values for this time; `rows` is what the steps so far gave."""
    return [_filled(one, rows) for one in values]


def _filled(value: Value, rows: Mapping[int, Mapping[str, Any]]) -> Any:
    if isinstance(value, Found):
        found = rows[value.step].get(value.column)
        return found + value.plus if value.plus and found is not None else found
    if isinstance(value, Text):
        return "".join(
            one if isinstance(one, str) else str(_filled(one, rows)) for one in value.parts
        )
    if isinstance(value, New):
        return token_hex(16)
    if isinstance(value, tuple):
        return [_filled(one, rows) for one in value]
    return value


def wanted(script: Script) -> frozenset[int]:
    """The steps whose first row is needed later."""
    return frozenset(one.step for step in script for one in _all_found(step.values))


def _all_found(values: tuple[Value, ...]) -> Iterator[Found]:
    for one in values:
        if isinstance(one, Found):
            yield one
        elif isinstance(one, Text):
            yield from (part for part in one.parts if isinstance(part, Found))
        elif isinstance(one, tuple):
            yield from _all_found(one)


def statements_in(script: Script) -> int:
    """How many statements it has, without those that begin and end transactions."""
    return sum(step.kind in STATEMENTS for step in script)


def tables() -> list[str]:
    """Every table that gives its rows a number."""
    named = (getattr(models, name) for name in models.__all__)
    return [one._meta.db_table for one in named if one._meta.pk.generated]
