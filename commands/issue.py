"""/issue: records what is asked for without a visit, and shows what was, one or as a list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from commands import issue_list, issue_named, issue_record, issue_show
from commands.declarations import Action, Command, Field
from commands.parsing.classes import parse_class
from commands.parsing.plain import plain
from commands.parsing.record_numbers import problem_numbers
from commands.turn import Told, Turn
from domain.queries.classes import class_named
from domain.queries.problems import problem_of
from domain.rules.problem_lists import STAGES
from domain.rules.problem_sight import sees

# How it came (the plan names the ways in which the school hears people), and who spoke.
SOURCES = (
    "phone",
    "wechat",
    "qq",
    "mailbox",
    "email",
    "letter",
    "petition",
    "visit",
    "web",
    "unsaid",
)
SPEAKERS = ("parent", "student", "teacher", "public")

COMMAND = Command(
    "issue",
    (
        Action(
            "record",
            (
                Field("unit", "unit", required=True),
                # Nothing is taken out of what was said: all but the unit is said with its label.
                Field("words", "text", required=True, glued=True),
                Field("source", "choice", choices=SOURCES, labelled=True),
                Field("speaker", "choice", choices=SPEAKERS, labelled=True),
                Field("day", "date", labelled=True),
                Field("student", "student", labelled=True),
                Field("summary", "text", labelled=True),
                Field("answered", "text", labelled=True),
            ),
        ),
        Action(
            "named",
            (
                Field("problem", "problem", required=True),
                Field("person", "person", required=True),
                Field("who", "choice", required=True, choices=("them", "namesake")),
            ),
            told_by="who",
        ),
        Action("show", (Field("problem", "problem", required=True),)),
        # Meant when nothing but filters is said.
        Action(
            "list",
            (
                Field("unit", "unit"),
                Field("stage", "choice", choices=tuple(STAGES)),
                Field("person", "person"),
            ),
        ),
        Action("mine"),
    ),
)

# Each action is a file of its own.
_ANSWERS: Mapping[str, Callable[[Turn], Awaitable[Sequence[Told]]]] = {
    "record": issue_record.answer,
    "show": issue_show.answer,
    "named": issue_named.answer,
    "list": issue_list.answer_filtered,
    "mine": issue_list.answer_mine,
}


async def meant(turn: Turn) -> str:
    """Nothing but filters is a list: 七年级 逾期; whatever says more is a problem.

    A bare 703 is a problem when there is one of that number, and else the class.
    """
    action = turn.filling.action
    if action == "show" and await _is_a_class(turn):
        turn.filling.put("unit", turn.filling.texts.pop("problem")[-1])
        return "list"
    if action not in ("record", "list"):
        return action
    return "record" if await issue_list.asked_for(turn) is None else "list"


async def _is_a_class(turn: Turn) -> bool:
    said = turn.last("problem") or ""
    numbers, read = problem_numbers(said), parse_class(said)
    if len(numbers) != 1 or "#" in plain(said) or read is None or read.number is None:
        return False
    problem = await problem_of(numbers[0])
    if problem is not None and sees(turn.asker.standing, problem.sight):
        return False
    return await class_named(read.grade, read.number, turn.today) is not None


async def answer(turn: Turn) -> Sequence[Told]:
    """Record a problem, show some or one, or say whether a name in it is a colleague's."""
    return await _ANSWERS[turn.filling.action](turn)
