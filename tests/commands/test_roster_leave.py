"""Somebody is away from a day to another; who stands in may do what they may, on those days only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from chat.wording import compose
from domain.actions.school import add_account, add_person, add_seat
from domain.house import SCHOOL_TIME
from domain.models import Deed, Leave, OutboxEntry, RosterChange
from domain.notices.base import notice_from
from domain.queries.people import standing_of
from domain.queries.roster import people_of_unit
from domain.queries.seen import seen_by
from domain.queries.units import all_units
from tests.commands.dialogs import (
    ADMIN,
    CHENG,
    GAO,
    GROUP,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    Reply,
    labels,
)
from tests.fixtures.house import START, School

TODAY = START.date()
FIRST, LAST = date(2018, 9, 10), date(2018, 9, 20)
CAI, SUN, SHEN, HE = "蔡平", "孙茜", "沈佳宝", "何国良"
SAID = "/名册 请假 蔡平 9-10到9-20 代理 孙茜"


async def note(school: School, text: str, who: str = ADMIN, chat: str = "direct") -> Reply:
    reply = await school.one(who, text, chat)
    assert reply["notice"] == "LeaveNoted", reply["text"]
    return reply


async def leaves() -> list[tuple[date, date, int | None]]:
    """Those that weren't called off."""
    rows = await Leave.all().order_by("id")
    return [(row.since, row.until, row.deputy_id) for row in rows if row.since <= row.until]


async def told() -> list[tuple[str, str]]:
    rows = await OutboxEntry.filter(heard_id=None).order_by("id").prefetch_related("person")
    return [(row.person.name, row.notice) for row in rows if row.person]


async def on(school: School, day: date) -> None:
    await school.move_to(datetime.combine(day, time(8), SCHOOL_TIME))


# --- as it is said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        SAID,
        "/名册 请假 蔡平 9-10~20 代理：孙茜",
        "/名册 请假 蔡平 代理孙茜 从9月10日到9月20日",
        "/名册 请假 9-10至9-20 蔡平 由孙茜代理",
        "/名册 请假 蔡平 9-10到9-20 孙茜代理",
        "/名册 请假 蔡平 下周一起11天 代理 孙茜 病假",
        "/名册 休假 蔡主任 9月10日-9月20日 代理人 sunqian",
        "/roster leave Cai Ping 10 Sep to 20 Sep deputy Sun Qian",
        "/roster away Cai Ping 10-20 Sep stand-in: Sun Qian",
        "/roster edit=leave person=蔡平 days=2018-09-10到2018-09-20 deputy=孙茜",
    ],
)
async def test_a_leave_with_its_days_and_who_stands_in(school: School, typed: str) -> None:
    reply = await note(school, typed)
    assert reply["text"].split("\n")[:2] == [
        "✅ 蔡平 9月10日 (周一)到9月20日 (周四) 请假，孙茜代理。",
        "这几天蔡平能看、能办的，孙茜也能，过后自动收回。",
    ]
    assert await leaves() == [(FIRST, LAST, school.people[SUN])]


async def test_in_english(school: School) -> None:
    said = await school.say(ADMIN, "/roster leave Cai Ping 10 Sep to 20 Sep", language="en")
    assert said[0]["text"].split("\n") == [
        "✅ 蔡平 is away Mon 10 Sep to Thu 20 Sep; nobody stands in.",
        "Meanwhile turn to 何国良.",
        "Told: 蔡平, 许宁, 何国良",
    ]


@pytest.mark.parametrize("me", ["", "我 ", "本人 ", "me "])
async def test_one_says_it_of_oneself_without_a_name(school: School, me: str) -> None:
    reply = await note(school, f"/名册 请假 {me}9-10到9-12 代理 李梅", who=LIN)
    assert reply["title"] == "✅ 林晓 9月10日 (周一)到9月12日 (周三) 请假，李梅代理。"
    assert await told() == [(LI, "DeputyNamed"), (CAI, "LeaveTold"), (XU, "LeaveTold")]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [("明天", 4, 4), ("明天起3天", 4, 6), ("3天", 3, 5), ("下周一到周三", 10, 12), ("今天到周五", 3, 7),
     ("下周", 10, 16), ("tomorrow for 3 days", 4, 6), ("until Friday", 3, 7), ("昨天到周五", 2, 7)],
)  # fmt: skip
async def test_days_as_people_say_them(school: School, typed: str, first: int, last: int) -> None:
    await note(school, f"/名册 请假 {typed}", who=LIN)
    assert await leaves() == [(date(2018, 9, first), date(2018, 9, last), None)]


@pytest.mark.parametrize(
    "typed", ["/名册 请假", "/roster leave", "/名册 请假 林晓 代理 李梅", "/名册 请假 9-10起"]
)
async def test_the_days_are_asked_for(school: School, typed: str) -> None:
    reply = await school.one(LIN, typed)
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "days")
    assert "9-10到9-20" in reply["text"]
    assert (await school.one(LIN, "9-10到9-12"))["notice"] == "LeaveNoted"


@pytest.mark.parametrize(
    ("typed", "notice", "reason"),
    [
        ("9-20到9-10", "DaysUnreadable", "unreadable"),
        ("9-31到10-2", "DaysUnreadable", "unreadable"),
        ("8-20到8-31", "DayGone", "too_late"),
        ("昨天", "DayGone", "too_late"),
        ("2018-09-10到2020-09-10", "LeaveRefused", "wrong_state"),
    ],
)
async def test_days_that_cannot_be_are_asked_for_anew(
    school: School, typed: str, notice: str, reason: str
) -> None:
    reply = await school.one(LIN, f"/名册 请假 {typed}")
    assert (reply["notice"], reply["reason"]) == (notice, reason)
    assert not await Leave.exists()
    assert (await school.one(LIN, "9-10到9-12"))["notice"] == "LeaveNoted"


async def test_why_is_kept_nowhere_and_said_nowhere(school: School) -> None:
    reply = await note(school, "@走访 /名册 请假 9-10到9-12 病假 代理 李梅", who=LIN, chat=GROUP)
    assert "病假" not in str(reply)
    rows = await OutboxEntry.all()
    assert "病假" not in str([row.facts for row in rows])
    assert "病" not in str((await Deed.get(kind="roster.leave")).details)


# --- who stands in ----------------------------------------------------------------------------


async def test_who_stands_in_may_do_so_on_those_days_only(school: School) -> None:
    # 李梅 teaches 七(5)班; 林晓's class is none of hers.
    await note(school, "/名册 请假 9-10到9-12 代理 李梅", who=LIN)
    may = {}
    for day in (9, 10, 11, 12, 13):
        await on(school, date(2018, 9, day))
        may[day] = (await school.one(LI, "/待访 七3"))["notice"]
    assert may == {
        9: "NotYours", 10: "TodoShown", 11: "TodoShown", 12: "TodoShown", 13: "NotYours"
    }  # fmt: skip


async def test_who_stands_in_for_a_keeper_of_the_roster_keeps_it_on_those_days(
    school: School,
) -> None:
    await note(school, "/名册 请假 9-10到9-12 代理 李梅")
    typed = "/名册 添加 七1 班主任 高远"
    assert (await school.one(LI, typed))["notice"] == "NotAllowed"
    await on(school, date(2018, 9, 13))
    assert (await school.one(LI, typed))["notice"] == "NotAllowed"
    await on(school, date(2018, 9, 14))
    await school.one(ADMIN, "/名册 请假 今天 代理 李梅")
    assert (await school.one(LI, typed))["notice"] == "SeatChanged"


async def test_an_earlier_day_shows_that_day_s_leader_and_stand_in(school: School) -> None:
    grade = next(one for one in await all_units() if one.name == "七年级")
    await note(school, SAID)
    await school.one(ADMIN, "/名册 七年级 联系领导 程龙 自 9-15")
    await on(school, date(2018, 10, 1))
    shown = {}
    for day in (date(2018, 9, 9), FIRST, date(2018, 9, 14), date(2018, 9, 15)):
        people = await people_of_unit(grade, day)
        shown[day.day] = (people.leader, people.deputy)
    cai, sun, cheng = (school.people[name] for name in (CAI, SUN, CHENG))
    assert shown == {9: (cai, None), 10: (cai, sun), 14: (cai, sun), 15: (cheng, None)}


async def test_the_roster_shows_who_stands_in_today(school: School) -> None:
    await note(school, "/名册 请假 蔡平 今天 代理 孙茜")
    reply = await school.one(LIN, "/名册 七年级")
    assert reply["facts"]["deputy"] == SUN
    await on(school, TODAY + timedelta(1))
    assert (await school.one(LIN, "/名册 七年级"))["facts"]["deputy"] is None


@pytest.mark.parametrize(
    ("who", "next_"),
    [(CAI, HE), (HE, HEAD), (HEAD, OFFICE), (XU, CAI), (LIN, XU), (OFFICE, HE), (ADMIN, None)],
)
async def test_without_one_it_says_who_is_turned_to(
    school: School, who: str, next_: str | None
) -> None:
    reply = await note(school, f"/名册 请假 {who} 9-10到9-12")
    assert reply["facts"]["passed_to"] == next_
    assert (f"这几天要办的事，找{next_}。" in reply["text"]) == (next_ is not None)


async def test_who_is_away_too_is_not_turned_to(school: School) -> None:
    await note(school, "/名册 请假 许宁 9-10到9-12")
    await note(school, "/名册 请假 蔡平 9-10到9-12 代理 孙茜")
    reply = await note(school, "/名册 请假 林晓 9-11")
    assert reply["facts"]["passed_to"] == SUN


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("代理 蔡平", "⛔ 自己不能代理自己，换一位代理。"),
        ("代理 程龙", "⛔ 程龙 9月12日 (周三)到9月13日 (周四) 也请假，不能代理。"),
    ],
)
async def test_who_cannot_stand_in(school: School, typed: str, line: str) -> None:
    await note(school, "/名册 请假 程龙 9-12到9-13")
    reply = await school.one(ADMIN, f"/名册 请假 蔡平 9-10到9-20 {typed}")
    assert (reply["notice"], reply["title"]) == ("LeaveRefused", line)
    assert len(await leaves()) == 1


async def test_who_is_away_before_and_after_can_stand_in(school: School) -> None:
    await note(school, "/名册 请假 孙茜 9-8到9-9")
    await note(school, "/名册 请假 孙茜 9-21")
    await note(school, SAID)


async def test_who_was_to_stand_in_and_goes_away_is_pointed_out(school: School) -> None:
    await note(school, SAID)
    reply = await note(school, "/名册 请假 孙茜 9-12")
    assert "孙茜这几天在代理蔡平，请另找代理。" in reply["text"]


async def test_an_unknown_deputy_is_asked_about_and_never_made_up(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-20 代理 孙倩倩")
    assert (reply["notice"], reply["about"]) == ("DidYouMean", "deputy")
    assert "记为新人" not in labels(reply)
    assert (await school.one(ADMIN, "孙茜"))["facts"]["change"]["deputy"] == SUN


async def test_a_deputy_without_an_account_is_pointed_out(school: School) -> None:
    await add_person("诸葛新")
    reply = await note(school, "/名册 请假 蔡平 9-10到9-20 代理 诸葛新")
    assert "诸葛新还没有账号，先让本人给我发一句话。" in reply["text"]


# --- twice, and called off ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("again", "first", "last", "deputy"),
    [
        ("9-15到9-25 代理 孙茜", 10, 25, SUN),
        ("9-20到9-25", 10, 25, SUN),
        ("9-8到9-25 代理 孙茜", 8, 25, SUN),
    ],
)
async def test_days_that_overlap_become_one_leave(
    school: School, again: str, first: int, last: int, deputy: str
) -> None:
    await note(school, SAID)
    await note(school, f"/名册 请假 蔡平 {again}")
    days = date(2018, 9, first), date(2018, 9, last)
    assert await leaves() == [(*days, school.people[deputy])]


async def test_several_that_overlap_become_one(school: School) -> None:
    await note(school, SAID)
    await note(school, "/名册 请假 蔡平 9-25到9-28 代理 孙茜")
    await note(school, "/名册 请假 蔡平 9-18到9-26 代理 孙茜")
    assert await leaves() == [(FIRST, date(2018, 9, 28), school.people[SUN])]


async def test_a_deputy_can_be_named_later(school: School) -> None:
    await note(school, "/名册 请假 蔡平 9-10到9-20")
    await note(school, SAID)
    assert await leaves() == [(FIRST, LAST, school.people[SUN])]


@pytest.mark.parametrize(
    ("before", "typed"),
    [(SAID, "9-15到9-25 代理 程龙"), ("/名册 请假 蔡平 9-10到9-20", "9-15到9-25 代理 孙茜")],
)
async def test_what_contradicts_is_refused_with_the_way_out(
    school: School, before: str, typed: str
) -> None:
    await note(school, before)
    there = await leaves()
    reply = await school.one(ADMIN, f"/名册 请假 蔡平 {typed}")
    assert (reply["notice"], reply["facts"]["why"]) == ("LeaveRefused", "overlap")
    assert reply["text"].split("\n")[1] == "先取消那一次：/名册 请假 蔡平 取消"
    assert await leaves() == there
    await school.one(ADMIN, "/名册 请假 蔡平 取消")
    await note(school, f"/名册 请假 蔡平 {typed}")


async def test_the_same_again_is_said(school: School) -> None:
    await note(school, SAID)
    reply = await school.one(ADMIN, SAID)
    assert reply["title"] == "⛔ 蔡平 9月10日 (周一)到9月20日 (周四) 的请假已经记过了。"
    assert await RosterChange.all().count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        "/名册 请假 蔡平 取消",
        "/名册 销假 蔡平",
        "/roster leave Cai Ping cancel",
        "/roster back 蔡平",
    ],
)
async def test_a_leave_to_come_is_called_off(school: School, typed: str) -> None:
    await note(school, SAID)
    reply = await school.one(ADMIN, typed)
    assert reply["notice"] == "LeaveEnded"
    assert reply["title"] == "✅ 蔡平 9月10日 (周一)起的请假取消了。"
    assert await leaves() == []
    assert [one for one in await told() if one[1] == "LeaveOver"] == [
        (SUN, "LeaveOver"), (CAI, "LeaveOver"), (XU, "LeaveOver")
    ]  # fmt: skip


async def test_who_is_back_early_is_back_today(school: School) -> None:
    await note(school, "/名册 请假 9-10到9-20 代理 李梅", who=LIN)
    await on(school, date(2018, 9, 12))
    reply = await school.one(LIN, "/名册 销假")
    assert reply["title"] == "✅ 林晓的请假到 9月11日 (周二) 为止，今天起在岗。"
    assert await leaves() == [(FIRST, date(2018, 9, 11), school.people[LI])]
    assert (await school.one(LI, "/待访 七3"))["notice"] == "NotYours"


async def test_of_several_leaves_the_days_or_a_number_say_which(school: School) -> None:
    await note(school, SAID)
    await note(school, "/名册 请假 蔡平 10-10到10-12")
    reply = await school.one(ADMIN, "/名册 请假 蔡平 取消")
    assert labels(reply) == ["9月10日 (周一)", "10月10日 (周三)"]
    await school.one(ADMIN, "2")
    assert await leaves() == [(FIRST, LAST, school.people[SUN])]
    await note(school, "/名册 请假 蔡平 10-10到10-12")
    await school.one(ADMIN, "/名册 请假 蔡平 9-10 取消")
    assert await leaves() == [(date(2018, 10, 10), date(2018, 10, 12), None)]


async def test_nothing_to_call_off_is_said(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 请假 蔡平 取消")
    assert reply["title"] == "⛔ 蔡平没有请假，不用取消。"


# --- who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [ADMIN, OFFICE, HEAD, HE, CAI])
async def test_who_notes_the_leave_of_a_leader(school: School, who: str) -> None:
    await note(school, SAID, who=who)


async def test_a_liaison_notes_it_for_those_who_sit_in_the_unit_alone(school: School) -> None:
    await note(school, "/名册 请假 林晓 9-10 代理 李梅", who=XU)
    for name in (CAI, GAO, SUN, HEAD, ADMIN):
        reply = await school.one(XU, f"/名册 请假 {name} 9-10")
        assert (reply["notice"], reply["reason"]) == ("LeaveNotYours", "not_allowed"), name
    assert len(await leaves()) == 1


@pytest.mark.parametrize("who", [LIN, CHENG, "谷辉"])
async def test_others_note_it_for_themselves_alone(school: School, who: str) -> None:
    # A second teacher of the class is a colleague, and no keeper of the first.
    other = await add_person("诸葛新")
    await add_seat(other, "teacher", TODAY, school_class=school.classes[7, 3])
    reply = await school.one(who, "/名册 请假 诸葛新 9-10")
    assert reply["notice"] == "LeaveNotYours"
    assert reply["title"] == "⛔ 诸葛新的请假，由本人、联络人、办公室、管理员或两位组长来记。"
    await note(school, "/名册 请假 9-10", who=who)


async def test_who_is_told_and_what(school: School) -> None:
    await note(school, SAID)
    assert await told() == [(SUN, "DeputyNamed"), (CAI, "LeaveTold"), (XU, "LeaveTold")]
    said = {}
    for row in await OutboxEntry.filter(heard_id=None).order_by("id"):
        view = await seen_by(notice_from(row.notice, row.facts), row.person_id, occasion=row.key)
        message = compose(view, "zh-CN")
        said[row.notice] = [message.title, *message.lines]
    assert said == {
        "DeputyNamed": [
            "🔔 名册：蔡平 9月10日 (周一)到9月20日 (周四) 请假，由你代理。",
            "这几天蔡平能看、能办的，你也能，过后自动收回。",
            "由方正记的，有出入就跟方正说一声。",
        ],
        "LeaveTold": [
            "🔔 蔡平 9月10日 (周一)到9月20日 (周四) 请假，孙茜代理。",
            "由方正记的，有出入就跟方正说一声。",
        ],
    }


async def test_two_of_a_name_are_told_apart(school: School) -> None:
    other = await add_person("孙茜")
    await add_account(other, "console", "console", str(other))
    reply = await school.one(ADMIN, SAID)
    assert (reply["notice"], reply["about"]) == ("ChoiceAsked", "deputy")
    assert labels(reply) == ["孙茜（教学管理处 联系领导）", "孙茜"]
    await school.one(ADMIN, "2")
    assert await leaves() == [(FIRST, LAST, other)]


async def test_each_is_a_change_and_a_deed(school: School) -> None:
    await note(school, SAID)
    await note(school, "/名册 请假 蔡平 9-15到9-25")
    change = await RosterChange.get(id=2)
    assert (change.action, change.since, change.until) == ("leave", FIRST, date(2018, 9, 25))
    row = await Leave.get()
    deed = await Deed.get(record_id=change.id)
    sun = school.people[SUN]
    assert deed.details == {
        "created": [],
        "moved": [[row.id, "2018-09-10", "2018-09-20", sun, "2018-09-10", "2018-09-25", sun]],
    }
    standing = await standing_of(sun, date(2018, 9, 25))
    assert school.people[CAI] in {seat.for_person for seat in standing.seats}
