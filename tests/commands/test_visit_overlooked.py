"""What people really type: a note that says when, how, that nobody was met, is not swallowed."""

from __future__ import annotations

import pytest

from domain.models import Visit
from domain.queries.students import student_in_seat
from tests.commands.dialogs import GAO, LIN, labels, shown
from tests.fixtures.house import School

NOBODY = ["已访", "婉拒", "没见到，不记"]


@pytest.mark.parametrize(
    "said", ["没人在家", "家长不在家", "没去成", "昨天没去成", "打电话没人接", "不在", "家长没时间"]
)
async def test_who_met_nobody_is_asked_before_it_counts(school: School, said: str) -> None:
    asked = await school.one(LIN, f"/家访 七3 王小明 {said}")
    if asked["about"] == "day":
        asked = await school.one(LIN, "1")
    assert (asked["notice"], asked["about"], labels(asked)) == ("ChoiceAsked", "result", NOBODY)
    assert (await school.one(LIN, "3"))["notice"] == "Dropped"
    assert (await school.one(LIN, "/进度 七3"))["facts"]["visited"] == 0


@pytest.mark.parametrize("said", ["爸爸不在家，妈妈接待，孩子内向", "奶奶照顾，内向"])
async def test_a_note_on_who_was_at_home_asks_nothing(school: School, said: str) -> None:
    assert (await school.one(LIN, f"/家访 七3 王小明 {said}"))["notice"] == "VisitRecorded"


@pytest.mark.parametrize("said", ["家长拒绝家访", "家长说不方便接待", "没有拒绝，谈得很好"])
async def test_a_refusal_within_a_sentence_is_asked_about(school: School, said: str) -> None:
    asked = await school.one(LIN, f"/家访 七3 王小明 {said}")
    assert (asked["about"], labels(asked)) == ("result", NOBODY)
    refused = await school.one(LIN, "2")
    assert (refused["facts"]["result"], refused["facts"]["text"]) == ("refused", said)


@pytest.mark.parametrize(
    ("said", "method"),
    [("微信聊的", "wechat"), ("电话家访 妈妈在外地", "phone"), ("妈妈到校谈", "school")],
)
async def test_how_it_was_done_is_asked_when_the_note_says_it(
    school: School, said: str, method: str
) -> None:
    asked = await school.one(LIN, f"/家访 七3 王小明 {said}")
    assert asked["about"] == "method"
    assert (await school.one(LIN, "1"))["facts"]["method"] == method


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨晚 奶奶照顾", "2018-09-02"),
        ("昨天下午 奶奶照顾", "2018-09-02"),
        ("周六晚上 奶奶照顾", "2018-09-01"),
        ("3天前 奶奶照顾", "2018-08-31"),
        ("奶奶照顾 昨天去的", "2018-09-02"),
        ("奶奶照顾 9月2日", "2018-09-02"),
        ("昨天去的", "2018-09-02"),
        ("日期 昨天 奶奶照顾", "2018-09-02"),
        ("on Sept 1st calm", "2018-09-01"),
    ],
)
async def test_a_day_counts_however_it_is_said(school: School, said: str, day: str) -> None:
    recorded = await school.one(LIN, f"/家访 七3 王小明 {said}")
    assert (recorded["notice"], recorded["facts"]["day"]) == ("VisitRecorded", day)


async def test_a_day_to_which_more_is_glued_is_asked_about(school: School) -> None:
    asked = await school.one(LIN, "/家访 七3 王小明 上星期天妈妈在家")
    assert (asked["about"], len(asked["choices"])) == ("day", 2)
    recorded = await school.one(LIN, "2")
    assert recorded["facts"]["day"] == "2018-09-03"
    assert recorded["facts"]["text"] == "上星期天妈妈在家"


@pytest.mark.parametrize("said", ["明天去", "下周五去", "明天 奶奶照顾"])
async def test_a_visit_that_is_only_planned_is_not_recorded(school: School, said: str) -> None:
    assert (await school.one(LIN, f"/家访 七3 王小明 {said}"))["reason"] == "future_date"


@pytest.mark.parametrize(
    "said",
    [
        "12号 13号 5号 都在家",
        "5、6、12号 都去了",
        "王小明 李想 都在家",
        "王小明和李想 都在家",
        "12号 奶奶；七3 13号 爷爷",
        "12号 奶奶\n七3 13号 爷爷",
    ],
)
async def test_several_families_in_one_line_are_sent_back(school: School, said: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 {said}")
    assert (reply["notice"], reply["outcome"]) == ("OneAtATime", "refuse")
    assert (await school.one(LIN, "/进度 七3"))["facts"]["visited"] == 0


@pytest.mark.parametrize(
    "said", ["诉求 希望有晚托", "诉求：希望有晚托", "情况 和睦 诉求 希望有晚托"]
)
async def test_a_label_needs_no_colon(school: School, said: str) -> None:
    """What is typed by voice has none."""
    assert (await school.one(LIN, f"/家访 七3 王小明 {said}"))["facts"]["words"] == "希望有晚托"


async def test_a_yes_records_no_child_that_nobody_knows(school: School) -> None:
    unknown = await school.one(GAO, "/家访 七3 贺新来 好")
    assert labels(unknown) == ["不在名单上，照样记"]
    assert (await school.one(GAO, "好的"))["notice"] != "VisitRecorded"
    for said in ("三班", "今天去了王小明家奶奶照顾"):
        assert "不在名单上，照样记" not in labels(await school.one(LIN, f"/家访 七3 {said}"))


@pytest.mark.parametrize("typed", ["七三 王小明", "七 3班 王小明"])
async def test_chinese_numerals_count_in_a_class(school: School, typed: str) -> None:
    said = await school.one(LIN, f"/家访 {typed} 内向")
    assert said["facts"]["class_"] == "七年级3班"


async def test_a_grade_alone_is_completed_by_its_class(school: School) -> None:
    assert (await school.one("程龙", "/家访 七 12号 内向"))["about"] == "class_"
    assert (await school.one("程龙", "3"))["facts"]["class_"] == "七年级3班"


@pytest.mark.parametrize(
    ("who", "typed", "expected"),
    [
        (LIN, "王小明 12号 内向", ("王小明", "2018-09-03", "内向")),
        (LIN, "王小明 2号 内向", ("王小明", "2018-09-02", "内向")),
        (LIN, "王小明 日期：2号 内向", ("王小明", "2018-09-02", "内向")),
    ],
)
async def test_a_number_behind_a_name_is_the_child_s_where_it_fits(
    school: School, who: str, typed: str, expected: tuple[str, ...]
) -> None:
    reply = await school.one(who, f"/家访 七3 {typed}")
    assert shown(reply, "student", "day", "text") == expected


async def test_a_number_tells_two_of_one_name_apart(school: School) -> None:
    reply = await school.one(LIN, "/家访 七5 陈晨 9号 内向")
    assert await students_named(school, 9) == [reply["facts"]["visit"]]


async def test_a_number_of_another_child_that_can_be_no_day_is_asked_about(school: School) -> None:
    asked = await school.one(LIN, "/家访 七3 王晓敏 5号 内向")
    assert (asked["about"], labels(asked)) == ("student", ["七(3)班 王晓敏", "七(3)班 李想"])
    assert shown(await school.one(LIN, "2"), "student", "day") == ("李想", "2018-09-03")


async def students_named(school: School, seat: int) -> list[int]:
    """The visits to the child of 七(5)班 with that number."""
    student = await student_in_seat(school.classes[7, 5], seat)
    assert student is not None
    return [one.id for one in await Visit.filter(student_id=student.id).order_by("id")]


@pytest.mark.parametrize(
    "row",
    [
        "李想 开朗",
        "李想：开朗",
        "李想开朗",
        "李想",
        "5号 开朗",
        "家访 七3 李想 开朗",
        "七3 李想 开朗",
        "走访 5号 开朗",
    ],
)
@pytest.mark.parametrize("first", ["内向", "诉求：希望有晚托", "性格：内向"])
async def test_a_family_on_a_further_line_is_not_swallowed(
    school: School, first: str, row: str
) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {first}\n{row}")
    assert (reply["notice"], reply["outcome"]) == ("OneAtATime", "refuse")
    assert "几户就写几行" in reply["text"]
    assert await Visit.all().count() == 0


@pytest.mark.parametrize("row", ["李想是他的好友", "妈妈在外地", "12号楼 301", "王小明很努力"])
async def test_a_further_line_about_the_same_home_is_its_note(school: School, row: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 内向\n{row}")
    assert reply["facts"]["text"] == f"内向\n{row}"
