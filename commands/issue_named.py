"""/issue 57 程龙 同名: whether a name in the words is our colleague's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.after_recording import NAMESAKE, THEM, next_name
from commands.asking_category import category_offered
from commands.problem_numbers import the_problem
from commands.settling import ask_for, the_person
from commands.settling_values import the_choice
from commands.turn import OFFER, Told, Turn
from commands.whose_move import not_yours
from domain.actions.alerting import alert_further
from domain.actions.naming import settle_name
from domain.errors import Refusal
from domain.notices.problems_intake import NamedSettled
from domain.notices.values import FieldSaid
from domain.queries.alerting import who_is_alerted
from domain.queries.classifying import may_classify
from domain.queries.problems import problem_of
from domain.rules.problem_sight import acts_for


async def answer(turn: Turn) -> Sequence[Told]:
    """Whoever recorded it says so, and may say otherwise later."""
    problem = await the_problem(turn)
    if problem.recorded_by not in acts_for(turn.asker.standing):
        raise Refusal(not_yours(turn, problem, "note", (problem.recorded_by,)))
    person = await _person(turn)
    who = turn.pick(OFFER) or turn.pick("who") or the_choice(turn, "who")
    if who not in (THEM, NAMESAKE):
        raise ask_for(turn, "who", private=True)
    turn.settle(FieldSaid("person", "person", person))
    if not await settle_name(problem.id, person, them=who == THEM):
        raise ask_for(turn, "person", private=True)
    if problem.red_flag and who == NAMESAKE:
        await _alert_further(turn, problem.id)
    settled = NamedSettled(problem=problem.id, person=person, them=who == THEM)
    told = Told(replace(settled, understood=turn.understood()), private=True)
    return [told, *await _asked_next(turn, problem.id)]


async def _alert_further(turn: Turn, number: int) -> None:
    """Whoever was passed over for the name has to know of the danger after all."""
    problem = await problem_of(number)
    assert problem is not None
    await alert_further(number, await who_is_alerted(problem, turn.today))


async def _asked_next(turn: Turn, number: int) -> list[Told]:
    """The next name, else what it is about, which had to wait for the names."""
    if name := await next_name(turn, number):
        return [name]
    problem = await problem_of(number)
    assert problem is not None
    listed = problem.state == "listed" and problem.category is None
    # Of danger the recorder is asked for nothing more.
    if listed and not problem.red_flag and may_classify(turn.asker.standing, problem):
        return [await category_offered(number)]
    return []


async def _person(turn: Turn) -> int:
    if isinstance(picked := turn.pick("person"), int):
        return picked
    said = turn.last("person")
    if said is None:
        raise ask_for(turn, "person", private=True)
    return await the_person(turn, "person", said)
