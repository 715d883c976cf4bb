"""Moves a visit to the family that was really visited, with all that was said there.

All that a visit holds is sealed with the key of its family, so that erasing the family erases it.
When the visit turns out to be another family's, each text is sealed anew with that one's key, and
nothing of it is left under the first: erasing the one leaves no word readable that was sealed for
it, and erasing the other takes no word along that is not its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from tortoise.expressions import Q

from domain.actions.intake import grade_unit
from domain.actions.sealing import RowKey, key_of_family, resealed, row_key
from domain.actions.visit_parts import COLUMNS
from domain.models import Correction, Deed, Problem, Visit, VisitAnswer, Voice


@dataclass(frozen=True)
class Child:
    """Whose visit it is: the child, its family, the class it was visited in."""

    student: int
    family: int
    school_class: int


async def move_visit(visit: Visit, to: Child) -> None:
    """Make it that child's visit; the family's words stay byte for byte, and so does their day."""
    place = {"student_id": to.student, "school_class_id": to.school_class}
    await Visit.filter(id=visit.id).update(**place)
    problems = await _problems(visit)
    if problems:
        where = {"school_class_id": to.school_class, "unit_id": await grade_unit(to.school_class)}
        await Problem.filter(id__in=problems).update(**where)
    if to.family != visit.family_id:
        await _to_family(visit, to.family, problems)
    await visit.refresh_from_db()


async def _problems(visit: Visit) -> list[int]:
    """What became of its words, and of danger that was read in a note of it."""
    deeds = Deed.filter(kind__in=("visit.record", "visit.add"), record_id=visit.id)
    return [one for deed in await deeds.order_by("id") for one in deed.details.get("problems", ())]


async def _to_family(visit: Visit, family: int, problems: list[int]) -> None:
    assert visit.key_id is not None
    old, new = await row_key(visit.key_id), await key_of_family(family)
    columns = {name: resealed(visit, name, old, new) for name in COLUMNS}
    await Visit.filter(id=visit.id).update(family_id=family, key_id=new.id, **columns)
    for answer in await VisitAnswer.filter(visit_id=visit.id).order_by("id"):
        text = resealed(answer, "text", old, new)
        await VisitAnswer.filter(id=answer.id).update(text=text)
    await _voices(visit, family, new, problems)
    await _corrections(visit, new)


async def _voices(visit: Visit, family: int, new: RowKey, problems: list[int]) -> None:
    """Each has a key of its own to point to; one that was erased stays so."""
    noted = Q(visit_id__isnull=True, problem_id__in=problems, family_id=visit.family_id)
    for voice in await Voice.filter(Q(visit_id=visit.id) | noted).order_by("id"):
        sealed_anew = {}
        if voice.key_id is not None:
            words = resealed(voice, "words", await row_key(voice.key_id), new)
            sealed_anew = {"key_id": new.id, "words": words}
        await Voice.filter(id=voice.id).update(family_id=family, **sealed_anew)


async def _corrections(visit: Visit, new: RowKey) -> None:
    """What stood there before it was corrected is the visit's too."""
    rows = Correction.filter(record="visit", record_id=visit.id, key_id__not_isnull=True)
    for row in await rows.order_by("id"):
        assert row.key_id is not None
        old = await row_key(row.key_id)
        texts = {name: resealed(row, name, old, new) for name in ("before_text", "after_text")}
        await Correction.filter(id=row.id).update(key_id=new.id, **texts)
