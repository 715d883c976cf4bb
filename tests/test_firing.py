"""What takes long is done once and to its end; what never ends holds up nobody for ever."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.actions import timers
from domain.actions.timers import hold_timer, lease_timers
from domain.models import Timer
from domain.queries import watching
from domain.records import now, real_now, set_now
from domain.rules.plan_whole import Plan
from domain.timing import LIMIT_SECONDS, LONG_SECONDS
from tests.fixtures.house import School
from workers import firing
from workers.firing import Firing, limit_of
from workers.schedule import Duty
from workers.watch import Watched, watch


def tomorrow(instant: datetime, _plan: Plan) -> datetime:
    return instant + timedelta(days=1)


async def due(duty: str) -> int:
    """A timer of that duty which fell due now."""
    return (await Timer.create(key=f"duty:{duty}", duty=duty, due_at=await now())).id


async def test_what_is_being_done_is_begun_by_nobody_else(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    del school
    monkeypatch.setattr(timers, "LEASE_SECONDS", 0.3)
    begun = []

    async def long(_due: datetime) -> None:
        begun.append(real_now())
        # Three leases long.
        for _look in range(9):
            await asyncio.sleep(0.1)
            assert await lease_timers() == []

    await due("long")
    (timer,) = await lease_timers()
    await Firing({"long": Duty(long, tomorrow)}, lambda: None).fire(timer)
    assert len(begun) == 1
    row = await Timer.get(id=timer)
    assert (row.due_at or await now()) > await now()
    # Whoever lost it doesn't hold it any longer.
    await hold_timer(timer, attempts=1)
    assert (await Timer.get(id=timer)).lease_until is None


async def test_what_never_ends_is_broken_off_and_tried_again(
    school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    del school
    monkeypatch.setattr(firing, "LIMIT_SECONDS", 0.1)

    async def endless(_due: datetime) -> None:
        await asyncio.Event().wait()

    timer = await due("endless")
    async with asyncio.timeout(10):
        await Firing({"endless": Duty(endless, tomorrow)}, lambda: None).fire(timer)
    row = await Timer.get(id=timer)
    assert row.due_at is not None
    assert row.due_at <= await now()
    assert "failed and is tried again" in caplog.text


async def test_what_asks_to_be_tried_again_has_its_timer_then(school: School) -> None:
    del school
    later = await now() + timedelta(minutes=5)

    async def failing(_due: datetime) -> datetime:
        return later

    timer = await due("failing")
    await Firing({"failing": Duty(failing, tomorrow)}, lambda: None).fire(timer)
    assert (await Timer.get(id=timer)).due_at == later


async def test_a_long_backup_at_work_is_no_standstill_before_its_limit(school: School) -> None:
    del school
    timer = await due("backup")
    held = real_now() + timedelta(hours=9)
    await Timer.filter(id=timer).update(lease_until=held)
    began = await now()
    for seconds, well in ((LIMIT_SECONDS, True), (LONG_SECONDS["backup"] + 5, False)):
        await set_now(began + timedelta(seconds=seconds))
        assert (await watch({}) == Watched()) is well
    # One that nobody is at is seen as any other.
    await set_now(began + timedelta(seconds=LIMIT_SECONDS))
    await Timer.filter(id=timer).update(lease_until=None)
    assert await watching.timers_still() is not None


def test_only_a_backup_may_take_long() -> None:
    assert set(LONG_SECONDS) == {"backup"}
    assert limit_of("backup") == 3 * 3600
    assert limit_of("problem") == limit_of("digest") == LIMIT_SECONDS
