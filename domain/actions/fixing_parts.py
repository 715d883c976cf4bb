"""Each part of a visit that can be put right, and the row that says what stood there before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.actions.moving_visits import Child, move_visit
from domain.actions.sealing import RowKey, row_key, sealed, unsealed
from domain.actions.visit_parts import COLUMNS, write_answer
from domain.models import Correction, Visit, VisitAnswer, Visitor
from domain.records import now
from domain.sealing import new_seal_id

# Codes whose column is not called as they are.
_COLUMN = {"teacher": "teacher_id"}


@dataclass
class Changed:
    """What one correction comes to: rows of corrections, answers put off and on, who joined.

    `first` is how long the first text of a column was, of all that stood there by then.
    """

    by: int
    corrections: list[int] = field(default_factory=list)
    off: list[int] = field(default_factory=list)
    on: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)

    def details(self) -> dict[str, Any]:
        """What taking it back needs to know."""
        parts = {"corrections": self.corrections, "off": self.off, "on": self.on}
        return {**parts, "first": self.first}


async def fix_code(visit: Visit, name: str, value: Any, changed: Changed) -> None:
    """A kind, a method, a result, a day, a teacher."""
    before = getattr(visit, column_of(name))
    if before == value:
        return
    await Visit.filter(id=visit.id).update(**{column_of(name): value})
    await _note(visit, name, before, value, changed)


def column_of(name: str) -> str:
    """The visit's column of a code."""
    return _COLUMN.get(name, name)


async def fix_child(visit: Visit, child: Child, changed: Changed) -> None:
    """Another child, perhaps of another family, with all that was said."""
    student, school_class = visit.student_id, visit.school_class_id
    if student == child.student:
        return
    await move_visit(visit, child)
    await _note(visit, "student", student, child.student, changed)
    if school_class != child.school_class:
        await _note(visit, "class_", school_class, child.school_class, changed)


async def fix_companions(visit: Visit, people: tuple[int, ...], changed: Changed) -> None:
    """These went along and nobody else; who recorded it stays among those who went."""
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    before = [one.person_id for one in went if one.person_id != visit.recorded_by_id]
    after = [one for one in dict.fromkeys(people) if one != visit.recorded_by_id]
    for person in (one for one in before if one not in after):
        await Visitor.filter(visit_id=visit.id, person_id=person).delete()
        await _note(visit, "companions", person, None, changed)
    for person in (one for one in after if one not in before):
        await Visitor.create(visit_id=visit.id, person_id=person)
        await _note(visit, "companions", None, person, changed)
        changed.joined.append(person)


async def fix_text(visit: Visit, name: str, text: str | None, changed: Changed) -> None:
    """A note or an answer, with all that was added to it: one text stands there instead."""
    assert visit.key_id is not None
    key = await row_key(visit.key_id)
    answers = VisitAnswer.filter(visit_id=visit.id, question=name, undone_at__isnull=True)
    rows = await answers.order_by("id")
    first = unsealed(visit, name, key) if name in COLUMNS else None
    before = "\n".join(filter(None, [first, *(unsealed(one, "text", key) for one in rows)])) or None
    if before == text:
        return
    await answers.update(undone_at=await now())
    changed.off += [one.id for one in rows]
    changed.first[name] = len(first or "")
    await _write(visit, name, text, key, changed)
    await note_text(visit, name, (before, text), key, changed)


async def _write(visit: Visit, name: str, text: str | None, key: RowKey, changed: Changed) -> None:
    if name in COLUMNS:
        said = sealed(text, Visit, name, visit.seal, key) if text else None
        await Visit.filter(id=visit.id).update(**{name: said})
    elif text:
        changed.on.append(await write_answer(visit, name, text, changed.by, key))


async def _note(visit: Visit, column: str, before: Any, after: Any, changed: Changed) -> None:
    row = await Correction.create(
        record="visit",
        record_id=visit.id,
        column=column,
        before=_coded(before),
        after=_coded(after),
        by_id=changed.by,
        at=await now(),
    )
    changed.corrections.append(row.id)


def _coded(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


async def note_text(
    visit: Visit, column: str, texts: Iterable[str | None], key: RowKey, changed: Changed
) -> None:
    """The row that says what text stood there before, and which after, sealed."""
    seal = new_seal_id()
    before, after = (
        sealed(text, Correction, name, seal, key) if text else None
        for name, text in zip(("before_text", "after_text"), texts, strict=True)
    )
    row = await Correction.create(
        seal=seal,
        key_id=key.id,
        record="visit",
        record_id=visit.id,
        column=column,
        before_text=before,
        after_text=after,
        by_id=changed.by,
        at=await now(),
    )
    changed.corrections.append(row.id)
