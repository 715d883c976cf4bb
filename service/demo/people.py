"""Reads who works at the school, and where each one sits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chat.words import languages, words
from commands.parsing.classes import ClassSaid
from commands.parsing.plain import plain
from domain.rules.plan import Plan
from domain.rules.policy import ROLES, Role
from service.demo.cells import class_of_row
from service.demo.faults import refusing
from service.demo.tables import Column, Row, read_table

_COLUMNS = (
    Column("name", ("姓名", "name"), required=True),
    Column("unit", ("单位", "unit"), required=True),
    Column("role", ("职务", "role"), required=True),
    Column("account", ("账号", "帐号", "account")),
    Column("language", ("语言", "language")),
)
# What the records hold of a name.
_LONGEST = 64
_FURTHER_WORDS: dict[str, Role] = {
    "班主任": "teacher",
    "老师": "teacher",
    "class teacher": "teacher",
    "管理": "admin",
}


@dataclass(frozen=True)
class Place:
    """Where a seat stands: in a class, or in a unit by the plan's name for it."""

    school_class: ClassSaid | None = None
    unit: str | None = None


@dataclass
class PersonListed:
    """Somebody of the list, with all seats; two people of one name have an account each."""

    name: str
    account: str
    language: str | None
    seats: list[tuple[Role, Place]]


def read_people(file: Path, plan: Plan, *, strict: bool = True) -> list[PersonListed]:
    """The people of the list in its order; SchoolFault at the first row that can't be used.

    Unless `strict`, such a row is passed over.
    """
    people: list[PersonListed] = []
    for row in read_table(file, _COLUMNS):
        with refusing(strict):
            name, account = _name(row), row.text("account")
            person = _known(people, name, account)
            if person is None:
                person = PersonListed(name, account, None, [])
                people.append(person)
            person.account = person.account or account
            person.language = _language(row) or person.language
            seat = (_role(row), _place(row, plan))
            if seat not in person.seats:
                person.seats.append(seat)
    return people


def _name(row: Row) -> str:
    name = row.text("name")
    if not name or len(name) > _LONGEST:
        raise row.fault(
            f"姓名请写 1 到 {_LONGEST} 个字", f"the name has 1 to {_LONGEST} characters"
        )
    return name


def _known(people: Iterable[PersonListed], name: str, account: str) -> PersonListed | None:
    """The one whom an earlier row named: only two different accounts tell two people apart."""
    for person in people:
        if person.name == name and (not account or person.account in ("", account)):
            return person
    return None


def _language(row: Row) -> str | None:
    said = row.text("language")
    if said and said not in languages():
        known = "、".join(languages())
        raise row.fault(
            f"没有“{said}”这种语言，请写 {known}，或空着",
            f"there is no language “{said}”; write {' or '.join(languages())}, or nothing",
        )
    return said or None


def _role(row: Row) -> Role:
    role = _role_words().get(plain(row.text("role")))
    if role is None:
        raise row.fault(
            f"不认识职务“{row.text('role')}”，请写下面一个："
            "班主任、教师、联络人、联系领导、工作小组、办公室、管理员",
            f"the role “{row.text('role')}” isn't known; write one of {', '.join(ROLES)}",
        )
    return role


@cache
def _role_words() -> dict[str, Role]:
    spoken = {
        plain(words(language).text(f"role.{role}")): role
        for role in ROLES
        for language in languages()
    }
    return _FURTHER_WORDS | spoken | {role: role for role in ROLES}


def _place(row: Row, plan: Plan) -> Place:
    said = row.text("unit")
    if not said:
        return Place(unit=plan.school.root)
    if unit := plan.unit(said):
        return Place(unit=unit.name)
    return Place(school_class=class_of_row(row, said, plan))
