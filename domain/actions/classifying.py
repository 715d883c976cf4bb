"""Gives a problem its category, tells who answers for it now, and keeps what there is to learn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actions.moving import Step, held, move
from domain.actions.problem_news import tell
from domain.actions.sealing import destroy_key, new_row_key, sealed
from domain.models import Lesson, Problem
from domain.notices.problems import ProblemMoved, ToDo
from domain.records import now
from domain.sealing import new_seal_id


@dataclass(frozen=True)
class Classified:
    """The step of the story, the problem's day when it is due and who answers for it already."""

    problem: int
    event: int
    due: datetime
    responsible: int | None
    listed: bool


async def classify(number: int, by: int, category: str, words: str | None) -> Classified:
    """Give it the category; whoever it was sent to before doesn't matter any more.

    `words` are what was said, for the lesson. Raises Refusal where it isn't worked on.
    """
    problem = await held(number)
    event = await move(
        problem,
        Step("classify", by, touches=False),
        details={"category": category, "before": problem.category},
        category=category,
        department_id=None,
        classified_at=await now(),
    )
    await _learn(problem, by, category, words)
    return Classified(
        number, event, problem.due_at, problem.responsible_id, problem.state == "listed"
    )


async def _learn(problem: Problem, by: int, category: str, words: str | None) -> None:
    """Keep what it came to be beside what was suggested; the last word counts, once a problem."""
    before = await Lesson.get_or_none(problem_id=problem.id)
    if before is not None:
        await before.delete()
        await destroy_key(before.key_id)
    key, seal = await new_row_key(), new_seal_id()
    await Lesson.create(
        seal=seal,
        key_id=key.id,
        problem_id=problem.id,
        category=category,
        suggested=problem.suggested[0][0] if problem.suggested else None,
        by_id=by,
        at=await now(),
        words=sealed(words, Lesson, "words", seal, key) if words else None,
    )


@dataclass(frozen=True)
class Hearing:
    """Who answers for it now, who sees it along, and who was asked to claim it before that."""

    person: int | None
    along: tuple[int, ...] = ()
    asked: int | None = None


async def tell_classified(done: Classified, by: int, hearing: Hearing) -> ProblemMoved:
    """Tell who answers for it now, to claim it, who needn't any more, and who sees it along.

    The receipt.
    """
    problem = await Problem.get(id=done.problem)
    person, asked = hearing.person, hearing.asked
    now_theirs: ToDo | None = "claim" if done.listed else None
    told = await tell(problem, "classify", done.event, by, (person,), to_do=now_theirs)
    if asked != person:
        told += await tell(problem, "classify", done.event, by, (asked,), to_do="nothing")
    others = [one for one in (*hearing.along, done.responsible) if one not in (person, asked)]
    told += await tell(problem, "classify", done.event, by, others)
    return ProblemMoved(
        problem=problem.id,
        move="classify",
        event=done.event,
        by=by,
        responsible=done.responsible,
        due=done.due,
        told=told,
    )
