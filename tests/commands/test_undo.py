"""What was recorded by mistake is taken back for ten minutes, and is then as if it had never been."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chat.words import languages, words
from domain.actions.undoing import FINAL, UNDOERS, take_back
from domain.chaining import chained
from domain.models import Arrangement, Deed, OutboxEntry, Problem, Visit, Visitor, Voice
from domain.notices.undoing import VisitUndoneShared
from domain.notices.visits import VisitShared
from domain.queries.seen import seen_by
from tests.commands.dialogs import (
    DIRECT,
    GAO,
    GROUP,
    LI,
    LIN,
    XU,
    Reply,
    dialog,
    kinds,
    labels,
    shown,
)
from tests.fixtures.house import CHILDREN, START, School

NAMES = {name for _place, _seat, name, *_rest in CHILDREN}
RECORD = "/家访 七3 王小明 奶奶照顾，内向 诉求：希望有晚托"


async def refused(school: School, who: str, text: str) -> tuple[str, str | None]:
    reply = await school.one(who, text)
    assert reply["outcome"] == "refuse", reply["text"]
    return reply["notice"], reply["reason"]


# --- a visit -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "/undo",
        "/撤销",
        "撤销",
        "/撤消",
        "撤消",
        "/撤消 V1",
        "/撤销 V1",
        "/撤销V1",
        "/undo v1",
        "/undo 1",
        "／撤销 编号：V1",
    ],
)
async def test_the_last_visit_is_taken_back_and_the_receipt_says_which(
    school: School, typed: str
) -> None:
    reply = await dialog(school, LIN, RECORD, typed)
    assert (reply["notice"], reply["outcome"], reply["about"]) == ("VisitUndone", "ok", None)
    assert shown(reply, "visit", "student", "undone", "text", "words") == (
        1,
        "王小明",
        True,
        None,
        None,
    )
    assert reply["text"] == (
        "✅ V1 已撤销：七(3)班 王小明 家访（上门）\n它不再算数；要重记，再发一次就行。"
    )


async def test_in_english(school: School) -> None:
    await school.say(LIN, "/visit 7-3 no. 12")
    (reply,) = await school.say(LIN, "/undo", language="en")
    assert reply["title"] == "✅ V1 taken back: home visit (at home), Class 3 of Grade 7, 王小明"


async def test_what_is_taken_back_counts_nowhere(school: School) -> None:
    async def looked() -> list[Any]:
        asked = [await school.one(LIN, one) for one in ("/进度 七3", "/进度 七年级", "/待访")]
        return [reply["facts"] for reply in asked]

    before = await looked()
    await dialog(school, LIN, RECORD, "/撤销")
    assert await looked() == before
    assert not await Voice.filter(undone_at__isnull=True).exists()
    # Nor is the family one that was seen that day already.
    again = await school.one(LIN, "/家访 七3 王小明")
    assert (again["notice"], again["facts"]["visit"]) == ("VisitRecorded", 2)


async def test_a_visit_that_was_taken_back_takes_no_more(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/撤销", "/家访 V1 性格：稳重")
    assert (reply["notice"], reply["reason"]) == ("VisitTakenBack", "wrong_state")
    assert reply["text"] == "⛔ V1 8:00 已撤销，这条没有记。\n重新记一次：/家访 …"
    # What the receipt asked for is asked for no more.
    assert (await school.one(LIN, "性格：稳重"))["notice"] == "VisitTakenBack"
    assert (await school.one(GAO, "/家访 V1 性格：稳重"))["notice"] == "VisitUnknown"


async def test_the_stored_answer_to_a_repeat_says_that_it_was_taken_back(school: School) -> None:
    await school.say(LIN, RECORD, message_id="same")
    await school.say(LIN, "/撤销")
    (reply,) = await school.say(LIN, RECORD, message_id="same")
    assert reply["text"] == "✅ V1 已记录：七(3)班 王小明 家访（上门）（后来已撤销）"
    assert shown(reply, "undone", "text", "words", "answers") == (True, None, None, {})


async def test_what_was_arranged_is_open_again(school: School) -> None:
    reply = await school.one(LIN, RECORD)
    arranged = await Arrangement.create(
        leader_id=school.people[LIN],
        arranged_by_id=school.people["许宁"],
        at=START,
        day=START.date(),
        kind="visit",
        visit_id=reply["facts"]["visit"],
    )
    await school.say(LIN, "/撤销")
    await arranged.refresh_from_db()
    assert arranged.visit_id is None


async def test_a_child_on_no_list_is_found_no_more_once_its_only_visit_is_taken_back(
    school: School,
) -> None:
    await dialog(school, LIN, "/家访 七3 王小萌萌", "3")
    assert (await school.one(LIN, "/撤销"))["facts"]["student"] == "王小萌萌"
    reply = await school.one(LIN, "/家访 七3 王小萌")
    assert reply["notice"] == "StudentUnknown"
    assert not any("王小萌萌" in label for label in labels(reply))


async def test_but_it_is_as_long_as_another_visit_knows_it(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 贺新来", "1")
    await dialog(school, LIN, "/家访 七3 贺新来 电话", "1", "/撤销")
    assert (await school.one(LIN, "/家访 七3 贺新来 昨天"))["notice"] == "VisitRecorded"


# --- one after the other -----------------------------------------------------------------------


async def test_one_undo_is_one_step_back(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明", "/家访 七3 王晓敏", "/家访 V1 性格：稳重")
    replies = [await school.one(LIN, "/撤销") for _ in range(4)]
    assert [one["title"] for one in replies] == [
        "✅ V1（七(3)班 王小明）刚才的补充已撤销：性格",
        "✅ V2 已撤销：七(3)班 王晓敏 家访（上门）",
        "✅ V1 已撤销：七(3)班 王小明 家访（上门）",
        "⛔ 没有可撤销的。",
    ]
    assert (replies[-1]["notice"], replies[-1]["reason"]) == ("NothingToUndo", "wrong_state")


async def test_by_its_number_an_earlier_one_is_taken_back_and_the_later_one_stays(
    school: School,
) -> None:
    await dialog(school, LIN, "/家访 七3 王小明", "/家访 七3 王晓敏")
    assert shown(await school.one(LIN, "/撤销 V1"), "visit", "student") == (1, "王小明")
    assert (await school.one(LIN, "/进度 七3"))["facts"]["visited"] == 1


async def test_it_cannot_be_taken_back_twice(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/撤销 V1", "/撤销 V1")
    assert (reply["notice"], reply["reason"]) == ("UndoneAlready", "wrong_state")
    assert reply["text"] == "⛔ V1，8:00 已经撤销了。"


async def test_of_two_at_once_one_wins(school: School) -> None:
    await school.say(LIN, RECORD)
    deed = await Deed.get()
    async with chained():
        assert [await take_back(deed.id) is None for _ in range(3)] == [False, True, True]
    assert await OutboxEntry.filter(notice="VisitUndoneShared").count() == 0


async def test_of_two_messages_at_once_one_takes_it_back(school: School) -> None:
    await school.say(LIN, RECORD)
    said = await asyncio.gather(*(school.one(LIN, "/撤销 V1") for _ in range(4)))
    assert sorted(one["notice"] for one in said) == ["UndoneAlready"] * 3 + ["VisitUndone"]
    assert all("8:00 已" in one["title"] for one in said if one["notice"] == "UndoneAlready")


async def test_who_adds_while_it_is_taken_back_comes_before_it_or_after(school: School) -> None:
    await school.say(LIN, RECORD + " 同行：李梅")
    undone, added = await asyncio.gather(
        school.one(LIN, "/撤销 V1"), school.one(LI, "/家访 V1 性格：稳重")
    )
    assert (undone["notice"], added["notice"]) in {
        ("VisitUndone", "VisitTakenBack"),
        ("UndoBuiltOn", "VisitRecorded"),
    }


async def test_a_refused_undo_changes_nothing(school: School) -> None:
    await school.say(LIN, RECORD + " 同行：李梅")
    await school.say(LI, "/家访 V1 性格：稳重")
    assert await refused(school, LIN, "/撤销") == ("UndoBuiltOn", "wrong_state")
    assert await Deed.filter(undone_at__isnull=True).count() == 2
    assert await Visit.filter(undone_at__isnull=True).count() == 1


# --- adding ------------------------------------------------------------------------------------


async def test_only_what_was_added_is_taken_back(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明 性格：内向 诉求：希望有晚托")
    await school.say(LIN, "/家访 V1 奶奶照顾 性格：稳重 诉求：路灯坏了 当场答复：好")
    reply = await school.one(LIN, "/撤销")
    assert reply["text"] == (
        "✅ V1（七(3)班 王小明）刚才的补充已撤销：备注、当场答复、性格、诉求\nV1 的其余内容没有动。"
    )
    after = await school.one(LIN, "/家访 V1 家庭情况：奶奶照顾")
    assert shown(after, "text", "answers", "words", "open_questions") == (
        None,
        {"character": "内向", "situation": "奶奶照顾"},
        "希望有晚托",
        [],
    )


async def test_what_was_added_on_the_same_day_is_taken_back_with_who_came_along(
    school: School,
) -> None:
    await dialog(school, LIN, "/家访 七3 王小明 好", "/家访 七3 王小明 很好 同行：李梅", "1")
    reply = await school.one(LIN, "/撤销")
    assert shown(reply, "added", "told") == (["text", "companions"], ["李梅"])
    assert not await Visitor.filter(person_id=school.people[LI]).exists()
    entry = await OutboxEntry.get(notice="VisitUndoneShared")
    assert (entry.person_id, entry.facts["what"]) == (school.people[LI], "along")
    # She may be named once more.
    more = await dialog(school, LIN, "/家访 七3 王小明 同行：李梅", "1")
    assert shown(more, "companions") == (["李梅"],)


async def test_a_visit_of_somebody_else_keeps_what_they_wrote(school: School) -> None:
    await school.say(LIN, RECORD + " 同行：李梅")
    await school.say(LI, "/家访 V1 性格：稳重")
    reply = await school.one(LI, "/撤销")
    assert shown(reply, "added") == (["character"],)
    assert await refused(school, LI, "/撤销") == ("NothingToUndo", "wrong_state")


# --- what others have built on it --------------------------------------------------------------


async def test_a_visit_to_which_others_added_is_not_taken_from_under_them(school: School) -> None:
    await school.say(LIN, RECORD + " 同行：李梅")
    await school.say(LI, "/家访 V1 性格：稳重")
    reply = await school.one(LIN, "/撤销")
    assert reply["text"].split("\n") == [
        "⛔ 李梅后来补充或更正过 V1，撤销不了。",
        "请李梅先撤销自己的：/撤销 V1",
        "写错了可以更正：/更正 V1 …",
    ]
    await school.say(LI, "/撤销 V1")
    assert (await school.one(LIN, "/撤销"))["notice"] == "VisitUndone"


@pytest.mark.parametrize("added", [False, True])
async def test_words_are_not_taken_from_under_a_problem_that_is_in_hand(
    school: School, added: bool
) -> None:
    await dialog(
        school, LIN, *(["/家访 七3 王小明", "/家访 V1 诉求：希望有晚托"] if added else [RECORD])
    )
    mine = {"state": "claimed", "responsible_id": school.people["蔡平"]}
    await Problem.all().update(**mine)
    await school.say("蔡平", "/跟进 1 已联系")
    reply = await school.one(LIN, "/撤销")
    assert (reply["notice"], reply["reason"]) == ("UndoBuiltOn", "wrong_state")
    assert reply["title"] == "⛔ #1 已经有人在办，撤销不了。"
    assert await Voice.filter(undone_at__isnull=True).count() == 1


# --- whose, and when ---------------------------------------------------------------------------


@pytest.mark.parametrize("who", [LI, GAO, "程龙", "方正"])
@pytest.mark.parametrize("number", ["V1", "V99"])
async def test_somebody_else_s_is_no_such_number(school: School, who: str, number: str) -> None:
    await school.say(LIN, RECORD)
    assert await refused(school, who, f"/撤销 {number}") == ("VisitUnknown", "no_such_visit")
    assert await refused(school, who, "/撤销") == ("NothingToUndo", "wrong_state")


@pytest.mark.parametrize(
    ("who", "what_works"),
    [
        (XU, "你可以更正：/更正 V1 …"),
        ("唐果", "你可以更正：/更正 V1 …"),
        (LI, "你可以补充：/家访 V1 …"),
        ("邵毓君", "更正由林晓、联络人、办公室来：/更正 V1 …"),
    ],
)
async def test_who_may_see_it_hears_that_only_who_recorded_it_takes_it_back(
    school: School, who: str, what_works: str
) -> None:
    await school.say(LIN, RECORD + " 同行：李梅")
    reply = await school.one(who, "/撤销 V1")
    assert reply["text"].split("\n") == [
        "⛔ V1 是林晓记的。",
        "撤销只能由林晓自己来，10 分钟内。",
        what_works,
    ]
    assert (await school.one(who, "/撤销 V99"))["title"] == "⛔ 你这里没有 V99。"
    await school.say(LIN, "/撤销 V1")
    gone = await school.one(who, "/撤销 V1")
    assert gone["notice"] == "UndoneAlready"


async def test_so_it_is_with_a_talk_and_with_what_is_arranged(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长 43人 同行：李梅")
    await school.say(XU, "/安排 蔡平 周五 七3")
    talk = await school.one(LI, "/撤销 T1")
    assert talk["text"].split("\n")[::2] == ["⛔ T1 是林晓记的。", "你可以补充：/宣讲 T1 …"]
    arranged = await school.one("蔡平", "/撤销 A1")
    assert arranged["text"].split("\n")[::2] == [
        "⛔ A1 是许宁安排的。",
        "去不了就发：/安排 A1 取消",
    ]
    for typed in ("/撤销 T1", "/撤销 A1"):
        assert (await school.one(GAO, typed))["notice"] == "NumberUnknown"


async def test_within_ten_minutes_it_goes_and_after_that_it_says_since_when(school: School) -> None:
    await dialog(school, LIN, RECORD, "/家访 七3 王晓敏")
    recorded = (await Deed.get(record_id=1)).at
    await school.move_to(recorded + timedelta(minutes=9, seconds=50))
    assert (await school.one(LIN, "/撤销 V2"))["notice"] == "VisitUndone"
    await school.move_to(recorded + timedelta(minutes=10, seconds=1))
    reply = await school.one(LIN, "/撤销")
    assert (reply["notice"], reply["reason"]) == ("UndoTooLate", "too_late")
    assert reply["text"].split("\n") == [
        "⛔ V1，8:00 记的，已过 10 分钟，撤销不了。",
        "写错了可以更正：/更正 V1 …",
        "根本没去成就发：/更正 V1 作废 理由",
    ]
    await school.move_to(recorded + timedelta(days=1))
    assert "9月3日 8:00 记的" in (await school.one(LIN, "/撤销 V1"))["title"]
    assert (await school.one(LIN, "/进度 七3"))["facts"]["visited"] == 1


async def test_a_visit_that_came_in_a_list_is_nobody_s_deed(school: School) -> None:
    await school.say(LIN, RECORD)
    await Deed.all().delete()
    assert await refused(school, LIN, "/撤销 V1") == ("UndoTooLate", "too_late")
    assert await refused(school, GAO, "/撤销 V1") == ("VisitUnknown", "no_such_visit")


@pytest.mark.parametrize("typed", ["/撤销 X7", "/撤销 编号：Z9"])
async def test_a_number_that_can_be_of_nothing_is_asked_for(school: School, typed: str) -> None:
    await school.say(LIN, RECORD)
    reply = await school.one(LIN, typed)
    assert (reply["outcome"], reply["about"]) == ("ask", "record")
    assert (await school.one(LIN, "V1"))["notice"] == "VisitUndone"


# --- who hears of it, and where ----------------------------------------------------------------


async def test_who_went_along_hears_that_it_was_taken_back(school: School) -> None:
    await school.say(LIN, RECORD + " 同行：李梅、高远")
    reply = await school.one(LIN, "/撤销")
    assert reply["text"].split("\n")[-1] == "已告诉李梅、高远。"
    entries = await OutboxEntry.filter(notice="VisitUndoneShared").order_by("id")
    assert [one.person_id for one in entries] == [school.people[LI], school.people[GAO]]
    notice = VisitUndoneShared(visit=1, by=school.people[LIN])
    view: Any = await seen_by(notice, school.people[LI], occasion="a")
    assert (view.undone, str(view.student), view.words) == (True, "王小明", None)


async def test_what_they_were_told_before_says_so_too(school: School) -> None:
    await dialog(school, LIN, RECORD + " 同行：李梅", "/撤销")
    notice = VisitShared(visit=1, by=school.people[LIN])
    view: Any = await seen_by(notice, school.people[LI], occasion="a")
    assert view.undone


async def test_a_group_hears_a_number_and_no_name(school: School) -> None:
    await school.say(LIN, "/家访 七3 12号", GROUP)
    (reply,) = await school.say(LIN, "/撤销", GROUP)
    assert kinds([reply]) == [("VisitUndone", GROUP)]
    assert reply["title"] == "✅ V1 已撤销：七(3)班 12号 家访（上门）"
    assert not any(name in str(reply) for name in NAMES)


async def test_it_goes_wherever_it_was_recorded(school: School) -> None:
    await school.say(LIN, "/家访 七3 12号", GROUP)
    assert kinds(await school.say(LIN, "/撤销")) == [("VisitUndone", DIRECT)]


async def test_a_talk_with_a_teacher_is_taken_back(school: School) -> None:
    reply: Reply = await dialog(school, LIN, "/走访 教师 李梅 有点累", "/撤销")
    assert reply["title"] == "✅ V1 已撤销：走访教师 李梅（到校）"


# --- for those who add a kind ------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_each_kind_of_deed_that_can_be_taken_back_is_called_something(language: str) -> None:
    spoken = words(language)
    named = {key.removeprefix("deed.") for key in spoken.keys if key.startswith("deed.")}
    assert named == set(UNDOERS) | FINAL


async def test_what_cannot_be_read_never_takes_back_something_else(school: School) -> None:
    await school.say("林晓", "/家访 七3 12号 好")
    for typed in ("/撤销 全部", "/撤销 V1 V2"):
        (asked,) = await school.say("林晓", typed)
        assert (asked["outcome"], asked["choices"]) == ("suggest", []), typed
        await school.say("林晓", "1")
        assert not await Visit.filter(undone_at__isnull=False).exists(), typed
