"""What a school has behind it: problems and visits by the thousand, written to the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain.actions.sealing import RowKey, new_row_keys, sealed
from domain.house import house
from domain.models import Family, Problem, Student, Unit, Voice, WrappedKey
from domain.queries.problem_times import times_of
from domain.rules.dues import due
from domain.rules.problem_states import ENDED
from domain.rules.rungs import next_step
from domain.sealing import new_seal_id
from domain.timing import PROBLEM, problem_key

# What families ask for, over and over: what is said next sounds like some of it.
WISHES = ("希望有晚托", "想多听听选科的事", "食堂的菜能不能换换花样", "作业想少一点")
# So many rows in one go.
_BATCH = 5000
# What begins at nothing.
_COUNTERS = ("version", "extensions", "extended_days", "returned", "dissatisfied")
_STEPS = 3  # as many as a problem here goes through
_PROBLEM = (
    *("id", "seal", "key_id", "state", "heard_on", "started_on", "due_at", "recorded_at"),
    *("recorded_by_id", "unit_id", "school_class_id", "source", "speaker", "category"),
    *("suggested", "flags", "responsible_id", "claimed_at", "solved_at", "ended_at"),
    *("red_flag", *_COUNTERS),
)
_VOICE = (
    *("seal", "key_id", "family_id", "problem_id", "heard_on", "recorded_at", "recorded_by_id"),
    *("words", "place", "speaker", "source", "satisfaction", "answered_at", "tries"),
)
_EVENT = ("seal", "number", "problem_id", "kind", "state", "by_id", "at", "details")
_TIMER = ("key", "duty", "subject", "due_at", "attempts")
_VISIT = (
    *("id", "seal", "kind", "method", "result", "day", "recorded_at", "recorded_by_id"),
    *("family_id", "student_id", "school_class_id"),
)


@dataclass(frozen=True)
class Where:
    """A child of a class, its family with the key that seals for it, the grade's unit."""

    student: int
    family: int
    school_class: int
    unit: int
    key: RowKey


async def children(grades: Sequence[int], classes: int) -> list[Where]:
    """Every child, the classes of one grade after those of another."""
    units = {row.grade: row.id for row in await Unit.filter(grade__isnull=False)}
    keys = {row.id: bytes(row.wrapped) for row in await WrappedKey.all()}
    key_of = {row.id: row.key_id for row in await Family.all().only("id", "key_id")}
    found = []
    for child in await Student.all().order_by("id").only("id", "family_id", "school_class_id"):
        wrapped = key_of[child.family_id] or 0
        key = RowKey(wrapped, house().keyring.unwrap(keys[wrapped]))
        grade = grades[(child.school_class_id - 1) // classes]
        found.append(Where(child.id, child.family_id, child.school_class_id, units[grade], key))
    return found


@dataclass(frozen=True)
class Past:
    """How many problems and visits, over how many days until when, and who wrote them down.

    Of the problems every `open_each`th is still to be claimed, the next one is claimed; all
    others are solved and told.
    """

    problems: int
    visits: int
    days: float
    until: datetime
    people: Sequence[int]
    open_each: int = 1


async def write_past(past: Past, where: Sequence[Where]) -> None:
    """Write it down, in one transaction; the tables number on from what is there."""
    keys = await new_row_keys(1)
    first = {table: await _next(table) for table in ("problem", "visit")}
    async with in_transaction():
        await _insert("problem", _PROBLEM, _problems(past, where, keys[0], first["problem"]))
        await _insert("voice", _VOICE, _voices(past, where, first["problem"]))
        await _insert("problem_event", _EVENT, _events(past, first["problem"]))
        await _plan_looks(first["problem"], past.until)
        await _insert("visit", _VISIT, _visits(past, where, first["visit"]))
        await _insert("visitor", ("visit_id", "person_id"), _visitors(past, first["visit"]))


async def _next(table: str) -> int:
    sql = f'SELECT coalesce(max(id), 0) AS "last" FROM "{table}"'  # noqa: S608  our own names
    (row,) = await get_connection("default").execute_query_dict(sql)
    return int(row["last"]) + 1


async def _insert(table: str, columns: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    connection = get_connection("default")
    numbered = connection.capabilities.dialect == "postgres"
    places = [f"${n}" if numbered else "?" for n in range(1, len(columns) + 1)]
    named = ", ".join(f'"{one}"' for one in columns)
    sql = f'INSERT INTO "{table}" ({named}) VALUES ({", ".join(places)})'  # noqa: S608  as above
    while batch := list(islice(rows, _BATCH)):
        await connection.execute_many(sql, batch)


# --- problems -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Life:
    """What became of the nth problem, and when."""

    state: str
    heard: datetime
    claimed: datetime | None
    solved: datetime | None


def _life(past: Past, n: int) -> _Life:
    heard = past.until - timedelta(seconds=past.days * 86_400 * (n + 1) / past.problems)
    place = n % past.open_each
    if place == 0:
        return _Life("listed", heard, None, None)
    claimed = heard + timedelta(hours=20)
    if place == 1:
        return _Life("claimed", heard, claimed, None)
    return _Life("closed", heard, claimed, heard + timedelta(days=6))


def _who(past: Past, n: int) -> int:
    return past.people[n % len(past.people)]


def _problems(
    past: Past, where: Sequence[Where], key: RowKey, first: int
) -> Iterator[Sequence[Any]]:
    keys = [one.key for one in house().plan.categories]
    for n in range(past.problems):
        life, at = _life(past, n), where[n * 7 % len(where)]
        day = life.heard.date()
        yield (
            *(first + n, new_seal_id(), key.id, life.state, day, day),
            *(due(day, house().plan.clock), life.heard, _who(past, n), at.unit, at.school_class),
            *("visit", "parent", keys[n % len(keys)], "[]", "[]"),
            *(_who(past, n) if life.claimed else None, life.claimed, life.solved, life.solved),
            *(False, *(0 for _ in _COUNTERS)),
        )


def _voices(past: Past, where: Sequence[Where], first: int) -> Iterator[Sequence[Any]]:
    for n in range(past.problems):
        life, at, seal = _life(past, n), where[n * 7 % len(where)], new_seal_id()
        words = sealed(WISHES[n % len(WISHES)], Voice, "words", seal, at.key).data
        answered = life.solved + timedelta(days=1) if life.solved else None
        satisfied = ("satisfied", "mostly", "dissatisfied")[n % 3] if answered else None
        yield (
            *(seal, at.key.id, at.family, first + n, life.heard.date(), life.heard),
            *(_who(past, n), words, 1, "parent", "visit", satisfied, answered, 0),
        )


def _events(past: Past, first: int) -> Iterator[Sequence[Any]]:
    """Numbered as the chain would; its digests stay empty, for nobody checks them here."""
    numbers = count(_STEPS * first)
    for n in range(past.problems):
        life = _life(past, n)
        steps = (("list", "listed", life.heard), ("claim", "claimed", life.claimed))
        for kind, state, at in (*steps, ("solve", "solved", life.solved)):
            if at is not None:
                yield (
                    new_seal_id(),
                    next(numbers),
                    first + n,
                    kind,
                    state,
                    _who(past, n),
                    at,
                    "{}",
                )


async def _plan_looks(first: int, moment: datetime) -> None:
    """Have each open problem looked at when the rules say: else the watch would mend it."""
    rows = await Problem.filter(id__gte=first, state__not_in=sorted(ENDED))
    times, plan = await times_of(rows), house().plan
    steps = {row.id: next_step(times[row.id], plan, moment) for row in rows}
    timers = [
        (problem_key(number), PROBLEM, number, step.at, 0) for number, step in steps.items() if step
    ]
    await _insert("timer", _TIMER, iter(timers))


# --- visits -------------------------------------------------------------------------------


def _visits(past: Past, where: Sequence[Where], first: int) -> Iterator[Sequence[Any]]:
    for n in range(past.visits):
        at = past.until - timedelta(seconds=past.days * 86_400 * (n + 1) / past.visits)
        child = where[n * 11 % len(where)]
        yield (
            *(first + n, new_seal_id(), "home", ("home", "phone", "school")[n % 3], "visited"),
            *(at.date(), at, _who(past, n), child.family, child.student, child.school_class),
        )


def _visitors(past: Past, first: int) -> Iterator[Sequence[Any]]:
    for n in range(past.visits):
        yield (first + n, _who(past, n))
