"""/roster bind: whose account it is, and whose group; who asks to be let in gets a yes or a no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chat.platforms import PLATFORMS
from chat.words import languages, words
from commands.declarations import Action, Field
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from commands.settling import ask_for, the_person
from commands.turn import Question, Told, Turn
from commands.units import the_unit
from domain.actions.accounts import AccountAt, AccountTaken, bind_account
from domain.actions.newcomers import Yes, decline, let_in, settle_elsewhere
from domain.actions.rooms import bind_room
from domain.errors import Refusal
from domain.notices.asking import ChoiceAsked, Dropped
from domain.notices.newcomers import (
    AccountBound,
    NewcomerDeclined,
    NewcomerGone,
    NewcomerLetIn,
    NewcomerSettled,
    NotInGroup,
    OnlyBy,
    PlatformUnknown,
    RebindAsked,
    RoomBound,
    RoomShown,
)
from domain.notices.values import FieldSaid, Option
from domain.queries.newcomers import (
    Bearers,
    NewcomerFound,
    account_holder,
    bearers_of,
    has_account,
    name_given,
    newcomer_of,
    target_of_unit,
)
from domain.queries.people import standing_of
from domain.queries.units import UnitFound, all_units, root_unit
from domain.rules.letting_in import binds_anybody, lets_in
from domain.rules.policy import reaches, row

BIND, DECLINE = "bind", "decline"
NEW_PERSON, REBIND, KEEP = "new_person", "rebind", "keep_account"

ACTIONS = (
    Action(
        BIND,
        (
            Field("edit", "choice", required=True, choices=(BIND,)),
            Field("newcomer", "newcomer"),
            Field("account", "account"),
            Field("whom", "whom"),
        ),
    ),
    Action(
        DECLINE,
        (
            Field("edit", "choice", required=True, choices=(DECLINE,)),
            Field("newcomer", "newcomer", required=True),
        ),
    ),
)

_PERSON = re.compile(r"p ?(\d{1,9})")
# What the records hold, and no sign that one can't see or type.
_USER_ID = re.compile(r"[!-~]{1,128}")
# Only these may say that an account is another's from now on.
_ADMIN, _BY_HAND = ("admin",), ("office", "admin")


async def answer(turn: Turn) -> Sequence[Told]:
    """Let a newcomer in or not, bind an account by hand, or bind the group where it is typed."""
    turn.settle(FieldSaid("edit", "plain", turn.filling.action))
    if turn.filling.action == DECLINE:
        return await _decline(turn)
    if turn.last("newcomer") is not None:
        return await _let_in(turn, await _newcomer(turn))
    if turn.last("account") is not None:
        return await _by_hand(turn)
    return await _group(turn)


# --- a newcomer ---------------------------------------------------------------------------


async def _newcomer(turn: Turn) -> NewcomerFound:
    """The one of that number who waits, if the asker may decide; else there is none for them."""
    number = number_of(plain(turn.last("newcomer") or "").strip().removeprefix("n"))
    if number is None:
        raise ask_for(turn, "newcomer")
    turn.settle(FieldSaid("newcomer", "plain", number))
    found = await newcomer_of(number)
    scopes = row("roster", turn.filling.action).scopes
    where = await target_of_unit(found.unit if found else None)
    if found is None or not reaches(turn.asker.standing, scopes, where):
        raise Refusal(_gone(turn, number))
    if found.outcome in ("let_in", "declined"):
        raise Refusal(_settled(turn, found))
    if found.outcome is not None or not found.named:
        raise Refusal(_gone(turn, number))
    return found


def _gone(turn: Turn, number: int) -> NewcomerGone:
    return NewcomerGone(newcomer=number, understood=turn.understood())


def _settled(turn: Turn, found: NewcomerFound) -> NewcomerSettled:
    return NewcomerSettled(
        newcomer=found.id,
        let_in=found.outcome == "let_in",
        by=found.settled_by,
        understood=turn.understood(),
    )


async def _too_late(turn: Turn, number: int) -> NewcomerSettled | NewcomerGone:
    """Somebody was first, or the day was over, between the look and the deed."""
    found = await newcomer_of(number)
    late = found is not None and found.outcome in ("let_in", "declined")
    return _settled(turn, found) if found is not None and late else _gone(turn, number)


async def _decline(turn: Turn) -> Sequence[Told]:
    found = await _newcomer(turn)
    if not await decline(found.id, turn.asker.person):
        raise Refusal(await _too_late(turn, found.id))
    return [Told(NewcomerDeclined(newcomer=found.id, understood=turn.understood()))]


async def _let_in(turn: Turn, found: NewcomerFound) -> Sequence[Told]:
    name = await name_given(found.id) or ""
    person = await _meant(turn, await bearers_of(name, found.platform))
    rebound = person is not None and await has_account(person, found.platform)
    await _may_let_in(turn, found, person, rebind=rebound)
    unit = None if person is not None else found.unit or (await root_unit()).id
    yes = Yes(turn.asker.person, person, name, unit, rebind=rebound)
    try:
        done = await let_in(found.id, yes)
    except AccountTaken:
        raise Refusal(OnlyBy(what="rebind", who=_ADMIN, person=person)) from None
    if done is None:
        raise Refusal(await _too_late(turn, found.id))
    notice = NewcomerLetIn(
        newcomer=found.id,
        person=done.person,
        unit=unit,
        kept=done.kept,
        rebound=rebound,
        understood=turn.understood(),
    )
    return [Told(notice, admits=found.id)]


async def _meant(turn: Turn, bearers: Bearers) -> int | None:
    """Who it is: as was said, else the only one who bears the name; None for somebody new."""
    picked = turn.pick("whom")
    if picked == NEW_PERSON:
        return None
    if isinstance(picked, int):
        return picked
    said = turn.last("whom")
    if said is None:
        return _by_name(turn, bearers)
    if plain(said).strip() in _new_words():
        return None
    number = _PERSON.fullmatch(plain(said).strip())
    # By number only one who bears the name: any other is called by name.
    if number and int(number[1]) in bearers.people:
        return int(number[1])
    return await the_person(turn, "whom", said)


def _by_name(turn: Turn, bearers: Bearers) -> int:
    # Who has an account already is never meant by a mere yes.
    if len(bearers.people) == 1 and not bearers.rebind:
        return bearers.people[0]
    options = (
        *(Option("person", one) for one in bearers.people),
        Option("word", NEW_PERSON),
    )
    notice = ChoiceAsked(field="whom", options=options, understood=turn.understood())
    raise Question(notice, "whom", options, private=True)


async def _may_let_in(
    turn: Turn, found: NewcomerFound, person: int | None, *, rebind: bool
) -> None:
    whom = [await standing_of(person, turn.today)] if person is not None else []
    where = await target_of_unit(found.unit)
    if lets_in(turn.asker.standing, where, whom, rebind=rebind):
        return
    who = _ADMIN if rebind else _BY_HAND
    raise Refusal(OnlyBy(what="rebind" if rebind else "seat", who=who, person=person))


@cache
def _new_words() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.newcomer.words"))


# --- by hand ------------------------------------------------------------------------------


async def _by_hand(turn: Turn) -> Sequence[Told]:
    if not binds_anybody(turn.asker.standing):
        raise Refusal(OnlyBy(what="by_hand", who=_BY_HAND, understood=turn.understood()))
    at = _account(turn)
    said = turn.last("whom")
    if said is None:
        raise ask_for(turn, "whom")
    person = await the_person(turn, "whom", said)
    turn.settle(FieldSaid("whom", "person", person))
    holder = await account_holder(at.platform, at.app, at.user_id)
    if holder == person:
        return [Told(_bound(turn, at, person, already=True))]
    taken = holder is not None or await has_account(person, at.platform)
    if taken:
        _confirm(turn, at, person, holder)
    waiting = await settle_elsewhere(at, turn.asker.person, person)
    try:
        await bind_account(turn.asker.person, person, at, rebind=taken)
    except AccountTaken:
        # Somebody bound it while we looked: this time it is seen.
        raise Refusal(_rebind(turn, at, person, None)) from None
    kept = waiting is not None
    return [Told(_bound(turn, at, person, kept=kept, rebound=taken), admits=waiting)]


def _account(turn: Turn) -> AccountAt:
    """dingtalk:manager01, in all apps of the platform; 钉钉：manager01 is the same."""
    called, _, user_id = (turn.last("account") or "").replace("：", ":").partition(":")
    platform = platforms_called().get(plain(called).strip())
    user_id = user_id.strip()
    if platform is None:
        known = tuple(PLATFORMS)
        raise Refusal(PlatformUnknown(platforms=known, understood=turn.understood()))
    if not _USER_ID.fullmatch(user_id):
        raise ask_for(turn, "account")
    return AccountAt(platform, "", user_id)


def platforms_called() -> dict[str, str]:
    """Each platform that we have by all it may be called."""
    spoken = [words(language) for language in languages()]
    called: dict[str, str] = {}
    for name in PLATFORMS:
        key = f"choice.platform.{name}.words"
        known = [one for each in spoken if each.has(key) for one in each.names(key)]
        called |= {plain(one): name for one in (name, *known)}
    return called


def _bound(
    turn: Turn,
    at: AccountAt,
    person: int,
    *,
    already: bool = False,
    kept: bool = False,
    rebound: bool = False,
) -> AccountBound:
    return AccountBound(
        person=person,
        platform=at.platform,
        already=already,
        kept=kept,
        rebound=rebound,
        understood=turn.understood(),
    )


def _confirm(turn: Turn, at: AccountAt, person: int, holder: int | None) -> None:
    """An account changes hands only when an admin says so twice."""
    if "admin" not in turn.asker.standing.roles:
        raise Refusal(OnlyBy(what="rebind", who=_ADMIN, person=holder or person))
    if turn.pick("rebind") == KEEP:
        raise Refusal(Dropped())
    if turn.pick("rebind") != REBIND:
        notice = _rebind(turn, at, person, holder)
        raise Question(notice, "rebind", notice.options)


def _rebind(turn: Turn, at: AccountAt, person: int, holder: int | None) -> RebindAsked:
    return RebindAsked(
        person=person,
        platform=at.platform,
        holder=holder,
        options=(Option("word", REBIND), Option("word", KEEP)),
        understood=turn.understood(),
    )


# --- a group ------------------------------------------------------------------------------


async def _group(turn: Turn) -> Sequence[Told]:
    said = turn.last("whom")
    if said is None and turn.pick("unit") is None:
        if turn.room == "direct":
            raise ask_for(turn, "whom")
        return [Told(RoomShown(unit=turn.room_unit, understood=turn.understood()))]
    if said is not None and turn.pick("unit") is None:
        turn.filling.put("unit", said)
    unit = await _unit(turn)
    if turn.room == "direct" or turn.place is None:
        raise Refusal(NotInGroup(unit=unit.id, understood=turn.understood()))
    await _may_bind(turn, unit.id)
    place = turn.place
    await bind_room(turn.asker.person, place.platform, place.app, place.chat, unit.id)
    before = turn.room_unit if turn.room_unit != unit.id else None
    return [Told(RoomBound(unit=unit.id, before=before, understood=turn.understood()))]


async def _unit(turn: Turn) -> UnitFound:
    """The unit that was said; a class's group is its grade's."""
    meant = await the_unit(turn)
    if meant.school_class is not None:
        grade = meant.school_class.name.grade
        return next(one for one in await all_units() if one.grade == grade)
    return meant.unit or await root_unit()


async def _may_bind(turn: Turn, unit: int) -> None:
    """A liaison may bind a group to his unit, and take none from another's."""
    scopes = row("roster", BIND).scopes
    for one in {unit, turn.room_unit or unit}:
        if not reaches(turn.asker.standing, scopes, await target_of_unit(one)):
            who = ("liaison", *_BY_HAND)
            raise Refusal(OnlyBy(what="room", who=who, unit=one, understood=turn.understood()))
