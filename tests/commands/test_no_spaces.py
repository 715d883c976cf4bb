"""On a phone nobody types spaces: every command is understood without any, and nothing is bent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.messages import read_message, spaced
from commands.parsing.said import CommandSaid
from commands.table import lexicon
from tests.commands.dialogs import LIN, XU, dialog, shown
from tests.fixtures.house import School

AS_TYPED = [
    ("/宣讲影片家长120人", "/宣讲 影片 家长 120人"),
    ("/宣讲影片家长120人活动中心", "/宣讲 影片 家长 120人 活动中心"),
    ("/宣讲读书会学生昨天", "/宣讲 读书会 学生 昨天"),
    ("/安排蔡平9-5七3王小明", "/安排 蔡平 9-5 七3 王小明"),
    ("/安排蔡平周五七年级宣讲", "/安排 蔡平 周五 七年级 宣讲"),
    ("/安排周五七3王小明", "/安排 周五 七3 王小明"),
    ("/更正V12方式电话", "/更正 V12 方式 电话"),
    ("/更正V12性格内向", "/更正 V12 性格 内向"),
    ("/更正V12七3王晓敏", "/更正 V12 七3 王晓敏"),
    ("/名册七年级联系领导孙茜", "/名册 七年级 联系领导 孙茜"),
    ("/名册总务处联络人何国良", "/名册 总务处 联络人 何国良"),
    ("/名册添加七3班主任李梅", "/名册 添加 七3 班主任 李梅"),
    ("/名册请假蔡平9-10到9-12代理孙茜", "/名册 请假 蔡平 9-10到9-12 代理孙茜"),
    ("/名册历史七年级", "/名册 历史 七年级"),
    ("/走访教师李梅谈了排课", "/走访 教师 李梅谈了排课"),
    ("/家访七3王小明昨天婉拒", "/家访 七3 王小明 昨天 婉拒"),
    ("/家访七3王小明", "/家访 七3 王小明"),
    ("/家访V12性格内向", "/家访 V12 性格 内向"),
]


@pytest.mark.parametrize(("typed", "meant"), AS_TYPED)
def test_what_was_typed_without_spaces_reads_as_with_them(typed: str, meant: str) -> None:
    assert said(typed) == said(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "/家访 七3 王小明 电话里说昨天很忙",
        "/家访七3 王小明 奶奶照顾，内向 诉求：希望有晚托",
        "/家访 七3 王小明上周五刚转来",
        "/宣讲 影片播放 家长 120人",
        "/名册 历史组",
        "/名册 请假 欧阳老师 9-10",
        "/进度 七3",
        "问题不大，影片家长120人",
    ],
)
def test_a_text_is_not_taken_apart(typed: str) -> None:
    apart = spaced(typed, addressed=True, lexicon=lexicon())
    assert said(apart) == said(typed)


@given(st.text("七3王小明 影片家长120人9-5V昨天电话诉求：/安排\n", max_size=40))
def test_only_spaces_are_ever_added(text: str) -> None:
    typed = f"/家访{text}"
    apart = spaced(typed, addressed=True, lexicon=lexicon())
    assert apart.replace(" ", "") == typed.replace(" ", "")
    assert len(apart) >= len(typed)


def said(text: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    """The commands, and their parts as they were typed."""
    apart = spaced(text, addressed=True, lexicon=lexicon())
    return [
        (
            one.command,
            one.action,
            {name: [part.text for part in parts] for name, parts in one.given.items()},
        )
        for one in read_message(apart, addressed=True, lexicon=lexicon())
        if isinstance(one, CommandSaid)
    ]


async def test_each_is_carried_out(school: School) -> None:
    for who, typed, notice in [
        (LIN, "/宣讲影片家长120人", "TalkRecorded"),
        (XU, "/安排蔡平9-5七3王小明", "ArrangementMade"),
        (LIN, "/家访七3王小明内向", "VisitRecorded"),
        (LIN, "/更正V1方式电话", "VisitFixed"),
        (XU, "/走访教师李梅谈了排课", "VisitRecorded"),
        (LIN, "/撤销V1", "VisitUndone"),
    ]:
        reply = await school.one(who, typed)
        assert reply["notice"] == notice, reply["text"]


@pytest.mark.parametrize(
    "typed",
    [
        "/家访 七3 王小明 诉求希望有晚托",
        "/家访 七3 王小明 内向，诉求希望有晚托",
        "/家访 七3 王小明 内向\n诉求希望有晚托",
        "/家访七3王小明诉求希望有晚托",
        "/家访 七3 王小明 诉求 希望有晚托",
        "/家访 七3 王小明 诉求是希望有晚托",
        "/家访七3王小明 家长诉求希望有晚托",
    ],
)
async def test_a_request_needs_no_colon(school: School, typed: str) -> None:
    reply = await school.one(LIN, typed)
    assert shown(reply, "student", "words") == ("王小明", "希望有晚托")


@pytest.mark.parametrize("typed", ["没有诉求", "奶奶照顾诉求不清楚", "诉求：无", "诉求无"])
async def test_no_request_stays_none(school: School, typed: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {typed}")
    assert reply["facts"]["words"] is None


async def test_a_request_without_a_colon_adds_to_the_visit(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明", "诉求希望周末开放")
    assert shown(reply, "visit", "words") == (1, "希望周末开放")
