"""Danger in what was said: those who must know hear at once, the teacher what to do, nobody else."""

import json
import logging

import pytest

from domain.models import (
    Deed,
    OutboxEntry,
    Problem,
    ProblemEvent,
    ProblemNamed,
    ProblemPrivy,
    Voice,
)
from tests.commands.dialogs import (
    CHENG,
    GROUP,
    HEAD,
    LIN,
    OFFICE,
    XU,
    kinds,
    shown,
    told_to,
)
from tests.fixtures.house import School

SAID = "他说不想活了"


async def told(notice: str) -> set[int | None]:
    """To whom such a notice goes."""
    return {one.person_id for one in await OutboxEntry.filter(notice=notice)}


@pytest.mark.parametrize(
    "typed",
    [
        f"/家访 七3 王小明 {SAID}",
        f"/家访 七3 王小明 性格：{SAID}",
        f"/家访 七3 王小明 好 诉求：{SAID}",
        f"/家访 七3 王小明 {SAID} 诉求：希望有晚托 诉求：饭菜太咸",
        f"/问题 七3 {SAID}",
        f"/问题 七3 希望有晚托 当场答复：{SAID}",
    ],
)
async def test_it_is_one_problem_and_the_head_and_the_line_hear_at_once(
    school: School, typed: str
) -> None:
    replies = await school.say(LIN, typed)
    assert [one["notice"] for one in replies][1:] == ["RedFlagAdvice"]
    problem = await Problem.get()
    assert (problem.red_flag, problem.flags, problem.state) == (True, ["self_harm"], "listed")
    to = {school.people[HEAD], school.people[CHENG]}
    assert await told("RedFlagRaised") == to
    assert {one.person_id for one in await ProblemPrivy.all()} == to
    assert await told("ProblemNews") == set()
    assert SAID in await told_to(school, CHENG, "RedFlagRaised")


async def test_the_flagged_note_is_a_voice_and_coverage_is_as_ever(school: School) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {SAID}")
    own = reply["facts"]["coverage"][0]
    assert (own["unit"], own["visited"]) == ("七年级3班", 1)
    voice = await Voice.get()
    assert (voice.visit_id, voice.place, voice.problem_id) == (None, 1, 1)
    assert voice.family_id is not None


async def test_the_teacher_hears_what_to_do_alone(school: School) -> None:
    replies = await school.say(LIN, f"/家访 七3 12号 {SAID}", GROUP)
    assert kinds(replies) == [("VisitRecorded", GROUP), ("RedFlagAdvice", "direct")]
    assert replies[0]["facts"]["problem"] is None, "the group hears of the visit, and no more"
    assert "#1" not in replies[0]["text"]
    advice = replies[1]["text"]
    assert "已立即告诉邵毓君、程龙" in advice
    assert "12356" in advice
    assert "请撤回" in advice
    assert len(advice.split("\n")) <= 6


async def test_at_home_may_be_the_danger(school: School) -> None:
    replies = await school.say(LIN, "/家访 七3 王小明 孩子说爸爸家暴")
    assert "先别联系家里" in replies[1]["text"]


async def test_in_a_group_a_problem_with_danger_is_a_bare_number(school: School) -> None:
    replies = await school.say(LIN, f"/问题 七3 {SAID}", GROUP)
    assert replies[0]["text"] == "✅ #1 已记下。"
    assert {name: value for name, value in replies[0]["facts"].items() if value} == {
        "problem": 1,
        "days": 15,
    }


async def test_for_everyone_else_there_is_no_such_number(school: School) -> None:
    await school.say(LIN, f"/问题 七3 {SAID}")
    for who in (XU, OFFICE, "蔡平", "何国良"):
        assert (await school.one(who, "/分类 1 德育"))["reason"] == "no_such_problem", who
    assert (await school.one(CHENG, "/分类 1 德育"))["notice"] == "ProblemMoved"


async def test_whom_it_names_is_passed_over(school: School) -> None:
    replies = await school.say(LIN, "/问题 七3 程龙打孩子，孩子说不想活了")
    assert await told("RedFlagRaised") == {school.people[HEAD]}
    assert "程龙" not in replies[-2]["text"].split("\n")[0]


async def test_jokes_are_no_danger(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明 作业多得想死")
    assert not await Problem.exists()


async def test_it_is_not_undone_from_under_those_who_were_told(school: School) -> None:
    await school.say(LIN, f"/家访 七3 王小明 {SAID}")
    assert (await school.one(LIN, "/撤销"))["notice"] == "UndoBuiltOn"


async def test_nothing_of_it_is_in_the_outbox_the_log_or_a_row(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await school.say(LIN, "/家访 七3 王小明 金丝雀说不想活了 诉求：金丝雀要晚托", GROUP)
    await school.say(LIN, "/问题 七3 金丝雀说程龙太凶 摘要：金丝雀 当场答复：金丝雀")
    await school.say(LIN, "/问题 七3 金丝雀要晚托，接孩子来不及")
    await school.say(LIN, "1")
    rows = [json.dumps(one.facts, ensure_ascii=False) for one in await OutboxEntry.all()]
    events = [json.dumps(one.details, ensure_ascii=False) for one in await ProblemEvent.all()]
    deeds = [json.dumps(one.details, ensure_ascii=False) for one in await Deed.all()]
    for said in ("金丝雀", "不想活", "程龙", "王小明"):
        assert not [row for row in (*rows, *events, *deeds) if said in row]
        assert said not in caplog.text


# --- names ---------------------------------------------------------------------------------


async def test_a_colleague_who_is_named_hears_nothing_until_it_is_denied(school: School) -> None:
    replies = await school.say(LIN, "/问题 七3 程龙上课太凶")
    assert shown(replies[0], "names") == (["程龙"],)
    assert replies[1]["notice"] == "NamedAsked"
    await school.say(XU, "/分类 1 德育")
    news = await OutboxEntry.filter(notice="ProblemNews", person_id=school.people[CHENG])
    assert not news
    assert (await school.one(CHENG, "/分类 1 后勤"))["reason"] == "no_such_problem"


@pytest.mark.parametrize(("typed", "them"), [("1", True), ("2", False), ("同名", False)])
async def test_one_tap_says_whether_it_is_they(school: School, typed: str, them: bool) -> None:
    await school.say(LIN, "/问题 七3 何国良上课太凶")
    reply = await school.one(LIN, typed)
    assert shown(reply, "person", "them") == ("何国良", them)
    assert (await ProblemNamed.get()).confirmed is them
    seen = (await school.one("何国良", "/分类 1 德育"))["reason"]
    assert (seen == "no_such_problem") is them


async def test_it_can_be_said_later_too(school: School) -> None:
    await school.say(LIN, "/问题 七3 程龙上课太凶")
    reply = await school.one(LIN, "/问题 1 程龙 同名")
    assert reply["notice"] == "NamedSettled"
    assert (await school.one(XU, "/问题 1 程龙 本人"))["notice"] == "NotYourMove"


async def test_about_the_head_it_goes_to_the_deputy_head_to_be_referred(school: School) -> None:
    await school.say(LIN, "/问题 七3 邵毓君不听意见")
    told_deputy = await told_to(school, "何国良", "ProblemNews")
    assert "/上报 1" in told_deputy
    assert (await school.one(HEAD, "/分类 1 其他"))["reason"] == "no_such_problem"
    assert (await school.one(OFFICE, "/分类 1 其他"))["reason"] == "no_such_problem"


async def test_of_a_name_in_danger_it_is_asked_one_to_one_after_what_to_do(school: School) -> None:
    replies = await school.say(LIN, "/问题 七3 程龙打孩子，孩子说不想活了", GROUP)
    assert kinds(replies)[1:] == [("RedFlagAdvice", "direct"), ("NamedAsked", "direct")]
    assert "程龙" not in replies[0]["text"]
    reply = await school.one(LIN, "1")
    assert shown(reply, "person", "them") == ("程龙", True)
    assert await told("RedFlagRaised") == {school.people[HEAD]}
    assert (await school.one(CHENG, "/分类 1 德育"))["reason"] == "no_such_problem"


async def test_who_is_no_more_than_a_namesake_is_alerted_of_the_danger_at_once(
    school: School,
) -> None:
    await school.say(LIN, "/问题 七3 程龙打孩子，孩子说不想活了")
    replies = await school.say(LIN, "2")
    assert [one["notice"] for one in replies] == ["NamedSettled"]
    both = [school.people[HEAD], school.people[CHENG]]
    rows = await OutboxEntry.filter(notice="RedFlagRaised").order_by("id")
    assert [one.person_id for one in rows] == both, "the head not twice"
    assert {one.person_id for one in await ProblemPrivy.all()} == set(both)
    await school.say(LIN, "/问题 1 程龙 同名")
    assert await OutboxEntry.filter(notice="RedFlagRaised").count() == 2


async def test_a_group_hears_no_name(school: School) -> None:
    replies = await school.say(LIN, "/问题 七3 程龙上课太凶", GROUP)
    assert "程龙" not in replies[0]["text"]
    assert [one["chat"] for one in replies if one["notice"] == "NamedAsked"] == ["direct"]
