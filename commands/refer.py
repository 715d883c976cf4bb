"""/refer: what the school can't solve goes to the bureau, when a second leader agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Question, Told, Turn
from commands.whose_move import approver, only_within
from domain.actions.referring import Referral, ask_referral
from domain.house import house
from domain.notices.problems_agreeing import BureauCategoryAsked
from domain.notices.values import FieldSaid, Option
from domain.queries.problems import ProblemFound
from domain.rules.categories import category_at
from domain.rules.plan_parts import Category

COMMAND = Command(
    "refer",
    (
        Action(
            "ask",
            (
                Field("problem", "problem", required=True),
                Field("category", "whom", labelled=True),
                Field("why", "text", required=True),
            ),
        ),
    ),
    # Why something is done, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Who answers for it or arranges there asks the next seat up, and says why."""
    problem = await the_problem(turn)
    only_within(turn, problem, "ask_referral")
    category = _category(turn, problem)
    why = turn.text("why")
    if why is None:
        # Why the school can't help is not asked in a group.
        raise ask_for(turn, "why", private=True)
    turn.settle(FieldSaid("why", "recorded"))
    of = await approver(turn, problem)
    referral = Referral(turn.asker.person, of, category, why)
    asked = await ask_referral(problem.id, referral)
    return [Told(replace(asked.receipt, understood=turn.understood()))]


def _category(turn: Turn, problem: ProblemFound) -> str:
    """One of the bureau's, by its label or as what the reason begins with; else it is asked."""
    key = turn.pick("category") or _said(turn)
    if key is None:
        keys = tuple(one.key for one in _bureaus())
        notice = BureauCategoryAsked(
            problem=problem.id, categories=keys, understood=turn.understood()
        )
        raise Question(notice, "category", tuple(Option("category", one) for one in keys))
    turn.settle(FieldSaid("category", "plain", key))
    return str(key)


def _said(turn: Turn) -> str | None:
    """What stands behind the category is the reason, byte for byte."""
    why = turn.filling.texts.get("why", [])
    labelled = turn.last("category")
    first, *rest = [*([] if labelled is None else [labelled]), *why] or [""]
    if (read := category_at(first, _bureaus())) is None:
        return None
    category, behind = read
    turn.filling.put("why", *filter(None, (behind, *rest)))
    turn.filling.put("category", category.name)
    turn.filling.picks["category"] = category.key
    return category.key


def _bureaus() -> tuple[Category, ...]:
    return tuple(one for one in house().plan.categories if one.level == "bureau")
