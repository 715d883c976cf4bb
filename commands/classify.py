"""/classify: a problem is given its category, and with it whoever answers for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from commands.after_recording import ANOTHER, RIGHT
from commands.asking_category import category_asked
from commands.declarations import Action, Command, Field
from commands.pages import lines_of, next_page, with_more
from commands.problem_numbers import the_problem
from commands.turn import OFFER, Question, Told, Turn
from domain.actions.classifying import Hearing, classify, tell_classified
from domain.actions.merging import merge
from domain.errors import Refusal
from domain.house import house
from domain.notices.base import Notice
from domain.notices.problems import NotYourMove
from domain.notices.problems_intake import ToClassify
from domain.notices.values import FieldSaid
from domain.queries.answering_for import asked_to_claim, who_answers
from domain.queries.classifying import may_classify, suggested_for, to_classify, words_of
from domain.queries.lessons import accuracy
from domain.queries.problems import ProblemFound, problem_of
from domain.rules.categories import category_at

COMMAND = Command(
    "classify",
    (
        Action(
            "set",
            (
                Field("problem", "problem", required=True),
                Field("category", "text", required=True),
            ),
        ),
        Action("awaited"),
    ),
    # Nothing but a category's name is said here.
    open_texts=True,
)

# Both levels have an 其他: which one is meant is said in front of it.
_BUREAUS = re.compile(
    r"^\s*(?:上报类?|(?:the )?bureau(?:'s)?\b)[\s：:·]*"
    r"|\s*[（(]\s*(?:上报类?|for the bureau)\s*[)）]",
    re.IGNORECASE,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Classify a problem, or show which of them wait for it."""
    if turn.filling.action == "awaited":
        return [await _awaited(turn)]
    problem = await the_problem(turn)
    if isinstance(into := turn.pick(OFFER), int):
        return [Told(await _merged(turn, problem, into))]
    if not may_classify(turn.asker.standing, problem):
        raise Refusal(_not_yours(turn, problem))
    category = await _category(turn, problem)
    turn.settle(FieldSaid("category", "plain", category))
    by, asked = turn.asker.person, await asked_to_claim(problem, turn.today)
    done = await classify(problem.id, by, category, await words_of(problem.id))
    now_found = await problem_of(problem.id)
    assert now_found is not None
    answers = await who_answers(now_found, turn.today)
    hearing = Hearing(answers.person, answers.along, asked)
    receipt = await tell_classified(done, by, hearing)
    return [Told(replace(receipt, understood=turn.understood()))]


def _not_yours(turn: Turn, problem: ProblemFound) -> NotYourMove:
    return NotYourMove(
        problem=problem.id,
        move="classify",
        roles=("liaison", "leader", "office"),
        understood=turn.understood(),
    )


# --- which one ----------------------------------------------------------------------------


async def _category(turn: Turn, problem: ProblemFound) -> str:
    """The category that was picked, said, or agreed to; else all of them to pick from."""
    offered = turn.pick(OFFER)
    picked = turn.pick("category") or (None if offered in (RIGHT, ANOTHER) else offered)
    if isinstance(picked, str):
        return picked
    said = turn.last("category")
    if said is not None and (found := _said(said)) is not None:
        return found
    suggested = await suggested_for(problem.id)
    if said is None and offered == RIGHT and suggested:
        return suggested[0]
    notice, options = await category_asked(problem.id, turn.understood())
    if offered == ANOTHER:
        # What was just turned down is no more likely than any.
        notice = replace(notice, suggested=suggested[1:])
    raise Question(notice, "category", options)


def _said(said: str) -> str | None:
    """By name, alias, or number in the plan's order; 上报招生 is the bureau's 招生."""
    every = house().plan.categories
    alone = _BUREAUS.sub("", said)
    bureaus = tuple(one for one in every if one.level == "bureau") if alone != said else ()
    found = category_at(alone, bureaus) or category_at(said, every)
    return found[0].key if found else None


async def _merged(turn: Turn, problem: ProblemFound, into: int) -> Notice:
    """What was just recorded says the same as another: from now on both are heard as one."""
    if turn.asker.person != problem.recorded_by:
        raise Refusal(_not_yours(turn, problem))
    receipt = await merge(problem.id, into, turn.asker.person)
    return replace(receipt, understood=turn.understood())


# --- what waits ---------------------------------------------------------------------------


async def _awaited(turn: Turn) -> Told:
    """A page of them; 更多 shows the next."""
    waiting = await to_classify(turn.asker.standing)
    measured, size = await accuracy(), lines_of(len(waiting))
    skipped = next_page(turn, size)
    notice = ToClassify(
        problems=waiting[skipped : skipped + size],
        more=max(0, len(waiting) - skipped - size),
        right=measured.right,
        suggested=measured.all,
        understood=turn.understood(),
    )
    if notice.more:
        raise with_more(notice)
    return Told(notice)
