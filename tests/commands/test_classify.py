"""A problem gets its category by name, by number or by a yes; who answers for it hears of it."""

import asyncio

import pytest

from domain.models import Lesson, OutboxEntry, Problem, ProblemEvent, Visit, Voice
from domain.queries.lessons import accuracy, lessons_learnt
from tests.commands.dialogs import (
    CAI,
    CHENG,
    GAO,
    GROUP,
    LIN,
    OFFICE,
    XU,
    dialog,
    labels,
    listed,
    shown,
    told_to,
)
from tests.fixtures.house import School

WORDS = "食堂排队太久"


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("后勤", "logistics"),
        ("2", "moral"),
        ("其他", "other"),
        ("上报其他", "bureau_other"),
        ("上报招生", "admissions"),
        ("招生政策", "admissions"),
        ("11", "bureau_other"),
        ("logistics and safety", "logistics"),
    ],
)
async def test_the_liaison_classifies_by_name_or_number(
    school: School, typed: str, category: str
) -> None:
    number = await listed(school, LIN, WORDS)
    reply = await school.one(XU, f"/分类 {number} {typed}")
    assert shown(reply, "problem", "move") == (number, "classify")
    assert (await Problem.get()).category == category


async def test_who_answers_for_it_now_is_asked_to_claim_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(XU, f"/分类 {number} 德育")
    told = await told_to(school, CAI, "ProblemNews")
    assert "德育管理" in told, "the grade's line leader sees it along"
    first = await OutboxEntry.filter(notice="ProblemNews").order_by("id").first()
    assert first is not None
    assert (first.person_id, first.facts["to_do"]) == (school.people[CHENG], "claim")


async def test_a_yes_of_who_recorded_it_is_enough(school: School) -> None:
    reply = await dialog(school, LIN, f"/问题 {WORDS}", "1")
    assert shown(reply, "problem", "move") == (1, "classify")
    assert (await Problem.get()).category == "logistics"
    lesson = await Lesson.get()
    assert (lesson.category, lesson.suggested) == ("logistics", "logistics")


@pytest.mark.parametrize("typed", ["2", "换一个"])
async def test_another_is_picked_from_all(school: School, typed: str) -> None:
    asked = await dialog(school, LIN, f"/问题 {WORDS}", typed)
    assert (asked["outcome"], asked["about"]) == ("choose", "category")
    places = {one["say"]: one["label"] for one in asked["choices"]}
    assert (places["1"], places["11"]) == ("教育教学", "其他（上报类）")
    assert labels(asked)[0] != "后勤安全", "that one was just turned down"
    assert "因为" not in asked["text"]
    await school.say(LIN, "4")
    assert (await Problem.get()).category == "conduct"


async def test_a_visit_s_receipt_asks_too_and_what_is_open_can_still_be_said(
    school: School,
) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 诉求：{WORDS}")
    assert "已立为 #1。建议分类：后勤安全" in reply["text"]
    assert len(reply["text"].split("\n")) == 6
    added = await school.one(LIN, "家庭情况：奶奶带 性格：内向")
    assert shown(added, "added") == (["situation", "character"],)
    assert (await school.one(LIN, "1"))["notice"] == "ProblemMoved"


async def test_in_a_group_nothing_is_asked(school: School) -> None:
    replies = await school.say(LIN, f"/家访 七3 12号 诉求：{WORDS}", GROUP)
    assert replies[0]["choices"] == []
    assert "建议" not in replies[0]["text"]


async def test_only_those_may_whom_the_policy_names(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(LIN, f"/分类 {number} 后勤")
    reply = await school.one(LIN, f"/分类 {number} 德育")
    assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
    assert (await school.one(GAO, f"/分类 {number} 德育"))["reason"] == "no_such_problem"
    assert (await school.one(OFFICE, f"/分类 {number} 德育"))["notice"] == "ProblemMoved"


async def test_it_is_changed_as_long_as_it_is_worked_on(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="claimed", responsible_id=school.people[CAI])
    await school.say(XU, f"/分类 {number} 后勤")
    await school.say(XU, f"/分类 {number} 德育")
    assert (await Problem.get()).responsible_id == school.people[CAI]
    assert await ProblemEvent.filter(kind="classify").count() == 2
    await Problem.all().update(state="closed", ending="satisfied")
    reply = await school.one(XU, f"/分类 {number} 后勤")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")


async def test_what_is_not_understood_is_asked_with_all_categories(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    asked = await school.one(XU, f"/分类 {number} 天气")
    assert (asked["notice"], len(asked["choices"])) == ("CategoryAsked", 11)
    await school.say(XU, "3")
    assert (await Problem.get()).category == "logistics"


async def test_corrections_are_learnt_from_and_counted(school: School) -> None:
    await dialog(school, LIN, f"/问题 {WORDS}", "1")
    await dialog(school, LIN, "/问题 作业太多", "2", "4")
    await school.say(XU, "/分类 2 3")
    (first, second) = await lessons_learnt()
    assert (first.words, first.category) == (WORDS, "logistics")
    assert (second.words, second.category) == ("作业太多", "logistics")
    measured = await accuracy()
    assert (measured.right, measured.all) == (1, 2)
    assert measured.by_category == {"logistics": (1, 2)}
    shown_to_office = await school.one(OFFICE, "/分类")
    assert "1/2" in shown_to_office["text"]


async def test_what_waits_is_shown_to_who_may_classify_it(school: School) -> None:
    await listed(school, GAO, WORDS)
    reply = await school.one(XU, "/分类")
    assert [one["problem"] for one in reply["facts"]["lines"]] == [1]
    assert (await school.one("程龙", "/分类"))["facts"]["lines"] == []


async def test_of_two_who_classify_at_once_both_are_in_the_story(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await asyncio.gather(
        school.say(XU, f"/分类 {number} 后勤"), school.say(OFFICE, f"/分类 {number} 德育")
    )
    last = await ProblemEvent.filter(kind="classify").order_by("-number").first()
    assert last is not None
    problem = await Problem.get()
    assert problem.category == last.details["category"]
    assert await Lesson.all().count() == 1


async def test_the_liaison_hears_of_what_waits_for_a_category(school: School) -> None:
    await school.say(LIN, f"/家访 七3 王小明 诉求：{WORDS}")
    told = await told_to(school, XU, "ProblemNews")
    assert "等分类" in told
    assert "/分类 1" in told


async def test_a_correction_never_moves_the_clock(school: School) -> None:
    await school.say(LIN, f"/家访 七3 王小明 诉求：{WORDS}")
    before = await Problem.get()
    assert (await school.one(LIN, "/更正 V1 日期：8-30"))["notice"] == "VisitFixed"
    after = await Problem.get()
    assert (after.started_on, after.due_at) == (before.started_on, before.due_at)


async def test_the_wrong_child_put_right_takes_the_problem_along(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明 他说不想活了")
    reply = await school.one(LIN, "/更正 V1 班级：八1 学生：赵一诺")
    assert reply["notice"] == "VisitFixed", reply["text"]
    problem, voice, visit = await Problem.get(), await Voice.get(), await Visit.get()
    assert problem.school_class_id == school.classes[8, 1]
    assert (voice.family_id, voice.key_id) == (visit.family_id, visit.key_id)


# --- what sounds the same ------------------------------------------------------------------


async def test_what_sounds_the_same_is_offered_and_joined_reversibly(school: School) -> None:
    first = await listed(school, LIN, WORDS)
    reply = await school.one(LIN, f"/问题 七年级 {WORDS}，孩子吃不上饭")
    assert shown(reply, "similar") == ([first],)
    assert labels(reply) == ["对", "换一个", f"和 #{first} 是一件事"]
    merged = await school.one(LIN, "3")
    assert shown(merged, "move") == ("merge",)
    assert (await Problem.get(id=2)).merged_into_id == first
    assert (await school.one(XU, "/拆分 2"))["notice"] == "ProblemMoved"
    assert (await Problem.get(id=2)).state == "listed"


async def test_of_what_one_may_not_know_only_a_count_is_told(school: School) -> None:
    await listed(school, LIN, WORDS)
    reply = await school.one("李梅", f"/问题 七年级 {WORDS}，孩子吃不上饭")
    assert shown(reply, "similar", "alike") == ([], 1)
    assert "#1 " not in reply["text"]
    assert "另有 1 户说过类似的" in reply["text"]


async def test_a_guess_without_a_reason_is_not_suggested(school: School) -> None:
    number = await listed(school, LIN, WORDS, suggested=[["other", 0.44], ["moral", 0.2]])
    asked = await school.one(XU, f"/分类 {number}")
    assert [one["say"] for one in asked["choices"]][:2] == ["1", "2"]
    await Problem.all().update(suggested=[["other", 0.74]])
    assert labels(await school.one(XU, f"/分类 {number}"))[0] == "其他"


async def test_a_place_for_the_evening_is_the_school_s_to_arrange(school: School) -> None:
    reply = await school.one(LIN, "/问题 七3 希望有晚托")
    assert "建议分类：后勤安全（因为：晚托）" in reply["text"]
