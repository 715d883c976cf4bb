"""Whatever happened to a problem: one rung a morning, none on a day off, none twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from domain.rules.calendar import at_hour, is_working, school_day
from domain.rules.dues import after_reopening, due
from domain.rules.plan import read_plan
from domain.rules.problem_states import ENDED, STATES, State
from domain.rules.rung_times import Times
from domain.rules.rungs import coming, next_step, reached, rung_of

PLAN = read_plan(None)
WORKING = with_(PLAN, clock=with_(PLAN.clock, count="working"))


STARTS = st.dates(date(2018, 8, 15), date(2028, 12, 31))
PLANS = st.sampled_from([PLAN, WORKING])
SOON = st.none() | st.timedeltas(timedelta(0), timedelta(days=40))
KEYS = [rung.key for rung in PLAN.rungs]


@st.composite
def problems(draw: st.DrawFn, states: tuple[State, ...] = STATES) -> Times:
    """A problem with whatever instants within some weeks of the day it was heard."""
    start = draw(STARTS)
    listed = at_hour(start, PLAN.pace.work_from) + draw(
        st.timedeltas(timedelta(0), timedelta(days=3))
    )

    def instant() -> datetime | None:
        lag = draw(SOON)
        return None if lag is None else listed + lag

    return Times(
        state=draw(st.sampled_from(states)),
        started_on=start,
        due=due(start, PLAN.clock, draw(st.integers(0, 15))),
        listed_at=listed,
        resumed_at=instant(),
        classified=draw(st.booleans()),
        claimed_at=instant(),
        touched_at=instant(),
        asked_still_at=instant(),
        solved_at=instant(),
        review_on=start + timedelta(days=draw(st.integers(0, 60))),
        approval_asked_at=instant(),
        reopened_at=instant(),
        fired={
            key: listed + lag
            for key, lag in draw(
                st.dictionaries(
                    st.sampled_from(KEYS),
                    st.timedeltas(timedelta(0), timedelta(days=40)),
                    max_size=4,
                )
            ).items()
        },
    )


@given(problems(), PLANS)
def test_one_rung_a_morning_and_each_later_than_the_one_before(times: Times, plan: Any) -> None:
    steps = coming(times, plan)
    assert all(one.at < two.at for one, two in pairwise(steps))
    days = [school_day(one.at) for one in steps]
    assert len(set(days)) == len(days)
    assert len({one.rung for one in steps}) == len(steps)


@given(problems(), PLANS)
def test_nothing_fires_on_a_day_off_or_at_another_hour_than_the_bundles(
    times: Times, plan: Any
) -> None:
    for one in coming(times, plan):
        assert is_working(school_day(one.at))
        assert one.at == at_hour(school_day(one.at), PLAN.pace.bundle_at)
        assert one.at > times.listed_at


@given(problems(tuple(sorted(set(STATES) - ENDED))), PLANS, SOON)
def test_whatever_is_open_has_a_next_step(times: Times, plan: Any, later: timedelta | None) -> None:
    now = None if later is None else times.listed_at + later
    # Who is asked to agree is always somebody.
    if times.state == "referral_asked":
        times = replace(times, approval_asked_at=times.approval_asked_at or times.listed_at)
    solved = times.solved_at or times.listed_at
    times = replace(times, solved_at=solved)
    assert next_step(times, plan, now) is not None


@given(problems(tuple(sorted(ENDED))), PLANS)
def test_nothing_ever_comes_for_what_has_ended(times: Times, plan: Any) -> None:
    assert coming(times, plan) == ()
    assert reached(times, plan, times.due + timedelta(days=400)) is None


@given(problems(), st.integers(1, 15))
def test_an_extension_never_brings_a_rung_of_due_nearer(times: Times, days: int) -> None:
    before = {one.rung: one.at for one in coming(times, PLAN) if one.ladder == "due"}
    longer = replace(times, due=times.due + timedelta(days=days))
    after = {one.rung: one.at for one in coming(longer, PLAN) if one.ladder == "due"}
    assert all(after[key] >= before[key] for key in before.keys() & after.keys())
    if before:
        assert after
        assert max(after.values()) >= max(before.values())


@given(problems())
def test_a_rung_of_due_that_fired_never_fires_again_nor_does_one_below_it(times: Times) -> None:
    due_keys = [rung.key for rung in PLAN.ladder("due")]
    highest = max((place for place, key in enumerate(due_keys) if key in times.fired), default=-1)
    left = {key for one in coming(times, PLAN) for key in (one.rung, *one.instead_of)}
    assert not left & set(due_keys[: highest + 1])


@given(problems(("listed", "claimed", "assigned", "referral_asked")), st.integers(0, 40))
def test_after_a_reopening_nothing_comes_for_some_days_and_nothing_past_comes_again(
    times: Times, days: int
) -> None:
    reopened_at = times.listed_at + timedelta(days=days, hours=1)
    before = replace(times, reopened_at=None, fired={}, resumed_at=None)
    reopened = replace(before, reopened_at=reopened_at, resumed_at=reopened_at)
    past = {one.rung for one in coming(before, PLAN) if one.at <= reopened_at}
    steps = [one for one in coming(reopened, PLAN) if one.ladder != "approve"]
    assert all(school_day(one.at) >= after_reopening(reopened_at, PLAN.clock) for one in steps)
    again = {one.rung for one in steps if one.ladder == "due"} & past
    assert again <= {PLAN.ladder("due")[-1].key}  # the last, where nothing else is left
    assert steps


@given(problems(), st.timedeltas(timedelta(0), timedelta(days=80)))
def test_fired_one_after_the_other_only_what_is_weekly_comes_again(
    times: Times, later: timedelta
) -> None:
    now, fired = times.listed_at + later, dict[str, datetime]()
    times = replace(times, fired=fired, asked_still_at=None)
    seen: list[str] = []
    while step := next_step(times, PLAN, now):
        now = max(now, step.at)
        due_now = reached(times, PLAN, now)
        assert due_now is not None
        if due_now.rung in seen:
            assert rung_of(PLAN, due_now.rung).every
            assert now - fired[due_now.rung] >= timedelta(days=1)
        if seen.count(due_now.rung) > 2:
            break
        seen.append(due_now.rung)
        fired = {**fired, due_now.rung: now}
        asked = now if due_now.ladder == "touch" else times.asked_still_at
        times = replace(times, fired=fired, asked_still_at=asked)
        assert reached(times, PLAN, now) is None
    assert len(set(seen)) <= len(KEYS)


@given(problems(("listed", "claimed", "assigned")))
def test_what_was_told_to_come_is_what_then_happens(times: Times) -> None:
    """What `/issue` promises today still holds on the evening before, if nothing happens."""
    step = next_step(replace(times, fired={}), PLAN, times.listed_at)
    assume(step is not None)
    assert step is not None
    eve = at_hour(school_day(step.at) - timedelta(days=1), PLAN.pace.work_until)
    assume(eve >= times.listed_at)
    assert next_step(replace(times, fired={}), PLAN, eve) == step
    assert reached(replace(times, fired={}), PLAN, eve) is None


@given(problems(tuple(sorted(set(STATES) - ENDED))))
def test_whatever_is_weekly_comes_in_each_week_that_has_its_day(times: Times) -> None:
    """Reminders of other ladders move it by some days, and never out of its turn."""
    now, last = times.listed_at + timedelta(days=50), dict[str, datetime]()
    for _ in range(25):
        step = next_step(times, PLAN, now)
        if step is None:
            break
        now = max(now, step.at)
        if rung_of(PLAN, step.rung).every:
            # A holiday takes eight days at most, and the morning after it has its turn.
            assert now - last.get(step.rung, now) <= timedelta(days=20)
            last[step.rung] = now
        for rung, at in last.items():
            assert now - at <= timedelta(days=20), rung
        times = replace(times, fired={**times.fired, step.rung: now})
