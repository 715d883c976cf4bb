"""Whoever wonders about a day is told why it is that one, and nobody else is bothered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from domain.rules.calendar import SCHOOL_TIME, is_working, makes_up, rest, school_day
from domain.rules.dues import due
from domain.rules.plan import read_plan
from domain.rules.problem_states import OWED, STATES, State
from domain.rules.rung_times import Times
from domain.rules.rungs import coming, next_step
from domain.rules.why import Extension, Next, Seen, Why, why_days

PLAN = read_plan(None)
TODAY = date(2018, 9, 27)


def at(day: str, hour: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day} {hour}").replace(tzinfo=SCHOOL_TIME)


def claimed(heard: str, more: int = 0, state: State = "claimed") -> Times:
    start = date.fromisoformat(heard)
    heard_at = at(heard)
    return Times(
        state,
        start,
        due(start, PLAN.clock, more),
        heard_at,
        classified=True,
        claimed_at=heard_at,
        touched_at=heard_at,
    )


def seen(times: Times, today: str, **more: object) -> Seen:
    """With what is next, heard on the day on which it fires."""
    now = at(today)
    step = next_step(times, PLAN, now)
    comes = Next(step, school_day(step.at)) if step else None
    told = {"heard_on": times.started_on, "today": now.date(), "next": comes, **more}
    return Seen(times, **told)  # type: ignore[arg-type]


def codes(one: Seen) -> list[str]:
    return [why.code for why in why_days(one, PLAN)]


def test_an_ordinary_problem_has_nothing_to_explain() -> None:
    assert why_days(seen(claimed("2018-09-03"), "2018-09-03"), PLAN) == ()


def test_what_is_due_in_a_holiday_stays_due_and_is_recalled_before() -> None:
    # Heard on Saturday the 22nd: day 15 is the last day of 国庆.
    times = claimed("2018-09-22")
    times = replace(times, touched_at=at("2018-09-29"))
    assert why_days(seen(times, "2018-09-29"), PLAN) == (
        Why("due_at_rest", date(2018, 10, 7), 15, rest="national_day"),
        Why("earlier", date(2018, 9, 30), rest="national_day", meant=date(2018, 10, 7)),
        Why("made_up", date(2018, 9, 30)),
    )


def test_once_it_is_overdue_the_day_it_was_due_needs_no_reason() -> None:
    times = replace(claimed("2018-09-22"), touched_at=at("2018-10-07"))
    assert "due_at_rest" not in codes(seen(times, "2018-10-08"))


def test_what_follows_a_weekend_comes_later() -> None:
    # Due on Saturday 8 September: overdue by a day on Sunday, told on Monday.
    times = replace(
        claimed("2018-08-24"),
        touched_at=at("2018-09-07"),
        fired={"due_today": at("2018-09-07", "07:30")},
    )
    assert why_days(seen(times, "2018-09-07"), PLAN) == (
        Why("due_at_rest", date(2018, 9, 8), 15, rest="weekend"),
        Why("later", date(2018, 9, 10), rest="weekend", meant=date(2018, 9, 9)),
    )


def test_a_question_whether_it_is_still_yours_is_moved_behind_a_holiday() -> None:
    times = replace(claimed("2018-09-24", 15), touched_at=at("2018-09-27"))
    asked = next(one for one in coming(times, PLAN) if one.ladder == "touch")
    whys = why_days(
        Seen(times, times.started_on, TODAY, next=Next(asked, school_day(asked.at))), PLAN
    )
    assert Why("later", date(2018, 10, 8), rest="national_day", meant=date(2018, 10, 4)) in whys


def test_a_review_in_a_holiday_is_made_good_after_it() -> None:
    times = replace(claimed("2018-09-03"), state="parked", review_on=date(2018, 10, 3))
    assert why_days(seen(times, "2018-09-12"), PLAN) == (
        Why("later", date(2018, 10, 8), rest="national_day", meant=date(2018, 10, 3)),
    )


def test_what_waits_for_another_s_morning_is_no_day_off_s_doing() -> None:
    # Meant for Saturday the 8th; on Monday and Tuesday it is told that the problem is overdue.
    times = replace(claimed("2018-08-24"), touched_at=at("2018-09-01"))
    asked = next(one for one in coming(times, PLAN) if one.ladder == "touch")
    assert school_day(asked.at) == date(2018, 9, 12)
    step = Next(asked, school_day(asked.at))
    assert codes(Seen(times, times.started_on, date(2018, 9, 9), next=step)) == []


def test_where_working_days_are_counted_no_day_is_moved() -> None:
    rungs = tuple(
        with_(rung, count="working") if rung.ladder == "due" else rung for rung in PLAN.rungs
    )
    plan = with_(PLAN, rungs=rungs)
    times = replace(claimed("2018-08-24"), touched_at=at("2018-09-07"))
    overdue = next(one for one in coming(times, plan) if one.rung == "overdue")
    assert school_day(overdue.at) == date(2018, 9, 10)
    step = Next(overdue, date(2018, 9, 10))
    whys = why_days(Seen(times, times.started_on, date(2018, 9, 10), next=step), plan)
    assert whys == ()


def test_a_weekly_reminder_is_moved_from_a_monday_off() -> None:
    times = replace(claimed("2018-09-03"), state="referred")
    assert why_days(seen(times, "2018-09-22"), PLAN) == (
        Why("later", date(2018, 9, 25), rest="mid_autumn_festival", meant=date(2018, 9, 24)),
    )
    assert codes(seen(times, "2018-09-12")) == []


def test_a_weekly_reminder_that_waits_for_another_is_not_moved_by_the_holiday_alone() -> None:
    fired = {"supervised": at("2018-09-11", "07:30"), "approve_up": at("2018-09-13", "07:30")}
    times = replace(
        claimed("2018-08-20", state="referral_asked"),
        approval_asked_at=at("2018-09-11"),
        fired={**fired, "still_pending": at("2018-09-17", "07:30")},
    )
    steps = {one.rung: one for one in coming(times, PLAN, at("2018-09-22"))}
    # 中秋 takes the Monday; of Tuesday's morning there is but one.
    for rung, day, expected in (("still_pending", 25, ["later"]), ("still_overdue", 26, [])):
        step = steps[rung]
        assert school_day(step.at) == date(2018, 9, day)
        seen_then = Seen(
            times, times.started_on, date(2018, 9, 22), next=Next(step, school_day(step.at))
        )
        assert codes(seen_then) == expected


def test_working_days_pass_over_a_holiday_without_a_word() -> None:
    times = replace(claimed("2018-09-28"), state="solved", solved_at=at("2018-09-30"))
    one = seen(times, "2018-09-30")
    assert one.next is not None
    assert codes(one) == []


def test_a_reminder_on_a_weekend_that_is_worked_says_that_it_is() -> None:
    times = replace(claimed("2018-09-21"), touched_at=at("2018-09-22"))
    assert why_days(seen(times, "2018-09-28"), PLAN)[-1] == Why("made_up", date(2018, 9, 29))


def test_more_days_say_who_agreed_and_when() -> None:
    more = (Extension(5, 7, date(2018, 9, 3)), Extension(3, None, date(2018, 9, 10)))
    times = claimed("2018-08-31", 8)
    assert why_days(seen(times, "2018-09-12", extensions=more), PLAN)[:2] == (
        Why("extended", date(2018, 9, 3), 5, 7),
        Why("extended", date(2018, 9, 10), 3),
    )
    closed = replace(times, state="closed")
    assert codes(seen(closed, "2018-09-12", extensions=more)) == []


def test_the_clock_of_what_was_recorded_late_starts_then() -> None:
    times = claimed("2018-09-03")
    late = seen(times, "2018-09-03", heard_on=date(2018, 8, 29))
    assert why_days(late, PLAN) == (Why("late", date(2018, 9, 3), 5),)


def test_days_in_a_year_without_its_order_are_provisional() -> None:
    # Far enough not to be ordered while this test is run.
    times = claimed("2092-12-22")
    assert codes(seen(times, "2092-12-23"))[-1] == "provisional"
    times = claimed("2018-12-22")
    assert "provisional" not in codes(seen(times, "2018-12-23"))
    assert codes(seen(replace(times, state="closed"), "2093-12-23")) == []


def test_who_hears_it_on_another_morning_is_told_nothing_of_the_day_it_fires() -> None:
    times = replace(claimed("2018-09-03"), state="referred")
    one = seen(times, "2018-09-22")
    assert one.next is not None
    later = replace(one.next, heard_on=date(2018, 9, 27))
    assert codes(replace(one, next=later)) == []


@given(
    st.dates(date(2018, 8, 15), date(2026, 10, 31)),
    st.integers(0, 15),
    st.sampled_from(list(STATES)),
    st.integers(0, 40),
    st.integers(0, 10),
)
def test_each_reason_is_true(start: date, more: int, state: State, passed: int, lag: int) -> None:
    times = claimed(start.isoformat(), more, state)
    times = replace(
        times,
        solved_at=times.listed_at,
        review_on=start + timedelta(days=20),
        approval_asked_at=times.listed_at if state == "referral_asked" else None,
    )
    today = (start + timedelta(days=passed)).isoformat()
    one = seen(times, today, heard_on=start - timedelta(days=lag))
    whys = why_days(one, PLAN)
    assert len({why.code for why in whys}) == len(whys)
    for why in whys:
        match why.code:
            case "due_at_rest":
                assert state in OWED
                assert (why.day, why.days) == (school_day(times.due), 15 + more)
                assert why.rest == rest(why.day) is not None
            case "earlier" | "later":
                assert why.meant is not None
                assert one.next is not None
                assert why.rest == rest(why.meant) is not None
                assert why.day == school_day(one.next.coming.at)
                assert is_working(why.day)
                assert (why.day < why.meant) == (why.code == "earlier")
            case "made_up":
                assert makes_up(why.day)
            case "late":
                assert why.days == lag > 0
            case _:
                raise AssertionError(why)
