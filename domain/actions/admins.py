"""Makes sure that those whom the settings name as admins are some, before anybody is served."""

from __future__ import annotations

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from domain.actions.accounts import AccountAt, AccountTaken, give_account, same_account
from domain.actions.newcomers import settle_elsewhere
from domain.actions.school import add_person
from domain.models import Person, RosterChange, Seat, Unit
from domain.records import now, today

# What somebody is called of whom nothing but the account is known.
_CALLED = "管理员"


async def ensure_admins(accounts: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    """Each (platform, user id) belongs to a person with the admin's seat; the persons' ids.

    An account that is bound already makes its person an admin; an unknown one makes somebody
    new. Who was named before and isn't any more keeps the seat: `/roster` takes it. The school's
    units must be there. Doing it again changes nothing.
    """
    return tuple([await _ensured(*one) for one in dict.fromkeys(accounts)])


async def _ensured(platform: str, user_id: str) -> int:
    at = AccountAt(platform, "", user_id)
    try:
        async with in_transaction():
            return await _seated(at)
    except AccountTaken:
        # Another process that starts just now was quicker with the same account.
        async with in_transaction():
            return await _seated(at)


async def _seated(at: AccountAt) -> int:
    known = [int(row.person.id) for row in await same_account(at)]
    person = known[0] if known else await _new_admin(at)
    await Person.filter(id=person).select_for_update().get()
    day = await today()
    seats = await Seat.filter(person_id=person, role="admin", since__lte=day)
    if not any(seat.until is None or seat.until > day for seat in seats):
        root = await Unit.get(kind="school")
        await Seat.create(person_id=person, unit_id=root.id, role="admin", since=day)
        await RosterChange.create(
            at=await now(), action="add", person_id=person, unit_id=root.id, role="admin", since=day
        )
    return person


async def _new_admin(at: AccountAt) -> int:
    taken = {one.name for one in await Person.filter(name__startswith=_CALLED)}
    names = (f"{_CALLED}{place or ''}" for place in (0, *range(2, len(taken) + 3)))
    person = await add_person(next(name for name in names if name not in taken))
    # One who knocked with it must not be let in as somebody else later.
    await settle_elsewhere(at, None, person)
    await give_account(person, at, rebind=False)
    await RosterChange.create(at=await now(), action="bind", person_id=person)
    return person
