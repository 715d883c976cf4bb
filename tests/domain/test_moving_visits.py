"""A visit that was another family's: its texts are sealed with that one's key, and no other."""

from __future__ import annotations

from typing import Any

import pytest
from tortoise.models import Model

from domain.house import house
from domain.models import Correction, Family, Student, Visit, VisitAnswer, Voice, WrappedKey
from domain.notices.visits import VisitShared
from domain.queries.seen import seen_by
from domain.sealing import DataKey, Place, Tampered, open_sealed
from tests.commands.dialogs import LIN, dialog
from tests.fixtures.house import School

RECORD = "/家访 七3 王小明 奶奶照顾 性格：内向 诉求：希望有晚托\n慢慢来 😀 当场答复：好"
TEXTS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Visit, ("text", "talk", "answered")),
    (VisitAnswer, ("text",)),
    (Voice, ("words",)),
    (Correction, ("before_text", "after_text")),
)
# Two texts of the visit, an answer and one put off, one voice, what stood there and what stands.
SEALED = 7


async def key_of(seat: int, place: tuple[int, int], school: School) -> DataKey:
    """The key of the family with a child in that seat."""
    child = await Student.get(seat_number=seat, school_class_id=school.classes[place])
    family = await Family.get(id=child.family_id).prefetch_related("key")
    assert family.key is not None
    return house().keyring.unwrap(bytes(family.key.wrapped))


async def opened_with(key: DataKey) -> int:
    """How many of all texts that key opens."""
    count = 0
    for model, columns in TEXTS:
        for row in await model.all():
            for column in columns:
                count += opens(row, column, key)
    return count


def opens(row: Any, column: str, key: DataKey) -> bool:
    value = getattr(row, column)
    if value is None:
        return False
    try:
        open_sealed(value, key, Place(row._meta.db_table, column, row.seal))
    except Tampered:
        return False
    return True


@pytest.fixture
async def moved(school: School) -> tuple[DataKey, DataKey]:
    """The keys of the family it was recorded of, and of the one that it was of."""
    await dialog(school, LIN, RECORD, "/更正 V1 性格：怕生")
    first, right = await key_of(12, (7, 3), school), await key_of(4, (7, 5), school)
    assert (await opened_with(first), await opened_with(right)) == (SEALED, 0)
    reply = await school.one(LIN, "/更正 V1 七5 4号")
    assert reply["notice"] == "VisitFixed"
    return first, right


async def test_nothing_is_left_under_the_first_family_s_key(
    school: School, moved: tuple[DataKey, DataKey]
) -> None:
    first, right = moved
    assert (await opened_with(first), await opened_with(right)) == (0, SEALED)
    voice = await Voice.get()
    family = (await Student.get(seat_number=4, school_class_id=school.classes[7, 5])).family_id
    assert (voice.family_id, (await Visit.get()).family_id) == (family, family)


async def test_the_words_are_what_they_were(school: School, moved: tuple[DataKey, DataKey]) -> None:
    view = await looked(school)
    assert view.words == "希望有晚托\n慢慢来 😀"
    assert (view.text, dict(view.answers)) == ("奶奶照顾", {"character": "怕生"})


async def test_erasing_the_family_erases_it_and_erasing_the_first_does_not(
    school: School, moved: tuple[DataKey, DataKey]
) -> None:
    await erase(12, (7, 3), school)
    assert (await looked(school)).words is not None
    await erase(4, (7, 5), school)
    view = await looked(school)
    assert (view.words, view.text, dict(view.answers)) == (None, None, {})


async def test_taken_back_it_is_the_first_family_s_again(
    school: School, moved: tuple[DataKey, DataKey]
) -> None:
    first, right = moved
    await school.say(LIN, "/撤销")
    assert (await opened_with(first), await opened_with(right)) == (SEALED, 0)


async def test_a_visit_whose_family_was_erased_moves_without_what_nobody_can_read(
    school: School,
) -> None:
    await school.say(LIN, RECORD)
    await erase(12, (7, 3), school)
    assert (await school.one(LIN, "/更正 V1 七5 4号"))["notice"] == "VisitFixed"
    await school.say(LIN, "/家访 V1 性格：内向")
    view = await looked(school)
    assert (view.words, view.text, dict(view.answers)) == (None, None, {"character": "内向"})


async def test_siblings_share_a_key_and_nothing_is_sealed_anew(school: School) -> None:
    await school.say(LIN, "/家访 七3 5号 很好")
    before = (await Visit.get()).text.data
    await school.say(LIN, "/更正 V1 八1 1号")
    visit = await Visit.get()
    assert visit.text.data == before
    assert visit.school_class_id == school.classes[8, 1]


async def erase(seat: int, place: tuple[int, int], school: School) -> None:
    """As erasing does: the key is destroyed."""
    child = await Student.get(seat_number=seat, school_class_id=school.classes[place])
    family = await Family.get(id=child.family_id)
    await WrappedKey.filter(id=family.key_id).delete()


async def looked(school: School) -> Any:
    who = school.people[LIN]
    return await seen_by(VisitShared(visit=1, by=who), who, occasion="look")
