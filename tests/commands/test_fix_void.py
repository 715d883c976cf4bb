"""A visit that never happened counts no more, and shows that it was marked so, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.models import Arrangement, Correction, OutboxEntry, Problem, Visit, VisitAnswer, Voice
from domain.notices.visits import VisitShared
from domain.queries.seen import seen_by
from tests.commands.dialogs import ADMIN, GAO, GROUP, LI, LIN, OFFICE, XU, dialog, told_to
from tests.fixtures.house import START, School

WHY = "家长临时有事"
RECORD = "/家访 七3 王小明 奶奶照顾 性格：内向 诉求：希望有晚托 同行：李梅"
VOID = f"/更正 V1 作废 {WHY}"


async def looked(school: School) -> list[Any]:
    """What is counted, and whom to see next."""
    asked = [await school.one(LIN, one) for one in ("/进度 七3", "/进度 全校", "/待访")]
    return [reply["facts"] for reply in asked]


@pytest.mark.parametrize("who", [LIN, XU, OFFICE])
async def test_it_is_as_if_it_had_never_been_and_says_why(school: School, who: str) -> None:
    before = await looked(school)
    await school.one(LIN, RECORD)
    await school.move_to(START + timedelta(minutes=30))
    reply = await school.one(who, VOID)
    assert reply["notice"] == "VisitVoided", reply["text"]
    lines = reply["text"].split("\n")
    assert lines[:3] == [
        "✅ V1 已作废：七(3)班 王小明 家访（上门）",
        f"理由：{WHY}",
        "它不再算数，这一户可以照常再记；立了的问题还在，不用办就发：/撤回 编号",
    ]
    assert lines[-1] == ("已告诉李梅。" if who == LIN else "已告诉林晓、李梅。")
    assert [facts | {"forecast": None} for facts in await looked(school)] == [
        facts | {"forecast": None} for facts in before
    ]
    assert (await Problem.get()).state == "listed", "whoever answers for it ends it"
    assert await Voice.filter(undone_at__isnull=True, problem_id=1).exists()
    assert not await VisitAnswer.filter(undone_at__isnull=True).exists()
    told = await told_to(school, LI, "VisitVoidedShared")
    by = {LIN: "林晓", XU: "许宁", OFFICE: "唐果"}[who]
    assert told.startswith(f"🔔 {by}把 V1 作废了：七(3)班 王小明 家访（上门）\n理由：{WHY}")
    # The same day is free again.
    assert (await school.one(LIN, "/家访 七3 王小明"))["notice"] == "VisitRecorded"


@pytest.mark.parametrize("typed", ["删除", "删掉", "取消", "delete"])
async def test_whoever_would_delete_it_is_asked_why_and_no_child_is_called_so(
    school: School, typed: str
) -> None:
    await school.one(LIN, RECORD)
    asked = await school.one(LIN, f"/更正 V1 {typed}")
    assert (asked["notice"], asked["about"]) == ("FieldsAsked", "grounds")
    assert (await school.one(LIN, WHY))["notice"] == "VisitVoided"


async def test_in_english(school: School) -> None:
    await school.say(LIN, "/visit 7-3 no. 12")
    (reply,) = await school.say(LIN, "/fix V1 void they had to cancel", language="en")
    assert reply["text"].split("\n")[:2] == [
        "✅ V1 is void: home visit (at home), Class 3 of Grade 7, 王小明",
        "Why: they had to cancel",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "/更正 V1 作废 家长临时有事",
        "/更正V1作废 家长临时有事",
        "/更正 V1 没去成 家长临时有事",
        "/更正 V1 未访 理由：家长临时有事",
        "/fix v1 void 家长临时有事",
        "／更正 V1 作废，家长临时有事",
    ],
)
async def test_however_it_is_written(school: School, typed: str) -> None:
    reply = await dialog(school, LIN, RECORD, typed)
    assert (reply["notice"], reply["facts"]["grounds"]) == ("VisitVoided", WHY), reply["text"]


async def test_why_is_asked_for_and_a_bare_answer_is_enough(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1 作废")
    assert (reply["notice"], reply["facts"]["missing"]) == ("FieldsAsked", ["grounds"])
    assert (await school.one(LIN, WHY))["facts"]["grounds"] == WHY


async def test_in_a_group_why_is_not_said(school: School) -> None:
    await school.say(LIN, RECORD)
    for reply in await school.say(LIN, VOID, GROUP):
        assert WHY not in str([reply["text"], reply["facts"]]) or reply["chat"] != GROUP


async def test_what_was_told_before_says_that_it_is_void(school: School) -> None:
    await dialog(school, LIN, RECORD, VOID)
    view = await seen_by(
        VisitShared(visit=1, by=school.people[LIN]), school.people[LI], occasion="test"
    )
    assert getattr(view, "voided", None) is True
    reply = await school.one(LIN, "/家访 V1 性格：稳重")
    assert (reply["notice"], reply["title"]) == (
        "VisitTakenBack",
        "⛔ V1 8:00 已作废，这条没有记。",
    )
    assert (await school.one(XU, VOID))["notice"] == "VisitTakenBack"


@pytest.mark.parametrize("who", [GAO, ADMIN])
async def test_for_whom_it_is_no_such_number_nothing_changes(school: School, who: str) -> None:
    await school.say(LIN, RECORD)
    assert (await school.one(who, VOID))["notice"] == "VisitUnknown"
    assert not await Visit.filter(undone_at__isnull=False).exists()


async def test_it_can_be_taken_back_and_counts_again(school: School) -> None:
    await school.one(LIN, RECORD)
    before = await looked(school)
    arranged = await Arrangement.create(
        leader_id=school.people[LIN],
        arranged_by_id=school.people[XU],
        at=START,
        day=START.date(),
        kind="visit",
        school_class_id=school.classes[7, 3],
        visit_id=1,
    )
    await school.one(XU, VOID)
    await arranged.refresh_from_db()
    assert arranged.visit_id is None
    reply = await school.one(XU, "/撤销")
    assert reply["title"] == "✅ V1 的作废已撤销，又算数了：七(3)班 王小明 家访（上门）"
    assert await looked(school) == before
    await arranged.refresh_from_db()
    assert arranged.visit_id == 1
    assert await Voice.filter(undone_at__isnull=True).count() == 1
    assert not await Correction.exists()
    last = await OutboxEntry.filter(notice="VisitUndoneShared").order_by("-id").first()
    assert last is not None
    assert last.person_id == school.people[LI]


async def test_who_recorded_it_does_not_take_back_what_another_marked_void(school: School) -> None:
    await school.one(LIN, RECORD)
    await school.one(XU, VOID)
    assert (await school.one(LIN, "/撤销"))["notice"] == "UndoBuiltOn"


async def test_after_ten_minutes_it_is_said_how(school: School) -> None:
    await school.one(LIN, RECORD)
    await school.move_to(START + timedelta(minutes=11))
    reply = await school.one(LIN, "/撤销")
    assert reply["text"].split("\n")[1:] == [
        "写错了可以更正：/更正 V1 …",
        "根本没去成就发：/更正 V1 作废 理由",
    ]


VISITS = st.lists(
    st.tuples(
        st.sampled_from(["七3 12号", "七3 13号", "七3 5号", "八1 2号"]),
        st.sampled_from(["", "电话", "婉拒", "视频"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.sqlite
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(visits=VISITS)
async def test_coverage_counts_as_if_the_void_ones_had_never_been(
    school: School, visits: list[tuple[str, str, bool]]
) -> None:
    await Visit.all().update(undone_at=START)
    told: list[int] = []
    for place, how, void in visits:
        first = await school.one(OFFICE, f"/家访 {place} {how}")
        if first["notice"] == "VisitTwice":
            again = next(one["say"] for one in first["choices"] if one["label"] == "再记一次")
            first = await school.one(OFFICE, again)
        if void:
            told.append(first["facts"]["visit"])
    for number in told:
        assert (await school.one(OFFICE, f"/更正 V{number} 作废 没去"))["notice"] == "VisitVoided"
    counted = (await school.one(OFFICE, "/进度 全校"))["facts"]
    await Visit.filter(undone_at__isnull=True).update(undone_at=START)
    for place, how, void in visits:
        if void:
            continue
        reply = await school.one(OFFICE, f"/家访 {place} {how}")
        if reply["notice"] == "VisitTwice":
            again = next(one["say"] for one in reply["choices"] if one["label"] == "再记一次")
            await school.one(OFFICE, again)
    assert (await school.one(OFFICE, "/进度 全校"))["facts"] == counted
