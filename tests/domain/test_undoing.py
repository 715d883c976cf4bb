"""Recorded, added, put right, taken back in whatever order: what was taken back never was."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from domain.actions.fixing import Fix, FixKept, fix_visit
from domain.actions.moving_visits import Child
from domain.actions.undoing import take_back
from domain.actions.visits import Learnt, VisitKept, VisitMade, add_to_visit, record_visit
from domain.chaining import chained
from domain.errors import Refusal
from domain.models import Deed, Problem, Student, Visit
from domain.notices.visits import VisitShared
from domain.queries.classes import classes_of_grade
from domain.queries.coverage import coverage_of_school
from domain.queries.deeds import last_deed
from domain.queries.seen import seen_by
from domain.queries.visits import answered, same_visit, todo_of
from domain.records import open_records, savepoint, set_now, today
from tests.fixtures.house import START, Filled, _plan, _ring

TEACHERS = ("林晓", "李梅")
TEXTS = st.sampled_from([None, None, "奶奶照顾", "内向", "很好"])


@dataclass(frozen=True)
class Record:
    """Somebody records the visit of one of the children."""

    who: int
    child: int
    method: str
    learnt: Learnt


@dataclass(frozen=True)
class Add:
    """Somebody adds to the visit that was recorded at that place of those there are."""

    who: int
    visit: int
    learnt: Learnt
    along: bool


@dataclass(frozen=True)
class PutRight:
    """Somebody puts the visit right that was recorded at that place of those there are."""

    who: int
    visit: int
    child: int | None
    method: str
    texts: dict[str, str | None]
    along: bool | None


@dataclass(frozen=True)
class Undo:
    """Somebody takes their last deed back."""

    who: int


LEARNT = st.builds(
    Learnt,
    text=TEXTS,
    talk=TEXTS,
    answered=TEXTS,
    words=st.lists(st.sampled_from(["希望有晚托", "路灯坏了"]), max_size=2).map(tuple),
    answers=st.dictionaries(
        st.sampled_from(["situation", "character"]), st.sampled_from(["好", "难"])
    ),
)
WHO = st.integers(0, 1)
STEPS = st.lists(
    st.one_of(
        st.builds(Record, WHO, st.integers(0, 4), st.sampled_from(["home", "phone"]), LEARNT),
        st.builds(Add, WHO, st.integers(0, 3), LEARNT, st.booleans()),
        st.builds(
            PutRight,
            WHO,
            st.integers(0, 2),
            st.none() | st.integers(0, 7),
            st.sampled_from(["home", "phone"]),
            st.dictionaries(
                st.sampled_from(["text", "talk", "situation", "character"]),
                st.sampled_from([None, "更好", "更难"]),
            ),
            st.none() | st.booleans(),
        ),
        st.builds(Undo, WHO),
        st.builds(Undo, WHO),
    ),
    min_size=2,
    max_size=14,
)


@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(STEPS)
@example(
    [
        Record(0, 0, "home", Learnt()),
        Add(1, 0, Learnt(text="first"), False),
        Add(0, 0, Learnt(text="second"), False),
        Undo(1),
        Add(1, 0, Learnt(text="third"), False),
    ]
)
def test_what_was_taken_back_never_was(filled: Filled, steps: list[Any]) -> None:
    seen, standing = asyncio.run(_in_a_school(filled, steps))
    without, all_of_it = asyncio.run(_in_a_school(filled, standing))
    assert all_of_it == standing
    assert seen == without


async def _in_a_school(filled: Filled, steps: list[Any]) -> tuple[dict[str, Any], list[Any]]:
    """What is to be seen after these steps, and those of them that were not taken back."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "school.db"
        shutil.copyfile(filled.source, file)
        records = await open_records(f"sqlite://{file}", _ring(), _plan())
        try:
            await set_now(START)
            people = [filled.people[name] for name in TEACHERS]
            standing = await _carried_out(steps, people)
            return await _looked(people), standing
        finally:
            await records.close()


async def _carried_out(steps: list[Any], people: list[int]) -> list[Any]:
    """Carry the steps out; those whose deeds stand in the end."""
    done: dict[int, Any] = {}
    visits: list[int] = []
    for step in steps:
        async with savepoint(), chained():
            kept = await _step(step, people, visits)
        if kept is not None:
            assert kept.deed is not None
            done[kept.deed] = step
    stands = {deed.id for deed in await Deed.filter(undone_at__isnull=True)}
    standing = [(deed, step) for deed, step in done.items() if deed in stands]
    return await _numbered_anew(standing)


async def _step(step: Any, people: list[int], visits: list[int]) -> VisitKept | FixKept | None:
    by = people[step.who]
    if isinstance(step, Undo):
        return await _undo(by)
    if isinstance(step, Record):
        child = await _child(step.child)
        place = {
            "student": child.id,
            "family": child.family_id,
            "school_class": child.school_class_id,
        }
        made = VisitMade(by, "home", step.method, "visited", await today(), **place)  # type: ignore[arg-type]
        kept = await record_visit(replace(made, learnt=step.learnt))
        visits.append(kept.visit)
        return kept
    number = visits[step.visit] if step.visit < len(visits) else None
    if number is None or not await Visit.filter(id=number, undone_at__isnull=True).exists():
        return None
    others = tuple(one for one in people if one != by) if step.along else ()
    if isinstance(step, PutRight):
        child = await _child(step.child or 0)
        fix = Fix(number, by, {"method": step.method}, texts=step.texts)
        if step.along is not None:
            fix = replace(fix, companions=others)
        if step.child is not None:
            place = Child(child.id, child.family_id, child.school_class_id)
            fix = replace(fix, child=place)
        return await fix_visit(fix)
    return await add_to_visit(number, by, step.learnt, others)


async def _child(place: int) -> Student:
    return (await Student.filter(listed=True).order_by("id"))[place]


async def _undo(person: int) -> None:
    deed = await last_deed(person)
    try:
        async with savepoint():
            assert deed is None or await take_back(deed.id) is not None
    except Refusal:
        # Others have built on it: nothing may have been changed.
        assert deed is not None
        assert await Deed.filter(id=deed.id, undone_at__isnull=True).exists()


async def _numbered_anew(standing: list[tuple[int, Any]]) -> list[Any]:
    """A visit is added to by its place among the visits that stand."""
    visit_of = {deed.id: deed.record_id for deed in await Deed.all()}
    records = [visit_of[deed] for deed, step in standing if isinstance(step, Record)]
    return [
        step if isinstance(step, Record) else replace(step, visit=records.index(visit_of[deed]))
        for deed, step in standing
    ]


async def _looked(people: list[int]) -> dict[str, Any]:
    """All that is to be seen, each visit by its place among those that stand."""
    day = await today()
    visits = [one.id for one in await Visit.filter(undone_at__isnull=True).order_by("id")]
    classes = await classes_of_grade(7, day)
    assert classes
    families = sorted({one.family_id for one in await Student.filter(listed=True)})
    views = [
        await seen_by(VisitShared(visit=one, by=people[0]), people[place], occasion="look")
        for one in visits
        for place in (0, 1)
    ]
    same = [await same_visit(family, who, day) for family in families for who in people]
    problems = await Problem.exclude(state="withdrawn").order_by("id")
    return {
        "problems": [(one.state, one.heard_on) for one in problems],
        "coverage": await coverage_of_school(day),
        "todo": await todo_of(classes, day, 50),
        "views": [replace(view, visit=place) for place, view in enumerate(views)],  # type: ignore[call-arg]
        "answered": [await answered(one) for one in visits],
        "same day": [visits.index(one) if one is not None else None for one in same],
    }
