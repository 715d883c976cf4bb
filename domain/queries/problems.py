"""Problems as a command needs them: found by number, and who may know of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from tortoise.expressions import Q

from domain.house import SCHOOL_TIME, house
from domain.merged import all_heard_with, heard_with
from domain.models import Approval, Problem, ProblemNamed, ProblemPrivy, Voice
from domain.queries.people import holders_of
from domain.queries.units import UnitFound, units_by_id
from domain.records import today
from domain.rules.policy import Target
from domain.rules.problem_sight import Sight
from domain.rules.problem_states import State


@dataclass(frozen=True)
class ProblemFound:
    """A problem by its number, as ids, codes and dates, with what decides who may know of it."""

    id: int
    state: State
    unit: int | None
    school_class: int | None
    category: str | None
    department: int | None
    recorded_by: int
    responsible: int | None
    handed_to: int | None
    heard_on: date
    started_on: date
    due_at: datetime
    merged_into: int | None
    red_flag: bool
    sight: Sight


async def problem_of(number: int) -> ProblemFound | None:
    """The problem of that number, whatever its state."""
    row = await Problem.get_or_none(id=number)
    return None if row is None else (await found([row]))[0]


async def found(rows: list[Problem]) -> tuple[ProblemFound, ...]:
    """These rows with their sights, in the same order and in a few statements for all of them."""
    sights = await sights_of(rows)
    return tuple(_found(row, sights[row.id]) for row in rows)


def _found(row: Problem, sight: Sight) -> ProblemFound:
    return ProblemFound(
        id=row.id,
        state=cast("State", row.state),
        unit=row.unit_id,
        school_class=row.school_class_id,
        category=row.category,
        department=row.department_id,
        recorded_by=row.recorded_by_id,
        responsible=row.responsible_id,
        handed_to=row.handed_to_id,
        heard_on=row.heard_on,
        started_on=row.started_on,
        due_at=row.due_at.astimezone(SCHOOL_TIME),
        merged_into=row.merged_into_id,
        red_flag=row.red_flag,
        sight=sight,
    )


async def sights_of(rows: list[Problem]) -> dict[int, Sight]:
    """What decides who may know of each; what was merged into it counts with it."""
    ids = [row.id for row in rows]
    heard = await all_heard_with(ids)
    every = [one for together in heard.values() for one in together]
    named = ProblemNamed.filter(Q(confirmed=True) | Q(confirmed__isnull=True), problem_id__in=every)
    barred = [(one.problem_id, one.person_id) for one in await named]
    voices = Voice.filter(problem_id__in=every, undone_at__isnull=True)
    heard_by = [(one.problem_id or 0, one.recorded_by_id) for one in await voices]
    privy = [
        (one.problem_id, one.person_id) for one in await ProblemPrivy.filter(problem_id__in=ids)
    ]
    open_ones = await Approval.filter(problem_id__in=ids, decided_at__isnull=True)
    asked = [(one.problem_id, one.asked_of_id) for one in open_ones]
    units = await units_by_id()
    heads = frozenset(await holders_of("head", await today()) if barred else ())
    return {
        row.id: Sight(
            recorded_by=row.recorded_by_id,
            responsible=row.responsible_id,
            handed_to=row.handed_to_id,
            places=tuple(_places(row, units)),
            heard_by=_of(heard[row.id], heard_by),
            barred=_of(heard[row.id], barred),
            privy=_of({row.id}, privy),
            asked=_of({row.id}, asked),
            red_flag=row.red_flag,
            about_head=not heads.isdisjoint(_of(heard[row.id], barred)),
        )
        for row in rows
    }


def _of(problems: Container[int], pairs: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(person for problem, person in pairs if problem in problems)


def _places(row: Problem, units: Mapping[int, UnitFound]) -> list[Target]:
    """Where it arose (of a class its grade: a class teacher's seat gives no sight), who answers."""
    where = units.get(row.unit_id or 0)
    who = answering_unit(row, units)
    found = [Target(unit=unit.id, grade=unit.grade) for unit in (where, who) if unit is not None]
    return found or [Target()]


async def answering_department(problem: ProblemFound) -> int | None:
    """The department that answers for it now."""
    unit = answering_unit(problem, await units_by_id())
    return unit.id if unit else None


def answering_unit(row: Problem | ProblemFound, units: Mapping[int, UnitFound]) -> UnitFound | None:
    """The department that answers for it: where it was sent, else its category's (plan.toml)."""
    sent_to = row.department if isinstance(row, ProblemFound) else row.department_id
    if sent_to is not None:
        return units.get(sent_to)
    name = next((one.department for one in house().plan.categories if one.key == row.category), "")
    return next((unit for unit in units.values() if unit.name == name), None)


@dataclass(frozen=True)
class VoiceFound:
    """One voice of a problem: its number there (#57-2), who recorded it, what became of it."""

    id: int
    place: int
    problem: int
    recorded_by: int
    family: int | None
    satisfaction: str | None
    tries: int
    source: str | None = None


async def voices_of(problem: int) -> tuple[VoiceFound, ...]:
    """All voices of a problem, with those of the problems that were merged into it, by number."""
    places = await heard_with(problem)
    rows = await Voice.filter(problem_id__in=list(places), undone_at__isnull=True).order_by("id")
    voices = [
        VoiceFound(
            id=row.id,
            place=places[row.problem_id] + (row.place or 1) - 1,
            problem=row.problem_id,
            recorded_by=row.recorded_by_id,
            family=row.family_id,
            satisfaction=row.satisfaction,
            tries=row.tries,
            source=row.source,
        )
        for row in rows
    ]
    return tuple(sorted(voices, key=lambda voice: voice.place))
