"""An answer counts once, for an hour, from the one who was asked, where it is said to the bot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.commands.dialogs import CHENG, DIRECT, GROUP, LI, LIN, XU, dialog, kinds, shown
from tests.fixtures.house import CHILDREN, START, School

HELP = ("Pointer", "suggest", "help")


async def head(school: School, who: str, text: str, chat: str = DIRECT) -> tuple[object, ...]:
    reply = await school.one(who, text, chat)
    return reply["notice"], reply["outcome"], reply["about"]


# --- nothing to answer ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("", "❓ 这条是空的"),
        ("   \n\t ", "❓ 这条是空的"),
        ("\u200b\u2060\ufeff", "❓ 这条是空的"),
        ("/", "❓ 这条是空的"),
        ("、", "❓ 这句我没当命令办"),
        ("😀", "❓ 这句我没当命令办"),
        ("你好", "❓ 这句我没当命令办"),
        ("问题不大", "❓ 这句我没当命令办"),
        ("家访的时候下雨了", "❓ 这句我没当命令办"),
        ("谢谢！", "❓ 这句我没当命令办"),
        ("1", "❓ 眼下没有等你回答的问题"),
        ("１２", "❓ 眼下没有等你回答的问题"),
    ],
)
async def test_what_is_no_command_gets_a_short_pointer(
    school: School, typed: str, begins: str
) -> None:
    reply = await school.one(LIN, typed)
    assert (reply["notice"], reply["outcome"], reply["about"]) == HELP
    assert (reply["understood"], reply["choices"]) == (None, [])
    assert reply["text"].startswith(begins)
    assert "/帮助" in reply["text"]
    assert len(reply["text"].split("\n")) <= 3


async def test_giving_up_when_nothing_is_open_is_talk(school: School) -> None:
    assert await head(school, LIN, "算了") == HELP


async def test_what_is_recorded_is_not_given_up(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明", "算了")
    assert reply["notice"] == "Pointer"
    assert reply["title"] == "❓ 这句我没当命令办；已经记下的不受影响。"
    assert (await school.one(LIN, "/进度"))["facts"]["visited"] == 1


# --- an open question -----------------------------------------------------------------------


@pytest.mark.parametrize("word", ["算了", "取消", "不用了", "不记了", "never mind"])
async def test_an_open_question_is_dropped_on_wish(school: School, word: str) -> None:
    reply = await dialog(school, LIN, "/家访", word)
    assert (reply["notice"], reply["outcome"]) == ("Dropped", "ok")
    assert await head(school, LIN, "12号") == HELP


async def test_a_new_command_gives_the_open_question_up(school: School) -> None:
    await dialog(school, LIN, "/家访 七5 陈晨", "/进度")
    assert await head(school, LIN, "1") == HELP


async def test_an_answer_counts_once(school: School) -> None:
    await dialog(school, LI, "/家访 张伟", "对")
    assert (await dialog(school, LI, "/家访 陈晨", "1"))["notice"] == "VisitRecorded"
    assert await head(school, LI, "1") == HELP


async def test_small_talk_leaves_the_question_open(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明", "/家访 七3 王小明 又去")
    assert await head(school, LIN, "稍等") == HELP
    assert (await school.one(LIN, "1"))["facts"]["visit"] == 1


@pytest.mark.parametrize(("minutes", "answered"), [(59, True), (61, False), (600, False)])
async def test_a_question_is_over_after_an_hour(
    school: School, minutes: int, answered: bool
) -> None:
    await school.say(LIN, "/家访 七年级 王小明")
    await school.move_to(START + timedelta(minutes=minutes))
    reply = await school.one(LIN, "七3")
    assert (reply["notice"] == "VisitRecorded") == answered


async def test_open_points_of_a_visit_are_over_after_an_hour_and_nothing_is_lost(
    school: School,
) -> None:
    await school.say(LIN, "/家访 七3 王小明")
    await school.move_to(START + timedelta(minutes=90))
    reply = await school.one(LIN, "性格：稳重")
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "visit")
    assert shown(await school.one(LIN, "1"), "visit", "answers") == (1, {"character": "稳重"})


# --- whose it is, and where ---------------------------------------------------------------------


async def test_a_question_of_the_group_is_answered_one_to_one(school: School) -> None:
    await school.say(LIN, "/家访 七5 陈晨", GROUP)
    assert (await school.one(LIN, "1"))["facts"]["visit"] == 1


async def test_a_question_of_one_to_one_is_answered_in_the_group(school: School) -> None:
    await school.say(LIN, "/家访 七5 陈晨")
    (reply,) = await school.say(LIN, "@走访 1", GROUP)
    assert (reply["notice"], reply["chat"], reply["facts"]["student"]) == (
        "VisitRecorded",
        GROUP,
        "4号",
    )


@pytest.mark.parametrize("talk", ["1", "①", "4号", "算了"])
async def test_in_a_group_an_answer_counts_only_when_it_is_said_to_the_bot(
    school: School, talk: str
) -> None:
    await school.say(LIN, "/家访 七5 陈晨", GROUP)
    assert await head(school, LIN, talk, GROUP) == HELP
    assert (await school.one(LIN, "@走访 1", GROUP))["notice"] == "VisitRecorded"


@pytest.mark.parametrize("chat", [DIRECT, GROUP])
async def test_nobody_else_s_answer_counts(school: School, chat: str) -> None:
    await school.say(LIN, "/家访 七5 陈晨", GROUP)
    for other in (XU, CHENG, LI):
        assert await head(school, other, "@走访 1" if chat == GROUP else "1", chat) == HELP
    assert (await school.one(LIN, "@走访 1", GROUP))["notice"] == "VisitRecorded"


async def test_in_a_group_a_word_is_a_command_only_with_a_prefix_or_an_address(
    school: School,
) -> None:
    assert await head(school, LIN, "家访 七3 12号", GROUP) == HELP
    for typed in ("@走访 家访 七3 12号", "/家访 七3 13号", "@走访 /家访 七3 6号"):
        assert (await school.one(LIN, typed, GROUP))["notice"] == "VisitRecorded"


async def test_a_repeat_of_an_answer_gets_the_same_reply(school: School) -> None:
    await school.say(LIN, "/家访 七5 陈晨")
    replies = [await school.say(LIN, "1", message_id="one") for _ in range(3)]
    assert [kinds(one) for one in replies] == [[("VisitRecorded", DIRECT)]] * 3
    assert (await school.one(LIN, "/进度 七5"))["facts"]["visited"] == 1


# --- whatever is said ------------------------------------------------------------------------

QUESTIONS = (
    "/家访",
    "/家访 七年级 王小明 好",
    "/家访 七13 王小明",
    "/家访 七5 陈晨",
    "/家访 七3 王大明 好",
    "/家访 七3 40号",
    "/家访 七3 王小明 9-31",
    "/家访 七3 王小明 同行：马云、李霉菌",
    "/走访 教师",
    "/家访 七3 王晓敏 方试=电话 性各：好",
    "/家访 七3 王晓敏 方式=写信",
    "/vist 七3 王小明",
    "/家访 V1",
    "/家访 七3 李想\n/家访 七3 李想\n/家访 七3 李想 明天",
    "性格：好",
    "/进度 七13",
    "/名册 司管处",
    "/帮助 加访",
)
ANSWERS = (
    *(
        "1",
        "9",
        "99",
        "12号",
        "对",
        "不是",
        "无",
        "…",
        "、",
        "七3",
        "七13",
        "昨天",
        "明天",
        "王小明",
    ),
    *(
        "七3 王小明 电话 好 性格：内向",
        "性格：",
        "方试=电话",
        "同行：马云",
        "日期=",
        "V1",
        "😀",
        "号",
    ),
    "字" * 5000,
)


@pytest.mark.parametrize(
    ("question", "chat"),
    [*((one, DIRECT) for one in QUESTIONS), *((one, GROUP) for one in QUESTIONS[1:8])],
)
async def test_whatever_is_answered_to_whatever_is_asked_there_is_a_reply_that_fits_the_room(
    school: School, question: str, chat: str
) -> None:
    names = {name for _place, _seat, name, *_rest in CHILDREN}
    for answer in ANSWERS:
        for text in (question, answer):
            replies = await school.say(LIN, text if chat == DIRECT else f"@走访 {text}", chat)
            assert replies, text
            for reply in replies:
                assert reply["notice"] not in {"NotRecorded", "NotSure"}, text
                if reply["chat"] == GROUP:
                    assert not any(name in str(reply) for name in names), text
