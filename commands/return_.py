"""/return: a problem goes to the department whose it is instead, with the grounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from commands.units import department_called
from commands.whose_move import only_for
from domain.actions.returning import Return, give_back
from domain.errors import Refusal
from domain.notices.problems_in_hand import SameDepartment
from domain.notices.values import FieldSaid
from domain.queries.answering_for import who_answers
from domain.queries.problem_people import head_for, watching
from domain.queries.problems import ProblemFound, answering_department

COMMAND = Command(
    "return",
    (
        Action(
            "give_back",
            (
                Field("problem", "problem", required=True),
                Field("department", "whom", required=True),
                Field("grounds", "text", required=True),
            ),
        ),
    ),
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Who answers for it, or who is to claim it, says whose it is and why: both are needed."""
    problem = await the_problem(turn)
    listed = problem.state == "listed"
    leader = (await who_answers(problem, turn.today)).person if listed else None
    only_for(turn, problem, "return", problem.responsible, leader)
    department = await _department(turn)
    grounds = turn.text("grounds")
    missing = [
        name for name, said in (("department", department), ("grounds", grounds)) if not said
    ]
    if department is None or grounds is None:
        raise ask_for(turn, *missing, private=True)
    if department == await answering_department(problem):
        notice = SameDepartment(problem=problem.id, department=department)
        raise Refusal(replace(notice, understood=turn.understood()))
    turn.settle(FieldSaid("grounds", "recorded"))
    what = await _return(turn, problem, department, grounds)
    receipt = await give_back(problem.id, turn.asker.person, what)
    return [Told(replace(receipt, understood=turn.understood()))]


async def _department(turn: Turn) -> int | None:
    """The department that was said; a word that is none belongs to the grounds."""
    said = turn.last("department")
    if said is None:
        return None
    department = await department_called(said)
    if department is None:
        grounds = turn.filling.texts.get("grounds", [])
        turn.filling.put("grounds", turn.filling.gap.join((said, *grounds)))
        turn.filling.texts.pop("department")
        return None
    turn.settle(FieldSaid("department", "unit", department))
    return department


async def _return(turn: Turn, problem: ProblemFound, department: int, grounds: str) -> Return:
    """With who answers for it there, and who watches."""
    there = replace(problem, department=department)
    return Return(
        department=department,
        grounds=grounds,
        leader=(await who_answers(there, turn.today)).person,
        watching=await watching(there, turn.today),
        decides=await head_for(problem, turn.asker.person, turn.today),
    )
