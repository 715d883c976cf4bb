"""Reads who works at the school, and where each one sits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from chat.words import languages, words
from commands.parsing.classes import ClassSaid
from commands.parsing.plain import plain
from domain.queries.people import LONGEST_NAME
from domain.rules.plan import Plan
from domain.rules.policy import ROLES, Role
from domain.rules.seats import PlaceKind, sits_in
from service.lists.cells import class_of_row, name_of_row
from service.lists.faults import ListFault, refusing
from service.lists.tables import Column, Row, read_table

COLUMNS = (
    Column("name", ("姓名", "name"), required=True),
    Column("unit", ("单位", "unit"), required=True),
    Column("role", ("职务", "role"), required=True),
    Column("account", ("账号", "帐号", "account")),
    Column("language", ("语言", "language")),
)
_FURTHER_WORDS: dict[str, Role] = {
    "班主任": "teacher",
    "老师": "teacher",
    "class teacher": "teacher",
    "管理": "admin",
}
_BETWEEN = re.compile(r"[\s、,，;；]+")
# An account without its platform is one of this.
_USUAL_PLATFORM = "dingtalk"
_ACCOUNT = re.compile(r"(?:(?P<platform>[a-z]{1,32})[:：])?(?P<user>[!-~]{1,128})")


@dataclass(frozen=True)
class AccountSaid:
    """An account in a chat platform."""

    platform: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.user}"


@dataclass(frozen=True)
class Place:
    """Where a seat stands: in a class, or in a unit by the plan's name for it."""

    school_class: ClassSaid | None = None
    unit: str | None = None


Sits = tuple[Role, Place]


@dataclass
class PersonListed:
    """Somebody of the list, with all seats; two people of one name have an account each.

    `rows` are the rows in which the person stands, with the seat of each.
    """

    name: str
    accounts: list[AccountSaid] = field(default_factory=list)
    language: str | None = None
    rows: list[tuple[Row, Sits | None]] = field(default_factory=list)

    @property
    def seats(self) -> list[Sits]:
        """Each seat once, in the list's order."""
        return list(dict.fromkeys(seat for _, seat in self.rows if seat is not None))


def read_people(
    file: Path, plan: Plan, refused: list[ListFault] | None = None
) -> list[PersonListed]:
    """The people of the list in its order; a row that can't be used is refused (None: raised)."""
    people: list[PersonListed] = []
    for row in read_table(file, COLUMNS, refused):
        with refusing(refused):
            name = name_of_row(row, "name", LONGEST_NAME)
            accounts, language, seat = _accounts(row), _language(row), _seat(row, plan)
            person = _known(people, name, accounts)
            if person is None:
                person = PersonListed(name)
                people.append(person)
            person.accounts += [one for one in accounts if one not in person.accounts]
            person.language = language or person.language
            person.rows.append((row, seat))
    return people


def _accounts(row: Row) -> list[AccountSaid]:
    said = [_account(row, one) for one in _BETWEEN.split(row.text("account")) if one]
    if len({one.platform for one in said}) < len(set(said)):
        raise row.fault(
            "一个人在一个平台只有一个账号，请只留一个",
            "a person has one account on a platform; leave one",
        )
    return list(dict.fromkeys(said))


def _account(row: Row, said: str) -> AccountSaid:
    account = account_said(said)
    if account is None:
        raise row.fault(
            f"账号“{said}”请写成 平台:账号，如 dingtalk:manager01",
            f"the account “{said}” is written platform:id, as in dingtalk:manager01",
        )
    return account


def account_said(said: str) -> AccountSaid | None:
    """The account that a text is: dingtalk:manager01, or a bare id."""
    found = _ACCOUNT.fullmatch(said)
    return AccountSaid(found["platform"] or _USUAL_PLATFORM, found["user"]) if found else None


def _known(
    people: Iterable[PersonListed], name: str, accounts: list[AccountSaid]
) -> PersonListed | None:
    """The one whom an earlier row named: only two different accounts tell two people apart."""
    platforms = {one.platform for one in accounts}
    for person in people:
        theirs = [one for one in person.accounts if one.platform in platforms]
        if person.name == name and (not theirs or set(theirs) & set(accounts)):
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


def _seat(row: Row, plan: Plan) -> Sits | None:
    """What the person does where; who has neither is on the roster and has no seat."""
    if not row.text("role") and not row.text("unit"):
        return None
    role, place = _role(row), _place(row, plan)
    if not sits_in(role, _kind(place, plan)):
        raise row.fault(
            f"“{row.text('unit')}”没有{row.text('role')}这个职务：全校的职务单位请空着，"
            "班级只有教师",
            f"there is no {row.text('role')} of {row.text('unit')}: leave the unit empty "
            "for the whole school's, and a class has teachers only",
        )
    return role, place


def _kind(place: Place, plan: Plan) -> PlaceKind:
    if place.school_class is not None:
        return "class"
    return "school" if place.unit == plan.school.root else "unit"


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
