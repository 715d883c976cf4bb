"""An account that nobody knows speaks to us: what it typed waits, and it is asked who it is."""

from __future__ import annotations

from functools import cache
from typing import Any

from chat.words import languages, words
from commands.dialog import Answer, Spoken
from commands.parsing.messages import read_message
from commands.parsing.own_name import own_name
from commands.parsing.plain import plain
from commands.parsing.said import Talk
from commands.parsing.values import like_a_name
from commands.table import lexicon
from commands.turn import Place, Told
from domain.actions.accounts import AccountAt
from domain.actions.newcomers import WAITS, Knock, Named, begin, keep_message, name_newcomer
from domain.house import SCHOOL_TIME
from domain.notices.base import Notice
from domain.notices.newcomers import NameAsked, NewcomerWaits, NotLetIn
from domain.queries.newcomers import (
    NewcomerFound,
    bearers_of,
    newcomer_at,
    who_confirms,
)
from domain.records import now, today

# What ends a question ends no name: 方便吗.
_ASKING = ("吗", "呢", "吧", "么", "啊", "了", "呀", "嘛")


async def knocked(spoken: Spoken, account: str) -> Answer:
    """Ask who it is, take the name, or say how far the asking has come."""
    assert spoken.place is not None
    at = AccountAt(spoken.place.platform, spoken.place.app, account)
    found = await newcomer_at(at.platform, at.app, at.user_id)
    if found is None or await _begins_anew(found):
        message = _worth_keeping(spoken)
        await begin(_knock(spoken, spoken.place, at), message)
        if message is None and not spoken.group and await _says_who(spoken, at):
            begun = await newcomer_at(at.platform, at.app, at.user_id)
            if begun is not None and not begun.named:
                return await _unnamed(spoken, spoken.place, at, begun)
        late = found is not None and found.outcome == "expired"
        return _told(NameAsked(group=spoken.group, late=late, kept=message is not None))
    if found.outcome == "declined" and found.settled_at is not None:
        again = (found.settled_at + WAITS).astimezone(SCHOOL_TIME).date()
        return _told(NotLetIn(again_on=again))
    if found.named:
        return _told(NewcomerWaits(kept=found.kept, again=_worth_keeping(spoken) is not None))
    return await _unnamed(spoken, spoken.place, at, found)


async def _begins_anew(found: NewcomerFound) -> bool:
    """A day after a no, or when nobody said anything; or when the account was taken away."""
    if found.outcome == "declined":
        return found.settled_at is None or found.settled_at + WAITS <= await now()
    return found.outcome is not None


def _knock(spoken: Spoken, place: Place, at: AccountAt) -> Knock:
    return Knock(at, place.chat, spoken.group, spoken.room_unit)


def _told(notice: Notice) -> Answer:
    return Answer([Told(notice)])


async def _unnamed(spoken: Spoken, place: Place, at: AccountAt, found: NewcomerFound) -> Answer:
    """The next message is the name; a command is none, and waits instead of the one before."""
    message = _worth_keeping(spoken)
    if message is not None:
        await keep_message(_knock(spoken, place, at), message)
        return _told(NameAsked(group=spoken.group, kept=True))
    name = _name(spoken)
    if spoken.group or name is None:
        # What stands in a group isn't taken for a name, and never said again there.
        return _told(NameAsked(group=spoken.group, again=not spoken.group, kept=found.kept))
    bearers = await bearers_of(name, at.platform)
    asked = await who_confirms(found.unit, bearers, await today())
    named = Named(name, place.chat, bearers.people, bearers.rebind, asked.unit, asked.people)
    await name_newcomer(found.id, named)
    return _told(NewcomerWaits(kept=found.kept))


async def _says_who(spoken: Spoken, at: AccountAt) -> bool:
    """Whether the very first message is a name, though nobody has asked yet.

    我叫张三 is; a mere 张三 where the roster knows it, or where it looks like a name.
    """
    name = _name(spoken)
    if name is None or plain(name).endswith(_ASKING):
        return False
    introduced = plain(spoken.text or "").strip(" 。.,!?~") != plain(name)
    known = introduced or like_a_name(name)
    return known or bool((await bearers_of(name, at.platform)).people)


def _name(spoken: Spoken) -> str | None:
    said = plain(spoken.text or "").strip(" 。.,!?~")
    return None if said in _no_names() else own_name(spoken.text or "")


@cache
def _no_names() -> frozenset[str]:
    """What people say when they are asked anything: 好的, 你好, 取消."""
    keys = ("reply.yes.words", "reply.no.words", "reply.cancel.words", "reply.greeting.words")
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for key in keys for one in each.names(key))


# --- what waits ---------------------------------------------------------------------------


def _worth_keeping(spoken: Spoken) -> dict[str, Any] | None:
    """The message with all that carrying it out needs, if it holds a command."""
    if spoken.text is None or spoken.place is None:
        return None
    said = read_message(spoken.text, addressed=spoken.addressed, lexicon=lexicon())
    if isinstance(said[0], Talk):
        return None
    return {
        "text": spoken.text,
        "group": spoken.group,
        "addressed": spoken.addressed,
        "room_unit": spoken.room_unit,
        "chat": spoken.place.chat,
    }


def waited(kept: dict[str, Any], platform: str, app: str) -> Spoken:
    """What was typed then, to be carried out as if it were typed there now."""
    return Spoken(
        kept["text"],
        kept["group"],
        kept["addressed"],
        kept["room_unit"],
        Place(platform, app, kept["chat"]),
    )
