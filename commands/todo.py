"""/todo: which family to see next."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Command, Field
from commands.turn import Told, Turn
from commands.units import Meant, the_unit
from domain.errors import Refusal
from domain.notices.looking import TodoShown
from domain.notices.refusals import NoClassOfYours, NotYours, Refused
from domain.queries.arrangements import ArrangedVisit, visits_arranged_for
from domain.queries.classes import ClassFound, classes_of_grade, classes_today
from domain.queries.roster import people_of_unit
from domain.queries.visits import todo_of
from domain.rules.policy import Target, reaches, row

COMMAND = Command("todo", (Action("show", (Field("unit", "unit"),)),))

# What fits a phone.
_MOST = 5


async def answer(turn: Turn) -> Sequence[Told]:
    """Show whom to visit next in the unit that was said, or in the asker's own."""
    # The answer is for the asker alone, so the group's unit comes second.
    meant = await the_unit(turn, "own", "room")
    asked = await _classes(meant, turn)
    classes = [one for one in asked if _reached(turn, one)]
    arranged = await _arranged(turn, asked)
    if not classes and not arranged:
        raise Refusal(await _nothing_reached(turn, meant))
    if len(classes) == 1:
        # A class teacher who asks for the grade is shown their own class, and told so.
        meant = Meant(school_class=classes[0])
    todo = await todo_of(classes, turn.today, _MOST, arranged)
    notice = TodoShown(
        unit=meant.ref,
        items=todo.items,
        more=todo.more,
        heard_only=todo.heard_only,
        understood=turn.understood(),
    )
    return [Told(notice)]


async def _arranged(turn: Turn, asked: tuple[ClassFound, ...]) -> tuple[ArrangedVisit, ...]:
    """What is arranged for the asker, wherever it is; of the classes, if a unit was said."""
    arranged = await visits_arranged_for(turn.asker.person, turn.today)
    if turn.last("unit") is None and turn.pick("unit") is None:
        return arranged
    classes = {one.id for one in asked}
    return tuple(one for one in arranged if one.school_class in classes)


async def _nothing_reached(turn: Turn, meant: Meant) -> Refused:
    """What was said is not the asker's; or nothing was said, and the asker has nothing."""
    if turn.last("unit") is not None or turn.pick("unit") is not None:
        return NotYours(unit=meant.ref, understood=turn.understood())
    liaison = None
    if meant.unit is not None and meant.unit.grade is not None:
        liaison = (await people_of_unit(meant.unit, turn.today)).liaison
    return NoClassOfYours(
        # One isn't sent to oneself.
        liaison=liaison if liaison != turn.asker.person else None,
        understood=turn.understood(),
    )


async def _classes(meant: Meant, turn: Turn) -> tuple[ClassFound, ...]:
    if meant.school_class is not None:
        return (meant.school_class,)
    if meant.unit is not None and meant.unit.grade is not None:
        return await classes_of_grade(meant.unit.grade, turn.today)
    return await classes_today(turn.today)


def _reached(turn: Turn, school_class: ClassFound) -> bool:
    target = Target(grade=school_class.name.grade, school_class=school_class.id)
    return reaches(turn.asker.standing, row("todo", "show").scopes, target)
