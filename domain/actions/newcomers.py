"""An unknown account: its message waits sealed for a day, until somebody says yes or no."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.actions.accounts import AccountAt, give_account, note_binding
from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put
from domain.actions.school import add_person, add_seat
from domain.actions.sealing import RowKey, destroy_key, new_row_key, row_key, sealed
from domain.models import Heard, Newcomer
from domain.notices.newcomers import NewcomerAsks, NewcomerWelcome, NotLetIn
from domain.records import now, today
from domain.sealing import Sealed, new_seal_id

# How long a newcomer waits to be confirmed, and after a no to ask again (the school's clock).
WAITS = timedelta(days=1)


@dataclass(frozen=True)
class Knock:
    """Where an unknown account spoke to us; `unit` is whose group that is, if we know."""

    at: AccountAt
    conversation: str
    group: bool
    unit: int | None


# --- at the door --------------------------------------------------------------------------


async def begin(knock: Knock, message: dict[str, Any] | None) -> None:
    """A newcomer with what it typed, if that is worth keeping; one of before is forgotten.

    The number is a new one, so that nobody says yes to what was asked earlier.
    """
    for row in await _rows_of(knock.at):
        await destroy_key(row.key_id)
        await row.delete()
    key, seal = await new_row_key(), new_seal_id()
    at = await now()
    try:
        async with in_transaction():
            await Newcomer.create(
                seal=seal,
                key_id=key.id,
                platform=knock.at.platform,
                app=knock.at.app,
                user_id=knock.at.user_id,
                conversation=knock.conversation,
                group=knock.group,
                unit_id=knock.unit,
                message=_sealed_message(message, seal, key),
                asked_at=at,
                expires_at=at + WAITS,
            )
    except IntegrityError:
        # Its two first messages came at once, and the other was quicker.
        await destroy_key(key.id)
        await keep_message(knock, message)


async def _rows_of(at: AccountAt) -> list[Newcomer]:
    return await Newcomer.filter(platform=at.platform, app=at.app, user_id=at.user_id)


def _sealed_message(message: dict[str, Any] | None, seal: str, key: RowKey) -> Sealed | None:
    return sealed(json.dumps(message), Newcomer, "message", seal, key) if message else None


async def keep_message(knock: Knock, message: dict[str, Any] | None) -> None:
    """The newest command waits instead of the one before, as long as no name was given."""
    for row in await _rows_of(knock.at):
        if message is not None and row.key_id is not None and row.name is None:
            await Newcomer.filter(id=row.id, name__isnull=True).update(
                message=_sealed_message(message, row.seal, await row_key(row.key_id)),
                group=knock.group,
                # Once the group told whose they are, a word one-to-one doesn't take it away.
                unit_id=knock.unit or row.unit_id,
            )


@dataclass(frozen=True)
class Named:
    """The name that a newcomer gave one-to-one, and who is asked about it.

    `people` bear that name; `rebind`: each has an account there. `unit` is whose liaison is
    asked, and where somebody new will have a seat.
    """

    name: str
    conversation: str
    people: tuple[int, ...]
    rebind: bool
    unit: int | None
    asked: tuple[int, ...]


async def name_newcomer(number: int, named: Named) -> bool:
    """Keep the name, ask those who may confirm it; False when a name was given before.

    It stays as it is from now on: what somebody says yes to is what they were told.
    """
    row = await Newcomer.get(id=number)
    if row.key_id is None:
        return False
    name = sealed(named.name, Newcomer, "name", row.seal, await row_key(row.key_id))
    kept = await Newcomer.filter(id=number, outcome__isnull=True, name__isnull=True).update(
        name=name,
        conversation=named.conversation,
        unit_id=named.unit,
        expires_at=await now() + WAITS,
    )
    if not kept:
        return False
    notice = NewcomerAsks(newcomer=number, people=named.people, rebind=named.rebind)
    for person in named.asked:
        await put(notice, Address(person=person), f"newcomer:{number}:asks:{person}")
    return True


# --- yes and no ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Yes:
    """Who a newcomer is, as `by` says: somebody on the roster, else somebody new of that name."""

    by: int
    person: int | None
    name: str
    unit: int | None
    rebind: bool = False


@dataclass(frozen=True)
class LetIn:
    """Whose account it is now; `kept`: what was typed waits to be carried out."""

    person: int
    kept: bool


async def let_in(number: int, yes: Yes) -> LetIn | None:
    """The account is theirs; None when somebody was first or the day is over.

    AccountTaken when it must be a rebinding, and isn't: the caller undoes what was written.
    """
    if not await _settled(number, "let_in", yes.by):
        return None
    row = await Newcomer.get(id=number)
    person = yes.person if yes.person is not None else await _somebody_new(yes)
    at = AccountAt(row.platform, row.app, row.user_id)
    given = await give_account(person, at, rebind=yes.rebind)
    unit = yes.unit if yes.person is None else None
    await note_binding(yes.by, given, person, unit)
    await Newcomer.filter(id=number).update(person_id=person)
    kept = row.message is not None
    notice = NewcomerWelcome(person=person, by=yes.by, unit=unit, kept=kept)
    await put(notice, Address(person, row.platform), f"newcomer:{number}:welcome")
    return LetIn(person, kept)


async def _somebody_new(yes: Yes) -> int:
    """A teacher of the unit: without a seat one may do nothing at all."""
    person = await add_person(yes.name)
    await add_seat(person, "teacher", await today(), unit=yes.unit)
    return person


async def decline(number: int, by: int) -> bool:
    """Not one of us, or not who it says; what was typed is destroyed. Whether it was in time."""
    if not await _settled(number, "declined", by):
        return False
    row = await Newcomer.get(id=number)
    await forget_words(number)
    await _tell_declined(row)
    await note_deed(by, "roster.decline", number)
    return True


async def _tell_declined(row: Newcomer) -> None:
    """Where the name was given, which is one-to-one; as an answer, for they are nobody to us."""
    said = Heard.filter(platform=row.platform, account=row.user_id, conversation=row.conversation)
    last = await said.order_by("-id").first()
    to = Address(platform=row.platform, chat=row.conversation)
    notice = NotLetIn(again_on=await today() + WAITS)
    await put(notice, to, f"newcomer:{row.id}:declined", heard=last.id if last else None)


async def _settled(number: int, outcome: str, by: int | None) -> bool:
    """Who comes first decides; nobody does after the day."""
    at = await now()
    waiting = Newcomer.filter(id=number, outcome__isnull=True, expires_at__gt=at)
    named = waiting.filter(name__isnull=False)
    return bool(await named.update(outcome=outcome, settled_at=at, settled_by_id=by))


# --- afterwards ---------------------------------------------------------------------------


async def forget_words(number: int) -> None:
    """Destroy the key of what the newcomer said: the name, and the message."""
    row = await Newcomer.get(id=number)
    await Newcomer.filter(id=number).update(name=None, message=None, key_id=None)
    await destroy_key(row.key_id)


async def expire_newcomers() -> int:
    """Destroy what waited for a day in vain; how many there were."""
    at: datetime = await now()
    over = await Newcomer.filter(outcome__isnull=True, expires_at__lte=at).order_by("id")
    return sum([await _expired(row.id, at) for row in over])


async def _expired(number: int, at: datetime) -> bool:
    async with in_transaction():
        over = Newcomer.filter(id=number, outcome__isnull=True, expires_at__lte=at)
        if not await over.update(outcome="expired", settled_at=at):
            return False
        await forget_words(number)
        return True


async def settle_elsewhere(at: AccountAt, by: int | None, person: int) -> int | None:
    """The account was bound another way: whoever waits with it is let in by that.

    The number of the newcomer whose message is to be carried out now, if one waits.
    """
    same = Newcomer.filter(platform=at.platform, user_id=at.user_id, outcome__isnull=True)
    moment, waiting = await now(), None
    for row in await same.order_by("id"):
        open_still = Newcomer.filter(id=row.id, outcome__isnull=True)
        outcome = "let_in" if row.expires_at > moment else "expired"
        mine = await open_still.update(
            outcome=outcome, settled_at=moment, settled_by_id=by, person_id=person
        )
        if mine and outcome == "let_in" and by is not None and row.message is not None:
            waiting = row.id
        elif mine:
            await forget_words(row.id)
    return waiting
