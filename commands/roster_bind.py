"""/roster bind: whose account it is, and whose group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.platforms import PLATFORMS
from chat.words import languages, words
from commands.declarations import Action, Field
from commands.parsing.plain import plain
from commands.roster_newcomers import ADMIN, BY_HAND, let_in_newcomer
from commands.settling import ask_for, the_person
from commands.turn import Question, Told, Turn
from commands.units import the_unit
from domain.actions.accounts import AccountAt, AccountTaken, bind_account
from domain.actions.newcomers import settle_elsewhere
from domain.actions.rooms import RoomWish, bind_room
from domain.errors import Refusal
from domain.notices.asking import Dropped
from domain.notices.newcomers import (
    AccountBound,
    NotInGroup,
    OnlyBy,
    PlatformUnknown,
    RebindAsked,
    RoomBound,
    RoomShown,
)
from domain.notices.values import FieldSaid, Option
from domain.queries.newcomers import (
    account_holder,
    has_account,
    target_of_unit,
)
from domain.queries.roster import liaisons_of
from domain.queries.units import UnitFound, all_units, root_unit
from domain.rules.letting_in import binds_anybody
from domain.rules.policy import reaches, row

BIND = Action(
    "bind",
    (
        Field("edit", "choice", required=True, choices=("bind",)),
        Field("newcomer", "newcomer"),
        Field("account", "account"),
        Field("whom", "whom"),
    ),
)

REBIND, KEEP = "rebind", "keep_account"
# What the records hold, and no sign that one can't see or type.
_USER_ID = re.compile(r"[!-~]{1,128}")


async def bind(turn: Turn) -> Sequence[Told]:
    """Let a newcomer in, bind an account by hand, or bind the group where it is typed."""
    turn.settle(FieldSaid("edit", "plain", turn.filling.action))
    if turn.last("newcomer") is not None:
        return await let_in_newcomer(turn)
    if turn.last("account") is not None:
        return await _by_hand(turn)
    return await _group(turn)


# --- by hand ------------------------------------------------------------------------------


async def _by_hand(turn: Turn) -> Sequence[Told]:
    if not binds_anybody(turn.asker.standing):
        raise Refusal(OnlyBy(what="by_hand", who=BY_HAND, understood=turn.understood()))
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
        raise Refusal(OnlyBy(what="rebind", who=ADMIN, person=holder or person))
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
    wish = RoomWish(
        by=turn.asker.person,
        platform=place.platform,
        app=place.app,
        chat=place.chat,
        unit=unit.id,
        watchers=await liaisons_of({unit.id, turn.room_unit or unit.id}, turn.today),
    )
    bound = await bind_room(wish)
    before = turn.room_unit if turn.room_unit != unit.id else None
    notice = RoomBound(unit=unit.id, before=before, already=not bound, understood=turn.understood())
    return [Told(notice)]


async def _unit(turn: Turn) -> UnitFound:
    """The unit that was said; a class's group is its grade's."""
    meant = await the_unit(turn)
    if meant.school_class is not None:
        grade = meant.school_class.name.grade
        return next(one for one in await all_units() if one.grade == grade)
    return meant.unit or await root_unit()


async def _may_bind(turn: Turn, unit: int) -> None:
    """A liaison may bind a group to his unit, and take none from another's."""
    scopes = row("roster", "bind").scopes
    for one in {unit, turn.room_unit or unit}:
        if not reaches(turn.asker.standing, scopes, await target_of_unit(one)):
            who = ("liaison", *BY_HAND)
            raise Refusal(OnlyBy(what="room", who=who, unit=one, understood=turn.understood()))
