"""What happens seldom to a problem: heard late, answered at once, named, opened again, on leave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import OutboxEntry, Problem, ProblemPrivy, ReadLog
from tests.commands.dialogs import (
    ADMIN,
    CAI,
    CHENG,
    GROUP,
    HEAD,
    LIN,
    OFFICE,
    XU,
    dialog,
    listed,
    news_to,
    shown,
)
from tests.fixtures.house import START, School

WORDS = "食堂排队太久，孩子吃不上热饭"
DEPUTY_HEAD = "何国良"


async def asked(school: School, who: str) -> list[str]:
    """What a person was told of problems unasked, by the notices' names."""
    unasked = ("ProblemNews", "RedFlagRaised", "ApprovalAsked")
    told = OutboxEntry.filter(person_id=school.people[who], notice__in=unasked)
    rows = await told.order_by("id")
    return [one.notice for one in rows]


# --- heard late, answered at once ---------------------------------------------------------


@pytest.mark.parametrize(("day", "late", "due"), [("8-20", 14, "9月18日"), ("9-1", 0, "9月16日")])
async def test_the_clock_of_what_is_recorded_late_starts_today(
    school: School, day: str, late: int, due: str
) -> None:
    reply = await school.one(LIN, f"/问题 七3 {WORDS} 日期：{day}")
    assert shown(reply, "late_by") == (late,)
    assert f"{due} " in reply["text"]
    story = (await school.one(LIN, "/问题 1"))["text"]
    assert (f"晚记 {late} 天" in story) is bool(late)


async def test_what_was_answered_on_the_spot_is_done_with(school: School) -> None:
    reply = await school.one(LIN, "/问题 七3 几点放学 当场答复：四点半")
    assert "当场答复，已了结" in reply["text"]
    assert reply["choices"] == []
    assert await asked(school, XU) == [], "nobody need classify it"
    story = await school.one(LIN, "/问题 1")
    assert "当场答复，已了结" in story["text"]
    assert "前办结" not in story["text"]
    assert (await school.one(CAI, "/认领 1"))["outcome"] == "refuse"
    assert (await school.one(LIN, "/回访 1 满意"))["reason"] == "wrong_state"


async def test_a_visit_s_request_answered_on_the_spot_too(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 诉求：几点放学 当场答复：四点半")
    assert reply["notice"] == "VisitRecorded"
    assert (await Problem.get()).ending == "on_the_spot"
    assert "对吗" not in reply["text"]


# --- who may not know ---------------------------------------------------------------------


async def test_the_admin_reads_nothing_of_any_problem(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    nothing = await school.one(ADMIN, f"/问题 {number + 100}")
    for typed in ("/问题 {}", "/认领 {}", "/跟进 {} 好", "/分类 {} 德育", "/回访 {} 满意"):
        reply = await school.one(ADMIN, typed.format(number))
        assert reply["outcome"] == "refuse", typed
        assert "食堂" not in str(reply), typed
    assert nothing["outcome"] == "refuse"
    for typed in ("/问题", "/问题 七年级", "/认领"):
        assert "食堂" not in str(await school.one(ADMIN, typed)), typed
    assert not await ReadLog.filter(person_id=school.people[ADMIN], record="voice").exists()


async def test_whom_a_danger_names_is_kept_from_it_by_every_way(school: School) -> None:
    await school.say(LIN, "/问题 七3 程龙打孩子，孩子说不想活了")
    assert await asked(school, CHENG) == []
    assert await asked(school, HEAD) == ["RedFlagRaised"]
    nothing = (await school.one(CHENG, "/问题 999"))["text"].replace("999", "1")
    for typed in ("/问题 1", "/认领 1", "/跟进 1 好", "/分类 1 德育"):
        reply = await school.one(CHENG, typed)
        assert (reply["reason"], reply["text"]) == ("no_such_problem", nothing), typed
    for typed in ("/问题", "/问题 七年级 全部", "/问题 八年级 全部", "/认领"):
        facts = (await school.one(CHENG, typed))["facts"]
        assert (facts["lines"], facts.get("hidden", 0)) == ([], 0), typed
    await school.say(HEAD, "/认领 1")
    asked_again = await school.one(HEAD, "/交办 1 程龙")
    assert asked_again["notice"] == "NamedInIt"
    assert await asked(school, CHENG) == []
    assert not await ProblemPrivy.filter(person_id=school.people[CHENG]).exists()


async def test_a_namesake_in_a_danger_is_nobody_of_ours(school: School) -> None:
    await school.say(LIN, "/问题 七3 孙茜打孩子，孩子说不想活了")
    settled = await school.one(LIN, "/问题 1 孙茜 同名")
    assert settled["notice"] == "NamedSettled"
    # It is a red flag still, of which nobody knows who is none of those to be alerted.
    assert (await school.one("孙茜", "/问题 1"))["reason"] == "no_such_problem"
    await school.say(HEAD, "/认领 1")
    assert (await school.one(HEAD, "/交办 1 孙茜"))["notice"] == "ProblemMoved"
    assert (await school.one("孙茜", "/问题 1"))["notice"] == "ProblemStory"


# --- who stands in ------------------------------------------------------------------------


async def test_who_stands_in_is_asked_and_does_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(CAI, "/名册 请假 9-3到9-10 代理 程龙")
    await school.say(XU, f"/分类 {number} 后勤")
    assert f"/认领 {number}" in await news_to(school, CHENG)
    waiting = await school.one(CHENG, "/认领")
    assert [line["problem"] for line in waiting["facts"]["lines"]] == [number]
    taken = await school.one(CHENG, f"/认领 {number}")
    assert shown(taken, "move", "responsible") == ("claim", CHENG)
    await school.move_to(START + timedelta(days=8))
    assert (await school.one(CHENG, f"/办结 {number} 增开窗口"))["notice"] == "ProblemMoved"


async def test_back_from_leave_it_is_with_whoever_took_it(school: School) -> None:
    number = await listed(
        school, LIN, WORDS, category="logistics", state="claimed", responsible_id=school.people[CAI]
    )
    await school.say(CAI, "/名册 请假 9-3到9-5 代理 程龙")
    assert (await school.one(CHENG, f"/跟进 {number} 我先看"))["notice"] == "ProblemMoved"
    await school.move_to(START + timedelta(days=5))
    assert (await school.one(CHENG, f"/跟进 {number} 还看"))["outcome"] == "refuse"
    assert (await school.one(CAI, f"/跟进 {number} 我接着看"))["notice"] == "ProblemMoved"


async def test_who_stands_in_for_the_approver_decides(school: School) -> None:
    number = await listed(
        school, LIN, WORDS, category="logistics", state="claimed", responsible_id=school.people[CAI]
    )
    await school.say(DEPUTY_HEAD, "/名册 请假 9-3到9-10 代理 孙茜")
    await school.say(CAI, f"/延期 {number} 3天 等设备")
    assert await asked(school, "孙茜") == ["ApprovalAsked"]
    reply = await school.one("孙茜", f"/同意 {number}")
    assert shown(reply, "move") == ("extend",)


# --- opened again -------------------------------------------------------------------------


async def test_opened_again_its_age_and_its_day_stay(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await dialog(school, CAI, f"/认领 {number}", f"/办结 {number} 增开窗口")
    before = await Problem.get(id=number)
    await school.move_to(START + timedelta(days=13))
    reply = await school.one(LIN, f"/回访 {number} 不满意 还是排队")
    assert "第 13 天（共 15 天），9月18日 (周二) 17:00 前办结" in reply["text"]
    after = await Problem.get(id=number)
    assert (after.started_on, after.due_at) == (before.started_on, before.due_at)
    assert (after.state, after.responsible_id) == ("claimed", school.people[CAI])
    story = await school.one(CAI, f"/问题 {number}")
    assert shown(story, "day_of") == (13,)
    assert "重新打开" in story["text"]


async def test_in_a_group_nothing_of_what_a_family_says_again(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await dialog(school, CAI, f"/认领 {number}", f"/办结 {number} 增开窗口")
    replies = await school.say(LIN, f"/回访 {number} 不满意 还是排队", GROUP)
    assert all("排队" not in one["text"] for one in replies if one["chat"] == GROUP)


async def test_the_office_hears_nothing_of_it_that_it_need_not(school: School) -> None:
    await school.say(LIN, f"/问题 七3 {WORDS}")
    assert await asked(school, OFFICE) == []
