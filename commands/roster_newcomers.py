"""/roster bind N3, /roster decline N3: who asks to be let in gets a yes or a no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chat.words import languages, words
from commands.declarations import Action, Field
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from commands.settling import ask_for, the_person
from commands.turn import Question, Told, Turn
from domain.actions.accounts import AccountTaken
from domain.actions.newcomers import Yes, decline, let_in
from domain.errors import Refusal
from domain.notices.asking import ChoiceAsked
from domain.notices.newcomers import (
    NewcomerDeclined,
    NewcomerGone,
    NewcomerLetIn,
    NewcomerSettled,
    OnlyBy,
)
from domain.notices.values import FieldSaid, Option
from domain.queries.newcomers import (
    Bearers,
    NewcomerFound,
    bearers_of,
    has_account,
    name_given,
    newcomer_of,
    target_of_unit,
)
from domain.queries.people import standing_of
from domain.queries.units import root_unit
from domain.rules.letting_in import lets_in
from domain.rules.policy import Role, reaches, row

DECLINE = Action(
    "decline",
    (
        Field("edit", "choice", required=True, choices=("decline",)),
        Field("newcomer", "newcomer", required=True),
    ),
)

NEW_PERSON = "new_person"
# Only these may say that an account is another's from now on, or whose it is at all.
ADMIN: tuple[Role, ...] = ("admin",)
BY_HAND: tuple[Role, ...] = ("office", "admin")
_PERSON = re.compile(r"p ?(\d{1,9})")


async def let_in_newcomer(turn: Turn) -> Sequence[Told]:
    """Say yes: the account is theirs, and what they typed is carried out after this."""
    found = await _newcomer(turn)
    name = await name_given(found.id) or ""
    person = await _meant(turn, await bearers_of(name, found.platform))
    rebound = person is not None and await has_account(person, found.platform)
    await _may_let_in(turn, found, person, rebind=rebound)
    unit = None if person is not None else found.unit or (await root_unit()).id
    yes = Yes(turn.asker.person, person, name, unit, rebind=rebound)
    try:
        done = await let_in(found.id, yes)
    except AccountTaken:
        raise Refusal(OnlyBy(what="rebind", who=ADMIN, person=person)) from None
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


async def decline_newcomer(turn: Turn) -> Sequence[Told]:
    """Say no; what they typed is destroyed."""
    turn.settle(FieldSaid("edit", "plain", turn.filling.action))
    found = await _newcomer(turn)
    if not await decline(found.id, turn.asker.person):
        raise Refusal(await _too_late(turn, found.id))
    return [Told(NewcomerDeclined(newcomer=found.id, understood=turn.understood()))]


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
    who = ADMIN if rebind else BY_HAND
    raise Refusal(OnlyBy(what="rebind" if rebind else "seat", who=who, person=person))


@cache
def _new_words() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.newcomer.words"))
