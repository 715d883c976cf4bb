"""What a family says to what was done: it closes the problem, or opens it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.actions.approvals import Request, ask, waits
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import receipt, tell
from domain.actions.sealing import row_key, sealed
from domain.models import Problem, Voice
from domain.notices.problems import ProblemMoved
from domain.records import now
from domain.rules.moves import MoveName
from domain.rules.satisfaction import (
    DISSATISFIED,
    NOT_REACHED,
    SAID_TWICE,
    ending_of,
    settled,
)


@dataclass(frozen=True)
class HeardBack:
    """What was said for a voice: one of the four words, or that nobody could be reached.

    `place` is the voice's number in the problem, `others` are the ids of all its other voices,
    `claims` is to claim it where nobody has it, `up` the next leader above, `head` decides after
    the second 不满意. `words` are the family's, byte for byte.
    """

    voice: int
    place: int
    satisfaction: str
    words: str | None = None
    others: tuple[int, ...] = ()
    claims: int | None = None
    up: int | None = None
    head: int | None = None


async def hear_back(number: int, by: int, heard: HeardBack) -> ProblemMoved:
    """Write it down; 不满意 opens the problem at once, the last voice that is settled closes it."""
    problem = await held(number)
    voice = await Voice.select_for_update().get(id=heard.voice)
    name, changes = await _leads_to(voice, heard)
    if name == "reopen":
        changes |= _opened_again(problem, await now())
    step = Step(name, by, heard.words, wanted=_wanted(problem, name), key=voice.key_id)
    before = {"satisfaction": voice.satisfaction, "tries": voice.tries}
    details = {
        "voice": voice.id,
        "place": heard.place,
        "satisfaction": heard.satisfaction,
        "before": before,
    }
    event = await move(problem, step, details=details, **changes)
    await _write(voice, heard)
    told = await _tell(problem, name, event, by, heard)
    if name == "reopen":
        await _head_decides(problem, heard)
    return receipt(problem, name, event, by, told)


async def _tell(
    problem: Problem, name: MoveName, event: int, by: int, heard: HeardBack
) -> tuple[int, ...]:
    """Opened again, it is theirs to go on with, and the next leader up hears of it."""
    people = (problem.responsible_id, problem.handed_to_id)
    if name != "reopen":
        return await tell(problem, name, event, by, people)
    told = await tell(problem, name, event, by, people, to_do="go_on")
    told += await tell(problem, name, event, by, (heard.claims,), to_do="claim")
    up = [one for one in (heard.up,) if one not in told]
    return told + await tell(problem, name, event, by, up, to_do="look")


async def _leads_to(voice: Voice, heard: HeardBack) -> tuple[MoveName, dict[str, Any]]:
    """Which move it is, and what changes with it."""
    if heard.satisfaction == DISSATISFIED:
        return "reopen", {}
    unreached = heard.satisfaction == NOT_REACHED
    tries = voice.tries + unreached
    said = voice.satisfaction if unreached else heard.satisfaction
    rows = await Voice.filter(id__in=heard.others).order_by("id")
    all_settled = settled(said, tries) and all(settled(one.satisfaction, one.tries) for one in rows)
    if not all_settled:
        return ("tried" if unreached else "told"), {}
    ending = ending_of([said, *(one.satisfaction for one in rows)])
    return "close", {"ending": ending, "ended_at": await now()}


def _opened_again(problem: Problem, moment: Any) -> dict[str, Any]:
    """Its age goes on; from now its reminders are counted anew."""
    return {
        "dissatisfied": problem.dissatisfied + 1,
        "reopened_at": moment,
        "solved_at": None,
        "asked_still_at": None,
    }


async def _head_decides(problem: Problem, heard: HeardBack) -> None:
    """Not content twice: go on, or explained and not agreed with; work goes on meanwhile."""
    twice = problem.dissatisfied >= SAID_TWICE and heard.head is not None
    if twice and await waits(problem.id, "unagreed") is None:
        details = {"voice": heard.voice, "place": heard.place}
        await ask(problem, Request("unagreed", None, heard.head or 0, details=details))


def _wanted(problem: Problem, name: MoveName) -> Any:
    if name != "reopen":
        return None
    return "claimed" if problem.responsible_id is not None else "listed"


async def _write(voice: Voice, heard: HeardBack) -> None:
    """The words stand with the voice, under the family's key; those of before in the story.

    Of a family that is erased no words are kept.
    """
    if heard.satisfaction == NOT_REACHED:
        voice.tries += 1
        await voice.save(update_fields=["tries"])
        return
    voice.satisfaction, voice.answered_at, voice.answer = heard.satisfaction, await now(), None
    if heard.words and voice.key_id is not None:
        key = await row_key(voice.key_id)
        voice.answer = sealed(heard.words, Voice, "answer", voice.seal, key)
    await voice.save(update_fields=["satisfaction", "answer", "answered_at"])
