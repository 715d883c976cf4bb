"""Whoever the settings name as an admin is one, however often it is said."""

from __future__ import annotations

import asyncio

from domain.actions.admins import ensure_admins
from domain.models import Account, Newcomer, Person, RosterChange, Seat
from domain.queries.people import person_at
from tests.fixtures.house import School
from tests.fixtures.knocking import FAKE, ROBOT, Door


async def rows() -> dict[str, int]:
    models = (Account, Person, Seat, RosterChange)
    return {model.__name__: await model.all().count() for model in models}


async def test_an_unknown_account_becomes_a_person_with_the_admins_seat(door: Door) -> None:
    (person,) = await ensure_admins([(FAKE, "manager01")])
    assert (await Person.get(id=person)).name == "管理员"
    seat = await Seat.get(person_id=person).prefetch_related("unit")
    assert (seat.role, seat.unit and seat.unit.kind) == ("admin", "school")
    # In whichever app of the platform it speaks.
    who = (await door.one("manager01", "/whoami"))["facts"]
    assert (who["person"], [one["role"] for one in who["seats"]]) == ("管理员", ["admin"])
    assert (await door.one("manager01", "/名册 绑定 林晓 fake:m1"))["notice"] == "AccountBound"
    changes = await RosterChange.filter(person_id=person).order_by("id")
    assert [(one.action, one.by_id) for one in changes] == [("bind", None), ("add", None)]


async def test_an_account_that_is_bound_makes_its_person_an_admin(door: Door) -> None:
    xu = door.school.people["许宁"]
    assert await ensure_admins([(FAKE, "xn")]) == (xu,)
    assert await Account.filter(platform=FAKE, user_id="xn").count() == 1
    roles = await Seat.filter(person_id=xu).order_by("id").values_list("role", flat=True)
    assert list(roles) == ["liaison", "admin"]


async def test_again_and_again_it_changes_nothing(school: School) -> None:
    named = [(FAKE, "m1"), (FAKE, "m2"), ("other", "m1"), (FAKE, "m1")]
    first = await ensure_admins(named)
    before = await rows()
    assert await ensure_admins(named) == first
    assert await rows() == before
    names = await Person.filter(id__in=first).order_by("id").values_list("name", flat=True)
    assert list(names) == ["管理员", "管理员2", "管理员3"]
    assert len(set(first)) == 3
    assert school.people["方正"] not in first


async def test_who_is_no_longer_named_keeps_the_seat(school: School) -> None:
    (person,) = await ensure_admins([(FAKE, "m1")])
    await ensure_admins([])
    assert await Seat.filter(person_id=person, role="admin", until=None).count() == 1
    assert school


async def test_processes_that_start_at_once_make_one(school: School) -> None:
    found = await asyncio.gather(*(ensure_admins([(FAKE, "m1"), (FAKE, "m2")]) for _ in range(4)))
    assert len(set(found)) == 1
    assert await Account.filter(platform=FAKE).count() == 2
    assert await Seat.filter(person_id__in=found[0]).count() == 2
    assert school


async def test_one_who_knocked_before_is_nobody_elses_to_let_in(door: Door) -> None:
    await door.say("m1", "/whoami")
    await door.say("m1", "林晓")
    row = await Newcomer.get(user_id="m1")
    (person,) = await ensure_admins([(FAKE, "m1")])
    late = await door.school.one("方正", f"/名册 绑定 N{row.id}")
    assert late["notice"] == "NewcomerSettled"
    assert await person_at(FAKE, ROBOT, "m1") == person
    await row.refresh_from_db()
    assert (row.name, row.message, row.key_id) == (None, None, None)
