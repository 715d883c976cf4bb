"""The visits that are recorded, each as a row of a list would have it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from domain.models import ImportedRow, Visit, VisitAnswer, Visitor, Voice
from domain.queries.opening import opened

_OWN = ("text", "talk", "answered")
_BATCH = 500


@dataclass(frozen=True)
class VisitListed:
    """A visit by id; people and the child by their ids too.

    `said` is what was said under each label, oldest first; what was erased is left out.
    """

    id: int
    day: date
    by: int
    companions: tuple[int, ...]
    kind: str
    method: str
    result: str
    student: int | None
    school_class: int | None
    teacher: int | None
    said: dict[str, list[str]] = field(default_factory=dict, compare=False)


async def visits_listed(days: Collection[date] | None = None) -> tuple[VisitListed, ...]:
    """All visits that count, or those between the first and the last of these days, by day."""
    chosen = Visit.filter(undone_at__isnull=True)
    if days is not None:
        if not days:
            return ()
        chosen = chosen.filter(day__gte=min(days), day__lte=max(days))
    rows = await chosen.order_by("day", "id").prefetch_related("key")
    found: dict[int, VisitListed] = {}
    for start in range(0, len(rows), _BATCH):
        found.update(await _listed(rows[start : start + _BATCH]))
    return tuple(found.values())


async def _listed(rows: list[Visit]) -> dict[int, VisitListed]:
    ids = [row.id for row in rows]
    went: dict[int, list[int]] = {}
    for one in await Visitor.filter(visit_id__in=ids).order_by("id"):
        went.setdefault(one.visit_id, []).append(one.person_id)
    visits = {row.id: _visit(row, went.get(row.id, [])) for row in rows}
    for row in rows:
        for column in _OWN:
            _add(visits[row.id], column, opened(row, column, row.key))
    # An answer is sealed as its visit is; the family's own words have a key beside them.
    keys = {row.id: row.key for row in rows}
    for answer in await VisitAnswer.filter(visit_id__in=ids, undone_at__isnull=True).order_by("id"):
        text = opened(answer, "text", keys[answer.visit_id])
        _add(visits[answer.visit_id], answer.question, text)
    voices = Voice.filter(visit_id__in=ids, undone_at__isnull=True).order_by("id")
    for voice in await voices.prefetch_related("key"):
        if voice.visit_id is not None:
            _add(visits[voice.visit_id], "words", opened(voice, "words", voice.key))
    return visits


def _visit(row: Visit, went: list[int]) -> VisitListed:
    return VisitListed(
        id=row.id,
        day=row.day,
        by=row.recorded_by_id,
        companions=tuple(person for person in went if person != row.recorded_by_id),
        kind=row.kind,
        method=row.method,
        result=row.result,
        student=row.student_id,
        school_class=row.school_class_id,
        teacher=row.teacher_id,
    )


def _add(visit: VisitListed, column: str, said: str | None) -> None:
    if said is not None:
        visit.said.setdefault(column, []).append(said)


async def rows_imported(digests: Collection[str]) -> set[str]:
    """Which of these rows were taken in before."""
    wanted = list(digests)
    found: set[str] = set()
    for start in range(0, len(wanted), _BATCH):
        rows = ImportedRow.filter(digest__in=wanted[start : start + _BATCH])
        found.update(str(digest) for digest in await rows.values_list("digest", flat=True))
    return found
