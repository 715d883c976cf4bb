"""Who is who at the school today: accounts, seats, those who stand in, names as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from domain.house import house
from domain.models import Account, Leave, Person, Room, SchoolClass, Seat
from domain.rules.classes import grade_on
from domain.rules.policy import Held, Standing
from domain.sealing import normalised, pinyin_of

# What follows a surname when people are addressed by their title.
TITLES = ("书记", "校长", "副校长", "主任", "老师", "组长", "处长", "师", "校")


# What the columns of a name and of its sound hold.
LONGEST_NAME = 64
LONGEST_SOUND = 128


@dataclass(frozen=True)
class Asker:
    """Who speaks, as of now: the person, what they may, their own classes, the school's date.

    `language` is None when the person chose none.
    """

    person: int
    name: str
    language: str | None
    standing: Standing
    classes: tuple[int, ...]
    today: date


async def person_at(platform: str, app: str, user_id: str) -> int | None:
    """Whose account it is; one that was bound without an app holds in each of the platform's."""
    found = Account.filter(platform=platform, app__in=list({app, ""}), user_id=user_id)
    account = await found.order_by("-app").first()
    return None if account is None else int(account.person_id)


async def speaker(person: int, today: date) -> Asker:
    """The asker of a message: until it is carried out, no other of the same person is.

    Else two of them at once would each answer the question that was open, or keep one of their own.
    """
    # As a whole row: a list of values would be read without holding it.
    return await _asker(await Person.select_for_update(no_key=True).get(id=person), today)


async def asker(person: int, today: date) -> Asker:
    """The person with all seats of today; DoesNotExist for an unknown id."""
    return await _asker(await Person.get(id=person), today)


async def _asker(row: Person, today: date) -> Asker:
    standing = await standing_of(row.id, today)
    classes = tuple(
        dict.fromkeys(seat.school_class for seat in standing.seats if seat.school_class is not None)
    )
    return Asker(row.id, row.name, row.language, standing, classes, today)


async def standing_of(person: int, today: date) -> Standing:
    """All seats a person holds today; one who stands in for somebody holds theirs too."""
    away = await Leave.filter(deputy_id=person, since__lte=today, until__gte=today)
    absent = [leave.person_id for leave in away]
    seats = await seats_on(today, Q(person_id__in=[person, *absent]))
    return Standing(person, tuple(_held(seat, person, today) for seat in seats))


async def seats_on(day: date, which: Q) -> list[Seat]:
    """The seats that are held on `day`, in the order they were given."""
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    return await Seat.filter(held & which).order_by("id").select_related("unit", "school_class")


async def holders_of(role: str, day: date) -> tuple[int, ...]:
    """Those who sit in that role on `day`, each once."""
    seats = await seats_on(day, Q(role=role))
    return tuple(dict.fromkeys(seat.person_id for seat in seats))


def _held(seat: Seat, person: int, day: date) -> Held:
    stands_for = seat.person_id if seat.person_id != person else None
    if seat.school_class_id is not None:
        row: SchoolClass = seat.school_class  # type: ignore[assignment]
        first_day = house().plan.school_year_first_day
        grade = grade_on(row.stage, row.entry_year, day, first_day)
        return Held(seat.role, None, grade, row.id, for_person=stands_for)  # type: ignore[arg-type]
    unit = seat.unit
    assert unit is not None
    return Held(
        seat.role,  # type: ignore[arg-type]
        unit.id,
        unit.grade,
        root=unit.kind == "school",
        for_person=stands_for,
    )


async def people_called(said: str) -> tuple[int, ...]:
    """Those whom a name fits: the whole name, its sound, or a surname with a title."""
    said = said.strip().removeprefix("@")
    if len(said) > LONGEST_NAME:
        return ()
    name = normalised(said)
    found = await Person.filter(Q(name=name) | Q(name=said)).order_by("id")
    if not found and 0 < len(sound := pinyin_of(said)) <= LONGEST_SOUND:
        found = await Person.filter(pinyin=sound).order_by("id")
    if not found:
        found = await _by_title(said)
    return tuple(person.id for person in found)


async def _by_title(said: str) -> list[Person]:
    for title in TITLES:
        surname = said.removesuffix(title)
        if surname != said and surname:
            return await Person.filter(name__startswith=surname).order_by("id")
    return []


async def names_of(people: set[int]) -> dict[int, str]:
    """The names of these people by id."""
    if not people:
        return {}
    rows = await Person.filter(id__in=people).values_list("id", "name")
    return {int(str(person)): str(name) for person, name in rows}


async def all_names() -> dict[int, str]:
    """Every person's name by id, for finding the near ones."""
    rows = await Person.all().order_by("id").values_list("id", "name")
    return {int(str(person)): str(name) for person, name in rows}


async def room_unit(platform: str, app: str, chat: str) -> int | None:
    """The unit whose group a chat is, if we know it."""
    room = await Room.get_or_none(platform=platform, app=app, chat=chat)
    return room.unit_id if room else None


async def deputies_on(day: date, people: set[int]) -> dict[int, int]:
    """Who stands in today for whom among these people."""
    leaves = await Leave.filter(person_id__in=people, since__lte=day, until__gte=day)
    return {leave.person_id: leave.deputy_id for leave in leaves if leave.deputy_id is not None}


async def language_of(person: int) -> str | None:
    """The language a person chose, if any."""
    row = await Person.get_or_none(id=person)
    return row.language if row else None


async def reached(people: Iterable[int]) -> tuple[int, ...]:
    """Those of them who have an account, in the same order: nobody else can be told anything."""
    asked = tuple(people)
    known = {row.person_id for row in await Account.filter(person_id__in=asked)}
    return tuple(one for one in asked if one in known)
