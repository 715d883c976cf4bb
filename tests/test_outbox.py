"""Nothing that is to be told is lost or said twice: the outbox, the relay, the delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from chat.console.inbound import receive
from chat.console.names import APP, PLATFORM
from chat.errors import NotDelivered
from chat.platforms import Client, open_clients
from domain.actions.accounts import AccountAt, give_account
from domain.actions.outbox import (
    BATCH,
    LEASE_SECONDS,
    Address,
    begin,
    lease_due,
    mark_delivered,
    mark_said,
    put,
)
from domain.models import Account, Delivery, OutboxEntry, ReadLog, Visit
from domain.notices.asking import Pointer
from domain.notices.visits import VisitShared
from domain.queries import outbox as outbox_questions
from domain.records import now, real_now
from domain.sealing import Keyring
from service.answering import answer
from tests.fixtures.console import Console, listening
from tests.fixtures.house import START, School
from workers import relay as relay_file
from workers.broker import nothing_to_settle
from workers.delivery import Delivering
from workers.relay import Relay

VISIT = "/visit 七3 12号 奶奶照顾 同行：李梅、许宁"


async def lease_over(*ids: int) -> None:
    """As if whoever had taken these had been away for long."""
    entries = OutboxEntry.filter(id__in=ids) if ids else OutboxEntry.all()
    await entries.update(lease_until=real_now() - timedelta(seconds=1), not_before=None)


async def until(so: Callable[[], bool]) -> None:
    """Let the others go on until it is so."""
    while not so():  # noqa: ASYNC110  what is waited for rings no bell
        await asyncio.sleep(0)


async def put_to(school: School, name: str, number: int = 0) -> int:
    """Something for that person to be told; the row's id."""
    key = f"test:{name}:{number}"
    await put(Pointer(heard="talk"), Address(person=school.people[name]), key)
    return (await OutboxEntry.get(key=key)).id


async def entry_of(notice: str) -> OutboxEntry:
    entry = await OutboxEntry.filter(notice=notice).order_by("-id").first()
    assert entry is not None
    return entry


def delivering(clients: Mapping[str, Client], told: list[Any] | None = None) -> Delivering:
    heard = [] if told is None else told
    return Delivering(clients, "zh-CN", lambda person, chat: heard.append((person, chat)))


class Deaf:
    """A platform that takes nothing for its first so many messages."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.took: list[Mapping[str, Any]] = []

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> None:
        if self.times:
            self.times -= 1
            raise NotDelivered("busy", for_good=False)
        self.took.append(payload | {"to": conversation, "reply_to": reply_to})

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        for one in conversations:
            await self.send(one, payload)
        return None, {}

    async def close(self) -> None:
        """Nothing is open."""


# --- for real: the broker, its threads, the inbox -----------------------------------------


async def test_who_went_along_finds_the_visit_in_the_inbox(console: Console) -> None:
    (receipt,) = await console.say("林晓", VISIT)
    assert receipt["notice"] == "VisitRecorded"
    for companion in ("李梅", "许宁"):
        (shared,) = await console.inbox(companion)
        assert shared["notice"] == "VisitShared"
        assert shared["chat"] == "direct"
        assert shared["facts"]["visit"] == receipt["facts"]["visit"]
        assert shared["facts"]["by"] == "林晓"
        assert shared["at"].startswith("2018-09-03T08:")
        assert shared["at"].endswith("+08:00")
        # Whoever went along may read what was said there.
        assert shared["facts"]["student"] == "王小明"
        assert shared["facts"]["text"] == "奶奶照顾"
    assert await console.inbox("林晓") == []
    assert await console.inbox("高远") == []


async def test_looking_again_neither_repeats_nor_logs_anything_anew(console: Console) -> None:
    await console.say("林晓", VISIT)
    first = await console.inbox("李梅")
    logged = await ReadLog.all().count()
    assert await console.inbox("李梅") == first
    assert await ReadLog.all().count() == logged


async def test_a_group_shows_all_that_was_said_there(console: Console) -> None:
    await console.say("林晓", "/coverage", "grade-7")
    await console.say("李梅", "/whoami", "grade-7")
    said = await console.get("inbox", chat="grade-7")
    assert [one["notice"] for one in said] == ["CoverageShown", "WhoamiShown"]
    assert {one["chat"] for one in said} == {"grade-7"}
    assert await console.get("inbox", chat="grade-8") == []


async def test_an_answer_that_the_door_never_said_is_delivered(console: Console) -> None:
    body = {"person": console.school.people["林晓"], "chat": "direct", "text": "/whoami"}
    (reply,) = await answer(receive(body | {"message_id": "lost"}), "zh-CN")
    # The door has its lease still; then it is known to have died on its way.
    assert await console.inbox("林晓") == []
    assert reply.entry is not None
    await lease_over(reply.entry)
    (arrived,) = await console.inbox("林晓")
    assert arrived["notice"] == "WhoamiShown"
    assert await console.inbox("林晓") == [arrived]


async def test_what_a_platform_did_not_take_is_tried_again(
    school: School, keyring: Keyring
) -> None:
    deaf = Deaf(1)
    async with listening(school, keyring, {PLATFORM: deaf}) as console:
        await console.say("林晓", "/visit 七3 12号 同行：李梅")
        assert await console.inbox("李梅") == []
        entry = await entry_of("VisitShared")
        assert (entry.done_at, entry.attempts) == (None, 1)
        await lease_over(entry.id)
        (arrived,) = await console.inbox("李梅")
        assert arrived["notice"] == "VisitShared"
        assert len(deaf.took) == 1


async def test_the_broker_carries_numbers_and_nothing_else(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried: list[Any] = []
    enqueue = console.workers.broker.enqueue

    def watched(message: Any, **more: Any) -> Any:
        carried.append(message)
        return enqueue(message, **more)

    monkeypatch.setattr(console.workers.broker, "enqueue", watched)
    await console.say("林晓", VISIT)
    assert len(await console.inbox("李梅")) == 1
    # Who went along is told the same: the numbers of both rows, in one message.
    assert [len(message.args) for message in carried] == [2]
    for message in carried:
        assert {type(one) for one in message.args} == {int}
        assert message.kwargs == {}
        assert {type(one) for one in message.options.values()} <= {int, float, type(None)}


# --- said once ----------------------------------------------------------------------------


async def test_delivering_twice_says_it_once(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅")
    entry, listener, told = await entry_of("VisitShared"), Deaf(0), []
    duty = delivering({PLATFORM: listener}, told)
    await duty.deliver(entry.id)
    await duty.deliver(entry.id)
    assert len(listener.took) == 1
    assert told == [(school.people["李梅"], None)]
    assert await Delivery.filter(entry_id=entry.id).count() == 1


async def test_two_messages_for_one_notice_say_it_once(school: School) -> None:
    # Nobody worked until its lease was over: the broker then holds it twice.
    await school.say("林晓", "/visit 七3 12号 同行：李梅")
    entry, listener = await entry_of("VisitShared"), Deaf(0)
    await lease_due()
    await lease_over(entry.id)
    await lease_due()
    duty = delivering({PLATFORM: listener})
    await asyncio.gather(*(duty.deliver(entry.id) for _ in range(4)))
    assert len(listener.took) == 1


async def test_who_sets_out_has_all_of_a_lease_however_long_it_was_queued(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅")
    entry = await entry_of("VisitShared")
    await lease_due()
    nearly = real_now() + timedelta(seconds=1)
    await OutboxEntry.filter(id=entry.id).update(lease_until=nearly)
    assert await begin(entry.id)
    until = (await OutboxEntry.get(id=entry.id)).lease_until
    assert until is not None
    assert (until - real_now()).total_seconds() > LEASE_SECONDS - 5
    assert not await begin(entry.id)


async def test_marking_twice_keeps_the_first_mark(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅")
    entry = await entry_of("VisitShared")
    await mark_said([entry.id], PLATFORM)
    await mark_delivered(entry.id, PLATFORM)
    await mark_said([entry.id, entry.id], PLATFORM)
    await mark_said([], PLATFORM)
    (delivery,) = await Delivery.filter(entry_id=entry.id)
    assert delivery.in_response


async def test_what_is_taken_is_nobody_elses_until_the_lease_is_over(school: School) -> None:
    await school.say("林晓", VISIT)
    taken = await lease_due()
    assert len(taken) == 2
    assert await lease_due() == []
    await lease_over(*taken)
    assert await lease_due() == taken
    assert [entry.attempts for entry in await OutboxEntry.filter(id__in=taken)] == [2, 2]


async def test_two_who_look_at_once_take_each_notice_once(school: School) -> None:
    for number in range(40):
        await put(VisitShared(visit=number, by=1), Address(person=1), f"test:{number}")
    taken = await asyncio.gather(*(asyncio.create_task(lease_due(10)) for _ in range(4)))
    ids = [entry for part in taken for entry in part]
    assert len(ids) == len(set(ids)) == 40


async def test_what_is_for_later_waits_for_the_schools_clock(school: School) -> None:
    await put(Pointer(heard="talk"), Address(person=school.people["林晓"]), "later")
    entry = (await OutboxEntry.get(key="later")).id
    await OutboxEntry.filter(id=entry).update(available_at=await now() + timedelta(hours=2))
    assert await lease_due() == []
    await school.move_to(START + timedelta(hours=3))
    assert await lease_due() == [entry]


async def test_a_reader_whom_no_platform_reaches_is_waited_for(school: School) -> None:
    await put(Pointer(heard="talk"), Address(person=school.people["林晓"]), "unreached")
    listener = Deaf(0)
    (entry,) = await lease_due()
    await delivering({}).deliver(entry)
    assert (await OutboxEntry.get(id=entry)).done_at is None
    await lease_over()
    assert await lease_due() == [entry]
    await delivering({PLATFORM: listener}).deliver(entry)
    assert len(listener.took) == 1


async def test_whoever_has_no_account_is_tried_ever_less_and_told_once_there_is_one(
    school: School,
) -> None:
    cai = school.people["蔡平"]
    await Account.filter(person_id=cai).delete()
    await put(Pointer(heard="talk"), Address(person=cai), "no account")
    waits = []
    for _ in range(5):
        (entry,) = await lease_due()
        await delivering({PLATFORM: Deaf(0)}).deliver(entry)
        until = (await OutboxEntry.get(id=entry)).not_before
        assert until is not None
        waits.append((until - real_now()).total_seconds())
        await lease_over()
    assert waits[-1] > 4 * waits[0] > 20
    assert await lease_due() == [entry]
    await delivering({PLATFORM: Deaf(0)}).deliver(entry)
    assert await lease_due() == []
    await give_account(cai, AccountAt(PLATFORM, APP, "cai"), rebind=False)
    assert await lease_due() == [entry]


async def test_a_notice_that_cannot_be_worded_harms_no_other(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅")
    li = Address(person=school.people["李梅"])
    await put(VisitShared(visit=999_999, by=1), li, "broken")
    broken = (await OutboxEntry.get(key="broken")).id
    async with open_clients({PLATFORM: None}) as clients:
        duty = delivering(clients)
        for entry in await lease_due():
            await duty.deliver(entry)
    assert [row.id for row in await OutboxEntry.filter(done_at__isnull=True)] == [broken]
    assert str(broken) in caplog.text


# --- the relay ----------------------------------------------------------------------------


async def test_the_relay_goes_on_after_the_database_was_away(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []

    async def settled() -> None:
        return None

    relay = Relay(lambda _actor, row: handed.append(row), settled)
    (receipt,) = await school.say("林晓", "/visit 七3 12号 同行：李梅")
    body = {"person": school.people["林晓"], "chat": "direct", "text": "/whoami"}
    (reply,) = await answer(receive(body | {"message_id": "x"}), "zh-CN")
    assert reply.entry is not None
    calls = []

    async def away(*_: Any) -> None:
        calls.append(1)
        raise OSError("gone")

    with monkeypatch.context() as without:
        without.setattr(relay_file, "mark_said", away)
        relay.said([reply.entry], PLATFORM)
        with pytest.raises(OSError, match="gone"):
            await relay.turn()
    assert calls == [1]
    assert handed == []
    # What the door had said is not forgotten over it, else it would be said again.
    await relay.drain()
    assert handed == [(await entry_of("VisitShared")).id]
    assert (await OutboxEntry.get(id=reply.entry)).done_at is not None
    assert await Visit.filter(id=receipt["facts"]["visit"]).exists()


async def test_the_running_relay_survives_a_turn_that_fails(
    console: Console, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, failed, typed = relay_file.lease_due, [], "王小明"

    async def once_away(**more: Any) -> list[int]:
        if not failed:
            failed.append(True)
            raise OSError(typed)
        return await real(**more)

    monkeypatch.setattr(relay_file, "lease_due", once_away)
    told = console.hub.listen()
    await console.say("林晓", "/visit 七3 12号 同行：李梅")
    while not failed:
        await console.http.get(f"{console.api}/clock")
    console.workers.relay.wake()
    event = await told.get()
    assert event is not None
    assert event.name == "delivered"
    assert "it will look again: OSError" in caplog.text
    assert typed not in caplog.text


async def test_what_a_door_has_said_is_not_brought_as_well_while_its_mark_waits(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []
    relay = Relay(lambda _actor, *rows: handed.extend(rows), nothing_to_settle)
    body = {"person": school.people["林晓"], "chat": "direct", "text": "/whoami"}
    (reply,) = await answer(receive(body | {"message_id": "x"}), "zh-CN")
    assert reply.entry is not None
    real = relay_file.mark_said
    busy, free, marked = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def when_free(ids: list[int], platform: str) -> None:
        busy.set()
        await free.wait()
        await real(ids, platform)
        marked.set()

    monkeypatch.setattr(relay_file, "mark_said", when_free)
    running = asyncio.create_task(relay.run())
    relay.said([reply.entry], PLATFORM)
    await busy.wait()
    # The door's time is over before the records take the mark.
    await lease_over(reply.entry)
    other = await put_to(school, "许宁")
    relay.wake()
    async with asyncio.timeout(10):
        await until(lambda: other in handed)
        assert handed == [other]
        free.set()
        await marked.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert (await OutboxEntry.get(id=reply.entry)).done_at is not None
    assert handed == [other]


async def test_a_backlog_is_handed_over_without_waiting_for_the_next_sweep(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_file, "SWEEP_SECONDS", 3600.0)
    handed: list[int] = []
    relay = Relay(lambda _actor, *rows: handed.extend(rows), nothing_to_settle)
    rows = {await put_to(school, "许宁", number) for number in range(2 * BATCH + 50)}
    running = asyncio.create_task(relay.run())
    relay.wake()
    async with asyncio.timeout(20):
        await until(lambda: len(handed) >= len(rows))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert set(handed) == rows
    assert len(handed) == len(rows)


async def test_no_more_is_handed_over_than_those_who_deliver_can_take(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_questions, "MANY_IN_HAND", BATCH)
    monkeypatch.setattr(relay_file, "SWEEP_SECONDS", 3600.0)
    looked = asyncio.Event()
    real = relay_file.many_in_hand

    async def noted() -> bool:
        many = await real()
        looked.set()
        return many

    monkeypatch.setattr(relay_file, "many_in_hand", noted)
    handed: list[int] = []
    relay = Relay(lambda _actor, *rows: handed.extend(rows), nothing_to_settle)
    for number in range(BATCH + 50):
        await put_to(school, "许宁", number)
    running = asyncio.create_task(relay.run())
    relay.wake()
    await looked.wait()
    await asyncio.sleep(0)
    assert len(handed) == BATCH
    # They get through with it, and whoever wakes the relay finds the rest.
    await mark_delivered(handed, PLATFORM)
    relay.wake()
    async with asyncio.timeout(10):
        await until(lambda: len(handed) >= BATCH + 50)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
