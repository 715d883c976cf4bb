"""Whom a problem's moves concern: who hears of its claim, and who tells which family."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tortoise.expressions import Q

from domain.models import ProblemNamed
from domain.queries.answering_for import approver_for, present, who_answers
from domain.queries.people import deputies_on, holders_of, seats_on
from domain.queries.problems import ProblemFound, VoiceFound, answering_department, voices_of
from domain.rules.satisfaction import settled
from domain.rules.tellers import told_by_office


async def watching(problem: ProblemFound, day: date) -> tuple[int, ...]:
    """Who hears that somebody took it: the liaison of where it arose, and the leaders.

    That is of where it arose and of who answers for it; who stands in hears of it, too.
    """
    places = {problem.unit, await answering_department(problem)} - {None}
    seats = await seats_on(day, Q(unit_id__in=places, role__in=("leader", "liaison")))
    people = [seat.person_id for seat in seats if _watches(seat.role, seat.unit_id, problem)]
    return await with_deputies(people, day)


def _watches(role: str, unit: int | None, problem: ProblemFound) -> bool:
    return role == "leader" or unit == problem.unit


async def with_deputies(people: Iterable[int], day: date) -> tuple[int, ...]:
    """They, and whoever stands in for them today."""
    known = tuple(dict.fromkeys(people))
    away = await deputies_on(day, set(known))
    return tuple(dict.fromkeys((*known, *(away[one] for one in known if one in away))))


async def tellers_of(problem: ProblemFound, day: date) -> dict[int, tuple[int, ...]]:
    """Who is to tell which of the voices that are still to be told, by their ids.

    Whoever recorded it, or who stands in for them today; the office for what was sent in, and for
    what its recorder may know nothing of. Of a red flag nobody but the recorder knows.
    """
    heard = await voices_of(problem.id)
    voices = [one for one in heard if not settled(one.satisfaction, one.tries)]
    if problem.red_flag:
        return _by_recorder(voices)
    office = await holders_of("office", day)
    stand_in = await deputies_on(day, {one.recorded_by for one in voices} | set(office))
    found: dict[int, list[int]] = {}
    for voice in voices:
        by_office = told_by_office(voice.source) or voice.recorded_by in problem.sight.barred
        for person in office if by_office else (voice.recorded_by,):
            found.setdefault(stand_in.get(person, person), []).append(voice.id)
    return {person: tuple(theirs) for person, theirs in found.items()}


def _by_recorder(voices: list[VoiceFound]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for voice in voices:
        found.setdefault(voice.recorded_by, []).append(voice.id)
    return {person: tuple(theirs) for person, theirs in found.items()}


def tells(
    people: frozenset[int], voice: VoiceFound, problem: ProblemFound, *, office: bool
) -> bool:
    """Whether a voice is for one of these to tell; what was sent in is for the office."""
    by_office = told_by_office(voice.source) and not problem.red_flag
    return office if by_office else voice.recorded_by in people


async def next_up(problem: ProblemFound, day: date) -> int | None:
    """The next seat above who answers for it: whoever hears that a family isn't content."""
    person = problem.responsible or (await who_answers(problem, day)).person
    return await approver_for(person, problem, day) if person is not None else None


async def head_for(problem: ProblemFound, asker: int, day: date) -> int | None:
    """The head decides, or who stands in; where that can't be, the next in their stead."""
    for head in await holders_of("head", day):
        person = await present(head, day)
        if person is not None and person != asker and person not in problem.sight.barred:
            return person
        if instead := await approver_for(head, problem, day):
            return instead if instead != asker else None
    return None


async def unsettled_names(problem: int) -> tuple[int, ...]:
    """Whom its words name, as far as nobody has said yet whether it is our colleague."""
    rows = ProblemNamed.filter(problem_id=problem, confirmed__isnull=True)
    return tuple(row.person_id for row in await rows.order_by("id"))
