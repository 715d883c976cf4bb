"""While a platform is down a letter says that something waits, once, and nothing of what it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from chat.dingtalk.client import open_client
from chat.dingtalk.names import APP, PLATFORM
from chat.mail.client import open_client as open_mail
from chat.mail.names import PLATFORM as MAIL
from domain.actions.outbox import Address, lease_due, put
from domain.actions.school import add_account
from domain.models import Delivery, Outage, OutboxEntry, Problem, Timer
from domain.notices.asking import Pointer
from domain.notices.running import PartStopped
from domain.outages import DOWN_SECONDS
from domain.records import real_now
from tests.commands.dialogs import ADMIN, CAI, HEAD, LIN, listed
from tests.fixtures.dingtalk import DIRECT_PATH, GROUP_PATH, Gateway, failing, well
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import School
from tests.fixtures.mail import Box
from workers import guard
from workers.budget import Budget, Quotas
from workers.delivery import Delivering
from workers.second_way import go_second_way
from workers.watch import watch


@pytest.fixture
async def out(school: School, gateway: Gateway, box: Box) -> AsyncIterator[Delivering]:
    """Everybody is on DingTalk, and two of them have a box as well."""
    for name, person in school.people.items():
        await add_account(person, PLATFORM, APP, account(name))
    for name in (CAI, ADMIN):
        await add_account(school.people[name], MAIL, "", address(name))
    async with open_client(gateway.values) as chat, open_mail(box.values) as mail:
        yield Delivering({PLATFORM: chat, MAIL: mail}, "zh-CN", lambda *_: None)


def address(name: str) -> str:
    return {CAI: "cai@school.example", ADMIN: "it@school.example"}[name]


def down(gateway: Gateway) -> None:
    """From now on DingTalk takes nothing."""
    gateway.next.pop(DIRECT_PATH, None)
    gateway.answers(DIRECT_PATH, *[failing("system.error", 503)] * 500)


def back(gateway: Gateway) -> None:
    gateway.next.pop(DIRECT_PATH, None)


async def bring(out: Delivering) -> None:
    """Bring what is due once: what isn't taken waits for its next try."""
    await out.deliver(*await lease_due())


async def wait(seconds: float) -> None:
    """So much real time goes by, for all that goes by it."""
    ago = timedelta(seconds=seconds)
    for row in await Outage.all():
        await Outage.filter(id=row.id).update(since=row.since - ago, last_at=row.last_at - ago)
    for entry in await OutboxEntry.filter(not_before__isnull=False):
        assert entry.not_before is not None
        await OutboxEntry.filter(id=entry.id).update(not_before=entry.not_before - ago)
    for entry in await OutboxEntry.filter(done_at__isnull=False):
        assert entry.done_at is not None
        await OutboxEntry.filter(id=entry.id).update(done_at=entry.done_at - ago)


async def look(out: Delivering) -> None:
    """The minute's look, and what comes of it is brought."""
    await go_second_way()
    await bring(out)


def text(letter: EmailMessage) -> str:
    return letter["Subject"] + "\n" + letter.get_content()


async def waiting_problem(school: School) -> int:
    """A problem of which the line leader is told; all other news of it is gone."""
    number = await listed(school, LIN, "食堂的菜太咸了", category="logistics")
    await school.say(HEAD, f"/认领 {number} 蔡平")
    await OutboxEntry.exclude(person_id=school.people[CAI]).delete()
    await Timer.all().update(due_at=None)
    return number


async def long_down(school: School, gateway: Gateway, out: Delivering) -> int:
    """DingTalk has taken nothing for so long that it is down; a problem waits."""
    down(gateway)
    number = await waiting_problem(school)
    await bring(out)
    await wait(DOWN_SECONDS + 1)
    return number


async def test_after_five_minutes_a_letter_says_what_waits_and_not_before(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    down(gateway)
    number = await waiting_problem(school)
    await bring(out)
    await wait(DOWN_SECONDS - 5)
    await look(out)
    assert box.letters == []
    await wait(10)
    await look(out)
    (letter,) = box.letters
    assert letter["To"] == address(CAI)
    assert f"#{number}" in text(letter)
    assert "钉钉" in text(letter)


async def test_a_letter_names_nobody_and_quotes_nothing(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await long_down(school, gateway, out)
    await look(out)
    (letter,) = box.letters
    said = text(letter)
    assert "咸" not in said
    assert not [name for name in school.people if name in said]


async def test_what_was_mailed_is_mailed_once_and_comes_in_full_once_it_can(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    number = await long_down(school, gateway, out)
    for _ in range(3):
        await look(out)
        await wait(60)
    assert len(box.letters) == 1
    back(gateway)
    before = len(gateway.at(DIRECT_PATH))
    await wait(3600)
    await bring(out)
    (full,) = gateway.at(DIRECT_PATH)[before:]
    assert f"#{number}" in full.text
    assert "咸" in full.text
    assert not await OutboxEntry.filter(done_at__isnull=True).exists()


async def test_what_comes_while_it_is_down_is_mailed_too_when_it_was_tried(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await long_down(school, gateway, out)
    await look(out)
    await put(Pointer(heard="talk"), Address(person=school.people[CAI]), "test:later")
    await go_second_way()
    assert await OutboxEntry.filter(notice="PlatformAway").count() == 1
    await bring(out)
    await look(out)
    assert len(box.letters) == 2
    assert "#" not in text(box.letters[1])


async def test_two_schedulers_write_one_letter(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await long_down(school, gateway, out)
    await asyncio.gather(*(go_second_way() for _ in range(5)))
    await bring(out)
    assert len(box.letters) == 1


async def test_who_has_no_box_and_who_is_answered_get_no_letter(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    down(gateway)
    await put(Pointer(heard="talk"), Address(person=school.people[LIN]), "test:no box")
    await bring(out)
    await wait(DOWN_SECONDS + 1)
    await look(out)
    assert box.letters == []


async def test_what_is_taken_in_between_ends_the_outage(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    down(gateway)
    await waiting_problem(school)
    await bring(out)
    await wait(200)
    back(gateway)
    await put(Pointer(heard="talk"), Address(person=school.people[LIN]), "test:taken")
    await OutboxEntry.exclude(key="test:taken").update(not_before=real_now() + timedelta(hours=1))
    await bring(out)
    down(gateway)
    await OutboxEntry.filter(done_at__isnull=True).update(not_before=None)
    await bring(out)
    await wait(200)
    await look(out)
    assert box.letters == []
    await wait(DOWN_SECONDS)
    await look(out)
    assert len(box.letters) == 1


async def test_two_failures_with_a_quiet_day_between_are_two_outages(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    down(gateway)
    await waiting_problem(school)
    await bring(out)
    await wait(24 * 3600)
    await bring(out)
    await look(out)
    assert box.letters == []


async def test_a_letter_that_waited_too_long_isnt_sent_any_more(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await long_down(school, gateway, out)
    box.refuses = "451 later"
    await look(out)
    assert box.letters == []
    back(gateway)
    await wait(3600)
    box.refuses = None
    # DingTalk first: the letter is then about an outage that is over.
    await OutboxEntry.filter(notice="PlatformAway").update(not_before=real_now() + timedelta(1))
    await bring(out)
    await OutboxEntry.filter(notice="PlatformAway").update(not_before=None)
    await bring(out)
    assert box.letters == []
    assert not await OutboxEntry.filter(done_at__isnull=True).exists()


async def test_a_mail_server_that_is_down_too_loses_no_letter(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await long_down(school, gateway, out)
    box.refuses = "451 later"
    await look(out)
    box.refuses = None
    await wait(60)
    await bring(out)
    assert len(box.letters) == 1


async def test_nobody_is_spoken_to_by_mail_who_has_no_other_account(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    from domain.models import Account

    await Account.filter(person_id=school.people[CAI], platform=PLATFORM).delete()
    await waiting_problem(school)
    await bring(out)
    assert box.letters == []
    assert not await Delivery.filter(platform=MAIL).exists()


async def test_what_is_danger_is_said_to_be(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await add_account(school.people["邵毓君"], MAIL, "", "head@school.example")
    down(gateway)
    await school.say(LIN, "/问题 七年级 有学生说活着没意思，想自杀 来源=电话 反映人=学生")
    danger = await Problem.get(red_flag=True)
    await Timer.all().update(due_at=None)
    await bring(out)
    await wait(DOWN_SECONDS + 1)
    await look(out)
    (letter,) = [one for one in box.letters if one["To"] == "head@school.example"]
    assert f"#{danger.id} 不能等" in text(letter)
    assert "自杀" not in text(letter)


@pytest.mark.parametrize("said", [failing("send.too.fast"), failing("system.error", 503)])
async def test_a_group_that_takes_nothing_is_no_platform_that_is_down(
    school: School,
    gateway: Gateway,
    out: Delivering,
    box: Box,
    said: tuple[int, dict[str, Any]],
) -> None:
    gateway.answers(GROUP_PATH, *[said] * 500)
    await waiting_problem(school)
    # Tried once and not taken, and then nobody but the group is spoken to.
    await lease_due()
    await OutboxEntry.filter(done_at__isnull=True).update(
        not_before=real_now() + timedelta(hours=1), lease_until=None
    )
    await put(Pointer(heard="talk"), Address(platform=PLATFORM, chat="g1"), "test:group")
    await bring(out)
    await wait(DOWN_SECONDS + 1)
    await look(out)
    assert gateway.at(GROUP_PATH)
    assert await Outage.all().count() == 0
    assert box.letters == []


async def test_a_platform_that_shuts_us_out_by_way_of_a_group_is_down(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    gateway.answers(GROUP_PATH, failing("too.many", 429))
    await put(Pointer(heard="talk"), Address(platform=PLATFORM, chat="g1"), "test:group")
    await bring(out)
    assert await Outage.filter(platform=PLATFORM).exists()


# --- the admins ------------------------------------------------------------------------------


async def test_the_guard_writes_itself_what_stands_still(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    await watch({})
    await put(Pointer(heard="talk"), Address(person=school.people[LIN]), "test:still")
    late = (await OutboxEntry.get(key="test:still")).available_at - timedelta(minutes=10)
    await OutboxEntry.filter(key="test:still").update(available_at=late)
    # Nobody works but the guard: what it says goes out by its own hand, once.
    await guard.look(out)
    await guard.look(out)
    (letter,) = box.letters
    assert letter["To"] == address(ADMIN)
    assert "发不出去" in text(letter)


async def test_a_month_that_is_spent_is_told_by_mail(
    school: School, gateway: Gateway, out: Delivering, box: Box
) -> None:
    from dataclasses import replace

    await put(Pointer(heard="talk"), Address(person=school.people[LIN]), "test:1")
    await bring(out)
    spent = replace(out, budget=Budget({PLATFORM: Quotas(api=1)}, mail=True))
    await put(Pointer(heard="talk"), Address(person=school.people[LIN]), "test:2")
    await bring(spent)
    await bring(spent)
    (letter,) = box.letters
    assert letter["To"] == address(ADMIN)
    assert "1" in text(letter)
    assert len(gateway.at(DIRECT_PATH)) == 1


# --- the letter itself -----------------------------------------------------------------------


async def test_a_letter_is_one_that_programs_and_people_understand(
    box: Box, school: School, out: Delivering
) -> None:
    to = Address(person=school.people[ADMIN], platform=MAIL)
    await put(PartStopped(part="watch"), to, "test:letter")
    await bring(out)
    (letter,) = box.letters
    assert letter["From"] == "zoufang@school.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@school.example>")
    assert letter["Subject"].startswith("⏰ ")
    assert "zoufang check" in letter.get_content()
    assert not letter.is_multipart()


async def test_a_box_that_isnt_there_is_given_up_and_an_admin_hears(
    box: Box, school: School, out: Delivering, gateway: Gateway
) -> None:
    box.no_such_box = True
    to = Address(person=school.people[CAI], platform=MAIL)
    await put(PartStopped(part="watch"), to, "test:gone")
    await bring(out)
    assert (await OutboxEntry.get(key="test:gone")).done_at is not None
    assert await OutboxEntry.filter(notice="NoticeStuck").exists()
    gateway.answers(DIRECT_PATH, well({"processQueryKey": "k"}))


async def test_an_address_or_a_subject_cant_bring_a_header_in(box: Box) -> None:
    from chat.errors import NotDelivered

    async with open_mail(box.values) as mail:
        await mail.send("it@school.example", {"subject": "一行", "text": "x"})
        with pytest.raises(NotDelivered):
            await mail.send(
                "it@school.example\r\nBcc: all@school.example", {"subject": "a", "text": "x"}
            )
        with pytest.raises(NotDelivered):
            await mail.send("it@school.example", {"subject": "a\r\nBcc: b@c.example", "text": "x"})
    assert len(box.letters) == 1
