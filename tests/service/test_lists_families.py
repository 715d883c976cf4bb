from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from chat.words import words
from domain.actions import family_list
from domain.models import Family, SchoolClass, Student, Visit, Voice, WrappedKey
from domain.queries.family_list import ChildKnown, families_known, names_of_children
from domain.queries.students import student_in_seat, students_called
from domain.records import Records
from service.lists.faults import ListFault
from service.lists.matching import OnList, by_name, holders, settle_numbers
from service.lists.report import Taken
from service.lists.taking_families import take_families
from tests.fixtures.house import School
from tests.service.lists import a_list, everything

HEAD = "班级,学号,姓名,家庭,特殊,原因,意愿\n"
# The small school's own list.
KNOWN = HEAD + (
    "七2,1,张伟,,,,\n七3,12,王小明,,,,\n七3,13,王晓敏,,,,\n七3,5,李想,d,是,,\n七3,6,欧阳娜娜,,,,\n"
    "七5,1,张伟,,,,\n七5,4,陈晨,,,,\n七5,9,陈晨,,,,\n八1,1,李念,d,,,\n"
)


async def take(tmp_path: Path, text: str) -> Taken:
    return await take_families(a_list(tmp_path, text))


def counts(taken: Taken) -> tuple[int, int, int, int]:
    return taken.new, taken.changed, taken.unchanged, len(taken.refused)


async def child(school: School, place: tuple[int, int], seat: int) -> Student:
    found = await student_in_seat(school.classes[place], seat)
    assert found
    return await Student.get(id=found.id)


async def name_of(student: int) -> str:
    return (await names_of_children([student]))[student]


# --- a first list, and the same once more ----------------------------------------------------


async def test_a_first_list_makes_classes_families_and_children(
    records: Records, tmp_path: Path
) -> None:
    text = HEAD + "七3,12,王小明,,,,\n七(3)班,13,李想,甲,是,父母在外,请晚上来\n八1,1,李念,甲,,,\n"
    assert counts(await take(tmp_path, text)) == (3, 0, 0, 0)
    assert await SchoolClass.all().count() == 2
    assert await Family.all().count() == 2
    (sister,) = await students_called("李念", None)
    (brother,) = await students_called("lixiang", None)
    assert sister.family == brother.family
    known = (await families_known([sister.family]))[sister.family]
    assert (known.special, known.reason, known.wishes) == (True, "父母在外", "请晚上来")
    assert await Student.filter(listed=False).count() == 0


async def test_the_same_list_again_changes_not_a_byte(school: School, tmp_path: Path) -> None:
    text = KNOWN + "七3,20,新同学,,,,\n七4,1,赵敏,x,是,,周末来\n八1,7,赵捷,x,,远,\n"
    first = await take(tmp_path, text)
    assert counts(first)[0] == 3
    before = await everything()
    again = await take(tmp_path, text)
    assert counts(again) == (0, 0, first.new + first.changed + first.unchanged, 0)
    assert await everything() == before
    without_columns = "姓名,班级\n" + "王小明,七3\n"
    assert counts(await take(tmp_path, without_columns)) == (0, 0, 1, 0)
    assert await everything() == before


async def test_a_list_that_says_what_is_known_changes_nothing(
    school: School, tmp_path: Path
) -> None:
    before = await everything()
    assert counts(await take(tmp_path, KNOWN)) == (0, 0, 9, 0)
    assert await everything() == before


# --- what the list says more or other --------------------------------------------------------


async def test_only_what_the_list_says_of_a_family_is_changed(
    school: School, tmp_path: Path
) -> None:
    family = (await child(school, (7, 3), 12)).family_id
    assert counts(await take(tmp_path, HEAD + "七3,12,王小明,,是,住得远,\n")) == (0, 1, 0, 0)
    assert counts(await take(tmp_path, HEAD + "七3,12,王小明,,,,周末来\n")) == (0, 1, 0, 0)
    known = (await families_known([family]))[family]
    assert (known.special, known.reason, known.wishes) == (True, "住得远", "周末来")
    assert counts(await take(tmp_path, HEAD + "七3,12,王小明,,否,,\n")) == (0, 1, 0, 0)
    known = (await families_known([family]))[family]
    assert (known.special, known.reason, known.wishes) == (False, "住得远", "周末来")


async def test_children_who_change_numbers_with_each_other_stay_who_they_are(
    school: School, tmp_path: Path
) -> None:
    one, other = await child(school, (7, 3), 12), await child(school, (7, 3), 13)
    taken = await take(tmp_path, HEAD + "七3,13,王小明,,,,\n七3,12,王晓敏,,,,\n")
    assert counts(taken) == (0, 2, 0, 0)
    assert (await child(school, (7, 3), 13)).id == one.id
    assert (await child(school, (7, 3), 12)).id == other.id


async def test_a_misspelt_name_is_corrected_under_its_number(
    school: School, tmp_path: Path
) -> None:
    before = await child(school, (7, 3), 12)
    taken = await take(tmp_path, HEAD + "七3,12,王晓明,,,,\n")
    assert counts(taken) == (0, 1, 0, 0)
    assert len(taken.notes) == 1
    assert await name_of(before.id) == "王晓明"
    assert [one.id for one in await students_called("王晓明", school.classes[7, 3])] == [before.id]


async def test_another_child_under_a_number_gets_no_one_elses_records(
    school: School, tmp_path: Path
) -> None:
    before = await child(school, (7, 3), 12)
    taken = await take(tmp_path, HEAD + "七3,12,赵明诚,,,,\n")
    assert counts(taken) == (1, 0, 0, 0)
    assert len(taken.notes) == 1
    now = await child(school, (7, 3), 12)
    assert now.id != before.id
    assert now.family_id != before.family_id
    kept = await Student.get(id=before.id)
    assert (kept.seat_number, await name_of(kept.id)) == (None, "王小明")


async def test_a_child_who_moved_within_the_grade_keeps_its_family(
    school: School, tmp_path: Path
) -> None:
    before = await child(school, (7, 3), 12)
    # The list covers the class that the child left; else there may be two of that name.
    moved = HEAD + "七3,5,李想,,,,\n七4,2,王小明,,,,\n"
    assert counts(await take(tmp_path, moved)) == (0, 1, 1, 0)
    now = await child(school, (7, 4), 2)
    assert (now.id, now.family_id) == (before.id, before.family_id)
    assert [one.id for one in await students_called("王小明", school.classes[7, 4])] == [now.id]
    assert await students_called("王小明", school.classes[7, 3]) == ()
    assert counts(await take(tmp_path, HEAD + "七1,1,欧阳娜娜,,,,\n"))[0] == 1


async def test_a_child_whom_a_teacher_recorded_is_listed_now_and_keeps_its_visits(
    school: School, tmp_path: Path
) -> None:
    await school.say("林晓", "/visit 七3 新同学 聊得好 诉求：晚托")
    await school.say("林晓", words("zh-CN").text("option.not_on_list"))
    recorded = await Student.get(listed=False)
    family, said = recorded.family_id, (recorded.id,)
    taken = await take(tmp_path, KNOWN + "七3,20,新同学,b,,,\n七1,1,新妹妹,b,,,\n")
    assert counts(taken) == (1, 1, 9, 0)
    now = await child(school, (7, 3), 20)
    assert (now.id, now.family_id, now.listed) == (said[0], family, True)
    assert await Visit.filter(family_id=family).count() == 1
    assert (await child(school, (7, 1), 1)).family_id == family


async def test_two_families_that_are_one_are_joined_with_their_visits(
    school: School, tmp_path: Path
) -> None:
    await school.say("林晓", "/visit 七3 13号 聊得好 诉求：晚托")
    one, other = await child(school, (7, 3), 12), await child(school, (7, 3), 13)
    keys = await WrappedKey.all().count()
    taken = await take(tmp_path, HEAD + "七3,12,王小明,王,,,\n七3,13,王晓敏,王,是,,\n")
    assert counts(taken) == (0, 2, 0, 0)
    assert (await child(school, (7, 3), 13)).family_id == one.family_id
    assert await name_of(other.id) == "王晓敏"
    assert await Visit.filter(family_id=one.family_id).count() == 1
    assert await Voice.filter(family_id=one.family_id).count() == 1
    assert not await Family.exists(id=other.family_id)
    assert await WrappedKey.all().count() == keys, "the visit is sealed under it"
    before = await everything()
    await take(tmp_path, HEAD + "七3,12,王小明,王,,,\n七3,13,王晓敏,王,是,,\n")
    assert await everything() == before


async def test_a_family_that_joins_brings_what_the_list_does_not_name(
    school: School, tmp_path: Path
) -> None:
    await take(tmp_path, HEAD + "七3,5,李想,,是,外婆照顾,\n")
    sister = await child(school, (8, 1), 1)
    await take(tmp_path, HEAD + "七2,1,张伟,一家,,,周末来\n七3,5,李想,一家,,,\n")
    home = (await child(school, (7, 2), 1)).family_id
    assert {one.id for one in await Student.filter(family_id=home)} >= {sister.id}
    assert await name_of(sister.id) == "李念"
    known = (await families_known([home]))[home]
    assert (known.special, known.reason, known.wishes) == (True, "外婆照顾", "周末来")


# --- what is refused -------------------------------------------------------------------------


async def test_good_rows_are_kept_and_the_others_named_without_a_child(
    school: School, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = "七3,12,王小明,,,,\n七3,12,钱多多,,,,\n十八班,1,孙悟空,,,,\n七3,30,沙小僧,,,,\n七5,,陈晨,,,,\n"
    taken = await take(tmp_path, HEAD + rows)
    assert counts(taken) == (1, 0, 1, 3)
    assert sorted(one.line or 0 for one in taken.refused) == [3, 4, 6]
    said = " ".join([*taken.sentences("zh-CN"), *taken.sentences("en"), caplog.text])
    assert not [name for name in ("王小明", "钱多多", "孙悟空", "沙小僧", "陈晨") if name in said]
    assert "4号、9号" in said
    assert "refused=3" in caplog.text


async def test_a_number_that_stays_another_childs_is_refused(
    school: School, tmp_path: Path
) -> None:
    taken = await take(tmp_path, HEAD + "七3,,王小明,,,,\n七3,12,王晓敏,,,,\n七3,13,李想,,,,\n")
    # 王晓敏 can't have 12, so she keeps 13, and 李想 can't have that.
    assert counts(taken) == (0, 0, 1, 2)
    assert (await child(school, (7, 3), 13)).seat_number == 13


async def test_of_two_new_numbers_under_one_known_name_neither_is_guessed(
    school: School, tmp_path: Path
) -> None:
    before = await everything()
    taken = await take(tmp_path, HEAD + "七3,20,王小明,,,,\n七3,21,王小明,,,,\n")
    assert counts(taken) == (0, 0, 0, 2)
    assert await everything() == before


async def test_a_list_that_ends_midway_leaves_nothing(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await everything()

    async def fails(*_: Any) -> None:
        raise IntegrityError("another had the number first")

    monkeypatch.setattr(family_list, "add_families", fails)
    with pytest.raises(IntegrityError):
        await take(tmp_path, HEAD + "七4,1,王二,,,,\n七3,13,王小明,,,,\n七3,12,王晓敏,,,,\n")
    assert await everything() == before


async def test_a_list_that_is_interrupted_leaves_nothing(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await everything()
    written, add = asyncio.Event(), family_list.add_families

    async def stays(families: Any) -> None:
        await add(families)
        written.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(family_list, "add_families", stays)
    taking = asyncio.create_task(take(tmp_path, HEAD + "七4,1,王二,,,,\n七3,13,王小明,,,,\n"))
    await written.wait()
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert await everything() == before


async def test_a_file_that_is_no_list_changes_nothing(school: School, tmp_path: Path) -> None:
    before = await everything()
    with pytest.raises(ListFault):
        await take(tmp_path, "年级,姓名\n七,王小明\n")
    assert await everything() == before


# --- who is who, for any list ----------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c"])
SEATS = st.none() | st.integers(1, 3)
CLASSES = st.integers(1, 2)


@st.composite
def lists(draw: st.DrawFn) -> list[OnList]:
    said = draw(st.lists(st.tuples(CLASSES, SEATS, NAMES), max_size=6))
    rows, seats, names = [], set(), {}
    for place, seat, name in said:
        # As the reader sees to it.
        twin = names.get((place, name))
        if (seat and (place, seat) in seats) or (twin is not None and not (twin and seat)):
            continue
        seats.add((place, seat))
        names[place, name] = bool(seat)
        rows.append(OnList(place, 7, seat, f"{place}{name}", name))
    return rows


def as_known(rows: list[OnList], seats: dict[int, int | None] | None = None) -> list[ChildKnown]:
    return [
        ChildKnown(
            place,
            place,
            row.school_class,
            (seats or {}).get(place, row.seat),
            True,
            frozenset({row.in_class, row.in_school}),
        )
        for place, row in enumerate(rows)
    ]


@given(lists())
def test_a_list_knows_its_own_children_again(rows: list[OnList]) -> None:
    known = as_known(rows)
    matching = by_name(rows, known)
    settle_numbers(matching, known, [])
    assert not matching.refused
    assert not matching.unseated
    assert {place: child.id for place, child in matching.known.items()} == {
        place: place for place in range(len(rows))
    }


@given(lists(), lists(), st.sets(st.integers(0, 5)))
def test_no_two_children_end_under_one_number(
    before: list[OnList], rows: list[OnList], slips: set[int]
) -> None:
    known = as_known(before)
    matching = by_name(rows, known)
    settle_numbers(matching, known, [place for place in holders(matching, known) if place in slips])
    matched = [child.id for child in matching.known.values()]
    assert len(matched) == len(set(matched)), "a child is one row's"
    gone = {child.id for child in matching.unseated.values()}
    changed = set(matched)
    seats = [(c.school_class, c.seat) for c in known if c.id not in changed | gone and c.seat]
    seats += [
        (row.school_class, seat)
        for place, row in enumerate(rows)
        if place not in matching.refused and (seat := matching.seat(place))
    ]
    assert len(seats) == len(set(seats))


# --- it is fast ------------------------------------------------------------------------------


async def test_a_large_school_takes_seconds(records: Records, tmp_path: Path) -> None:
    signs = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超兰霞平刚桂英华玉萍红建国庆"
    rows = [
        f"{7 + place % 6}-{1 + place // 6 % 20},{1 + place // 120},王{signs[place % 31]}{signs[place // 31 % 31]},,{'是' if place % 20 == 0 else ''},远,"
        for place in range(5000)
    ]
    began = time.perf_counter()
    assert counts(await take(tmp_path, HEAD + "\n".join(rows))) == (5000, 0, 0, 0)
    first = time.perf_counter() - began
    assert counts(await take(tmp_path, HEAD + "\n".join(rows))) == (0, 0, 5000, 0)
    print(f"5,000 families: {first:.1f} s, again: {time.perf_counter() - began - first:.1f} s")
    assert first < 60, "it takes a few seconds, even on a machine that does much else"


@pytest.mark.parametrize("name", ['"=HYPERLINK(""http://x"")"', "+86", "-王小明", "@王小明"])
async def test_a_formula_is_no_childs_name(school: School, tmp_path: Path, name: str) -> None:
    before = (await child(school, (7, 3), 12)).id
    taken = await take(tmp_path, HEAD + f"七3,12,{name},,,,\n")
    assert counts(taken) == (0, 0, 0, 1)
    assert "公式" in taken.refused[0].sentence("zh-CN")
    assert (await child(school, (7, 3), 12)).id == before
