from __future__ import annotations

from pathlib import Path

from domain.actions.school import load_plan_roster, person_named
from domain.models import Account, Person, RosterChange, Seat
from domain.queries.people import person_at
from domain.records import Records, today
from service.lists.report import Taken
from service.lists.taking_people import take_people
from tests.fixtures.house import School
from tests.service.lists import a_list, everything

HEAD = "姓名,单位,职务,账号,语言\n"


async def take(tmp_path: Path, text: str) -> Taken:
    return await take_people(a_list(tmp_path, HEAD + text))


def counts(taken: Taken) -> tuple[int, int, int, int]:
    return taken.new, taken.changed, taken.unchanged, len(taken.refused)


async def test_people_get_seats_from_today_and_stand_in_the_history(
    school: School, tmp_path: Path
) -> None:
    taken = await take(
        tmp_path,
        "周敏,七4,班主任,teacher07,\n周敏,八年级,联络人,teams:u-7,en\n蔡平,,,dingtalk:cai,\n",
    )
    assert counts(taken) == (2, 1, 0, 0)
    person = await person_at("dingtalk", "", "teacher07")
    assert person == await person_at("teams", "", "u-7")
    row = await Person.get(id=person)
    assert (row.name, row.language, row.pinyin) == ("周敏", "en", "zhoumin")
    seats = await Seat.filter(person_id=person).order_by("id")
    assert [(one.role, one.school_class_id, one.since) for one in seats] == [
        ("teacher", school.classes[7, 4], await today()),
        ("liaison", None, await today()),
    ]
    assert await person_at("dingtalk", "", "cai") == school.people["蔡平"]
    changes = await RosterChange.all().order_by("id")
    assert [(one.action, one.role, one.by_id) for one in changes] == [
        ("bind", None, None),
        ("bind", None, None),
        ("add", "teacher", None),
        ("add", "liaison", None),
        ("bind", None, None),
    ]


async def test_the_same_list_again_changes_not_a_byte(school: School, tmp_path: Path) -> None:
    text = "周敏,七4,班主任,teacher07,en\n周敏,八年级,联络人,,\n林晓,七3,班主任,,\n蔡平,总务处,教师,cai,\n新来,,,,\n"
    first = await take(tmp_path, text)
    assert first.new == 3
    before = await everything()
    assert counts(await take(tmp_path, text)) == (0, 0, 5, 0)
    assert await everything() == before


async def test_a_seat_that_is_held_is_not_given_again(school: School, tmp_path: Path) -> None:
    before = await Seat.all().count()
    taken = await take(tmp_path, "林晓,七(3)班,教师,,\n蔡平,七3,教师,,\n")
    assert counts(taken) == (0, 1, 1, 0)
    assert await Seat.all().count() == before + 1


async def test_a_list_takes_nobodys_seat(school: School, tmp_path: Path) -> None:
    before = await everything()
    taken = await take(
        tmp_path,
        "孙茜,七年级,联系领导,,\n高远,七年级,联络人,,\n高远,七3,联络人,,\n高远,七年级,管理员,,\n",
    )
    assert counts(taken) == (0, 0, 0, 4)
    said = list(taken.sentences("zh-CN"))
    assert "/名册 七年级 联系领导 孙茜" in said[0]
    assert "许宁" in said[1]
    assert await everything() == before
    assert counts(await take(tmp_path, "高远,八年级,联络人,,\n李梅,八年级,联络人,,\n")) == (
        0,
        1,
        0,
        1,
    )


async def test_two_of_one_name_are_told_apart_by_their_accounts(
    school: School, tmp_path: Path
) -> None:
    text = "李梅,七5,班主任,a1,\n李梅,七4,班主任,a2,\n"
    assert counts(await take(tmp_path, text)) == (1, 1, 0, 0)
    assert await person_at("dingtalk", "", "a1") == school.people["李梅"]
    assert await Person.filter(name="李梅").count() == 2
    before = await everything()
    assert counts(await take(tmp_path, text)) == (0, 0, 2, 0)
    taken = await take(
        tmp_path, "李梅,总务处,联络人,,\n高远,总务处,联络人,a2,\n蔡平,七4,教师,a1,\n"
    )
    assert counts(taken) == (0, 0, 0, 3)
    assert await everything() == before
    assert "李梅" in " ".join(taken.sentences("zh-CN"))
    await take(tmp_path, "李梅,,,teams:l a1,\n")
    before = await everything()
    assert counts(await take(tmp_path, "李梅,,,teams:l a9,\n")) == (0, 0, 0, 1)
    assert await everything() == before


async def test_an_account_beside_a_name_makes_no_second_person_of_the_first(
    school: School, tmp_path: Path
) -> None:
    await take(tmp_path, "林晓,七3,班主任,lx,\n林晓,,,teams:lx,\n")
    assert await Person.filter(name="林晓").count() == 1
    platforms = await Account.filter(person_id=school.people["林晓"]).values_list(
        "platform", flat=True
    )
    assert set(platforms) == {"console", "dingtalk", "teams"}


async def test_good_rows_are_kept_and_the_others_named(school: School, tmp_path: Path) -> None:
    taken = await take(
        tmp_path,
        "周敏,七4,班主任,,\n周敏,后勤部,教师,,\n,七4,教师,,\n王一,七4,校医,,\n王二,七4,教师,钉钉号,\n王三,七4,教师,b1 b2,\n",
    )
    assert counts(taken) == (1, 0, 0, 5)
    assert sorted(one.line or 0 for one in taken.refused) == [3, 4, 5, 6, 7]


async def test_an_empty_database_has_the_annexes_first(records: Records, tmp_path: Path) -> None:
    await load_plan_roster()
    taken = await take(tmp_path, "邵毓君,,,shao,\n")
    assert counts(taken) == (0, 1, 0, 0)
    assert await Person.filter(name="邵毓君").count() == 1
    assert await person_at("dingtalk", "", "shao") == await person_named("邵毓君")
