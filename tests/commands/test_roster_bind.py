"""Whose account it is and whose group: said by hand, never by accident, and told to whom it is about."""

from __future__ import annotations

import asyncio

import pytest

from chat.platforms import PLATFORMS
from chat.words import languages, words
from domain.actions.school import add_account, add_person
from domain.models import Account, Deed, Leave, Newcomer, Person, Room, RosterChange, Visit
from domain.queries.people import person_at
from domain.queries.units import units_called
from tests.commands.dialogs import kinds, labels
from tests.fixtures.house import START, TERM
from tests.fixtures.knocking import FAKE, GROUP, ROBOT, Door

# --- an account ---------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["方正", "唐果"])
async def test_an_account_is_bound_by_hand_and_holds_in_every_app(door: Door, who: str) -> None:
    (done,) = await door.school.say(who, "/名册 绑定 林晓 fake:manager01")
    assert done["text"] == "✅ 已绑定：林晓的fake账号。"
    assert (await door.one("manager01", "/whoami"))["facts"]["person"] == "林晓"
    (told,) = await door.told("林晓")
    assert told["text"].split("\n") == [
        f"🔔 {who}把一个fake账号绑定到你名下。",
        "不是你的账号，请马上告诉管理员。",
    ]
    assert (await RosterChange.get(action="bind")).person_id == door.school.people["林晓"]
    assert (await Deed.get(kind="roster.bind")).person_id == door.school.people[who]


@pytest.mark.parametrize(
    "typed",
    [
        "/名册 绑定 林晓 fake:M01",
        "/名册绑定 林晓 fake:M01",
        "／名册 绑定 林晓 FAKE：M01",
        "/roster bind 林晓 fake:M01",
        "/roster bind fake:M01 林晓",
        "/roster bind Lin Xiao fake:M01",
        "/名册 绑定 账号=fake:M01 姓名或单位=林晓",
        "/roster bind account: fake:M01 whom: 林晓",
    ],
)
async def test_however_it_is_written(door: Door, typed: str) -> None:
    reply = await door.school.one("方正", typed)
    assert reply["notice"] == "AccountBound", reply["text"]
    # The account's own spelling is kept: to its platform m01 is another.
    assert await Account.filter(platform=FAKE, user_id="M01").count() == 1


async def test_in_english(door: Door) -> None:
    (done,) = await door.school.say("方正", "/roster bind 林晓 fake:m1", language="en")
    assert done["text"] == "✅ Bound: fake account of 林晓."
    (asked,) = await door.school.say("方正", "/roster bind 李梅 fake:m1", language="en")
    assert asked["text"].split("\n")[:2] == [
        "❓ This account now belongs to 林晓.",
        "If it changes, the former binding ends at once.",
    ]


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("/名册 绑定 林晓 weixin:m1", "PlatformUnknown"),
        ("/名册 绑定 林小小 fake:m1", "DidYouMean"),
        ("/名册 绑定 fake:m1", "FieldsAsked"),
        ("/名册 绑定", "FieldsAsked"),
        ("/名册 绑定 林晓 fake:中文", "FieldsAsked"),
        (f"/名册 绑定 林晓 fake:{'x' * 129}", "FieldsAsked"),
        ("/名册 绑定 N0", "NewcomerGone"),
        ("/名册 绑定 N999999999", "NewcomerGone"),
        ("/名册 拒绝", "FieldsAsked"),
        ("/名册 绑定 林晓", "DidYouMean"),
    ],
)
async def test_what_cannot_be_bound_is_said_and_nothing_changes(
    door: Door, typed: str, notice: str
) -> None:
    before = await Account.all().count()
    assert (await door.school.one("方正", typed))["notice"] == notice
    assert await Account.all().count() == before
    assert await RosterChange.all().count() == 0


async def test_what_is_missing_is_asked_for_and_the_answer_completes_it(door: Door) -> None:
    assert (await door.school.one("方正", "/名册 绑定 fake:m1"))["title"] == "❓ 还差姓名或单位。"
    assert (await door.school.one("方正", "林晓"))["notice"] == "AccountBound"


@pytest.mark.parametrize("who", ["许宁", "林晓", "邵毓君", "蔡平"])
async def test_only_admin_and_office_bind_by_hand(door: Door, who: str) -> None:
    reply = await door.school.one(who, "/名册 绑定 林晓 fake:m1")
    assert reply["notice"] == ("OnlyBy" if who == "许宁" else "NotAllowed")
    assert await Account.filter(platform=FAKE, user_id="m1").count() == 0


async def test_a_taken_account_changes_hands_on_a_second_yes_of_an_admin(door: Door) -> None:
    await door.school.say("方正", "/名册 绑定 林晓 fake:m1")
    same = await door.school.one("方正", "/名册 绑定 林晓 fake:m1")
    assert same["title"] == "✅ 这个fake账号本来就是林晓的。"
    asked = await door.school.one("方正", "/名册 绑定 李梅 fake:m1")
    assert (asked["notice"], labels(asked)) == ("RebindAsked", ["换过去", "不换"])
    assert (await door.one("m1", "/whoami"))["facts"]["person"] == "林晓"
    assert (await door.school.one("方正", "2"))["notice"] == "Dropped"
    await door.school.say("方正", "/名册 绑定 李梅 fake:m1")
    # A mere yes picks neither.
    assert (await door.school.one("方正", "好"))["notice"] == "Pointer"
    done = await door.school.one("方正", "1")
    assert "原来的账号已解除，不能再用。" in done["text"]
    assert (await door.one("m1", "/whoami"))["facts"]["person"] == "李梅"


async def test_the_office_changes_no_account(door: Door) -> None:
    await door.school.say("方正", "/名册 绑定 林晓 fake:m1")
    for typed in ("/名册 绑定 李梅 fake:m1", "/名册 绑定 林晓 fake:m2"):
        no = await door.school.one("唐果", typed)
        assert no["title"] == "⛔ 林晓已有账号，换账号由管理员来办。"


async def test_somebody_who_changes_accounts_has_one(door: Door) -> None:
    await door.school.say("方正", "/名册 绑定 林晓 fake:m1")
    asked = await door.school.one("方正", "/名册 绑定 林晓 fake:m2")
    assert asked["title"] == "❓ 林晓已有一个fake账号。"
    await door.school.say("方正", "1")
    lin = door.school.people["林晓"]
    found = await Account.filter(platform=FAKE, person_id=lin).values_list("user_id", flat=True)
    assert list(found) == ["m2"]
    assert await person_at(FAKE, ROBOT, "m1") is None


async def test_two_who_bind_at_once_leave_one_account(door: Door) -> None:
    await asyncio.gather(
        door.school.say("方正", "/名册 绑定 林晓 fake:m1"),
        door.school.say("唐果", "/名册 绑定 李梅 fake:m1"),
        door.school.say("唐果", "/名册 绑定 林晓 fake:m2"),
    )
    for which in ({"user_id": "m1"}, {"person_id": door.school.people["林晓"]}):
        assert await Account.filter(platform=FAKE, **which).count() <= 1


async def test_binding_one_who_waits_lets_them_in(door: Door) -> None:
    await door.say("a1", "/visit 七3 12号 好", GROUP)
    (done,) = await door.school.say("方正", "/名册 绑定 林晓 fake:a1")
    assert done["text"].split("\n")[1] == "封存的那条已替本人照办，结果只发给了本人。"
    assert (await Visit.get()).recorded_by_id == door.school.people["林晓"]
    row = await Newcomer.get(user_id="a1")
    assert (row.outcome, row.name, row.message, row.key_id) == ("let_in", None, None, None)
    late = await door.school.one("许宁", f"/名册 绑定 N{row.id}")
    assert late["title"] == f"⛔ N{row.id} 已由方正确认加入。"


async def test_no_answer_holds_the_account(door: Door) -> None:
    for chat in ("direct", "grade-7"):
        replies = await door.school.say("方正", f"/名册 绑定 林晓 fake:secret-{chat}", chat)
        assert "secret" not in str([{**one, "understood": None} for one in replies])


def test_every_platform_is_called_as_people_call_it() -> None:
    for language in languages():
        for name in PLATFORMS:
            assert words(language).has(f"choice.platform.{name}"), name
            assert words(language).names(f"choice.platform.{name}.words")


# --- a group ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["许宁", "方正", "唐果"])
async def test_a_group_is_bound_where_it_is_typed_and_knows_its_unit(door: Door, who: str) -> None:
    person = door.school.people[who]
    if who == "唐果":
        await add_account(person, FAKE, ROBOT, "tg")
    account = {"许宁": "xn", "方正": "fz", "唐果": "tg"}[who]
    (before,) = await door.say(account, "/名册 绑定", "new-room")
    assert before["text"].split("\n") == [
        "🔔 还不知道这个群是哪个单位的。",
        "联络人或管理员在群里发：/名册 绑定 七年级",
    ]
    replies = await door.say(account, "/名册 绑定 七年级", "new-room")
    assert kinds(replies) == [("RoomBound", "new-room")]
    assert replies[0]["text"] == "✅ 这个群现在是七年级的群。"
    assert (await door.one(account, "/名册 绑定", "new-room"))["title"] == "🔔 这个群是七年级的群。"
    assert (await door.one(account, "/coverage", "new-room"))["facts"]["unit"] == "七年级"
    change = await RosterChange.get(action="room")
    assert (change.by_id, change.person_id) == (person, None)
    # And who knocks there is brought to the grade's liaison.
    await door.say("a1", "/whoami", "new-room")
    await door.say("a1", "林晓")
    told = [one["notice"] for one in await door.told("许宁")]
    assert told == ["RoomBoundForYou"] * (who != "许宁") + ["NewcomerAsks"]


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("党办", "党办"), ("七(3)班", "七年级"), ("初二", "八年级"), ("全校", "全校")],
)
async def test_any_unit_and_a_class_for_its_grade(door: Door, typed: str, unit: str) -> None:
    await door.say("fz", f"/名册 绑定 {typed}", GROUP)
    room = await Room.get(platform=FAKE, chat=GROUP).prefetch_related("unit")
    assert room.unit is not None
    assert room.unit.name in (unit, (await units_called(unit))[0].name)


async def test_a_liaison_binds_only_to_his_own_unit_and_takes_no_others_group(door: Door) -> None:
    to_another = await door.one("xn", "/名册 绑定 八年级", GROUP)
    assert to_another["title"] == "⛔ 八年级的群由联络人、办公室、管理员来绑定。"
    await door.say("fz", "/名册 绑定 八年级", GROUP)
    from_another = await door.one("xn", "/名册 绑定 七年级", GROUP)
    assert from_another["title"] == "⛔ 八年级的群由联络人、办公室、管理员来绑定。"
    assert (await door.one("fz", "/roster bind Grade 7", GROUP))["title"] == (
        "✅ 这个群现在是七年级的群，原来是八年级的。"
    )


async def test_who_stands_in_for_the_liaison_may_bind_too(door: Door) -> None:
    people, day = door.school.people, START.date()
    await Leave.create(person_id=people["许宁"], deputy_id=people["孙茜"], since=TERM, until=day)
    await add_account(people["孙茜"], FAKE, ROBOT, "sq")
    assert (await door.one("sq", "/名册 绑定 七年级", "new-room"))["notice"] == "RoomBound"


async def test_one_to_one_no_group_is_bound(door: Door) -> None:
    no = await door.one("fz", "/名册 绑定 七年级")
    assert no["title"] == "⛔ 要绑定七年级的群，请到那个群里发这一条。"
    rooms = await Room.all().count()
    assert (await door.one("fz", "/名册 绑定 七十年级", GROUP))["notice"] == "DidYouMean"
    assert await Room.all().count() == rooms


async def test_a_new_name_beside_an_old_one_is_another_person(door: Door) -> None:
    await add_person("林晓")
    which = await door.school.one("方正", "/名册 绑定 林晓 fake:m1")
    assert (which["notice"], len(labels(which))) == ("ChoiceAsked", 2)
    await door.school.say("方正", "2")
    other = await Person.filter(name="林晓").order_by("-id").first()
    assert other is not None
    assert await Account.filter(platform=FAKE, user_id="m1", person_id=other.id).count() == 1
