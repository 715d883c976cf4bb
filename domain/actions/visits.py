"""Records a visit, and adds to one: what was seen, what was learnt, what the family asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.actions.outbox import Address, put
from domain.actions.sealing import RowKey, new_row_key, row_key, sealed
from domain.models import Family, Visit, VisitAnswer, Visitor, Voice
from domain.notices.visits import VisitShared
from domain.records import now
from domain.sealing import new_seal_id


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
    """The numbers of what was written: the visit, and the voices of what was asked for."""

    visit: int
    voices: tuple[int, ...]


async def record_visit(made: VisitMade) -> VisitKept:
    """Write the visit down and tell those who went along."""
    key = await _key_of(made.family)
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
    await _share(visit.id, made.by, made.companions)
    await _answers(visit, learnt.answers, made.by, key)
    return VisitKept(visit.id, await _voices(visit, learnt.words, made.by, key))


async def _key_of(family: int | None) -> RowKey:
    """The family's key, so that erasing it erases all its visits; a talk with a teacher has one.

    So has a visit to a family whose key was destroyed: what that one sealed stays unreadable.
    """
    row = await Family.get(id=family) if family is not None else None
    if row is None or row.key_id is None:
        return await new_row_key()
    return await row_key(row.key_id)


async def _share(visit: int, by: int, companions: tuple[int, ...]) -> None:
    """Those who went along stand in the record, and are told, each once."""
    known = {one.person_id for one in await Visitor.filter(visit_id=visit)}
    others = [person for person in dict.fromkeys(companions) if person not in known]
    await Visitor.bulk_create([Visitor(visit_id=visit, person_id=one) for one in others])
    for person in others:
        notice = VisitShared(visit=visit, by=by)
        await put(notice, Address(person=person), f"visit:{visit}:shared:{person}")


async def _answers(visit: Visit, answers: Mapping[str, str], by: int, key: RowKey) -> None:
    for question, text in answers.items():
        seal = new_seal_id()
        await VisitAnswer.create(
            seal=seal,
            visit_id=visit.id,
            question=question,
            text=sealed(text, VisitAnswer, "text", seal, key),
            recorded_by_id=by,
            recorded_at=await now(),
        )


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
    more = dict(learnt.answers)
    for column in ("text", "talk", "answered"):
        said: str | None = getattr(learnt, column)
        if said and getattr(visit, column) is None:
            await Visit.filter(id=number).update(
                **{column: sealed(said, Visit, column, visit.seal, key)}
            )
        elif said:
            more[column] = said
    await _share(number, by, companions)
    await _answers(visit, more, by, key)
    return VisitKept(number, await _voices(visit, learnt.words, by, key))
