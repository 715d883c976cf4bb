"""Records a visit, and adds to one: what was seen, what was learnt, what the family asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.actions.arrangements import fulfil_by_visit
from domain.actions.deeds import note_deed
from domain.actions.intake import TakenIn, take_in
from domain.actions.sealing import key_of_family, row_key, sealed
from domain.actions.visit_parts import (
    COLUMNS,
    go_along,
    share,
    standing_visit,
    write_answers,
)
from domain.models import Visit, VisitAnswer, Visitor
from domain.notices.visits import VisitShared
from domain.records import now
from domain.rules.first_look import Request
from domain.sealing import new_seal_id


@dataclass(frozen=True)
class Learnt:
    """What was said at a visit, byte for byte: a note, answers by question, the family's words.

    Each of `words` is a voice of its own, and a problem's. `requests` says which; without it
    each has one of its own.
    """

    text: str | None = None
    words: tuple[str, ...] = ()
    answered: str | None = None
    talk: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()

    @property
    def asked(self) -> tuple[Request, ...]:
        """What is to become problems."""
        return self.requests or tuple(Request((one,)) for one in self.words)


@dataclass(frozen=True)
class VisitMade:
    """A visit that took place on `day` (the school's date); a child's, or a teacher's."""

    by: int
    kind: str
    method: str
    result: str
    day: date
    companions: tuple[int, ...] = ()
    student: int | None = None
    family: int | None = None
    school_class: int | None = None
    teacher: int | None = None
    learnt: Learnt = Learnt()


@dataclass(frozen=True)
class VisitKept:
    """The numbers of what was written: the visit, what its words became, the deed."""

    visit: int
    taken: TakenIn
    deed: int | None = None


async def record_visit(made: VisitMade, *, by_command: bool = True, tell: bool = True) -> VisitKept:
    """Write the visit down and, with `tell`, tell those who went along.

    What came in a list and not `by_command` is nobody's deed, and can't be taken back.
    """
    key = await key_of_family(made.family)
    seal = new_seal_id()
    learnt = made.learnt
    visit = await Visit.create(
        seal=seal,
        key_id=key.id,
        kind=made.kind,
        method=made.method,
        result=made.result,
        day=made.day,
        recorded_at=await now(),
        recorded_by_id=made.by,
        student_id=made.student,
        family_id=made.family,
        school_class_id=made.school_class,
        teacher_id=made.teacher,
        text=sealed(learnt.text, Visit, "text", seal, key) if learnt.text else None,
        talk=sealed(learnt.talk, Visit, "talk", seal, key) if learnt.talk else None,
        answered=sealed(learnt.answered, Visit, "answered", seal, key) if learnt.answered else None,
    )
    await Visitor.create(visit_id=visit.id, person_id=made.by)
    others = await go_along(visit.id, made.companions)
    if by_command:
        await fulfil_by_visit(visit, (made.by, *others))
    await write_answers(visit, learnt.answers, made.by, key)
    taken = await take_in(visit, learnt.asked, made.by, key, learnt.answered)
    numbers = {"problems": taken.problems} if taken.problems else {}
    deed = await note_deed(made.by, "visit.record", visit.id, **numbers) if by_command else None
    if tell:
        await share(VisitShared(visit=visit.id, by=made.by), others, deed)
    return VisitKept(visit.id, taken, deed)


async def _nothing_of(visit: Visit, column: str) -> bool:
    """Whether nothing stands there; a further one may stand though the first was taken back."""
    further = VisitAnswer.filter(visit_id=visit.id, question=column, undone_at__isnull=True)
    return getattr(visit, column) is None and not await further.exists()


async def add_to_visit(
    number: int, by: int, learnt: Learnt, companions: tuple[int, ...] = ()
) -> VisitKept:
    """Add to a visit; nothing that stands there already is changed.

    A further note or answer becomes an answer of its own; further words a further voice.
    """
    # Held until it is done: what is still empty is filled by one person alone.
    visit = await standing_visit(number)
    assert visit.key_id is not None
    key = await row_key(visit.key_id)
    said = {name: text for name in COLUMNS if (text := getattr(learnt, name))}
    first = {name: said[name] for name in said if await _nothing_of(visit, name)}
    if first:
        columns = {name: sealed(first[name], Visit, name, visit.seal, key) for name in first}
        await Visit.filter(id=number).update(**columns)
    further = {name: text for name, text in said.items() if name not in first}
    visitors = await go_along(number, companions)
    if visitors:
        await fulfil_by_visit(visit, visitors)
    answers = await write_answers(visit, {**learnt.answers, **further}, by, key)
    taken = await take_in(visit, learnt.asked, by, key, learnt.answered)
    parts = {"columns": [*first], "answers": answers, "visitors": visitors}
    parts |= {"voices": taken.voices, "problems": taken.problems}
    deed = await note_deed(by, "visit.add", number, **parts)
    await share(VisitShared(visit=number, by=by), visitors, deed)
    return VisitKept(number, taken, deed)
