"""Takes in a list of people: who is new is added, who is known gets what the list adds."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.actions.people_list import PersonChange, SeatGiven, take_people_list
from domain.actions.school import add_class
from domain.house import house
from domain.queries.people_list import AccountKnown, PersonKnown, SeatKnown, people_known
from domain.queries.units import all_units
from domain.records import savepoint, today
from domain.rules.seats import ONE_HOLDER
from domain.sealing import normalised
from service.lists.faults import Mend, refusing
from service.lists.people import AccountSaid, PersonListed, Sits, read_people
from service.lists.report import Taken
from service.lists.tables import Row

log = logging.getLogger(__name__)


async def take_people(file: Path) -> Taken:
    """Take the list in, all of it or nothing; ListFault when it can't be read."""
    taken = Taken()
    people = read_people(file, house().plan, taken.refused)
    async with savepoint():
        day = await today()
        roster = _Roster(list(await people_known(day)))
        changes = []
        for person in people:
            change = await _change(person, roster, day, taken)
            if change is not None:
                changes.append(change)
        await take_people_list(changes, day)
    log.info("roster import: %s", taken.counts)
    return taken


# --- who is who ---------------------------------------------------------------------------


@dataclass
class _Roster:
    """Everybody who is known, those among them whom the list named already."""

    people: list[PersonKnown]

    def owners(self, accounts: Sequence[AccountSaid]) -> list[PersonKnown]:
        """Those whose accounts these are."""
        return [one for one in self.people if _accounts(one) & set(accounts)]

    def called(self, name: str) -> list[PersonKnown]:
        """Those of that name, however it is spaced."""
        return [one for one in self.people if normalised(one.name) == normalised(name)]

    def sitting(self, seat: SeatKnown, but: PersonKnown | None) -> list[PersonKnown]:
        """The others who have that seat."""
        return [one for one in self.people if seat in one.seats and one is not but]

    def now_is(self, before: PersonKnown | None, after: PersonKnown) -> None:
        """Remember what the list said, for its further rows."""
        if before is not None:
            self.people.remove(before)
        self.people.append(after)


def _accounts(person: PersonKnown) -> set[AccountSaid]:
    return {AccountSaid(one.platform, one.user) for one in person.accounts}


def _who(person: PersonListed, roster: _Roster) -> PersonKnown | Mend | None:
    """The one who is meant, None for somebody new, or why it can't be told."""
    owners = roster.owners(person.accounts)
    if owners:
        return _owner(person, owners)
    called = roster.called(person.name)
    if not person.accounts:
        return _only(person, called, called)
    platforms = {one.platform for one in person.accounts}
    without = [one for one in called if not {x.platform for x in one.accounts} & platforms]
    return _only(person, without, called)


def _owner(person: PersonListed, owners: Sequence[PersonKnown]) -> PersonKnown | Mend:
    (owner, *others), name = owners, person.name
    if others:
        return (
            f"这些账号在名册里分属 {len(owners)} 个人，请核对账号",
            f"these accounts are of {len(owners)} people on the roster; check them",
        )
    if normalised(owner.name) != normalised(name):
        return (
            f"这个账号在名册里是“{owner.name}”的，不是“{name}”的，请核对姓名和账号",
            f"on the roster the account is “{owner.name}”'s, not “{name}”'s; check both",
        )
    theirs = _accounts(owner)
    others_there = {one.platform for one in theirs} & {
        one.platform for one in person.accounts if one not in theirs
    }
    if others_there:
        return (
            f"名册里“{name}”在这个平台已有另一个账号，换账号请用 /名册 绑定",
            f"“{name}” has another account on that platform; /roster bind changes it",
        )
    return owner


def _only(
    person: PersonListed, fitting: Sequence[PersonKnown], called: Sequence[PersonKnown]
) -> PersonKnown | Mend | None:
    if len(fitting) > 1:
        return (
            f"名册里有 {len(called)} 位“{person.name}”，请写上账号，如 dingtalk:manager01",
            f"{len(called)} people are called “{person.name}”; write dingtalk:id of this one",
        )
    return fitting[0] if fitting else None


# --- what changes -------------------------------------------------------------------------


async def _change(
    person: PersonListed, roster: _Roster, day: date, taken: Taken
) -> PersonChange | None:
    """What the list adds to the person, its rows counted; None if nothing."""
    known = _who(person, roster)
    if isinstance(known, tuple):
        taken.refused += [row.fault(*known) for row, _ in person.rows]
        return None
    places, rows = await _places(person, known, roster, day, taken)
    accounts = [one for one in person.accounts if not known or one not in _accounts(known)]
    language = person.language if known and person.language != known.language else None
    held = known.seats if known else ()
    seats = [seat for seat in dict.fromkeys(places.values()) if seat not in held]
    change = PersonChange(
        known.id if known else None,
        person.name,
        language if known else person.language,
        tuple((one.platform, one.user) for one in accounts),
        tuple(SeatGiven(seat.role, seat.unit, seat.school_class) for seat in seats),  # type: ignore[arg-type]
    )
    if not rows:
        return None
    _count(rows, places, seats, change, taken)
    roster.now_is(known, _after(known, person, change))
    untouched = PersonChange(change.person, change.name)
    return change if change != untouched or known is None else None


async def _places(
    person: PersonListed, known: PersonKnown | None, roster: _Roster, day: date, taken: Taken
) -> tuple[Mapping[int, SeatKnown], Sequence[Row]]:
    """The seat of each row by its line, and the rows that can be used."""
    units = {unit.name: unit.id for unit in await all_units()}
    places, rows = {}, []
    for row, sits in person.rows:
        with refusing(taken.refused):
            if sits is not None:
                seat = await _place(row, sits, units, day)
                _check_free(row, seat, roster.sitting(seat, known))
                places[row.line] = seat
            rows.append(row)
    return places, rows


def _check_free(row: Row, seat: SeatKnown, others: Sequence[PersonKnown]) -> None:
    """A list gives seats and takes nobody's: where one person sits, another comes by command."""
    if seat.role in ONE_HOLDER and others:
        place, role = row.text("unit") or "全校", row.text("role")
        raise row.fault(
            f"{place}的{role}现在是 {others[0].name}；"
            f"要换人，请用 /名册 {place} {role} {row.text('name')}",
            f"the {role} of {place} is {others[0].name}; "
            f"to change it, type /roster {place} {role} {row.text('name')}",
        )


async def _place(row: Row, sits: Sits, units: Mapping[str, int], day: date) -> SeatKnown:
    role, place = sits
    if place.school_class is not None:
        said = place.school_class
        return SeatKnown(role, None, await add_class(said.grade, said.number or 0, day))
    unit = units.get(place.unit or "")
    if unit is None:
        raise row.fault(
            f"方案里有“{place.unit}”，数据库里没有：方案是后来改的，请写数据库里有的部门",
            f"“{place.unit}” is in the plan and not in the database, which an earlier plan filled",
        )
    return SeatKnown(role, unit, None)


def _after(known: PersonKnown | None, person: PersonListed, change: PersonChange) -> PersonKnown:
    accounts = [AccountKnown(platform, "", user) for platform, user in change.accounts]
    before = known or PersonKnown(0, person.name, None, (), ())
    return PersonKnown(
        before.id,
        before.name,
        change.language or before.language,
        (*before.accounts, *accounts),
        (*before.seats, *(SeatKnown(one.role, one.unit, one.school_class) for one in change.seats)),
    )


def _count(
    rows: Sequence[Row],
    places: Mapping[int, SeatKnown],
    given: Sequence[SeatKnown],
    change: PersonChange,
    taken: Taken,
) -> None:
    """Each row once: what is said of the person as a whole counts for the first."""
    left = list(given)
    for number, row in enumerate(rows):
        seat = places.get(row.line)
        gives = seat in left
        if gives and seat is not None:
            left.remove(seat)
        whole = number == 0 and bool(change.accounts or change.language)
        if change.person is None and (gives or number == 0):
            taken.new += 1
        elif gives or whole:
            taken.changed += 1
        else:
            taken.unchanged += 1
