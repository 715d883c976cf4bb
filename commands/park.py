"""/park: a problem that can't be solved now is set aside, with a day on which it is reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commands.declarations import Action, Command, Field
from commands.parsing.dates import parse_day
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Question, Told, Turn
from commands.whose_move import only_within
from domain.actions.setting_aside import Parking, park
from domain.notices.arrangements import DayPast
from domain.notices.values import FieldSaid
from domain.queries.people import holders_of

COMMAND = Command(
    "park",
    (
        Action(
            "park",
            (
                Field("problem", "problem", required=True),
                Field("review", "date", required=True),
                Field("why", "text", required=True),
            ),
        ),
    ),
    # Why something is done, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Who answers for it or whose line it is; until when, and why, are both needed."""
    problem = await the_problem(turn)
    only_within(turn, problem, "park")
    review, why = _review(turn), turn.text("why")
    missing = [name for name, said in (("review", review), ("why", why)) if not said]
    if review is None or why is None:
        raise ask_for(turn, *missing, private=True)
    turn.settle(FieldSaid("why", "recorded"))
    heads = await holders_of("head", turn.today)
    receipt = await park(problem.id, Parking(turn.asker.person, review, why), heads)
    return [Told(replace(receipt, understood=turn.understood()))]


def _review(turn: Turn) -> date | None:
    """A day to come, so that nothing is set aside for good."""
    said = turn.last("review")
    day = parse_day(said, turn.today, ahead=True) if said is not None else None
    if day is None:
        return None
    if day <= turn.today:
        notice = DayPast(day=day, today=turn.today, understood=turn.understood())
        raise Question(notice, "review")
    turn.settle(FieldSaid("review", "plain", day.isoformat()))
    return day
