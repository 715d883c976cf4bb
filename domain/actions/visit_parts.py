"""What a visit is made of, row by row: whose key seals it, answers, words, who went along."""

from __future__ import annotations

from collections.abc import Mapping

from domain.actions.outbox import Address, put
from domain.actions.sealing import RowKey, new_row_key, sealed
from domain.errors import Refusal
from domain.models import Visit, VisitAnswer, Visitor, Voice
from domain.notices.undoing import VisitTakenBack
from domain.notices.visits import VisitShared
from domain.records import now
from domain.sealing import new_seal_id

# What is said of a visit itself; a further one to the same is kept as an answer.
COLUMNS = ("text", "talk", "answered")


async def standing_visit(number: int) -> Visit:
    """The visit, held until the transaction ends, so that nobody takes it back meanwhile.

    Raises Refusal when somebody just has.
    """
    visit = await Visit.select_for_update().get(id=number)
    if visit.undone_at is not None:
        raise Refusal(VisitTakenBack(visit=number, at=visit.undone_at))
    if visit.key_id is None:
        await _begin_anew(visit)
    return visit


async def _begin_anew(visit: Visit) -> None:
    """Give an erased visit a key of its own, and drop the bytes that nobody can read any more."""
    key = await new_row_key()
    await Visit.filter(id=visit.id).update(key_id=key.id, **dict.fromkeys(COLUMNS))
    await VisitAnswer.filter(visit_id=visit.id).delete()
    await visit.refresh_from_db()


async def go_along(visit: int, companions: tuple[int, ...]) -> list[int]:
    """Those who went along stand in the record, each once; who is new there."""
    if not companions:
        return []
    known = {one.person_id for one in await Visitor.filter(visit_id=visit)}
    others = [person for person in dict.fromkeys(companions) if person not in known]
    await Visitor.bulk_create([Visitor(visit_id=visit, person_id=one) for one in others])
    return others


async def share(notice: VisitShared, people: list[int], deed: int | None) -> None:
    """Tell them; who was taken out of the record and stands there anew is told anew."""
    for person in people:
        key = f"visit:{notice.visit}:shared:{person}:{deed or 'list'}"
        await put(notice, Address(person=person), key)


async def write_answers(
    visit: Visit, answers: Mapping[str, str], by: int, key: RowKey
) -> list[int]:
    return [await write_answer(visit, question, answers[question], by, key) for question in answers]


async def write_answer(visit: Visit, question: str, text: str, by: int, key: RowKey) -> int:
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


async def write_voices(
    visit: Visit, words: tuple[str, ...], by: int, key: RowKey
) -> tuple[int, ...]:
    return tuple([await _voice(visit, said, by, key, asked=True) for said in words])


async def write_noted(
    visit: Visit, noted: tuple[str, ...], by: int, key: RowKey
) -> tuple[int, ...]:
    """What a visitor noted becomes a voice of a problem, though nobody of the family asked."""
    return tuple([await _voice(visit, text, by, key, asked=False) for text in noted])


async def _voice(visit: Visit, words: str, by: int, key: RowKey, *, asked: bool) -> int:
    seal = new_seal_id()
    voice = await Voice.create(
        seal=seal,
        key_id=key.id,
        visit_id=visit.id if asked else None,
        family_id=visit.family_id,
        heard_on=visit.day,
        recorded_at=await now(),
        recorded_by_id=by,
        words=sealed(words, Voice, "words", seal, key),
    )
    return voice.id
