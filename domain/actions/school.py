"""Fills an empty database: the plan's units and annexes 1 to 3, then classes, people, families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.actions.sealing import RowKey, new_row_keys, sealed
from domain.house import house
from domain.models import (
    Account,
    Family,
    Person,
    Room,
    SchoolClass,
    Seat,
    Student,
    StudentToken,
    Unit,
)
from domain.rules.classes import class_of_grade
from domain.rules.policy import Role
from domain.sealing import SCHOOL_SCOPE, new_seal_id, pinyin_of, scope_of_class

# So many rows a statement: every database takes as many values.
_BATCH = 500


async def load_plan_roster() -> bool:
    """Load the plan's units and annexes as seats, once, into an empty database; whether it did."""
    if await Unit.exists():
        return False
    try:
        async with in_transaction():
            await _units()
            await _seats()
    except IntegrityError:
        # Several processes start at once, and another was first: a unit's name is unique.
        return False
    return True


async def _units() -> None:
    for place, unit in enumerate(house().plan.units):
        words = [*unit.aliases, *([unit.name_en] if unit.name_en else [])]
        await Unit.create(
            kind=unit.kind, name=unit.name, grade=unit.grade, aliases=words, place=place
        )


async def _seats() -> None:
    """Everyone of the annexes sits from the first day of the school year before the campaign."""
    roster, plan = house().plan.roster, house().plan
    since = plan.campaign_start
    units = {unit.name: unit.id for unit in await Unit.all()}
    root = units[plan.school.root]
    leading, working = roster.leading_group, roster.working_group
    await _seat(leading.head, "head", root, since)
    await _seat(leading.deputy_head, "deputy_head", root, since)
    for name in (working.head, working.deputy_head, *working.members):
        await _seat(name, "working", root, since)
    for line in roster.lines:
        grade = [plan.grade(line.grade).name] if line.grade is not None else []
        for unit in (*line.departments, *grade):
            await _seat(line.leader, "leader", units[unit], since)


async def _seat(name: str, role: Role, unit: int, since: date) -> None:
    await Seat.create(person_id=await person_named(name), unit_id=unit, role=role, since=since)


async def person_named(name: str) -> int:
    """The person of that very name, made if need be: the annexes name each person once."""
    person = await Person.get_or_none(name=name)
    if person is None:
        person = await Person.create(name=name, pinyin=pinyin_of(name))
    return person.id


# --- people, accounts, rooms --------------------------------------------------------------


async def add_person(name: str, language: str | None = None) -> int:
    """Somebody new, though another may bear the same name; spoken to in `language` if given."""
    person = await Person.create(name=name, pinyin=pinyin_of(name), language=language)
    return person.id


async def add_seat(
    person: int,
    role: Role,
    since: date,
    *,
    unit: int | None = None,
    school_class: int | None = None,
) -> None:
    """Give a person a seat in a unit, or as the teacher of a class."""
    await Seat.create(
        person_id=person, role=role, since=since, unit_id=unit, school_class_id=school_class
    )


async def add_account(person: int, platform: str, app: str, user_id: str) -> None:
    """Say whose account it is."""
    await Account.get_or_create(
        platform=platform, app=app, user_id=user_id, defaults={"person_id": person}
    )


async def add_room(platform: str, app: str, chat: str, title: str, unit: int) -> None:
    """Say which unit's group a chat is."""
    await Room.get_or_create(
        platform=platform, app=app, chat=chat, defaults={"title": title, "unit_id": unit}
    )


# --- classes and families -----------------------------------------------------------------


@dataclass(frozen=True)
class ChildListed:
    """A child on the school's list, in a class by its id."""

    school_class: int
    seat: int | None
    name: str


@dataclass(frozen=True)
class FamilyListed:
    """A family with its children; siblings stand together."""

    children: tuple[ChildListed, ...]
    joined_on: date
    special_reason: str | None = None
    wishes: str | None = None
    special: bool = False
    listed: bool = True


async def add_class(grade: int, number: int, day: date) -> int:
    """The class that is of that grade and number on `day`, made if need be."""
    stage, year = class_of_grade(grade, day, house().plan.school_year_first_day)
    row, _ = await SchoolClass.get_or_create(stage=stage, entry_year=year, number=number)
    return row.id


async def add_family(listed: FamilyListed) -> tuple[int, tuple[int, ...]]:
    """Write a family down under a key of its own; its id and its children's."""
    (added,) = await add_families([listed])
    return added


async def add_families(listed: Sequence[FamilyListed]) -> list[tuple[int, tuple[int, ...]]]:
    """Write families down in a few statements, each under a key of its own."""
    keys = await new_row_keys(len(listed))
    rows = [_family(one, key) for one, key in zip(listed, keys, strict=True)]
    await Family.bulk_create(rows, batch_size=_BATCH)
    ids = await _ids(Family, [row.seal for row in rows])
    homes = [(Home(family, key), one) for family, key, one in zip(ids, keys, listed, strict=True)]
    flat = [(home, child, one.listed) for home, one in homes for child in one.children]
    students = iter(await add_children(flat))
    return [(home.family, tuple(next(students) for _ in one.children)) for home, one in homes]


def _family(listed: FamilyListed, key: RowKey) -> Family:
    seal = new_seal_id()
    reason, wishes = listed.special_reason, listed.wishes
    return Family(
        seal=seal,
        key_id=key.id,
        joined_on=listed.joined_on,
        special=listed.special,
        special_reason=sealed(reason, Family, "special_reason", seal, key) if reason else None,
        wishes=sealed(wishes, Family, "wishes", seal, key) if wishes else None,
    )


@dataclass(frozen=True)
class Home:
    """A family by id, with the key under which all of it is sealed."""

    family: int
    key: RowKey


async def add_children(children: Sequence[tuple[Home, ChildListed, bool]]) -> list[int]:
    """Write children down in their families, and whether the school's list has them; their ids."""
    rows = [_student(*one) for one in children]
    await Student.bulk_create(rows, batch_size=_BATCH)
    ids = await _ids(Student, [row.seal for row in rows])
    await index_children([(one, child) for one, (_, child, _) in zip(ids, children, strict=True)])
    return ids


def _student(home: Home, child: ChildListed, listed: bool) -> Student:
    seal = new_seal_id()
    return Student(
        seal=seal,
        family_id=home.family,
        school_class_id=child.school_class,
        seat_number=child.seat,
        name=sealed(child.name, Student, "name", seal, home.key),
        listed=listed,
    )


async def _ids(model: type[Family | Student], seals: Sequence[str]) -> list[int]:
    """The ids of rows that were just written, by the seal that each was given."""
    found: dict[str, int] = {}
    for start in range(0, len(seals), _BATCH):
        rows = model.filter(seal__in=seals[start : start + _BATCH])
        found.update(
            {str(seal): int(str(one)) for seal, one in await rows.values_list("seal", "id")}
        )
    return [found[seal] for seal in seals]


async def index_children(children: Sequence[tuple[int, ChildListed]]) -> None:
    """Let the children be found by name and by sound, in the class and in the school."""
    rows = []
    for student, child in children:
        scopes = (scope_of_class(child.school_class), SCHOOL_SCOPE)
        tokens = house().blind.tokens_for(child.name, scopes)
        rows += [StudentToken(student_id=student, token=token.value.hex()) for token in tokens]
    await StudentToken.bulk_create(rows, batch_size=_BATCH)
