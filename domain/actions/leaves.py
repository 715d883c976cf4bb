"""Notes who is away and who stands in, and ends it; each change stands in the roster's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.actions.deeds import note_deed
from domain.actions.roster_told import tell_each
from domain.actions.standing_in import Away, away_before, follow_leave
from domain.errors import Refusal
from domain.models import Leave, Person, RosterChange
from domain.notices.base import Notice
from domain.notices.leaves import DeputyNamed, LeaveOver, LeaveRefused, LeaveTold, WhyNoLeave
from domain.records import now


@dataclass(frozen=True)
class LeaveWish:
    """Days on which a person is away, both included, and who stands in.

    `passed_to` is who is turned to meanwhile when nobody does; `watchers` are told.
    """

    by: int
    person: int
    since: date
    until: date
    today: date
    deputy: int | None = None
    passed_to: int | None = None
    watchers: tuple[int, ...] = ()


@dataclass(frozen=True)
class LeaveKept:
    """The change that was written, by its id, and who is told of it."""

    change: int
    told: tuple[int, ...]


_Days = tuple[date, date, int | None]


@dataclass
class _Moves:
    """What was done to the leaves, so that it can be undone exactly."""

    created: list[int] = field(default_factory=list)
    moved: list[list[int | str | None]] = field(default_factory=list)

    async def move(self, leave: Leave, days: _Days) -> None:
        since, until, deputy = days
        before = [leave.since.isoformat(), leave.until.isoformat(), leave.deputy_id]
        await Leave.filter(id=leave.id).update(since=since, until=until, deputy_id=deputy)
        self.moved.append([leave.id, *before, since.isoformat(), until.isoformat(), deputy])

    async def create(self, person: int, days: _Days) -> None:
        since, until, deputy = days
        row = await Leave.create(person_id=person, since=since, until=until, deputy_id=deputy)
        self.created.append(row.id)


async def note_leave(wish: LeaveWish) -> LeaveKept:
    """Note the leave; one that overlaps is widened. Refusal where the two contradict each other."""
    await _one_at_a_time(wish.person, wish.deputy)
    there = [leave for leave in await _leaves(wish.person) if _overlaps(leave, wish)]
    days = _together(wish, there)
    await _is_there(wish, days)
    before = await away_before(wish.person)
    moves = _Moves()
    if there:
        await moves.move(there[0], days)
    else:
        await moves.create(wish.person, days)
    for leave in there[1:]:
        await moves.move(leave, (leave.since, _before(leave.since), leave.deputy_id))
    row = await _change(wish.by, "leave", wish.person, days)
    notices: dict[int, Notice] = {}
    if row.deputy_id is not None:
        notices[row.deputy_id] = DeputyNamed(change=row.id)
    passed_to = wish.passed_to if row.deputy_id is None else None
    for person in (wish.person, *wish.watchers, passed_to):
        if person is not None:
            notices.setdefault(person, LeaveTold(change=row.id, passed_to=passed_to))
    return await _kept(wish.by, row, moves, notices, before)


async def _one_at_a_time(*people: int | None) -> None:
    """Two who note leaves of the same people wait for each other."""
    ids = [person for person in people if person is not None]
    await Person.filter(id__in=ids).order_by("id").select_for_update()


async def _leaves(person: int) -> Sequence[Leave]:
    return await Leave.filter(person_id=person).order_by("id")


def _before(day: date) -> date:
    return day - timedelta(1)


def _overlaps(leave: Leave, wish: LeaveWish) -> bool:
    # A leave that was called off ends before it begins.
    real = leave.since <= leave.until
    return real and leave.since <= wish.until and leave.until >= wish.since


def _together(wish: LeaveWish, there: Sequence[Leave]) -> _Days:
    """All these days as one leave. Two deputies contradict, and so does one for unsaid days."""
    for leave in there:
        other = leave.deputy_id
        if wish.deputy is not None and other is not None and other != wish.deputy:
            raise _in_the_way("overlap", leave)
        said = wish.since <= max(leave.since, wish.today) and leave.until <= wish.until
        if wish.deputy is not None and other is None and not said:
            raise _in_the_way("overlap", leave)
    deputies = {leave.deputy_id for leave in there if leave.deputy_id is not None}
    if len(deputies) > 1:
        raise _in_the_way("overlap", there[-1])
    since = min([wish.since, *(leave.since for leave in there)])
    until = max([wish.until, *(leave.until for leave in there)])
    deputy = wish.deputy if wish.deputy is not None else next(iter(deputies), None)
    if any((one.since, one.until, one.deputy_id) == (since, until, deputy) for one in there):
        raise _in_the_way("same", there[0])
    return since, until, deputy


def _in_the_way(why: WhyNoLeave, leave: Leave) -> Refusal:
    return Refusal(
        LeaveRefused(
            why=why,
            person=leave.person_id,
            deputy=leave.deputy_id,
            since=leave.since,
            until=leave.until,
        )
    )


async def _is_there(wish: LeaveWish, days: _Days) -> None:
    """Who stands in is somebody else, and not away on any of the days to come."""
    since, until, deputy = days
    if deputy is None:
        return
    if deputy == wish.person:
        raise Refusal(LeaveRefused(why="self", person=wish.person))
    first = max(since, wish.today)
    for leave in await _leaves(deputy):
        if leave.since <= leave.until and leave.since <= until and leave.until >= first:
            refused = LeaveRefused(
                why="deputy_away",
                person=wish.person,
                deputy=deputy,
                since=leave.since,
                until=leave.until,
            )
            raise Refusal(refused)


async def _change(by: int, action: str, person: int, days: _Days) -> RosterChange:
    since, until, deputy = days
    return await RosterChange.create(
        at=await now(),
        by_id=by,
        action=action,
        person_id=person,
        deputy_id=deputy,
        since=since,
        until=until,
    )


async def _kept(
    by: int, row: RosterChange, moves: _Moves, notices: dict[int, Notice], before: list[Away]
) -> LeaveKept:
    assert row.person_id is not None
    await follow_leave(row.person_id, before, f"roster:{row.id}")
    told = await tell_each(notices, by, f"roster:{row.id}")
    await note_deed(by, f"roster.{row.action}", row.id, created=moves.created, moved=moves.moved)
    return LeaveKept(row.id, told)


async def end_leave(by: int, number: int, today: date, watchers: Iterable[int] = ()) -> LeaveKept:
    """End a leave yesterday, so that the person is back today; one to come is called off.

    Refusal when it is over already.
    """
    leave = await Leave.get(id=number)
    await _one_at_a_time(leave.person_id, leave.deputy_id)
    await leave.refresh_from_db()
    if leave.until < today or leave.until < leave.since:
        raise Refusal(LeaveRefused(why="none", person=leave.person_id))
    last = _before(today) if leave.since < today else _before(leave.since)
    before = await away_before(leave.person_id)
    moves = _Moves()
    days = leave.since, last, leave.deputy_id
    await moves.move(leave, days)
    row = await _change(by, "leave_end", leave.person_id, days)
    concerned = [one for one in (leave.deputy_id, leave.person_id, *watchers) if one is not None]
    over: dict[int, Notice] = {one: LeaveOver(change=row.id) for one in concerned}
    return await _kept(by, row, moves, over, before)
