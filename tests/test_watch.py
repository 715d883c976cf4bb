"""The watch: nothing that is to come is forgotten, whoever lost it; a standstill is seen."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.actions.outbox import mark_delivered
from domain.actions.second_way import note_failure
from domain.models import Account, OutboxEntry, Problem, Timer
from domain.queries import watching
from domain.queries.watching import last_watch
from domain.records import now, real_now, set_now
from domain.rules.plan_whole import Plan
from tests.commands.dialogs import CAI, LIN, XU, listed
from tests.fixtures.house import START, School
from tests.fixtures.passing import at, happen, pass_to, rungs_of
from workers import watch as watch_module
from workers.schedule import Duty
from workers.upkeep import Upkeep
from workers.watch import Watched, watch

MONDAYS = timedelta(days=7)


async def nothing(_due: datetime) -> None:
    """A duty that does nothing."""


def weekly(instant: datetime, _plan: Plan) -> datetime:
    weeks = (instant - START) // MONDAYS + 1
    return START + weeks * MONDAYS


DUTIES = {"weekly": Duty(nothing, weekly)}


async def problems(school: School, count: int) -> list[int]:
    return [await listed(school, LIN, f"第 {n} 件", category="logistics") for n in range(count)]


# --- nothing is forgotten ---------------------------------------------------------------------


async def test_when_all_is_well_nothing_is_mended_whatever_day_it_is(school: School) -> None:
    first, second, third = await problems(school, 3)
    await school.say(CAI, f"/claim {second}")
    await school.say(CAI, f"/claim {third}")
    await school.say(CAI, f"/solve {third} 增开窗口")
    for day in range(3, 31):
        await pass_to(f"2018-09-{day:02}T08:01")
        assert await watch({}) == Watched(), f"on {day} Sep"
    assert await rungs_of(first)


async def test_a_problem_without_a_timer_gets_one_and_its_reminder_comes_on_its_day(
    school: School,
) -> None:
    number, *_others = await problems(school, 3)
    await happen()
    await Timer.filter(subject=number).delete()
    assert (await watch({})).mended == 1
    assert (await watch({})).mended == 0
    await pass_to("2018-09-05T07:30")
    assert await rungs_of(number) == [("unclaimed", [school.people[CAI]])]


@pytest.mark.parametrize("planned", [None, "2018-09-05T07:31", "2019-09-05T07:30"])
async def test_a_timer_that_would_let_a_reminder_pass_is_set_right(
    school: School, planned: str | None
) -> None:
    number, *_others = await problems(school, 3)
    await happen()
    await Timer.filter(subject=number).update(due_at=at(planned) if planned else None)
    assert (await watch({})).mended == 1
    assert (await watch({})).mended == 0
    await pass_to("2018-09-05T07:30")
    assert await rungs_of(number) == [("unclaimed", [school.people[CAI]])]


async def test_a_timer_that_comes_early_is_left_as_it_is(school: School) -> None:
    (number,) = await problems(school, 1)
    await happen()
    early = at("2018-09-04T07:30")
    await Timer.filter(subject=number).update(due_at=early)
    assert await watch({}) == Watched()
    assert (await Timer.get(subject=number)).due_at == early


async def test_however_old_what_was_forgotten_is_found(school: School) -> None:
    (number,) = await problems(school, 1)
    await pass_to("2018-09-26T08:00")
    await Timer.all().delete()
    await set_now(at("2020-03-02T08:00"))
    assert (await watch({})).mended == 1
    await Timer.filter(subject=number).update(due_at=None)
    assert (await watch({})).mended in (0, 1)  # whether anything is left to come, the rules say
    assert (await watch({})).mended == 0


async def test_what_has_ended_needs_no_timer(school: School) -> None:
    (number,) = await problems(school, 1)
    await Timer.all().delete()
    await Problem.filter(id=number).update(state="closed")
    assert await watch({}) == Watched()


async def test_a_long_list_is_gone_through_in_parts_and_each_comes_in_turn(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = await problems(school, 7)
    await happen()
    last = numbers[-1]
    await Timer.filter(subject=last).update(due_at=at("2019-09-05T07:30"))
    monkeypatch.setattr(watch_module, "_BATCH", 2)
    # One look a round: as where there are too many for the time it may take.
    ticks = iter(range(10_000))
    monkeypatch.setattr(watch_module, "_PATIENCE", 1.5)
    monkeypatch.setattr(watch_module, "perf_counter", lambda: float(next(ticks)))
    rounds = []
    for _round in range(5):
        rounds.append((await watch({})).mended)
        assert (await last_watch()).ago is not None
    assert rounds == [0, 0, 0, 1, 0]
    assert (await last_watch()).cursor == 0


@given(
    deeds=st.lists(
        st.sampled_from(
            ["", "/claim {n}", "/note {n} 在办", "/solve {n} 好了", "/park {n} 12-1 等"]
        ),
        max_size=4,
    ),
    wait=st.lists(st.integers(0, 9), min_size=4, max_size=4),
)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
async def test_whatever_people_do_there_is_nothing_to_mend(
    school: School, deeds: list[str], wait: list[int]
) -> None:
    await set_now(START)
    (number,) = await problems(school, 1)
    day = START
    for deed, days in zip(deeds, wait, strict=False):
        day += timedelta(days=days)
        await pass_to(day.strftime("%Y-%m-%dT10:00"))
        if deed:
            await school.say(CAI, deed.format(n=number))
        await happen()
        assert (await watch({})).mended == 0


# --- what comes again and again ---------------------------------------------------------------


@pytest.mark.parametrize("planned", ["missing", None, "2018-09-10T08:01", "2019-01-01T00:00"])
async def test_a_duty_that_would_not_come_in_time_is_planned_anew(
    school: School, planned: str | None
) -> None:
    if planned != "missing":
        due = at(planned) if planned else None
        await Timer.create(key="duty:weekly", duty="weekly", due_at=due)
    assert (await watch(DUTIES)).mended == 1
    assert (await Timer.get(key="duty:weekly")).due_at == at("2018-09-10T08:00")
    assert (await watch(DUTIES)).mended == 0


# --- what stands still ------------------------------------------------------------------------


async def test_what_is_due_and_nobody_takes_up_is_seen(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    await problems(school, 2)
    await OutboxEntry.all().delete()
    assert await watch({}) == Watched()
    await set_now(await now() + timedelta(seconds=watching.ALONE_SECONDS + 5))
    found = await watch({})
    assert [(name, one.count) for name, one in found.still] == [("timers that nobody takes up", 2)]
    assert "ALARM: 2 timers that nobody takes up stand still since 2018-09-03T" in caplog.text


async def test_what_is_taken_up_again_and_again_and_never_done_is_seen(school: School) -> None:
    await problems(school, 1)
    await OutboxEntry.all().delete()
    held = real_now() + timedelta(seconds=30)
    await Timer.all().update(lease_until=held)
    await set_now(await now() + timedelta(seconds=watching.STILL_SECONDS + 5))
    assert [name for name, _ in (await watch({})).still] == ["timers"]


async def test_a_notice_that_reaches_nobody_is_seen_until_a_human_was_told(school: School) -> None:
    await school.say(LIN, "/visit 七3 12号 同行：许宁 李梅")
    shared = OutboxEntry.filter(notice="VisitShared")
    later = real_now() + timedelta(hours=1)
    await shared.update(not_before=later)
    await note_failure("console")
    await set_now(await now() + timedelta(seconds=watching.STILL_SECONDS + 5))
    assert [name for name, _ in (await watch({})).still] == ["notices"]
    await shared.update(alarmed_at=real_now())
    assert await watch({}) == Watched()


async def test_one_reader_whom_the_platform_refuses_is_no_standstill(school: School) -> None:
    await school.say(LIN, "/visit 七3 12号 同行：许宁")
    shared = OutboxEntry.filter(notice="VisitShared")
    await shared.update(not_before=real_now() + timedelta(hours=1))
    await note_failure("console")
    await set_now(await now() + timedelta(hours=12))
    assert await watch({}) == Watched()
    # What nobody has even tried is one, whoever it is for.
    await shared.update(not_before=None)
    assert not (await watch({})).well


async def test_what_others_are_brought_meanwhile_shows_that_the_platform_is_there(
    school: School,
) -> None:
    await school.say(LIN, "/visit 七3 12号 同行：许宁 李梅")
    await note_failure("console")
    shared = await OutboxEntry.filter(notice="VisitShared").order_by("id")
    await OutboxEntry.filter(notice="VisitShared").update(
        not_before=real_now() + timedelta(hours=1)
    )
    await school.say(LIN, "/visit 七3 13号 同行：高远")
    other = await OutboxEntry.filter(notice="VisitShared").order_by("-id").first()
    assert other is not None
    assert other.id not in {one.id for one in shared}
    await mark_delivered(other.id, "console")
    await set_now(await now() + timedelta(hours=1))
    assert "notices" not in dict((await watch({})).still)


async def test_who_has_no_account_keeps_nothing_from_being_well(school: School) -> None:
    await school.say(LIN, "/visit 七3 12号 同行：许宁")
    await OutboxEntry.filter(notice="VisitShared").update(
        not_before=real_now() + timedelta(hours=1)
    )
    await Account.filter(person_id=school.people[XU]).delete()
    await set_now(await now() + timedelta(days=2))
    assert await watch({}) == Watched()


# --- the watch is watched ---------------------------------------------------------------------


async def test_the_watch_says_when_it_was_last_through(school: School) -> None:
    assert (await last_watch()).ago is None
    await watch({})
    ago = (await last_watch()).ago
    assert ago is not None
    assert 0 <= ago < 60
    # Real time: the demo's clock may be moved by weeks.
    await set_now(await now() + timedelta(days=15))
    assert (await last_watch()).ago == pytest.approx(ago, abs=60)


class Heard:
    """Stands for the outside service."""

    def __init__(self) -> None:
        self.beats = 0

    async def beat(self) -> bool:
        self.beats += 1
        return True


async def test_the_heart_beats_only_while_all_is_well(
    school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heart = Heard()
    upkeep = Upkeep({}, heart)  # type: ignore[arg-type]
    assert await upkeep.once()
    assert heart.beats == 1
    # What had to be mended was not well.
    await problems(school, 1)
    await Timer.filter(duty="problem").delete()
    assert not await upkeep.once()
    await happen()
    assert await upkeep.once()
    # A chore that fails keeps no other from being done, but isn't well either.
    with monkeypatch.context() as broken:
        broken.setattr("workers.upkeep.expire_newcomers", fails)
        assert not await upkeep.once()
    assert heart.beats == 2
    assert "CANARY" not in caplog.text
    await set_now(await now() + timedelta(days=1))
    # By tomorrow nobody has done what was due.
    await Timer.filter(duty="problem").update(due_at=START)
    assert not await upkeep.once()
    assert heart.beats == 2


async def fails() -> None:
    raise OSError("CANARY")


async def test_a_watch_that_cannot_look_writes_nothing_down(
    school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(watch_module, "without_timer", lambda _limit: fails())
    assert not await Upkeep({}).once()
    assert (await last_watch()).ago is None
