"""Says whose account it is, and keeps that one account is one person's."""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put
from domain.models import Account, Person, RosterChange
from domain.notices.newcomers import AccountBoundForYou
from domain.records import now


@dataclass(frozen=True)
class AccountAt:
    """An account as its platform names it; an empty `app` stands for all apps of the platform."""

    platform: str
    app: str
    user_id: str


class AccountTaken(Exception):
    """The account is another's, or the person has one there already: only a rebinding changes it.

    Raised before anything is written, or to undo what was.
    """


async def give_account(person: int, at: AccountAt, *, rebind: bool) -> int:
    """Make the account this person's, the only one there; its id. AccountTaken unless `rebind`.

    Two who do so at once wait for each other at the person's row.
    """
    await Person.filter(id=person).select_for_update().get()
    rows = await same_account(at)
    theirs = await Account.filter(platform=at.platform, person_id=person)
    if mine := [row.id for row in rows if row in theirs]:
        return mine[0]
    if (rows or theirs) and not rebind:
        raise AccountTaken
    await Account.filter(id__in=[row.id for row in (*rows, *theirs)]).delete()
    try:
        async with in_transaction():
            row = await Account.create(
                person_id=person, platform=at.platform, app=at.app, user_id=at.user_id
            )
    except IntegrityError:
        # Somebody gave it to another person in this very moment.
        raise AccountTaken from None
    return row.id


async def same_account(at: AccountAt) -> list[Account]:
    """The rows of that very account; without an app, those of all apps."""
    which = {"app__in": [at.app, ""]} if at.app else {}
    found = Account.filter(platform=at.platform, user_id=at.user_id, **which)
    return await found.order_by("id").prefetch_related("person")


async def note_binding(by: int, account: int, person: int, unit: int | None = None) -> None:
    """Write down who bound whom, for the roster's history."""
    change = await RosterChange.create(
        at=await now(), by_id=by, action="bind", person_id=person, unit_id=unit
    )
    await note_deed(by, "roster.bind", change.id, account=account)


async def bind_account(by: int, person: int, at: AccountAt, *, rebind: bool) -> None:
    """Bind an account by hand, and tell the person; AccountTaken unless `rebind`."""
    account = await give_account(person, at, rebind=rebind)
    await note_binding(by, account, person)
    notice = AccountBoundForYou(by=by, platform=at.platform)
    await put(notice, Address(person=person), f"account:{account}:bound")
