"""Takes back whose account it is, and whose group: both are whose they were before."""

from __future__ import annotations

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.actions.accounts import AccountAt, same_account
from domain.actions.undone_rows import changes_of, moved_on, note_undone, rows_of
from domain.errors import Refusal
from domain.models import Account, Deed, Person, Room, RosterChange
from domain.notices.base import Notice
from domain.notices.undoing import UndoImpossible

_Former = tuple[int, int, str, str, str]


async def undo_account(deed: Deed) -> Notice:
    """The account is nobody's again, or whose it was; Refusal when it changed hands since.

    Somebody new, who got a seat with it, is taken out of the roster instead.
    """
    rows = await rows_of(changes_of(deed))
    person, former = rows[0].person_id, [tuple(one) for one in deed.details.get("former", [])]
    if person is None or rows[0].unit_id is not None:
        raise Refusal(UndoImpossible(kind=deed.kind, record=deed.record_id, person=person))
    people = list(dict.fromkeys([person, *(one[1] for one in former)]))
    await Person.filter(id__in=people).order_by("id").select_for_update()
    if deed.details.get("made", True):
        mine = Account.filter(id=deed.details["account"], person_id=person)
        if not await mine.delete():
            raise Refusal(moved_on(rows))
    for one in former:
        await _again(one, rows)
    return await note_undone(deed, rows, people)


async def _again(former: _Former, rows: list[RosterChange]) -> None:
    """Bound as before, if neither the account nor the person has found another since."""
    number, person, platform, app, user_id = former
    there = Account.filter(person_id=person, platform=platform)
    if await same_account(AccountAt(platform, app, user_id)) or await there.exists():
        raise Refusal(moved_on(rows))
    try:
        async with in_transaction():
            # By its old number: what was done with it before may be taken back too.
            await Account.create(
                id=number, person_id=person, platform=platform, app=app, user_id=user_id
            )
    except IntegrityError:
        raise Refusal(moved_on(rows)) from None


async def undo_room(deed: Deed) -> Notice:
    """The group is whose it was, or nobody's; Refusal when it was bound anew since."""
    rows, number = await rows_of(changes_of(deed)), deed.details["room"]
    room = await Room.select_for_update().get(id=number)
    later = Deed.filter(kind=deed.kind, id__gt=deed.id, undone_at__isnull=True)
    again = any(one.details["room"] == number for one in await later)
    if again or room.unit_id != deed.details["after"]:
        raise Refusal(moved_on(rows))
    await Room.filter(id=number).update(unit_id=deed.details["before"])
    return await note_undone(deed, rows)
