"""Whose account and whose group: said by mistake, it is taken back, and nothing older instead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import Account, Room, RosterChange, Visit
from domain.queries.units import units_called
from tests.commands.dialogs import ADMIN, LIN, OFFICE, XU, kinds
from tests.fixtures.house import START
from tests.fixtures.knocking import FAKE, GROUP, Door

BIND = "/名册 绑定 林晓 fake:m1"


async def accounts() -> set[tuple[int, str]]:
    rows = await Account.filter(platform=FAKE).prefetch_related("person")
    return {(row.person.id, row.user_id) for row in rows}


async def unit_of_room() -> str | None:
    room = await Room.get(platform=FAKE, chat=GROUP).prefetch_related("unit")
    return room.unit.name if room.unit else None


# --- an account ---------------------------------------------------------------------------


async def test_an_account_bound_by_mistake_is_nobodys_again(door: Door) -> None:
    there = await accounts()
    await door.school.one(ADMIN, BIND)
    reply = await door.school.one(ADMIN, "/撤销")
    assert reply["text"].split("\n") == [
        "✅ 名册的这次更改撤销了：林晓：绑定了账号。",
        "账号和那之前一样；其间用它记下的都还在。",
        "已告诉：林晓",
    ]
    assert await accounts() == there
    assert (await door.one("m1", "/whoami"))["notice"] == "NameAsked"
    assert [one["notice"] for one in await door.told(LIN)] == [
        "AccountBoundForYou",
        "RosterUndoneTold",
    ]


async def test_in_english(door: Door) -> None:
    await door.school.one(ADMIN, BIND)
    (reply,) = await door.school.say(ADMIN, "/undo", language="en")
    assert reply["text"].split("\n")[:2] == [
        "✅ This change of the roster is taken back: an account was bound to 林晓.",
        "Accounts are as before; what was recorded with it meanwhile stays.",
    ]


async def test_nothing_older_is_taken_back_instead(door: Door) -> None:
    await door.school.one(ADMIN, "/家访 七3 12号 好")
    await door.school.one(ADMIN, BIND)
    await door.school.move_to(START + timedelta(minutes=11))
    too_late = await door.school.one(ADMIN, "/撤销")
    assert (too_late["notice"], too_late["facts"]["kind"]) == ("UndoTooLate", "roster.bind")
    assert too_late["text"].split("\n") == [
        "⛔ 账号的绑定，8:00 记的，已过 10 分钟，撤销不了。",
        "现在要改：/名册 绑定 …",
    ]
    assert (await Visit.get()).undone_at is None


async def test_what_was_rebound_is_whose_it_was(door: Door) -> None:
    await door.school.one(ADMIN, BIND)
    await door.school.one(ADMIN, "/名册 绑定 李梅 fake:m2")
    there = await accounts()
    # 林晓 loses m1, 李梅 loses m2: both are as they were.
    await door.school.one(ADMIN, "/名册 绑定 李梅 fake:m1")
    await door.school.one(ADMIN, "1")
    assert await accounts() != there
    assert (await door.school.one(ADMIN, "/撤销"))["notice"] == "RosterUndone"
    assert await accounts() == there


async def test_an_account_that_changed_hands_since_stays(door: Door) -> None:
    await door.school.one(OFFICE, BIND)
    await door.school.one(ADMIN, "/名册 绑定 李梅 fake:m1")
    await door.school.one(ADMIN, "1")
    there = await accounts()
    assert (await door.school.one(OFFICE, "/撤销"))["notice"] == "RosterMovedOn"
    assert await accounts() == there
    # Once that is taken back, it can be.
    await door.school.one(ADMIN, "/撤销")
    assert (await door.school.one(OFFICE, "/撤销"))["notice"] == "RosterUndone"


async def test_who_was_let_in_by_mistake_speaks_for_nobody(door: Door) -> None:
    await door.say("a1", "/visit 七3 12号 好", GROUP)
    await door.say("a1", "林晓")
    await door.school.say(XU, "/名册 绑定 N1")
    reply = await door.school.one(XU, "/撤销")
    assert reply["notice"] == "RosterUndone", reply["text"]
    assert (await door.one("a1", "/whoami"))["notice"] == "NameAsked"
    # What was carried out in that name stays: it is told, and can be put right.
    assert (await Visit.get()).undone_at is None


async def test_what_cannot_be_taken_back_says_so_and_nothing_older_goes(door: Door) -> None:
    await door.school.one(XU, "/家访 七3 12号 好")
    await door.say("a1", "/visit 七3 5号 好", GROUP)
    await door.say("a1", "柯无人")
    await door.school.say(XU, "/名册 绑定 N1 新人")
    reply = await door.school.one(XU, "/撤销")
    assert reply["text"].split("\n") == [
        "⛔ 账号的绑定，撤销不了：柯无人是作为新同事加入的。",
        "要让他出去，请管理员或办公室发：/名册 移除 柯无人",
    ]
    assert await Visit.filter(undone_at__isnull=True).count() == 2


async def test_a_no_to_a_newcomer_cannot_be_taken_back_and_nothing_older_goes(door: Door) -> None:
    await door.school.one(XU, "/家访 七3 12号 好")
    await door.say("a1", "/visit 七3 5号 好", GROUP)
    await door.say("a1", "林晓")
    await door.school.say(XU, "/名册 拒绝 N1")
    reply = await door.school.one(XU, "/撤销")
    assert (reply["notice"], reply["reason"]) == ("UndoImpossible", "wrong_state")
    assert reply["text"].split("\n") == [
        "⛔ 对 N1 的拒绝，撤销不了：他发的已经删掉了。",
        "他过一天可以再申请；也可以请管理员或办公室直接绑定：/名册 绑定 …",
    ]
    assert (await Visit.get()).undone_at is None


# --- a group ------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [None, "八年级"])
async def test_a_group_is_again_whose_it_was(door: Door, before: str | None) -> None:
    unit = (await units_called(before))[0].id if before else None
    await Room.filter(platform=FAKE, chat=GROUP).update(unit_id=unit)
    await door.say("fz", "/家访 七3 12号 好", GROUP)
    await door.one("fz", "/名册 绑定 七年级", GROUP)
    replies = await door.say("fz", "/撤销", GROUP)
    assert kinds(replies) == [("RosterUndone", GROUP)]
    assert replies[0]["text"].split("\n")[1] == "群和那之前一样。"
    assert await unit_of_room() == before
    assert (await Visit.get()).undone_at is None
    # Then comes what was done before it.
    await door.one("fz", "/撤销", GROUP)
    assert (await Visit.get()).undone_at is not None


async def test_two_binds_are_taken_back_one_after_the_other(door: Door) -> None:
    for unit in ("八年级", "高一年级"):
        await door.one("fz", f"/名册 绑定 {unit}", GROUP)
    seen = []
    for _ in range(2):
        assert (await door.one("fz", "/撤销", GROUP))["notice"] == "RosterUndone"
        seen.append(await unit_of_room())
    assert seen == ["八年级", "七年级"]


async def test_a_group_that_was_bound_anew_since_stays(door: Door) -> None:
    await door.one("xn", "/名册 绑定 七年级", "new-room")
    await door.one("fz", "/名册 绑定 八年级", "new-room")
    assert (await door.one("xn", "/撤销", "new-room"))["notice"] == "RosterMovedOn"
    # Nor is it taken back when it happens to be the same again.
    await door.one("fz", "/名册 绑定 七年级", "new-room")
    assert (await door.one("xn", "/撤销", "new-room"))["notice"] == "RosterMovedOn"


async def test_the_same_unit_again_writes_nothing(door: Door) -> None:
    reply = await door.one("fz", "/名册 绑定 七年级", GROUP)
    assert (reply["notice"], reply["title"]) == ("RoomBound", "✅ 这个群本来就是七年级的群。")
    assert not await RosterChange.exists()
    assert (await door.one("fz", "/撤销", GROUP))["notice"] == "NothingToUndo"


async def test_the_liaisons_of_both_units_hear_of_it(door: Door) -> None:
    await door.one("fz", "/名册 绑定 八年级", GROUP)
    (told,) = await door.told(XU)
    assert told["text"].split("\n") == [
        "🔔 方正把七年级的一个群改成了八年级的群。",
        "有出入就跟方正说一声。",
    ]
    (again,) = [one for one in await said_again(door) if one["notice"] == "RoomBoundForYou"]
    assert again["title"] == "🔔 方正把八年级的一个群改成了七年级的群。"
    await door.one("fz", "/撤销", GROUP)
    (undone,) = await door.told(XU)
    assert undone["notice"] == "RosterUndoneTold"


async def said_again(door: Door) -> list[dict[str, object]]:
    await door.one("fz", "/名册 绑定 七年级", GROUP)
    return await door.told(XU)


async def test_the_history_says_whose_group_it_became(door: Door) -> None:
    await door.one("fz", "/名册 绑定 八年级", GROUP)
    await door.one("fz", "/撤销", GROUP)
    seven = await door.school.one(LIN, "/名册 历史 七年级")
    assert "9月3日 一个群不再是七年级的群。（方正，后来撤销了）" in seven["text"].split("\n")
    eight = await door.school.one(LIN, "/名册 历史 八年级")
    assert "9月3日 一个群现在是八年级的群。（方正，后来撤销了）" in eight["text"].split("\n")
