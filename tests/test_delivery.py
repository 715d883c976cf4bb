"""What goes out: few calls, in turn, again and again, and never failed in silence."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chat.dingtalk.client import open_client
from chat.dingtalk.names import APP, PLATFORM, direct_chat
from chat.errors import NotDelivered
from domain.actions.outbox import Address, lease_due, mark_delivered, put
from domain.actions.school import add_account, add_person
from domain.actions.timers import lease_timers
from domain.models import Account, Delivery, OutboxEntry, Problem, ProblemEvent, Timer
from domain.notices.asking import Pointer
from domain.notices.bundles import ReminderBundle
from domain.notices.rungs import RedFlagUnclaimed
from domain.notices.visits import VisitShared
from domain.queries.budget import Used, used_this_month
from domain.queries.outbox import together
from domain.records import set_now
from tests.commands.dialogs import ADMIN, CAI, CHENG, HEAD, LIN, listed
from tests.fixtures.dingtalk import DIRECT_PATH, GROUP_PATH, Gateway, failing, page, well
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import School
from tests.fixtures.pacing import Clock
from tests.fixtures.passing import at
from workers import stuck
from workers.budget import Budget, Quotas
from workers.delivery import Delivering, in_groups
from workers.firing import Firing
from workers.pacing import Pacer
from workers.schedule import DUTIES

HE = "何国良"


@pytest.fixture
async def out(school: School, gateway: Gateway) -> AsyncIterator[Delivering]:
    """Everybody is on DingTalk, and the fake of it listens."""
    for name, person in school.people.items():
        await add_account(person, PLATFORM, APP, account(name))
    async with open_client(gateway.values) as client:
        yield Delivering({PLATFORM: client}, "zh-CN", lambda *_: None)


async def bring(out: Delivering) -> None:
    """Bring all that is due, those together that tell the same."""
    while ids := await lease_due():
        for group in await together(ids):
            await out.deliver(*group)


async def fire_all() -> None:
    for timer in await lease_timers():
        await Firing(DUTIES, lambda: None).fire(timer)


async def tell_all(school: School, *names: str) -> None:
    for name in names or school.people:
        person = school.people[name]
        await put(Pointer(heard="talk"), Address(person=person), f"test:{name}")


def told(gateway: Gateway) -> list[list[str]]:
    """Whom each call named."""
    return [one.body["userIds"] for one in gateway.at(DIRECT_PATH)]


# --- few calls ------------------------------------------------------------------------------


async def test_the_same_goes_to_twenty_people_in_one_call(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    for number in range(12):
        school.people[f"老师{number}"] = person = await add_person(f"老师{number}", None)
        await add_account(person, PLATFORM, APP, account(f"老师{number}"))
    await tell_all(school)
    await bring(out)
    calls = told(gateway)
    assert [len(call) for call in calls] == [20, len(school.people) - 20]
    assert sorted(one for call in calls for one in call) == sorted(map(account, school.people))
    # Each is told by a row of its own, and a call uses the quota once.
    assert await Delivery.filter(platform=PLATFORM).count() == len(school.people)
    assert await Delivery.filter(quota="api").count() == len(calls)


async def test_what_reads_differently_goes_alone(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    from domain.models import Person

    await Person.filter(id=school.people[CAI]).update(language="en")
    await tell_all(school, LIN, CAI, CHENG)
    await bring(out)
    assert sorted(map(sorted, told(gateway))) == sorted(
        [sorted([account(LIN), account(CHENG)]), [account(CAI)]]
    )


async def test_whom_a_call_did_not_reach_is_known_one_by_one(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    missed = {
        "processQueryKey": "k",
        "invalidStaffIdList": [account(CAI)],
        "flowControlledStaffIdList": [account(CHENG)],
    }
    gateway.answers(DIRECT_PATH, well(missed))
    await tell_all(school, LIN, CAI, CHENG)
    await bring(out)
    rows = {row.key: row for row in await OutboxEntry.filter(key__startswith="test:")}
    reached = await Delivery.filter(entry_id=rows[f"test:{LIN}"].id).count()
    assert reached == 1
    assert rows[f"test:{CAI}"].done_at is not None
    assert not await Delivery.filter(entry_id=rows[f"test:{CAI}"].id).exists()
    later = rows[f"test:{CHENG}"]
    assert later.done_at is None
    assert later.not_before is not None


# --- never failed in silence ----------------------------------------------------------------


async def test_f14_what_cannot_be_worded_is_laid_aside_after_eight_tries_and_told(
    school: School, gateway: Gateway, out: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(VisitShared(visit=999_999, by=1), Address(person=school.people[LIN]), "broken")
    await tell_all(school, CAI)
    for tries in range(1, stuck.MOST_TRIES + 1):
        await OutboxEntry.filter(key="broken").update(not_before=None)
        await bring(out)
        row = await OutboxEntry.get(key="broken")
        assert row.attempts == tries
    assert row.parked_at is not None
    # The others went out the first time, and the admin knows.
    assert account(CAI) in told(gateway)[0]
    stuck_one = await OutboxEntry.get(notice="NoticeStuck", person_id=school.people[ADMIN])
    assert stuck_one.done_at is not None
    assert f"outbox:{row.id}" in gateway.at(DIRECT_PATH)[-1].text
    await OutboxEntry.filter(key="broken").update(not_before=None)
    assert await lease_due() == []


async def test_whoever_waited_for_a_turn_isnt_laid_aside_sooner(
    school: School, gateway: Gateway, out: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = replace(out, pacer=Pacer({}, {PLATFORM: 1}))
    await say_to_groups("g1", times=2)
    for _ in range(stuck.MOST_TRIES):
        await OutboxEntry.all().update(not_before=None)
        await bring(out)
    waits = await OutboxEntry.get(done_at__isnull=True)
    assert waits.attempts == stuck.MOST_TRIES

    async def unwordable(*_: Any, **__: Any) -> None:
        raise ValueError

    with monkeypatch.context() as once:
        once.setattr("workers.delivery.seen_by", unwordable)
        await OutboxEntry.all().update(not_before=None)
        await bring(out)
    row = await OutboxEntry.get(id=waits.id)
    assert (row.attempts, row.unworded) == (stuck.MOST_TRIES + 1, 1)
    assert row.parked_at is None
    assert not await OutboxEntry.filter(notice="NoticeStuck").exists()


async def test_a_database_that_is_away_lays_nothing_aside(
    school: School, gateway: Gateway, out: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell_all(school, LIN)
    await OutboxEntry.all().update(attempts=50)

    async def away(*_: Any, **__: Any) -> None:
        raise OSError("gone")

    with monkeypatch.context() as without:
        without.setattr("workers.delivery.seen_by", away)
        (entry,) = await lease_due()
        await out.deliver(entry)
    assert (await OutboxEntry.get(id=entry)).parked_at is None
    await OutboxEntry.all().update(lease_until=None)
    await bring(out)
    assert told(gateway) == [[account(LIN)]]


async def test_f34_a_reminder_that_never_gets_through_goes_one_up_and_an_admin_hears(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    duty = Firing(DUTIES, lambda: None)
    from domain.actions.timers import lease_timers

    await set_now(at("2018-09-05T07:30"))
    for timer in await lease_timers():
        await duty.fire(timer)
    gateway.answers(DIRECT_PATH, failing("staffId.notExisted"))
    await bring(out)
    assert told(gateway)[0] == [account(CAI)]
    assert [account(HE)] in told(gateway)
    up = next(one for one in gateway.at(DIRECT_PATH) if one.body["userIds"] == [account(HE)])
    assert f"#{number}" in up.text
    assert "因为蔡平收不到消息，转给您" in up.text
    admin = next(one for one in gateway.at(DIRECT_PATH) if one.body["userIds"] == [account(ADMIN)])
    assert "蔡平" in admin.text
    assert "晚托" not in admin.text


async def test_danger_that_does_not_get_through_reaches_the_leading_group_at_once(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    gateway.answers(DIRECT_PATH, *[failing("staffId.notExisted")] * 2)
    await set_now(at("2018-09-08T23:10"))
    await school.say(LIN, "/问题 七年级 有个孩子说想割腕 来源=电话 反映人=学生")
    number = (await Problem.get(red_flag=True)).id
    await bring(out)
    reached = {one for call in told(gateway)[1:] for one in call}
    assert reached >= {account(CAI), account(HE)}
    assert all(f"#{number}" in one.text for one in gateway.at(DIRECT_PATH)[1:3])


@dataclass
class OnlyAdmins:
    """Stands for a platform that knows nobody any more but the admin; it keeps whom it was to reach.

    With `gone` it is those alone whom it doesn't know any more.
    """

    asked: list[str] = field(default_factory=list)
    gone: tuple[str, ...] | None = None

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        del reply_to
        _quota, missed = await self.send_together([conversation], payload)
        if missed:
            raise missed[conversation]
        return None

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        del payload
        self.asked += conversations
        gone = [one for one in conversations if self._knows_no_more(one)]
        return None, {one: NotDelivered("staffId.notExisted", for_good=True) for one in gone}

    def _knows_no_more(self, chat: str) -> bool:
        if self.gone is None:
            return chat != direct_chat(account(ADMIN))
        return chat in [direct_chat(account(one)) for one in self.gone]

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_reminder_that_reaches_nobody_goes_up_once_to_each_and_then_to_the_admins(
    school: School, out: Delivering
) -> None:
    await listed(school, LIN, "希望有晚托", category="logistics")
    await bring(out)
    await set_now(at("2018-09-05T07:30"))
    await fire_all()
    nobody = OnlyAdmins()
    async with asyncio.timeout(20):
        await bring(replace(out, clients={PLATFORM: nobody}))
    leaders = [one for one in nobody.asked if one != direct_chat(account(ADMIN))]
    assert len(leaders) > 2
    assert len(leaders) == len(set(leaders))
    last = await ProblemEvent.filter(kind="rung").order_by("-id").first()
    assert last is not None
    assert last.details["to"] == []
    assert await OutboxEntry.filter(notice="NobodyToTell", done_at__isnull=False).count() == 1


async def test_danger_that_reaches_none_of_those_it_went_to_together_still_goes_up(
    school: School, out: Delivering
) -> None:
    await set_now(at("2018-09-08T23:10"))
    await school.say(LIN, "/问题 七年级 有个孩子说想割腕 来源=电话 反映人=学生")
    nobody = OnlyAdmins()
    async with asyncio.timeout(20):
        await bring(replace(out, clients={PLATFORM: nobody}))
    leaders = Counter(one for one in nobody.asked if one != direct_chat(account(ADMIN)))
    assert set(leaders) >= {direct_chat(account(one)) for one in (HEAD, CHENG, CAI, HE)}
    # Nobody else is left who could see to it, so that an admin is woken even by night.
    assert direct_chat(account(ADMIN)) in nobody.asked
    (woken,) = await OutboxEntry.filter(notice="DangerToNobody")
    assert woken.person_id == school.people[ADMIN]
    assert woken.done_at is not None


async def test_danger_that_reaches_neither_of_its_first_readers_goes_up_once(
    school: School, out: Delivering
) -> None:
    await school.say(LIN, "/问题 七年级 有个孩子说想割腕 来源=电话 反映人=学生")
    await bring(replace(out, clients={PLATFORM: OnlyAdmins(gone=(HEAD, CHENG))}))
    first = await OutboxEntry.filter(notice="RedFlagRaised").values_list("person_id", flat=True)
    assert set(first) == {school.people[HEAD], school.people[CHENG]}
    up = OutboxEntry.filter(notice="RedFlagUnclaimed")
    reached = Counter([row.person_id for row in await up if row.person_id not in first])
    assert reached[school.people[CAI]] == reached[school.people[HE]] == 1
    assert set(reached.values()) == {1}


async def test_what_has_not_got_through_for_a_day_is_told_once(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    await Account.filter(person_id=school.people[CAI]).delete()
    await tell_all(school, CAI)
    await bring(out)
    assert not await OutboxEntry.filter(notice="NoticeStuck").exists()
    await set_now(at("2018-09-05T08:00"))
    for _ in range(3):
        await OutboxEntry.all().update(not_before=None)
        await bring(out)
    assert [one for call in told(gateway) for one in call] == [account(ADMIN)]
    assert (await OutboxEntry.get(key=f"test:{CAI}")).done_at is None


async def test_f26_who_comes_too_late_takes_nothing_from_whoever_holds_it_now(
    school: School,
) -> None:
    await tell_all(school, LIN)
    (entry,) = await lease_due()
    first = await OutboxEntry.get(id=entry)
    await OutboxEntry.filter(id=entry).update(
        lease_until=first.lease_until - (at("2018-09-03T01:00") - at("2018-09-03T00:00"))
    )
    assert await lease_due() == [entry]
    held = await OutboxEntry.get(id=entry)
    from domain.actions.outbox import put_off

    await put_off(entry, first.attempts, 600)
    assert (await OutboxEntry.get(id=entry)).lease_until == held.lease_until


# --- in turn --------------------------------------------------------------------------------


async def say_to_groups(*groups: str, times: int = 1) -> None:
    for number in range(times):
        for group in groups:
            to = Address(platform=PLATFORM, chat=group)
            await put(Pointer(heard="talk"), to, f"group:{group}:{number}")


async def heard_in(gateway: Gateway) -> Counter[str]:
    return Counter(one.body["openConversationId"] for one in gateway.at(GROUP_PATH))


async def test_thirty_for_one_group_in_one_minute_wait_their_turn_and_none_is_lost(
    school: School, gateway: Gateway, out: Delivering, clock: Clock
) -> None:
    out = replace(out, pacer=Pacer({}, in_groups()))
    await say_to_groups("g1", times=30)
    await say_to_groups("g2")
    await tell_all(school, LIN)
    await bring(out)
    assert await heard_in(gateway) == {"g1": 20, "g2": 1}
    assert told(gateway) == [[account(LIN)]]
    waits = await OutboxEntry.filter(done_at__isnull=True)
    assert {row.chat for row in waits} == {"g1"}
    assert all(row.not_before and row.lease_until is None for row in waits)
    # The clock by which it is paced, and what the rows say, reach the next minute.
    clock.move_to(70)
    await OutboxEntry.filter(done_at__isnull=True).update(not_before=None)
    await bring(out)
    assert (await heard_in(gateway))["g1"] == 30
    assert not await OutboxEntry.filter(done_at__isnull=True).exists()


async def test_a_group_that_throttles_us_is_not_called_again_and_the_others_are(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    gateway.answers(GROUP_PATH, failing("send.too.fast"))
    await say_to_groups("g1", times=3)
    await say_to_groups("g2")
    await bring(out)
    assert await heard_in(gateway) == {"g1": 1, "g2": 1}
    assert await OutboxEntry.filter(done_at__isnull=True, not_before__isnull=False).count() == 3


async def test_reminders_go_after_all_else_and_danger_before(school: School) -> None:
    morning, lin = at("2018-09-04T07:30"), Address(person=school.people[LIN])
    for name, notice in (
        ("reminder", ReminderBundle(items=())),
        ("news", Pointer(heard="talk")),
        ("danger", RedFlagUnclaimed(problem=1, event=1)),
    ):
        await put(notice, lin, name, at=morning)
    await set_now(at("2018-09-04T07:31"))
    keys = [(await OutboxEntry.get(id=(await lease_due(1))[0])).key for _ in range(3)]
    assert keys == ["danger", "news", "reminder"]


async def test_danger_goes_before_what_has_waited_longer(school: School) -> None:
    await tell_all(school)
    await set_now(at("2018-09-03T09:00"))
    await school.say(LIN, "/问题 七年级 有个孩子说想割腕 来源=电话 反映人=学生")
    first = await lease_due(2)
    rows = await OutboxEntry.filter(id__in=first)
    assert {row.notice for row in rows} == {"RedFlagRaised"}
    assert {row.person_id for row in rows} == {school.people[HEAD], school.people[CHENG]}


@pytest.mark.parametrize(
    "no",
    [
        failing("Forbidden.AccessDenied.QpsLimitForApi"),
        failing("x", 429, {"Retry-After": "30"}),
        page(),
        well({"status": 1111, "wait": 5, "source": "x5", "punish": "deny"}),
        well({"errcode": 90002, "errmsg": "x"}),
    ],
)
async def test_f19_after_a_throttle_nobody_calls_before_its_end(
    school: School,
    gateway: Gateway,
    out: Delivering,
    no: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What is over within seconds is else waited for.
    monkeypatch.setattr("workers.delivery._SHORT_WAIT", 0.5)
    gateway.answers(DIRECT_PATH, no)
    await tell_all(school, LIN)
    await bring(out)
    await put(Pointer(heard="empty"), Address(person=school.people[CAI]), "other")
    await bring(out)
    assert told(gateway) == [[account(LIN)]]
    rows = await OutboxEntry.filter(done_at__isnull=True)
    assert len(rows) == 2
    assert all(row.not_before is not None and row.lease_until is None for row in rows)


# --- the month ------------------------------------------------------------------------------


async def running_out(out: Delivering, school: School, quota: int) -> Delivering:
    """As if ten calls had been made this month, of so many."""
    for number in range(10):
        await put(Pointer(heard="talk"), Address(person=school.people[LIN]), f"before:{number}")
        entry = (await OutboxEntry.get(key=f"before:{number}")).id
        await mark_delivered(entry, PLATFORM, "api")
    return replace(out, budget=Budget({PLATFORM: Quotas(api=quota)}))


async def test_when_the_month_runs_low_what_only_tells_waits_for_the_morning(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    low = await running_out(out, school, 12)
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await Timer.all().delete()
    await school.say(CAI, f"/认领 {number}")
    await tell_all(school, CHENG)
    await school.say(CAI, f"/延期 {number} 5天 等设备到货")
    await bring(low)
    # Who is asked to decide is asked; the recorder reads tomorrow that it was claimed.
    texts = {one.body["userIds"][0]: one.text for one in gateway.at(DIRECT_PATH)}
    assert account(HE) in texts
    assert account(LIN) not in texts
    assert account(CHENG) not in texts
    assert "本月的接口调用已用 10/12" in texts[account(ADMIN)]
    (bundle,) = await OutboxEntry.filter(notice="ReminderBundle", person_id=school.people[LIN])
    assert bundle.available_at == at("2018-09-04T07:30")
    await Timer.all().delete()
    await set_now(at("2018-09-04T07:30"))
    before = len(gateway.at(DIRECT_PATH))
    await bring(low)
    assert account(LIN) in {
        one for sent in gateway.at(DIRECT_PATH)[before:] for one in sent.body["userIds"]
    }


async def test_when_the_month_is_spent_danger_alone_goes_out_and_nothing_is_lost(
    school: School, gateway: Gateway, out: Delivering
) -> None:
    spent = await running_out(out, school, 10)
    await tell_all(school, LIN)
    await school.say(LIN, "/问题 七年级 有个孩子说想割腕 来源=电话 反映人=学生")
    await bring(spent)
    assert {one for call in told(gateway) for one in call} == {account(HEAD), account(CHENG)}
    waits = await OutboxEntry.filter(done_at__isnull=True).values_list("notice", flat=True)
    assert sorted(set(waits)) == ["BudgetLow", "Pointer"]
    # The next month, or one that was raised.
    await OutboxEntry.all().update(not_before=None)
    await bring(out)
    assert not await OutboxEntry.filter(done_at__isnull=True).exists()


async def test_the_month_is_the_school_s_and_a_forecast_says_what_it_comes_to(
    school: School, out: Delivering
) -> None:
    await set_now(at("2018-08-31T20:59"))
    await running_out(out, school, 1)
    await set_now(at("2018-09-01T00:01"))
    assert (await used_this_month(PLATFORM)).api == 0
    await set_now(at("2018-08-31T23:00"))
    used = await used_this_month(PLATFORM)
    assert (used.month, used.api) == ("2018-08", 10)
    assert used.forecast(10) == 10
    assert Used("2018-09", 10, 0, 0.25).forecast(10) == 40


async def test_what_loses_its_reason_while_it_waits_for_its_turn_is_not_said(
    school: School, gateway: Gateway, out: Delivering, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await listed(school, LIN, "希望有晚托", category="logistics")
    second = await listed(school, LIN, "操场积水", category="logistics")
    await OutboxEntry.all().update(done_at=at("2018-09-04T00:00"))
    await set_now(at("2018-09-05T07:30"))
    await fire_all()

    async def claims(_seconds: float) -> None:
        monkeypatch.undo()
        await school.say(CAI, f"/claim {first}")

    waits = iter([0.5])

    async def wait(*_: object, **_more: object) -> float:
        return next(waits, 0.0)

    monkeypatch.setattr("workers.delivery.asyncio.sleep", claims)
    slow = Pacer({})
    slow.wait = wait  # type: ignore[method-assign]
    await bring(replace(out, pacer=slow))
    await fire_all()
    await bring(out)
    texts = [one.text for one in gateway.at(DIRECT_PATH) if account(CAI) in one.body["userIds"]]
    assert texts
    assert all(f"#{first}" not in text for text in texts)
    assert any(f"#{second}" in text for text in texts)
