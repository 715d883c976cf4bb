"""One message from hearing to saying: heard once, carried out in one transaction, answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chat.inbound import Inbound
from chat.message import Message
from chat.platforms import PLATFORMS
from chat.wording import compose
from commands.dispatch import Answer, Spoken, dispatch
from commands.knocking import knocked
from commands.turn import Place, Told
from domain.actions.hearing import keep_typed
from domain.actions.outbox import Address, put_answer
from domain.errors import AlreadyHeard, log_fault
from domain.notices.newcomers import NotOurs
from domain.notices.refusals import AccountUnknown
from domain.notices.views import PlainSeen, View
from domain.queries.outbox import Waiting, answers_to, stored_answer
from domain.queries.people import language_of, person_at, room_unit, speaker
from domain.queries.seen import seen_by
from domain.records import HeardMessage, ReplyAddress, hearing, today
from domain.trail import heard_trail, trail
from service.measures import Measured, answering
from service.newcomers import carry_out_waiting

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reply:
    """One thing said to the speaker: `entry` is its outbox row, None for what isn't kept.

    `chat` is the group it is said in, None one-to-one.
    """

    view: View
    message: Message
    chat: str | None = None
    entry: int | None = None


def _nothing() -> None:
    """Nobody wants to know."""


async def answer(
    inbound: Inbound, language: str, kept: Callable[[], None] = _nothing
) -> list[Reply]:
    """Hear a message and word its answers in `language`, unless the speaker chose another.

    A repeat gets the stored answer; what goes wrong is said, and never why. `kept` is called as
    soon as the message is known to be kept: then its answers are sure to be told.
    """
    with trail(heard_trail(inbound.platform, inbound.key)), answering(inbound.platform) as measured:
        replies = await _answered(inbound, language, measured, kept)
        entries = [reply.entry for reply in replies if reply.entry is not None]
        if PLATFORMS[inbound.platform].answers_in_response:
            measured.in_response = len(entries)
        facts = {"outcome": measured.outcome, "entries": entries}
        log.info("a message was heard", extra={"facts": facts})
        return replies


async def _answered(
    inbound: Inbound, language: str, measured: Measured, kept: Callable[[], None]
) -> list[Reply]:
    try:
        answers = await _heard(inbound, measured, kept)
    except _Failed as failed:
        measured.outcome = "not_recorded" if failed.notice == "NotRecorded" else "not_sure"
        return [_failure(failed.notice, inbound, language)]
    replies = [await _said(one, language) for one in answers]
    said = [reply for reply in replies if reply is not None]
    return said if len(said) == len(replies) else [*said, _failure("NotSure", inbound, language)]


class _Failed(Exception):
    def __init__(self, notice: Literal["NotRecorded", "NotSure"]) -> None:
        super().__init__(notice)
        self.notice = notice


async def _heard(inbound: Inbound, measured: Measured, kept: Callable[[], None]) -> list[Waiting]:
    """Carry the message out once; the answers as the outbox keeps them."""
    done = False
    try:
        async with hearing(*_identity(inbound), _reply_address(inbound)) as heard:
            ids = await _carried_out(inbound, heard)
            done = True
        kept()
        return await answers_to(ids)
    except AlreadyHeard:
        measured.outcome = "repeat"
        kept()
        return await _stored(inbound)
    except Exception as error:
        log_fault(log, "the message failed", error)
        # Before the end of the transaction nothing was kept; at its end we can't know.
        raise _Failed("NotSure" if done else "NotRecorded") from error


def _identity(inbound: Inbound) -> tuple[str, str, str, str]:
    """By which a repeat is known, and who may have its answer."""
    return inbound.platform, inbound.key, inbound.account, inbound.conversation


def _reply_address(inbound: Inbound) -> ReplyAddress | None:
    if inbound.reply_to is None or inbound.reply_until is None:
        return None
    return ReplyAddress(inbound.reply_to, inbound.reply_until)


async def _stored(inbound: Inbound) -> list[Waiting]:
    """The answer to a repeat, as it was kept."""
    try:
        stored = await stored_answer(*_identity(inbound))
    except Exception as error:
        log_fault(log, "the stored answer could not be read", error)
        raise _Failed("NotSure") from error
    if stored is None:
        # Somebody else's message under the same key: nothing of it is theirs to see.
        raise _Failed("NotRecorded")
    return stored


async def _carried_out(inbound: Inbound, heard: HeardMessage) -> list[int]:
    person = await person_at(inbound.platform, inbound.app, inbound.account)
    spoken_to = await (_stranger(inbound) if person is None else _dispatched(inbound, person))
    if spoken_to.echo.text:
        await keep_typed(heard, spoken_to.echo.text)
    at_once = PLATFORMS[inbound.platform].answers_in_response
    answers = [
        await put_answer(told.notice, _address(inbound, told, person), heard, place, door=at_once)
        for place, told in enumerate(spoken_to.told)
    ]
    await carry_out_waiting(spoken_to.admitted)
    return answers


async def _dispatched(inbound: Inbound, person: int) -> Answer:
    return await dispatch(await _spoken(inbound), await speaker(person, await today()))


async def _stranger(inbound: Inbound) -> Answer:
    """An account of nobody's is asked who it is if the platform vouches for it, else refused."""
    if not PLATFORMS[inbound.platform].vouches:
        return Answer([Told(AccountUnknown())])
    if not inbound.inside:
        return Answer([Told(NotOurs())])
    return await knocked(await _spoken(inbound), inbound.account)


async def _spoken(inbound: Inbound) -> Spoken:
    unit = None
    if inbound.group:
        unit = await room_unit(inbound.platform, inbound.app, inbound.conversation)
    place = Place(inbound.platform, inbound.app, inbound.conversation)
    mentioned = [await person_at(inbound.platform, inbound.app, one) for one in inbound.mentions]
    known = tuple(one for one in mentioned if one is not None)
    return Spoken(inbound.text, inbound.group, inbound.addressed, unit, place, known)


def _address(inbound: Inbound, told: Told, person: int | None) -> Address:
    if person is None or (inbound.group and not told.private):
        return Address(platform=inbound.platform, chat=inbound.conversation)
    return Address(person=person, platform=inbound.platform)


async def _said(waiting: Waiting, language: str) -> Reply | None:
    """Said now; None when it can't be worded: then the relay goes on trying."""
    try:
        return await _reply(waiting, language)
    except Exception as error:  # noqa: BLE001  whatever it is, there is an answer
        log_fault(log, f"notice {waiting.id} could not be worded", error)
        return None


async def _reply(waiting: Waiting, language: str) -> Reply:
    reader = None if waiting.chat else waiting.person
    view = await seen_by(waiting.notice, reader, occasion=waiting.key, heard=waiting.heard)
    chosen = await language_of(reader) if reader is not None else None
    return Reply(view, compose(view, chosen or language), waiting.chat, waiting.id)


def _failure(notice: Literal["NotRecorded", "NotSure"], inbound: Inbound, language: str) -> Reply:
    view = PlainSeen(notice=notice, outcome="refuse", private=not inbound.group)
    chat = inbound.conversation if inbound.group else None
    return Reply(view, compose(view, language), chat)
