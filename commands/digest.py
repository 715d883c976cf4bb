"""/digest: how a week went, as it was told then, or so far; a leader's by the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.parsing.weeks import WeekSaid, week_in
from commands.settling import the_person
from commands.turn import Told, Turn
from domain.errors import Refusal
from domain.house import house
from domain.notices.digests import DigestUnknown, WeekImpossible, WeeklyDigest
from domain.queries.digest_readers import kept_digest, latest_week, reader_of
from domain.queries.digests import digest_for
from domain.records import now
from domain.rules.digests import digest_until, week_of
from domain.rules.policy import Scope, row

COMMAND = Command("digest", (Action("show", (Field("week", "text"), Field("person", "person"))),))


async def answer(turn: Turn) -> Sequence[Told]:
    """The week that was said, else the last one that was told, else this one so far."""
    said, name = _said(turn)
    week = _real_week(said, turn) if said else None
    person = turn.asker.person
    if name:
        turn.filling.put("person", name)
        person = await the_person(turn, "person", name)
    if person != turn.asker.person and not _may_see_others(turn):
        raise Refusal(DigestUnknown(person=person))
    week = week or await latest_week(person) or week_of(turn.today)
    digest = await kept_digest(person, week) or await _so_far(person, week, turn)
    if digest is None:
        other = person if person != turn.asker.person else None
        raise Refusal(DigestUnknown(week=week, person=other))
    of = None if person == turn.asker.person else person
    shown = replace(digest, of=of, understood=turn.understood())
    return [Told(shown, private=True)]


def _said(turn: Turn) -> tuple[WeekSaid | None, str]:
    """The week and the name among what was said: 上周 蔡平."""
    words = " ".join(filter(None, (turn.last("week"), turn.last("person"))))
    found = week_in(words, turn.today)
    return found, found.rest if found else words.strip()


def _real_week(said: WeekSaid, turn: Turn) -> str:
    """Refused when no year has it, and when it is still to come."""
    this = week_of(turn.today)
    if said.week is None or said.week > this:
        raise Refusal(WeekImpossible(number=said.number, ahead=said.week is not None, this=this))
    return said.week


def _may_see_others(turn: Turn) -> bool:
    scopes = row("digest", "show").scopes
    return any(scopes[role] is Scope.SCHOOL for role in turn.asker.standing.roles)


async def _so_far(person: int, week: str, turn: Turn) -> WeeklyDigest | None:
    """This week, as far as it has come; for who gets one."""
    reader = await reader_of(person, turn.today)
    if reader is None or week != week_of(turn.today):
        return None
    moment = await now()
    since = digest_until(moment, house().plan.pace)
    return await digest_for(reader, since, moment, so_far=True)
