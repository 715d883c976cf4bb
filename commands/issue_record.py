"""/issue 七年级 食堂排队太久: what somebody asked for, in their words, becomes a problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commands.after_recording import Recorded, follow
from commands.first_looks import requests_in
from commands.issue_mistyped import ask_if_mistyped
from commands.parsing.classes import parse_seat
from commands.settling import ask_for, the_day, the_student
from commands.settling_values import the_choice
from commands.sorting import is_a_unit
from commands.turn import Told, Turn
from commands.units import Meant, the_unit
from domain.actions.intake import grade_unit
from domain.actions.recording import ProblemSaid, record_problem
from domain.notices.problems_intake import ProblemRecorded
from domain.notices.values import FieldSaid
from domain.queries.students import StudentFound
from domain.queries.units import root_unit

_FIRST = re.compile(r"\s*([^\s,，。:：;；、]+)[\s,，:：、]+(?=\S)")
# How it came is not always known, and who spoke is nearly always a parent.
UNSAID, PARENT = "unsaid", "parent"


@dataclass(frozen=True)
class _Place:
    """Where it arose: a unit, and the class when one was said; neither is the whole school."""

    unit: int | None = None
    school_class: int | None = None


async def answer(turn: Turn) -> Sequence[Told]:
    """Record it; what is missing is asked for in one message."""
    await ask_if_mistyped(turn)
    await _unit_in_front(turn)
    meant = await _meant(turn)
    words = turn.text("words")
    missing = [name for name, got in (("unit", meant), ("words", words)) if got is None]
    if meant is None or words is None:
        # What somebody asks for is not asked in a group.
        raise ask_for(turn, *missing, private=words is None)
    turn.settle(FieldSaid("words", "recorded"))
    day, child = the_day(turn), await _child(turn, meant)
    place = await _place(meant, child)
    said = ProblemSaid(
        by=turn.asker.person,
        words=words,
        heard_on=day,
        source=_chosen(turn, "source", UNSAID),
        speaker=_chosen(turn, "speaker", PARENT),
        unit=place.unit,
        school_class=place.school_class,
        family=child.family if child else None,
        answered=_text(turn, "answered"),
        summary=_text(turn, "summary"),
        requests=await requests_in((words,), _noted(turn)),
    )
    kept = await record_problem(said)
    recorded = Recorded(kept.problem, said.request, said.unit, closed=said.is_answered)
    followed = await follow(turn, (recorded,), offers=turn.room == "direct")
    receipt = ProblemRecorded(
        problem=kept.problem,
        late_by=kept.late_by,
        asks=followed.asks,
        similar=followed.alike.known,
        alike=followed.alike.others,
        understood=turn.understood(),
    )
    return [Told(receipt, offer=followed.offer), *followed.told]


async def _unit_in_front(turn: Turn) -> None:
    """总务处 灯坏了: a department's own name in front of the words is where it arose."""
    texts = turn.filling.texts.get("words", [])
    if turn.last("unit") is not None or turn.pick("unit") is not None or not texts:
        return
    first = _FIRST.match(texts[0])
    if first is not None and (await is_a_unit(first[1]) or first[1] == (await root_unit()).name):
        turn.filling.put("words", texts[0][first.end() :], *texts[1:])
        turn.filling.put("unit", first[1])


async def _meant(turn: Turn) -> Meant | None:
    """The unit that was said, else the asker's own, else the group's; None when it must be said."""
    said = turn.last("unit") is not None or turn.pick("unit") is not None
    meant = await the_unit(turn, "own", "room")
    return meant if said or meant != Meant() else None


async def _child(turn: Turn, meant: Meant) -> StudentFound | None:
    """Whose family it was, if that was said: by the class and a name, or a number in it."""
    if turn.last("student") is None and turn.pick("student") is None:
        return None
    if meant.school_class is None and parse_seat(turn.last("student") or "") is not None:
        raise ask_for(turn, "unit")
    return await the_student(turn, meant.school_class)


async def _place(meant: Meant, child: StudentFound | None) -> _Place:
    if child is not None or meant.school_class is not None:
        school_class = child.school_class if child else meant.ref.school_class
        return _Place(await grade_unit(school_class), school_class)
    unit = meant.unit
    return _Place(unit.id if unit is not None and unit.kind != "school" else None)


def _chosen(turn: Turn, field: str, usual: str) -> str:
    return the_choice(turn, field) or usual


def _text(turn: Turn, field: str) -> str | None:
    text = turn.text(field)
    if text is not None:
        turn.settle(FieldSaid(field, "recorded"))
    return text


def _noted(turn: Turn) -> tuple[str, ...]:
    return tuple(text for name in ("summary", "answered") if (text := turn.text(name)))
