"""Makes a rung of a problem fire: it is noted in its story, and whom it goes to is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from domain.actions.moving import Step, held, move
from domain.actions.outbox import Address, put
from domain.actions.problem_news import make_privy
from domain.house import SCHOOL_TIME
from domain.models import Approval, Problem
from domain.notices.base import Notice
from domain.notices.rungs import DangerToNobody, NobodyToTell, RedFlagUnclaimed, RungFired
from domain.records import now
from domain.rules.around import PassedOver, Received
from domain.rules.plan_clock import RED_FLAG, Rung


@dataclass(frozen=True)
class Firing:
    """A rung, whom it goes to, and which lower ones are passed over since they fell together.

    `again`: it has fired before, and didn't reach whom it went to; it is only told.
    """

    rung: Rung
    to: Received
    instead_of: tuple[str, ...] = ()
    again: bool = False


async def fire(number: int, firing: Firing, admins: Iterable[int]) -> int:
    """Fire it; the id of the step of the story that it becomes.

    Who is told is settled now and stands in that step, with those who were passed over. Where
    there is nobody at all, the `admins` hear that the number waits for nobody.
    """
    problem = await held(number)
    event = await move(
        problem,
        Step("rung", None, touches=False),
        details=_details(firing, problem),
        **await _asked(firing),
    )
    if not firing.again:
        await _do(problem, firing)
    people = firing.to.people
    for person in people:
        await put(_notice(problem, event, firing), Address(person=person), _key(event, person))
    if not people:
        for admin in admins:
            # Nobody else can see to it that somebody hears of danger, be it by night.
            kind = DangerToNobody if firing.rung.key == RED_FLAG else NobodyToTell
            nobody = kind(problem=number, event=event)
            await put(nobody, Address(person=admin), _key(event, admin))
    return event


def _details(firing: Firing, problem: Problem) -> dict[str, Any]:
    """What happened, as the story and the notice tell it: ids and codes, and when it was due."""
    to = firing.to
    return {
        "rung": firing.rung.key,
        "due": problem.due_at.astimezone(SCHOOL_TIME).isoformat(),
        "seat": to.seat,
        "to": list(to.proper),
        "along": list(to.along),
        "passed_over": [_passed(one) for one in to.passed_over],
        "instead_of": list(firing.instead_of),
    }


def _passed(one: PassedOver) -> dict[str, Any]:
    return {"role": one.role, "person": one.person, "why": one.why}


async def _asked(firing: Firing) -> dict[str, Any]:
    """From when an answer is waited for, where the rung asks whether it is still theirs."""
    return {"asked_still_at": await now()} if firing.rung.ladder == "touch" else {}


async def _do(problem: Problem, firing: Firing) -> None:
    """What the rung does beside telling."""
    to, rung = firing.to, firing.rung
    match rung.does:
        case "assign" if to.proper:
            person = to.proper[0]
            await make_privy(problem, person, "assigned")
            step = Step("assign", None)
            await move(problem, step, details={"to": person}, responsible_id=person)
        case "supervise":
            step = Step("supervise", None, touches=False)
            await move(problem, step, details={}, supervised_at=await now())
        case _:
            pass
    if rung.to[0] == "next_up" and to.proper and to.seat != "privy":
        # Whoever it goes to decides it now, but not who only has to know that nobody does.
        waiting = Approval.filter(problem_id=problem.id, decided_at__isnull=True)
        first = await waiting.order_by("asked_at", "id").first()
        if first is not None:
            await Approval.filter(id=first.id).update(asked_of_id=to.proper[0])
            await make_privy(problem, to.proper[0], "asked")
    if rung.key == RED_FLAG:
        for person in to.people:
            await make_privy(problem, person, "alerted")


def _notice(problem: Problem, event: int, firing: Firing) -> Notice:
    if firing.rung.key == RED_FLAG:
        return RedFlagUnclaimed(problem=problem.id, event=event)
    return RungFired(problem=problem.id, event=event)


def _key(event: int, person: int) -> str:
    return f"problem-event:{event}:{person}"
