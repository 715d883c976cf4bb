"""Who isn't on the roster is asked their name, and what they typed waits for somebody's yes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.actions.newcomers import expire_newcomers
from domain.actions.school import add_account, add_person, add_seat
from domain.models import (
    Account,
    Deed,
    Leave,
    Newcomer,
    OutboxEntry,
    Person,
    ReadLog,
    RosterChange,
    Seat,
    Visit,
    WrappedKey,
)
from domain.notices.newcomers import NewcomerAsks
from domain.queries.seen import seen_by
from domain.queries.units import units_called
from service import newcomers
from tests.commands.dialogs import kinds, labels
from tests.fixtures.house import START, TERM, School
from tests.fixtures.knocking import FAKE, GROUP, ROBOT, Door

VISIT = "/visit 七3 王小明 奶奶照顾，内向 诉求：希望有晚托"
LATER = START + timedelta(hours=25)
# What no log may show.
CANARY = "王小明"
A_DAY = timedelta(days=1, minutes=1)


async def knock(door: Door, account: str, name: str, chat: str | None = GROUP) -> int:
    """Somebody types a visit and gives a name; the number under which they wait."""
    await door.say(account, VISIT, chat)
    assert (await door.one(account, name))["notice"] == "NewcomerWaits"
    return (await Newcomer.get(user_id=account)).id


async def says(replies: list[dict[str, Any]]) -> list[str]:
    return [choice["say"] for reply in replies for choice in reply["choices"]]


# --- at the door --------------------------------------------------------------------------


async def test_an_account_of_ours_is_asked_its_name_and_the_message_waits(door: Door) -> None:
    asked = await door.one("a1", VISIT)
    assert (asked["notice"], asked["outcome"], asked["about"]) == ("NameAsked", "ask", "name")
    assert asked["text"].split("\n") == [
        "❓ 我还不认识这个账号，请直接回你的姓名。",
        "只写姓名，两个字以上。我去请联络人或管理员确认。",
        "刚才那条先封存一天，确认后就替你办。",
    ]
    waits = await door.one("a1", "我叫林晓。")
    assert waits["text"].split("\n") == [
        "🔔 已请同事确认，确认后马上告诉你。",
        "你先前那条还封存着，确认后就办；一天内没人确认就删掉。",
    ]
    assert await Visit.all().count() == 0
    assert await Account.filter(user_id="a1").count() == 0


@pytest.mark.parametrize(
    "text", ["林晓", "我叫林晓", "陈新来", "我是欧阳新来。", "My name is Li Si"]
)
async def test_a_first_message_that_is_a_name_is_the_name(door: Door, text: str) -> None:
    waits = await door.one("a1", text)
    assert waits["notice"] == "NewcomerWaits"
    assert (await Newcomer.get(user_id="a1")).name is not None
    told = [*await door.told("方正"), *await door.told("许宁"), *await door.told("唐果")]
    assert "NewcomerAsks" in [one["notice"] for one in told]


@pytest.mark.parametrize("text", ["在吗", "方便吗", "你好", "食堂太咸", "hello", "测试"])
async def test_a_first_message_that_is_none_is_answered_with_the_question(
    door: Door, text: str
) -> None:
    assert (await door.one("a1", text))["notice"] == "NameAsked"
    assert (await Newcomer.get(user_id="a1")).name is None


async def test_the_same_in_english(door: Door) -> None:
    (asked,) = await door.say("a1", VISIT, language="en")
    assert asked["title"] == "❓ I don't know this account yet. Please reply with your name."
    (waits,) = await door.say("a1", "My name is Lin Xiao", language="en")
    assert waits["title"].startswith("🔔 A colleague has been asked to confirm it")


async def test_in_a_group_it_is_told_to_speak_one_to_one_and_no_more(door: Door) -> None:
    for text in (VISIT, "林晓", "你好"):
        (reply,) = await door.say("a1", text, GROUP)
        assert reply["chat"] == GROUP
        assert reply["text"] == "❓ 我还不认识这个账号，请私聊我你的姓名。"
    (english,) = await door.say("a1", "林晓", GROUP, language="en")
    assert english["text"] == (
        "❓ I don't know this account yet. Please tell me your name one-to-one."
    )
    # A name that stands in a group isn't taken for one.
    assert (await Newcomer.get(user_id="a1")).name is None


async def test_who_is_from_outside_is_refused_and_leaves_nothing(door: Door) -> None:
    (reply,) = await door.say("x1", VISIT, inside=False)
    assert (reply["notice"], reply["reason"]) == ("NotOurs", "not_allowed")
    assert reply["title"] == "⛔ 这里只为本校的账号服务，这条没有记录。"
    (english,) = await door.say("x1", VISIT, inside=False, language="en")
    assert english["title"].startswith("⛔ I only serve the school's own accounts.")
    assert await Newcomer.all().count() == 0


async def test_a_platform_that_does_not_vouch_refuses_as_before(school: School) -> None:
    (reply,) = await school.say("999", VISIT)
    assert reply["notice"] == "AccountUnknown"
    assert await Newcomer.all().count() == 0


@pytest.mark.parametrize(
    "text", ["好的", "你好", "hello", "王", "12345678", "https://例.com", "七3 林晓", "", None]
)
async def test_what_is_no_name_is_asked_about_again(door: Door, text: str | None) -> None:
    await door.say("a1", VISIT)
    reply = await door.one("a1", text)
    assert reply["title"] == "❓ 这不像姓名，请直接回你的姓名。"
    assert await OutboxEntry.filter(notice="NewcomerAsks").count() == 0


async def test_the_newest_command_waits_until_a_name_is_given(door: Door) -> None:
    await door.say("a1", "/visit 七3 12号 第一次")
    await door.say("a1", "/whoami")
    number = (await Newcomer.get(user_id="a1")).id
    assert (await door.one("a1", "林晓"))["notice"] == "NewcomerWaits"
    again = await door.one("a1", "/visit 七3 12号 第三次")
    assert "这一条没有留，加入后请再发一次。" in again["text"]
    await door.school.say("许宁", f"/名册 绑定 N{number}")
    told = await door.told("林晓")
    assert [one["notice"] for one in told] == ["NewcomerWelcome", "WhoamiShown"]
    assert await Visit.all().count() == 0


async def test_the_group_where_the_newest_command_was_typed_tells_whose_they_are(
    door: Door,
) -> None:
    await door.say("a1", "你好")
    await door.say("a1", VISIT, GROUP)
    await door.say("a1", "/whoami")
    await door.say("a1", "柯新来")
    assert [one["notice"] for one in await door.told("许宁")] == ["NewcomerAsks"]


async def test_small_talk_is_not_kept(door: Door) -> None:
    reply = await door.one("a1", "你好")
    assert "封存" not in reply["text"]
    await door.say("a1", "林晓")
    number = (await Newcomer.get(user_id="a1")).id
    (done,) = await door.school.say("方正", f"/名册 绑定 N{number}")
    assert done["text"].split("\n")[-1] == "已告诉本人。"
    assert [one["notice"] for one in await door.told("林晓")] == ["NewcomerWelcome"]


async def test_many_messages_are_one_newcomer_and_one_notice(door: Door) -> None:
    await asyncio.gather(*(door.say("a1", VISIT) for _ in range(8)))
    await asyncio.gather(*(door.say("a1", "林晓") for _ in range(8)))
    await asyncio.gather(*(door.say("a1", VISIT, GROUP) for _ in range(8)))
    assert await Newcomer.all().count() == 1
    assert await OutboxEntry.filter(notice="NewcomerAsks").count() == 1


async def test_a_newcomer_learns_nothing_of_who_there_is(door: Door) -> None:
    """The answers are the same for a name on the roster, a double one and one of nobody."""
    await add_person("林晓")
    answers = set()
    for account, name in (("a1", "李梅"), ("a2", "林晓"), ("a3", "柯无人"), ("a4", "许宁")):
        first = await door.one(account, VISIT)
        second = await door.one(account, name)
        third = await door.one(account, "/roster")
        answers.add((first["text"], second["text"], third["text"]))
        assert name not in str((first, second, third))
    assert len(answers) == 1


# --- who is asked -------------------------------------------------------------------------


async def test_the_liaison_of_the_group_gets_one_notice_with_commands_to_tap(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    (asks,) = await door.told("许宁")
    assert asks["text"].split("\n") == [
        f"🔔 N{number} 想加入，自称“林晓”。",
        "fake账号，在七年级的群里发的。",
        "名册上有：林晓（七(3)班 教师）。",
        "请先跟本人核实，昵称、头像都不算数。一天内有效。",
        f"是林晓（七(3)班 教师）　/名册 绑定 N{number}",
        f"不是，或不认识　/名册 拒绝 N{number}",
    ]
    assert await door.told("方正") == []
    # Shown once, logged once; and what is kept to be told holds no name.
    assert await ReadLog.filter(record="newcomer", record_id=number).count() == 1
    row = await OutboxEntry.get(notice="NewcomerAsks")
    assert "林晓" not in str(row.facts)


async def test_the_commands_are_in_the_readers_language(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    asks = await door.told("许宁", "en")
    assert asks[0]["title"] == f"🔔 N{number} asks to join and says: “林晓”."
    assert await says(asks) == [f"/roster bind N{number}", f"/roster decline N{number}"]
    (done,) = await door.school.say("许宁", f"/roster bind N{number}", language="en")
    assert done["title"] == f"✅ N{number} is in: 林晓."


async def test_one_to_one_the_liaison_of_the_names_own_grade_is_asked(door: Door) -> None:
    await knock(door, "a1", "李梅", None)
    (asks,) = await door.told("许宁")
    assert "私聊发的" in asks["text"]


@pytest.mark.parametrize(
    ("name", "chat"),
    [
        ("高远", GROUP),  # of another grade, which has no liaison
        ("邵毓君", GROUP),  # the head: a liaison must not give away what he hasn't got
        ("唐果", GROUP),
        ("许宁", GROUP),  # has an account there: changing it is for the admin
        ("柯无人", None),  # of nobody, and knocked nowhere
    ],
)
async def test_the_admins_are_asked_where_no_liaison_may_say_yes(
    door: Door, name: str, chat: str | None
) -> None:
    await knock(door, "a1", name, chat)
    assert await door.told("许宁") == []
    assert [one["notice"] for one in await door.told("方正")] == ["NewcomerAsks"]


async def test_all_admins_are_asked_and_the_office_when_there_is_none(door: Door) -> None:
    second = await add_person("第二管理员")
    await add_account(second, FAKE, ROBOT, "second")
    (root,) = await units_called("全校")
    await add_seat(second, "admin", TERM, unit=root.id)
    await knock(door, "a1", "柯无人", None)
    assert len(await door.told("方正")) == len(await door.told(second)) == 1
    await Seat.filter(role="admin").delete()
    await knock(door, "a2", "柯某某", None)
    assert await door.told("方正") == []
    assert len(await door.told("唐果")) == 1


async def test_who_stands_in_for_the_liaison_is_asked(door: Door) -> None:
    people = door.school.people
    day = START.date()
    await Leave.create(person_id=people["许宁"], deputy_id=people["孙茜"], since=day, until=day)
    number = await knock(door, "a1", "林晓")
    assert await door.told("许宁") == []
    assert [one["notice"] for one in await door.told("孙茜")] == ["NewcomerAsks"]
    assert (await door.school.one("孙茜", f"/名册 绑定 N{number}"))["notice"] == "NewcomerLetIn"


# --- yes ----------------------------------------------------------------------------------


async def test_with_a_yes_the_message_runs_as_theirs_and_only_they_are_told(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    (done,) = await door.school.say("许宁", f"/名册 绑定 N{number}")
    assert done["text"].split("\n") == [
        f"✅ N{number} 已加入：林晓。",
        "封存的那条已替本人照办，结果只发给了本人。",
    ]
    lin = door.school.people["林晓"]
    assert (await Visit.get()).recorded_by_id == lin
    told = await door.told("林晓")
    assert [one["notice"] for one in told] == ["NewcomerWelcome", "VisitRecorded", "NameInGroup"]
    assert told[0]["text"].split("\n") == [
        "🔔 许宁已确认，你是林晓。",
        "你先前那条现在照办，结果马上发给你。",
        "你能用的看：/帮助",
    ]
    assert "王小明" in told[1]["title"]
    assert await OutboxEntry.filter(chat=GROUP, notice="VisitRecorded").count() == 0
    assert (await door.one("a1", "/whoami"))["facts"]["person"] == "林晓"
    # In each of the platform's apps it is another account.
    assert await Account.filter(platform=FAKE, app=ROBOT, user_id="a1", person_id=lin).count() == 1
    assert (await RosterChange.get(action="bind")).person_id == lin
    assert (await Deed.get(kind="roster.bind")).person_id == door.school.people["许宁"]


async def test_the_first_decides_and_the_second_hears_who_it_was(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    await door.school.say("许宁", f"/名册 绑定 N{number}")
    for text in (f"/名册 绑定 N{number}", f"/名册 拒绝 N{number}"):
        late = await door.school.one("方正", text)
        assert (late["notice"], late["reason"]) == ("NewcomerSettled", "wrong_state")
        assert late["title"] == f"⛔ N{number} 已由许宁确认加入。"
    assert await Visit.all().count() == 1


async def test_two_at_once_let_in_once(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    answers = await asyncio.gather(
        *(door.school.one(who, f"/名册 绑定 N{number}") for who in ("许宁", "方正", "唐果"))
    )
    assert sorted(one["notice"] for one in answers) == [
        "NewcomerLetIn",
        "NewcomerSettled",
        "NewcomerSettled",
    ]
    assert await Account.filter(user_id="a1").count() == 1
    assert await Visit.all().count() == 1


async def test_two_of_one_name_are_told_apart_by_a_choice_each(door: Door) -> None:
    other = await add_person("林晓")
    (grade,) = await units_called("七年级")
    await add_seat(other, "teacher", TERM, unit=grade.id)
    number = await knock(door, "a1", "林晓")
    asks = await door.told("许宁")
    lin = door.school.people["林晓"]
    assert await says(asks) == [
        f"/名册 绑定 N{number} P{lin}",
        f"/名册 绑定 N{number} P{other}",
        f"/名册 绑定 N{number} 新人",
        f"/名册 拒绝 N{number}",
    ]
    # A mere yes is asked about.
    which = await door.school.one("许宁", f"/名册 绑定 N{number}")
    assert (which["notice"], labels(which)) == (
        "ChoiceAsked",
        ["林晓（七(3)班 教师）", "林晓（七年级 教师）", "名册上没有的新人"],
    )
    assert (await door.school.one("许宁", "2"))["notice"] == "NewcomerLetIn"
    assert (await Account.get(user_id="a1").prefetch_related("person")).person.id == other


async def test_somebody_new_becomes_a_teacher_of_the_unit(door: Door) -> None:
    number = await knock(door, "a1", "柯新来")
    (asks,) = await door.told("许宁")
    assert "名册上没有这个姓名。" in asks["text"]
    assert await says([asks]) == [f"/名册 绑定 N{number} 新人", f"/名册 拒绝 N{number}"]
    done = await door.school.one("许宁", f"/名册 绑定 N{number} 新人")
    assert "名册上没有，已作为新人记入：七年级 教师。" in done["text"]
    person = await Person.get(name="柯新来")
    seat = await Seat.get(person_id=person.id).prefetch_related("unit")
    assert (seat.role, seat.unit and seat.unit.name) == ("teacher", "七年级")
    assert (await Visit.get()).recorded_by_id == person.id
    told = await door.told(person.id)
    assert "职务先记作：七年级 教师。" in told[0]["text"]


async def test_a_mere_yes_for_nobodys_name_is_asked_about(door: Door) -> None:
    number = await knock(door, "a1", "柯新来")
    which = await door.school.one("许宁", f"/名册 绑定 N{number}")
    assert labels(which) == ["名册上没有的新人"]
    assert (await door.school.one("许宁", "1"))["notice"] == "NewcomerLetIn"


async def test_another_on_the_roster_can_be_named(door: Door) -> None:
    """Lin Xiao writes her name in letters."""
    number = await knock(door, "a1", "Lin Xiao")
    assert (await door.school.one("许宁", f"/名册 绑定 N{number} 林晓"))["notice"] == (
        "NewcomerLetIn"
    )
    assert (await Visit.get()).recorded_by_id == door.school.people["林晓"]


async def test_a_liaison_gives_away_no_more_than_he_has(door: Door) -> None:
    number = await knock(door, "a1", "柯新来")
    for name in ("邵毓君", "唐果", "高远", "方正"):
        no = await door.school.one("许宁", f"/名册 绑定 N{number} {name}")
        assert (no["notice"], no["reason"]) == ("OnlyBy", "not_allowed"), name
    # Not by a number either, though it is one of the school's people.
    head = door.school.people["邵毓君"]
    unknown = await door.school.one("许宁", f"/名册 绑定 N{number} P{head}")
    assert unknown["notice"] == "DidYouMean"
    assert await Account.filter(user_id="a1").count() == 0


async def test_only_an_admin_lets_somebody_change_accounts(door: Door) -> None:
    lin = door.school.people["林晓"]
    await add_account(lin, FAKE, ROBOT, "old")
    number = await knock(door, "new", "林晓")
    asks = await door.told("方正")
    assert await says(asks) == [
        f"/名册 绑定 N{number} P{lin}",
        f"/名册 绑定 N{number} 新人",
        f"/名册 拒绝 N{number}",
    ]
    for who in ("许宁", "唐果"):
        no = await door.school.one(who, f"/名册 绑定 N{number} 林晓")
        assert no["title"] == "⛔ 林晓已有账号，换账号由管理员来办。"
    done = await door.school.one("方正", f"/名册 绑定 N{number} P{lin}")
    assert "原来的账号已解除，不能再用。" in done["text"]
    accounts = await Account.filter(platform=FAKE, person_id=lin)
    assert [one.user_id for one in accounts] == ["new"]
    assert (await door.one("old", "/whoami"))["notice"] == "NameAsked"


@pytest.mark.parametrize("who", ["林晓", "高远", "邵毓君", "孙茜", "蔡平"])
async def test_others_may_not_decide(door: Door, who: str) -> None:
    number = await knock(door, "a1", "林晓")
    for text in (f"/名册 绑定 N{number}", f"/名册 拒绝 N{number}"):
        assert (await door.school.one(who, text))["notice"] == "NotAllowed"


async def test_another_grades_liaison_has_no_such_number(door: Door) -> None:
    """It sounds just as if there were none."""
    (other,) = await units_called("八年级")
    await add_seat(door.school.people["高远"], "liaison", TERM, unit=other.id)
    number = await knock(door, "a1", "林晓")
    for text in (f"/名册 绑定 N{number}", "/名册 拒绝 N99", f"/名册 拒绝 N{number}"):
        assert (await door.school.one("高远", text))["notice"] == "NewcomerGone"


async def test_in_a_group_the_yes_tells_no_name(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    replies = await door.school.say("许宁", f"/名册 绑定 N{number}", "grade-7")
    assert kinds(replies) == [("NewcomerLetIn", "grade-7")]
    assert replies[0]["text"] == f"✅ N{number} 已加入。"
    assert "林晓" not in str(replies)


async def test_what_waited_is_asked_about_like_any_message(door: Door) -> None:
    await door.say("a1", "/visit 七3 好", GROUP)
    await door.say("a1", "林晓")
    number = (await Newcomer.get(user_id="a1")).id
    await door.school.say("许宁", f"/名册 绑定 N{number}")
    told = await door.told("林晓")
    assert [one["notice"] for one in told][:2] == ["NewcomerWelcome", "StudentUnknown"]
    assert (await door.one("a1", "12号"))["notice"] == "VisitRecorded"


async def test_a_fault_in_what_waited_lets_them_in_all_the_same(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def gone(*_: Any) -> Any:
        await Person.create(name="半途")
        raise RuntimeError(CANARY)

    number = await knock(door, "a1", "林晓")
    monkeypatch.setattr(newcomers, "dispatch", gone)
    done = await door.school.one("许宁", f"/名册 绑定 N{number}")
    assert done["notice"] == "NewcomerLetIn"
    assert [one["notice"] for one in await door.told("林晓")] == ["NewcomerWelcome", "NotRecorded"]
    assert await Person.filter(name="半途").count() == 0
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text
    assert (await door.one("a1", "/whoami"))["notice"] == "WhoamiShown"


async def test_one_who_is_let_in_may_let_in_another_by_what_waited(door: Door) -> None:
    """An admin without an account here typed a yes before anybody knew them."""
    chief = await add_person("柯总管")
    (root,) = await units_called("全校")
    await add_seat(chief, "admin", TERM, unit=root.id)
    first = await knock(door, "a1", "林晓")
    await door.say("boss", f"/名册 绑定 N{first}")
    await door.say("boss", "柯总管")
    number = (await Newcomer.get(user_id="boss")).id
    await door.school.say("方正", f"/名册 绑定 N{number}")
    assert await Account.filter(user_id="a1").count() == 1
    assert await Visit.all().count() == 1


# --- no, and nobody -----------------------------------------------------------------------


async def test_with_a_no_the_message_is_destroyed_and_they_are_told_politely(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    keys = await WrappedKey.all().count()
    done = await door.school.one("许宁", f"/名册 拒绝 N{number}")
    assert done["title"] == f"✅ N{number} 已拒绝，封存的那条已删掉。"
    assert await WrappedKey.all().count() == keys - 1
    told = await OutboxEntry.get(notice="NotLetIn")
    assert (told.platform, told.chat, told.person_id) == (FAKE, "dm-a1", None)
    # It is said to them as an answer to what they said last: they have no other address.
    assert told.heard_id is not None
    reply = await door.one("a1", VISIT)
    assert reply["text"].split("\n") == [
        "⛔ 这个账号没有得到确认，封存的那条已经删掉。",
        "有出入请当面找联络人或管理员；9月4日 (周二)起可以再申请。",
    ]
    assert (await door.school.one("方正", f"/名册 绑定 N{number}"))["title"] == (
        f"⛔ N{number} 已由许宁拒绝。"
    )
    assert await Visit.all().count() == 0


async def test_a_day_after_a_no_one_may_ask_again_under_a_new_number(door: Door) -> None:
    first = await knock(door, "a1", "林晓")
    await door.school.say("许宁", f"/名册 拒绝 N{first}")
    await door.school.move_to(LATER)
    second = await knock(door, "a1", "林晓")
    assert second != first
    assert (await door.school.one("许宁", f"/名册 绑定 N{first}"))["notice"] == "NewcomerGone"
    assert (await door.school.one("许宁", f"/名册 绑定 N{second}"))["notice"] == "NewcomerLetIn"
    assert len(await OutboxEntry.filter(notice="NewcomerAsks")) == 2


@pytest.mark.parametrize("swept", [True, False])
async def test_after_a_day_nothing_runs_and_nothing_is_left(door: Door, swept: bool) -> None:
    number = await knock(door, "a1", "林晓")
    await door.school.move_to(START + A_DAY)
    if swept:
        assert await expire_newcomers() == 1
        assert await expire_newcomers() == 0
        row = await Newcomer.get(id=number)
        assert (row.name, row.message, row.key_id, row.outcome) == (None, None, None, "expired")
    for text in (f"/名册 绑定 N{number}", f"/名册 拒绝 N{number}"):
        late = await door.school.one("许宁", text)
        assert (late["notice"], late["reason"]) == ("NewcomerGone", "too_late")
    (asks,) = await door.told("许宁")
    assert asks["text"] == f"🔔 N{number} 的申请已经办完或过期。"
    again = await door.one("a1", VISIT)
    assert "上次的申请一天内没人确认，已经删掉。" in again["text"]
    assert await Visit.all().count() == 0


async def test_the_day_begins_with_the_name(door: Door) -> None:
    await door.say("a1", VISIT)
    await door.school.move_to(START + timedelta(hours=23))
    await door.say("a1", "林晓")
    number = (await Newcomer.get(user_id="a1")).id
    await door.school.move_to(START + timedelta(hours=46))
    assert (await door.school.one("方正", f"/名册 绑定 N{number}"))["notice"] == "NewcomerLetIn"
    assert await Visit.all().count() == 1


# --- what is kept -------------------------------------------------------------------------


@pytest.mark.sqlite
@pytest.mark.parametrize("end", ["绑定", "拒绝"])
async def test_nothing_that_was_said_stands_in_the_database_or_the_log(
    door: Door, database: str, end: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secret, name = "外婆住院了", "柯无名"
    await door.say("a1", f"/visit 七3 12号 {secret}", GROUP)
    await door.say("a1", name)

    def stored() -> bytes:
        files = Path(database.removeprefix("sqlite://")).parent.glob("zoufang.db*")
        return b"".join(file.read_bytes() for file in files)

    for canary in (secret, name, "自称的昵称"):
        assert canary.encode() not in stored(), canary
        assert canary not in caplog.text
    number = (await Newcomer.get(user_id="a1")).id
    word = f"{end} N{number}" + (" 新人" if end == "绑定" else "")
    await door.school.say("许宁", f"/名册 {word}")
    row = await Newcomer.get(id=number)
    assert (row.name, row.message, row.key_id) == (None, None, None)
    assert secret.encode() not in stored()
    # On the roster a colleague's name stands as everybody's does.
    assert (name.encode() in stored()) is (end == "绑定")


async def test_the_name_is_shown_to_nobody_who_may_not_let_them_in(door: Door) -> None:
    number = await knock(door, "a1", "林晓")
    notice = NewcomerAsks(newcomer=number)
    people = {**door.school.people, "group": None}
    seen = {
        who: (await seen_by(notice, person, occasion="x")).name  # type: ignore[attr-defined]
        for who, person in people.items()
    }
    assert {who for who, name in seen.items() if name} == {"许宁", "唐果", "方正"}
