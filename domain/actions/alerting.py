"""Alerts those who must know of danger at once, and lets nobody else know of it."""

from __future__ import annotations

from collections.abc import Iterable

from domain.actions.moving import Step, held, move
from domain.actions.outbox import Address, put
from domain.actions.problem_news import barred_from, make_privy
from domain.models import ProblemPrivy
from domain.notices.problems_intake import RedFlagRaised
from domain.rules.problem_states import OPEN


async def alert(number: int, people: Iterable[int]) -> tuple[int, ...]:
    """Let them know of a red flag, and tell them now, at any hour; who they are.

    Whom it names never hears of it.
    """
    problem = await held(number)
    barred = await barred_from(number)
    alerted = tuple(one for one in dict.fromkeys(people) if one not in barred)
    details = {"to": list(alerted), "kinds": problem.flags}
    await move(problem, Step("alert", None, touches=False), details=details)
    for person in alerted:
        await make_privy(problem, person, "alerted")
        notice, key = RedFlagRaised(problem=number), f"red-flag:{number}:{person}"
        await put(notice, Address(person=person), key)
    return alerted


async def alert_further(number: int, people: Iterable[int]) -> tuple[int, ...]:
    """The same for those who weren't to know of it before, as its words seemed to name them."""
    problem = await held(number)
    known = {one.person_id for one in await ProblemPrivy.filter(problem_id=number)}
    further = [one for one in people if one not in known]
    return await alert(number, further) if further and problem.state in OPEN else ()
