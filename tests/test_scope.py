"""What one person may see: never more than their seat gives, in a group never a child's name."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.console.outbound import payload
from chat.wording import compose
from domain.models import Leave, OutboxEntry, ReadLog, Seat
from domain.notices.base import notice_from
from domain.notices.views import VisitSeen
from domain.notices.visits import VisitShared
from domain.queries.outbox import said_in
from domain.queries.seen import seen_by
from domain.rules.masking import masked
from tests.fixtures.house import CHILDREN, START, School

EVERYONE = [
    "林晓",
    "李梅",
    "高远",
    "许宁",
    "唐果",
    "方正",
    "邵毓君",
    "何国良",
    "孙茜",
    "蔡平",
    "沈佳宝",
    "程龙",
    "谷辉",
]


async def look(school: School, who: str | None, visit: int, occasion: str = "look") -> VisitSeen:
    """A visit as somebody (None: a group) is told of it."""
    notice = VisitShared(visit=visit, by=school.people["林晓"])
    reader = None if who is None else school.people[who]
    view = await seen_by(notice, reader, occasion=occasion)
    assert isinstance(view, VisitSeen)
    return view


def read_in(view: VisitSeen) -> set[str]:
    """Which personal text the view holds."""
    return {
        name
        for name, value in {
            "name": view.student and view.student.name,
            "text": view.text,
            "words": view.words,
            "answers": view.answers,
        }.items()
        if value
    }


async def readers(school: School, visit: int) -> set[str]:
    """Who sees personal text of the visit: all of it, for nobody sees a half."""
    seen = {who: read_in(await look(school, who, visit)) for who in EVERYONE}
    everything = set().union(*seen.values())
    assert all(part in (set(), everything) for part in seen.values()), seen
    return {who for who, part in seen.items() if part}


# --- who reads what -----------------------------------------------------------------------

SCHOOL_WIDE = {"唐果", "邵毓君", "何国良", "蔡平", "沈佳宝", "谷辉"}  # office, heads, working
SAID = "奶奶照顾 诉求：希望有晚托 性格：内向"


@pytest.mark.parametrize(
    ("by", "said", "may"),
    [
        # Another's class teacher, the leader of another grade and the admin see nothing.
        ("林晓", f"/visit 七3 王小明 {SAID}", {"林晓", "许宁"}),
        ("林晓", f"/visit 七5 陈晨 {SAID}", {"林晓", "李梅", "许宁"}),
        ("高远", f"/visit 八1 赵一诺 {SAID}", {"高远", "程龙"}),
        # Whoever went along may read what was said there.
        ("林晓", f"/visit 七3 王小明 {SAID} 同行：高远", {"林晓", "许宁", "高远"}),
        ("孙茜", f"/visit 七3 王小明 {SAID}", {"林晓", "许宁", "孙茜"}),
        ("孙茜", "/visit 高三1 吴桐 很好", {"孙茜"}),
        # Not even one's own record is read by the admin.
        ("方正", f"/visit 七3 王小明 {SAID}", {"林晓", "许宁"}),
    ],
)
async def test_a_familys_visit_is_for_those_whose_families_they_are(
    school: School, by: str, said: str, may: set[str]
) -> None:
    replies = await school.say(by, said)
    if replies[0]["notice"] == "ChoiceAsked":  # two children of one name
        replies = await school.say(by, "1")
    assert replies[0]["notice"] == "VisitRecorded"
    assert await readers(school, replies[0]["facts"]["visit"]) == may | SCHOOL_WIDE


async def test_what_a_teacher_confided_is_for_who_heard_it_and_the_heads(school: School) -> None:
    reply = await school.one("林晓", "/visit 教师 李梅 家里有事 诉求：少排早课 同行：高远")
    number = reply["facts"]["visit"]
    assert await readers(school, number) == {"林晓", "高远", "邵毓君", "何国良"}
    assert read_in(await look(school, "林晓", number)) == {"text", "words"}


async def test_a_group_reads_nothing(school: School) -> None:
    number = (await school.one("林晓", f"/visit 七3 王小明 {SAID}"))["facts"]["visit"]
    view = await look(school, None, number)
    assert read_in(view) == set()
    assert str(view.student) == "12号"
    assert view.has_words
    assert not view.private


async def test_who_stands_in_reads_what_the_absent_one_may_and_only_so_long(
    school: School,
) -> None:
    number = (await school.one("林晓", f"/visit 七3 王小明 {SAID}"))["facts"]["visit"]
    today = START.date()
    await Leave.create(
        person_id=school.people["许宁"],
        deputy_id=school.people["李梅"],
        since=today + timedelta(days=1),
        until=today + timedelta(days=2),
    )
    allowed = []
    for days in range(4):
        await school.move_to(START + timedelta(days=days))
        allowed.append(bool(read_in(await look(school, "李梅", number, f"day {days}"))))
    assert allowed == [False, True, True, False]


async def test_standing_in_for_the_admin_gives_nothing(school: School) -> None:
    number = (await school.one("林晓", f"/visit 七3 王小明 {SAID}"))["facts"]["visit"]
    day = START.date()
    await Leave.create(
        person_id=school.people["方正"], deputy_id=school.people["李梅"], since=day, until=day
    )
    assert read_in(await look(school, "李梅", number)) == set()


async def test_a_seat_that_is_over_gives_nothing_any_more(school: School) -> None:
    number = (await school.one("林晓", f"/visit 七3 王小明 {SAID}"))["facts"]["visit"]
    assert read_in(await look(school, "许宁", number, "before"))
    await Seat.filter(person_id=school.people["许宁"]).update(until=START.date())
    assert read_in(await look(school, "许宁", number, "after")) == set()


async def test_a_class_that_moved_up_takes_its_visits_along(school: School) -> None:
    number = (await school.one("林晓", f"/visit 七3 王小明 {SAID}"))["facts"]["visit"]
    await school.move_to(START.replace(year=2019))
    # 八年级 now: its leader reads, the liaison of 七年级 no more.
    view = await look(school, "程龙", number)
    assert (str(view.class_), bool(read_in(view))) == ("八年级3班", True)
    assert read_in(await look(school, "许宁", number)) == set()
    assert read_in(await look(school, "林晓", number))


# --- the log of reading -------------------------------------------------------------------


async def rows() -> Counter[tuple[int, str, int]]:
    return Counter([(one.person_id, one.record, one.record_id) for one in await ReadLog.all()])


async def test_each_reading_leaves_one_row_for_each_record_and_occasion(school: School) -> None:
    me = school.people["林晓"]
    (receipt,) = await school.say("林晓", f"/visit 七3 王小明 {SAID}", message_id="a")
    assert receipt["facts"]["student"] == "王小明"
    logged = await ReadLog.all().order_by("record")
    assert [(one.person_id, one.record, one.columns) for one in logged] == [
        (me, "problem", "because"),
        (me, "student", "name"),
        (me, "visit", "text words answers"),
    ]
    assert len({one.occasion for one in logged}) == 1
    # The same answer again is the same occasion; another look is another.
    await school.say("林晓", "whatever", message_id="a")
    assert sum((await rows()).values()) == 3
    await look(school, "林晓", receipt["facts"]["visit"], "another look")
    assert sorted((await rows()).values()) == [1, 2, 2]


async def test_nothing_is_logged_where_nothing_was_read(school: School) -> None:
    await school.say("林晓", f"/visit 七3 王小明 {SAID}", "grade-7")
    # The hint to recall the message names nobody.
    assert await ReadLog.all().count() == 0
    for who in ("方正", "程龙", "李梅"):
        await look(school, who, 1)
    await look(school, None, 1)
    assert await ReadLog.all().count() == 0


async def test_each_name_that_a_list_shows_is_logged(school: School) -> None:
    (todo,) = await school.say("林晓", "/todo")
    shown = {item["student"] for item in todo["facts"]["items"]}
    assert shown == {"李想", "王小明", "王晓敏", "欧阳娜娜"}
    logged = await ReadLog.all()
    assert len(logged) == len(shown)
    assert {one.record for one in logged} == {"student"}
    await school.say("林晓", "/visit 七3 王小红")
    near = await ReadLog.exclude(occasion=logged[0].occasion)
    assert len(near) == len({one.record_id for one in near}) > 0


async def test_a_list_asked_for_in_a_group_is_read_by_the_asker_alone(school: School) -> None:
    in_group, alone = await school.say("林晓", "/todo", "grade-7")
    assert in_group["facts"] == {"heard": None}
    assert len(alone["facts"]["items"]) == await ReadLog.all().count()
    assert {one.person_id for one in await ReadLog.all()} == {school.people["林晓"]}


# --- in a group ---------------------------------------------------------------------------

CANARIES = {
    *(name for _, _, name, _, _ in CHILDREN),
    *("王小红", "张小五", "诸葛小花", "Wang Xiaoming", "wangxiaoming", "wang xiao ming"),
    *("奶奶照顾", "晚托", "内向", "搬家", "离异", "13800138000", "苹果", "香蕉", "樱桃"),
    *("李老三", "西瓜", "vsiit", "coverge", "走坊", "覆盖绿", "九年纪", "钱塘江", "查无老六"),
}
TYPED = [
    "/visit 七3 王小明 奶奶照顾 诉求：晚托 性格：内向",
    "@走访 性格：内向 情况：搬家",
    "性格：内向",
    "/visit 七3 王小明 离异",
    "@走访 1",
    "/visit 七3 王小明 离异",
    "@走访 2",
    "/visit 七3 王小红 苹果",
    "@走访 王晓敏",
    "/visit 七3 王小红 苹果",
    "@走访 9",
    "@走访 3",
    "/visit 七3 诸葛小花 香蕉",
    "@走访 1",
    "/visit 七5 陈晨 樱桃",
    "@走访 2",
    "/visit 七5 陈晨",
    "@走访 算了",
    "/visit 陈晨",
    "/visit 张伟 搬家",
    "/visit 吴桐 婉拒",
    "/visit 七3 Wang Xiaoming 13800138000",
    "/visit 七3 wangxiaoming",
    "/visit 七3 wang xiao ming",
    "/visit 七3",
    "@走访 欧阳娜娜 西瓜",
    "/visit 七9 王小明 西瓜",
    "@走访 七3",
    "/visit 七3 李想 日期：2030-1-1 西瓜",
    "@走访 昨天",
    "/visit 七3 李想 日期：钱塘江",
    "@走访 今天",
    "/visit 七3 李想 方式：钱塘江",
    "@走访 1",
    "/visit 七3 欧阳娜娜 同行：李老三",
    "@走访 李梅",
    "/visit 七3 欧阳娜娜 性各：内向",
    "@走访 1",
    "/visit 七3 99号",
    "/visit 七3 5号 电话 诉求：无",
    "/visit 教师 李老三 离异",
    "/visit 教师 李梅 离异 诉求：西瓜",
    "/visit V1 苹果 性格：香蕉",
    "/visit V99 苹果",
    "/visit V苹果",
    "/talk 影片 家长 120人 西瓜",
    "/talk T1 苹果 同行：蔡平",
    "/talk 影片 家长 樱桃",
    "@走访 2",
    "/talk 钱塘江",
    "/arrange 蔡平 周五 七3 王小明 西瓜",
    "/arrange 周五 七3 王小明",
    "/arrange 李老三 周五 七3 王小明",
    "/arrange 蔡平 周五 七3 王小红",
    "@走访 1",
    "/arrange 蔡平 周六 陈晨",
    "/arrange 蔡平 昨天 七3 欧阳娜娜",
    "@走访 周五",
    "/arrange A1",
    "/arrange",
    "/todo",
    "/arrange A1 取消",
    "/arrange A1 取消",
    "/arrange A99 取消",
    "/visit 八1 李念 樱桃\n/visit 七3 王小红 樱桃\n/todo",
    "/vsiit 七3 王小明 苹果",
    "@走访 1",
    "/走坊 王小明",
    "/钱塘江",
    "/coverge 七年级",
    "/覆盖绿",
    "/coverage 九年纪",
    "/coverage 查无老六",
    "/coverage 王小明",
    "/todo",
    "/todo 王小明",
    "/todo 七5",
    "/roster 王小明",
    "/roster 查无老六",
    "/help 王小明",
    "/help 苹果",
    "/help",
    "/coverage",
    "/whoami",
    "王小明今天没来",
    "@走访 王小明今天没来",
    "@走访",
    "/",
    "",
    "👩‍👧 王小明",
]


def leaked(replies: list[dict[str, Any]], chat: str) -> set[str]:
    """The canaries in what was said in the group."""
    said = [one for one in replies if one["chat"] == chat]
    everything = json.dumps(said, ensure_ascii=False).casefold()
    return {canary for canary in CANARIES if canary.casefold() in everything}


@pytest.mark.parametrize("who", ["林晓", "邵毓君"])
async def test_nothing_personal_is_ever_said_in_a_group(school: School, who: str) -> None:
    said = set()
    for text in TYPED:
        replies = await school.say(who, text, "grade-7")
        assert replies, text
        assert leaked(replies, "grade-7") == set(), text
        said |= {one["notice"] for one in replies if one["chat"] == "grade-7"}
    # The walk met all kinds of answers.
    assert {"VisitRecorded", "VisitTwice", "ToldPrivately", "DidYouMean", "Pointer"} <= said
    assert {"FieldsAsked", "ClassImpossible", "DayInFuture", "DayUnreadable", "Dropped"} <= said
    assert {"ChoiceAsked", "CoverageShown", "HelpShown", "WhoamiShown", "VisitUnknown"} <= said


async def test_what_was_said_in_a_group_reads_the_same_afterwards(school: School) -> None:
    for text in TYPED:
        await school.say("林晓", text, "grade-7")
    for language in ("zh-CN", "en"):
        for told in await said_in("console", "grade-7"):
            view = await seen_by(told.notice, None, occasion=told.key, heard=told.heard)
            reply = payload(view, compose(view, language), "grade-7")
            assert leaked([reply], "grade-7") == set(), (language, told.notice)


async def test_who_typed_it_hears_it_one_to_one(school: School) -> None:
    """The canaries sing: what a group is spared, the asker is told."""
    (reply,) = await school.say("林晓", "/visit 七3 王小红 苹果")
    assert "王小红" in reply["text"]
    assert "王小明" in reply["text"]
    (reply,) = await school.say("林晓", "/钱塘江")
    assert "钱塘江" in reply["text"]


async def test_a_name_typed_in_a_group_is_hinted_at_one_to_one(school: School) -> None:
    for text, hinted in [
        ("/visit 七3 王小明", True),
        ("/visit 七3 5号 很好", True),
        ("/visit 七3 6号", False),
    ]:
        replies = await school.say("林晓", text, "grade-7")
        hints = [one for one in replies if one["notice"] == "NameInGroup"]
        assert bool(hints) is hinted, text
        assert all(one["chat"] == "direct" for one in hints)


async def test_only_ones_own_typed_text_is_echoed(school: School) -> None:
    """A notice points into its own message, and into none when it answers none."""
    await school.say("林晓", "/钱塘江")
    entry = await OutboxEntry.get(notice="DidYouMean")
    notice = notice_from(entry.notice, entry.facts)
    reader = school.people["林晓"]
    with_message = await seen_by(notice, reader, occasion="a", heard=entry.heard_id)
    without = await seen_by(notice, reader, occasion="b")
    assert (with_message.typed, without.typed) == ("钱塘江", None)  # type: ignore[attr-defined]


# --- masking ------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_characters="*", exclude_categories=["Cs"]), max_size=12))
def test_a_masked_name_tells_the_surname_and_no_length(name: str) -> None:
    shown = masked(name)
    kept = shown.removesuffix("**") if shown != "*" else ""
    assert shown in ("*", kept + "**")
    assert name.strip().startswith(kept)
    assert len(kept) <= 2
    # At least one character stays hidden, and of an unknown name all are.
    assert kept != name.strip() or not kept
    hidden = name.strip()[len(kept) :]
    assert not any(hidden[i : i + 2] in shown for i in range(len(hidden) - 1) if hidden[i + 1 :])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("王明", "王**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧**"),
        ("Li Lei", "L**"),
        ("买买提·阿不都", "买**"),
        ("王", "*"),
        (" ", "*"),
        ("", "*"),
    ],
)
def test_masking_by_example(name: str, shown: str) -> None:
    assert masked(name) == shown


async def test_a_child_off_the_list_is_masked_in_a_group(school: School) -> None:
    asked = await school.one("林晓", "/visit 七3 诸葛小花 好")
    receipt = await school.one("林晓", asked["choices"][-1]["say"])
    assert receipt["facts"]["student"] == "诸葛小花"
    number = receipt["facts"]["visit"]
    assert str((await look(school, None, number)).student) == "诸葛**"
    assert str((await look(school, "程龙", number)).student) == "诸葛**"
