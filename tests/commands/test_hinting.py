"""What stands in a group and tells of a child is to be recalled, carried out or not, asked once."""

from __future__ import annotations

import pytest

from tests.commands.dialogs import DIRECT, GROUP, LIN, XU, Reply
from tests.fixtures.house import School


def hints(replies: list[Reply]) -> list[Reply]:
    """The private hints among them."""
    found = [one for one in replies if one["notice"] == "NameInGroup"]
    assert all(one["chat"] == DIRECT for one in found)
    return found


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("/加访 七3 王小明", "DidYouMean"),
        ("/加访 七3 12号 奶奶照顾", "DidYouMean"),
        ("/金星 王小明", "DidYouMean"),
        ("/家访 七3 王小明 方试=电话", "DidYouMean"),
        ("/安排 蔡平 9-5 七3 王小明", "NotAllowed"),
        ("/进度 王小明", "DidYouMean"),
        ("/宣讲 影片 家长 王小明家里", "TalkRecorded"),
        ("/talk film families at Wang Xiaoming's", "TalkRecorded"),
        ("/撤销 王小明", "DidYouMean"),
        ("/帮助 王小明", "DidYouMean"),
        ("/更正 V9 王小明", "VisitUnknown"),
    ],
)
async def test_whatever_becomes_of_it_the_name_is_to_be_recalled(
    school: School, typed: str, notice: str
) -> None:
    replies = await school.say(LIN, typed, GROUP)
    assert replies[0]["notice"] == notice
    assert len(hints(replies)) == 1
    assert "王小明" not in str([one for one in replies if one["chat"] == GROUP])


@pytest.mark.parametrize(
    "typed",
    [
        "/加访 七3 12号",
        "/宣讲 影片 家长 120人 活动中心",
        "/宣讲 影片 家长 同行：蔡平",
        "/安排 蔡平 9-5 七3 12号",
        "/进度 七3",
        "王小明今天怎么样",
    ],
)
async def test_what_tells_of_nobody_brings_no_hint(school: School, typed: str) -> None:
    assert not hints(await school.say(XU, typed, GROUP))


async def test_one_to_one_nothing_is_to_be_recalled(school: School) -> None:
    for typed in ("/加访 七3 王小明", "/宣讲 影片 家长 王小明家里", "/帮助 王小明"):
        assert not hints(await school.say(LIN, typed))


async def test_who_was_asked_to_recall_it_isn_t_asked_again_when_it_goes_on(
    school: School,
) -> None:
    for typed, answer in (
        ("/加访 七3 王小明", "1"),
        ("/家访 七3 王晓敏 方试=电话", "1"),
        ("/宣讲 影片 王小明家里", "家长"),
    ):
        assert len(hints(await school.say(LIN, typed, GROUP))) == 1
        replies = await school.say(LIN, f"@走访 {answer}", GROUP)
        assert replies[0]["outcome"] == "ok"
        assert not hints(replies), typed


async def test_one_message_has_one_hint_that_says_all_it_recorded(school: School) -> None:
    replies = await school.say(
        LIN, "/家访 七3 王小明 内向\n/家访 七3 李想\n/家访 七3 6号\n/进度", GROUP
    )
    (hint,) = hints(replies)
    assert replies[-1] == hint
    assert (hint["facts"]["visit"], hint["facts"]["others"]) == (1, [2, 3])
    assert "V1、V2、V3 已记好" in hint["text"]


async def test_a_colleague_of_the_same_name_is_no_child(school: School) -> None:
    await school.say(XU, "/家访 七3 蔡平")
    await school.say(XU, "1")
    assert not hints(await school.say(XU, "/宣讲 影片 家长 同行：蔡平", GROUP))
