"""Says whose account it is, and keeps that one account is one person's."""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put, reached_at_last
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


@dataclass(frozen=True)
class Given:
    """Whose account it is now, by its id; whether it was made, and which ones it came instead of.

    `former` are the id, the person, the platform, the app and the account of each.
    """

    account: int
    made: bool = True
    former: tuple[tuple[int, int, str, str, str], ...] = ()


async def give_account(person: int, at: AccountAt, *, rebind: bool) -> Given:
    """Make the account this person's, the only one there. AccountTaken unless `rebind`.

    Two who do so at once wait for each other at the person's row.
    """
    await Person.filter(id=person).select_for_update().get()
    rows = await same_account(at)
    theirs = await Account.filter(platform=at.platform, person_id=person).order_by("id")
    if mine := [row.id for row in rows if row in theirs]:
        return Given(mine[0], made=False)
    if (rows or theirs) and not rebind:
        raise AccountTaken
    if not await Account.filter(person_id=person).exists():
        await reached_at_last(person)
    gone = {row.id: row for row in (*rows, *theirs)}
    await Account.filter(id__in=list(gone)).delete()
    try:
        async with in_transaction():
            row = await Account.create(
                person_id=person, platform=at.platform, app=at.app, user_id=at.user_id
            )
    except IntegrityError:
        # Somebody gave it to another person in this very moment.
        raise AccountTaken from None
    former = [(one.id, one.person_id, one.platform, one.app, one.user_id) for one in gone.values()]
    return Given(row.id, former=tuple(former))


async def same_account(at: AccountAt) -> list[Account]:
    """The rows of that very account; without an app, those of all apps."""
    which = {"app__in": [at.app, ""]} if at.app else {}
    found = Account.filter(platform=at.platform, user_id=at.user_id, **which)
    return await found.order_by("id").prefetch_related("person")


async def note_binding(by: int, given: Given, person: int, unit: int | None = None) -> None:
    """Write down who bound whom, for the roster's history; `unit` is a new person's."""
    change = await RosterChange.create(
        at=await now(), by_id=by, action="bind", person_id=person, unit_id=unit
    )
    former = [list(one) for one in given.former]
    details = {"account": given.account, "made": given.made, "former": former}
    await note_deed(by, "roster.bind", change.id, **details)


async def bind_account(by: int, person: int, at: AccountAt, *, rebind: bool) -> None:
    """Bind an account by hand, and tell the person; AccountTaken unless `rebind`."""
    given = await give_account(person, at, rebind=rebind)
    await note_binding(by, given, person)
    notice = AccountBoundForYou(by=by, platform=at.platform)
    await put(notice, Address(person=person), f"account:{given.account}:bound")
