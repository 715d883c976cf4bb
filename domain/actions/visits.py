"""Records a visit, and adds to one: what was seen, what was learnt, what the family asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.actions.arrangements import fulfil_by_visit
from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put
from domain.actions.sealing import RowKey, key_of_family, new_row_key, row_key, sealed
from domain.models import Visit, VisitAnswer, Visitor, Voice
from domain.notices.visits import VisitShared
from domain.records import now
from domain.sealing import new_seal_id

# What is said of a visit itself; a further one to the same is kept as an answer.
COLUMNS = ("text", "talk", "answered")


@dataclass(frozen=True)
class Learnt:
    """What was said at a visit, byte for byte: a note, answers by question, the family's words.

    Each of `words` is a voice of its own.
    """

    text: str | None = None
    words: tuple[str, ...] = ()
    answered: str | None = None
    talk: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


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
    """The numbers of what was written: the visit, the voices of what was asked for, the deed."""

    visit: int
    voices: tuple[int, ...]
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
    others = await _went_along(visit.id, made.companions)
    if by_command:
        await fulfil_by_visit(visit, (made.by, *others))
    await _answers(visit, learnt.answers, made.by, key)
    voices = await _voices(visit, learnt.words, made.by, key)
    deed = await note_deed(made.by, "visit.record", visit.id) if by_command else None
    if tell:
        await _share(VisitShared(visit=visit.id, by=made.by), others, deed)
    return VisitKept(visit.id, voices, deed)


async def _went_along(visit: int, companions: tuple[int, ...]) -> list[int]:
    """Those who went along stand in the record, each once; who is new there."""
    known = {one.person_id for one in await Visitor.filter(visit_id=visit)}
    others = [person for person in dict.fromkeys(companions) if person not in known]
    await Visitor.bulk_create([Visitor(visit_id=visit, person_id=one) for one in others])
    return others


async def _share(notice: VisitShared, people: list[int], deed: int | None) -> None:
    """Tell them; who was taken out of the record and stands there anew is told anew."""
    for person in people:
        key = f"visit:{notice.visit}:shared:{person}:{deed or 'list'}"
        await put(notice, Address(person=person), key)


async def _answers(visit: Visit, answers: Mapping[str, str], by: int, key: RowKey) -> list[int]:
    return [await _answer(visit, question, answers[question], by, key) for question in answers]


async def _answer(visit: Visit, question: str, text: str, by: int, key: RowKey) -> int:
    seal = new_seal_id()
    answer = await VisitAnswer.create(
        seal=seal,
        visit_id=visit.id,
        question=question,
        text=sealed(text, VisitAnswer, "text", seal, key),
        recorded_by_id=by,
        recorded_at=await now(),
    )
    return answer.id


async def _voices(visit: Visit, words: tuple[str, ...], by: int, key: RowKey) -> tuple[int, ...]:
    return tuple([await _voice(visit, said, by, key) for said in words])


async def _voice(visit: Visit, words: str, by: int, key: RowKey) -> int:
    seal = new_seal_id()
    voice = await Voice.create(
        seal=seal,
        key_id=key.id,
        visit_id=visit.id,
        family_id=visit.family_id,
        heard_on=visit.day,
        recorded_at=await now(),
        recorded_by_id=by,
        words=sealed(words, Voice, "words", seal, key),
    )
    return voice.id


async def _nothing_of(visit: Visit, column: str) -> bool:
    """Whether nothing stands there; a further one may stand though the first was taken back."""
    further = VisitAnswer.filter(visit_id=visit.id, question=column, undone_at__isnull=True)
    return getattr(visit, column) is None and not await further.exists()


async def _begin_anew(number: int) -> None:
    """Give an erased visit a key of its own, and drop the bytes that nobody can read any more."""
    key = await new_row_key()
    await Visit.filter(id=number).update(key_id=key.id, text=None, talk=None, answered=None)
    await VisitAnswer.filter(visit_id=number).delete()


async def add_to_visit(
    number: int, by: int, learnt: Learnt, companions: tuple[int, ...] = ()
) -> VisitKept:
    """Add to a visit; nothing that stands there already is changed.

    A further note or answer becomes an answer of its own; further words a further voice.
    """
    # Held until it is done: what is still empty is filled by one person alone.
    visit = await Visit.select_for_update().get(id=number)
    if visit.key_id is None:
        await _begin_anew(number)
        await visit.refresh_from_db()
    assert visit.key_id is not None
    key = await row_key(visit.key_id)
    said = {name: text for name in COLUMNS if (text := getattr(learnt, name))}
    first = {name: said[name] for name in said if await _nothing_of(visit, name)}
    if first:
        columns = {name: sealed(first[name], Visit, name, visit.seal, key) for name in first}
        await Visit.filter(id=number).update(**columns)
    further = {name: text for name, text in said.items() if name not in first}
    visitors = await _went_along(number, companions)
    if visitors:
        await fulfil_by_visit(visit, visitors)
    answers = await _answers(visit, {**learnt.answers, **further}, by, key)
    voices = await _voices(visit, learnt.words, by, key)
    parts = {"columns": [*first], "answers": answers, "voices": voices, "visitors": visitors}
    deed = await note_deed(by, "visit.add", number, **parts)
    await _share(VisitShared(visit=number, by=by), visitors, deed)
    return VisitKept(number, voices, deed)
