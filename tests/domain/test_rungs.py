"""What happens next to a problem: which rung, on which morning, and which never again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, get_args

import pytest
from msgspec.structs import replace as with_

from domain.rules.calendar import SCHOOL_TIME
from domain.rules.dues import due
from domain.rules.plan import read_plan
from domain.rules.plan_clock import RED_FLAG
from domain.rules.problem_states import ENDED, State
from domain.rules.rung_times import Coming, Times
from domain.rules.rungs import coming, next_step, reached, rung_of, stands

PLAN = read_plan(None)
WORKING = with_(PLAN, clock=with_(PLAN.clock, count="working"))


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=SCHOOL_TIME)


def heard(day: str, state: State = "claimed", **more: Any) -> Times:
    """A problem that was heard and recorded on that day at ten, categorised, in that state."""
    start = date.fromisoformat(day)
    more = {"classified": True, "claimed_at": at(day), **more}
    return Times(state, start, due(start, PLAN.clock), at(day), **more)


def mornings(times: Times, now: datetime | None = None) -> list[tuple[str, str]]:
    """The rungs to come, each with its day, and with its hour if that isn't the bundle's."""
    return [
        (one.rung, f"{one.at:%m-%d}" if f"{one.at:%H:%M}" == "07:30" else f"{one.at:%m-%d %H:%M}")
        for one in coming(times, PLAN, now)
    ]


def due_rungs(times: Times, now: datetime | None = None) -> list[tuple[str, str]]:
    return [pair for pair in mornings(times, now) if ladder_of(pair[0]) == "due"]


def ladder_of(key: str) -> str:
    return rung_of(PLAN, key).ladder


# --- the ladders ------------------------------------------------------------------------------


def test_what_nobody_takes_up_is_pushed_up_step_by_step() -> None:
    assert mornings(heard("2018-09-03", "listed", classified=False)) == [
        ("unclassified", "09-04"),
        ("unclaimed", "09-05"),
        ("assigned", "09-07"),
        ("week_before", "09-11"),
        ("days_before", "09-14"),  # the 15th is a Saturday
        ("day_before", "09-17"),
        ("due_today", "09-18"),
        ("overdue", "09-19"),
        ("still_yours", "09-20"),  # the 14th and what follows belong to others first
        ("overdue_to_head", "09-21"),
        ("supervised", "09-25"),
        ("no_answer", "09-26"),  # 中秋 is no working day
    ]


def test_up_to_due_before_a_holiday_after_due_behind_it() -> None:
    # Due on 5 October, in 国庆: its last working morning before is a Sunday that is worked.
    assert coming(heard("2018-09-20", touched_at=at("2018-09-28")), PLAN) == (
        Coming("week_before", at("2018-09-28", "07:30"), "due"),
        Coming(
            "due_today",
            at("2018-09-30", "07:30"),
            "due",
            instead_of=("days_before", "day_before"),
        ),
        Coming("overdue_to_head", at("2018-10-08", "07:30"), "due", instead_of=("overdue",)),
        Coming("still_yours", at("2018-10-09", "07:30"), "touch"),
        Coming("no_answer", at("2018-10-11", "07:30"), "answer"),
        Coming("supervised", at("2018-10-12", "07:30"), "due"),
    )


def test_round_the_spring_festival() -> None:
    # Due on 8 February 2019, a day of 春节; 2 and 3 February are a weekend that is worked.
    assert due_rungs(heard("2019-01-24")) == [
        ("week_before", "02-01"),
        ("due_today", "02-03"),
        ("overdue_to_head", "02-11"),
        ("supervised", "02-15"),
    ]


def test_in_a_year_without_its_order_weekends_are_gone_round() -> None:
    assert due_rungs(heard("2093-06-01")) == [
        ("week_before", "06-09"),
        ("days_before", "06-12"),  # 13 June 2093 is a Saturday
        ("day_before", "06-15"),
        ("due_today", "06-16"),
        ("overdue", "06-17"),
        ("overdue_to_head", "06-19"),
        ("supervised", "06-23"),
    ]


def test_an_extension_moves_what_has_not_fired_and_nothing_else() -> None:
    fired = {"week_before": at("2018-09-11", "07:30"), "days_before": at("2018-09-14", "07:30")}
    before = heard("2018-09-03", fired=fired)
    after = replace(before, due=due(date(2018, 9, 3), PLAN.clock, 5))
    assert due_rungs(before)[:2] == [("day_before", "09-17"), ("due_today", "09-18")]
    assert due_rungs(after) == [
        ("due_today", "09-21"),  # due on Sunday the 23rd
        ("overdue", "09-25"),  # behind 中秋
        ("overdue_to_head", "09-26"),
        ("supervised", "09-30"),  # a Sunday that is worked
    ]


def test_a_claim_that_nobody_touches_is_asked_after_and_then_told_of() -> None:
    untouched = heard("2018-09-03")
    assert ("still_yours", "09-10") in mornings(untouched)
    assert ("no_answer", "09-12") in mornings(untouched)
    noted = replace(untouched, touched_at=at("2018-09-06"))
    assert ("still_yours", "09-13") in mornings(noted)
    asked = {
        "asked_still_at": at("2018-09-10", "07:30"),
        "fired": {"still_yours": at("2018-09-10", "07:30")},
    }
    assert [p for p in mornings(replace(untouched, **asked)) if ladder_of(p[0]) != "due"] == [
        ("no_answer", "09-12")
    ]
    still = replace(untouched, touched_at=at("2018-09-11"), **asked)
    assert ("still_yours", "09-20") in mornings(still)  # on the 18th it is due, on the 19th overdue
    assert ("no_answer", "09-12") not in mornings(still)


def test_what_came_back_to_the_list_waits_anew() -> None:
    gone = {key: at("2018-09-05", "07:30") for key in ("unclassified", "unclaimed")}
    back = heard("2018-09-03", "listed", resumed_at=at("2018-09-06"), fired=gone)
    assert mornings(back)[:2] == [("unclaimed", "09-10"), ("week_before", "09-11")]


def test_who_is_to_tell_is_reminded_twice_and_then_the_office_every_week() -> None:
    solved = heard("2018-09-03", "solved", solved_at=at("2018-09-28", "14:20"))
    told = [
        ("tell_family_again", "09-30"),
        ("tell_family_last", "10-10"),
        ("not_told", "10-12"),
        ("still_not_told", "10-15"),
    ]
    assert mornings(solved) == told
    assert mornings(replace(solved, state="answered")) == told
    weekly = {"still_not_told": at("2018-10-15", "07:30")}
    assert mornings(replace(solved, fired=weekly)) == [("still_not_told", "10-22")]


def test_an_answer_after_a_reopening_is_told_from_the_start() -> None:
    again = heard(
        "2018-09-03",
        "solved",
        solved_at=at("2018-09-19"),
        reopened_at=at("2018-09-18"),
        fired={"not_told": at("2018-09-14", "07:30")},
    )
    assert mornings(again)[:2] == [
        ("tell_family_again", "09-21"),
        ("tell_family_last", "09-27"),
    ]


def test_a_parked_problem_comes_up_on_its_review_day_or_behind_the_holiday() -> None:
    parked = heard("2018-09-03", "parked", review_on=date(2018, 10, 3))
    assert mornings(parked) == [("review_day", "10-08"), ("still_parked", "10-15")]
    later = replace(parked, review_on=date(2018, 11, 1), fired={"review_day": at("2018-10-08")})
    assert mornings(later) == [("review_day", "11-01"), ("still_parked", "11-12")]
    reviewed = replace(parked, fired={"review_day": at("2018-10-08", "07:30")})
    assert mornings(reviewed) == [("still_parked", "10-15")]


def test_an_approval_is_asked_for_again_and_then_one_seat_up() -> None:
    asked = heard("2018-09-03", touched_at=at("2018-09-07"), approval_asked_at=at("2018-09-07"))
    assert [p for p in mornings(asked) if ladder_of(p[0]) == "approve"] == [
        ("approve_again", "09-10"),
        ("approve_up", "09-12"),  # on the 11th it is due in a week
        ("still_pending", "09-20"),  # each Monday; on the 17th it is due tomorrow
    ]


def test_a_referral_that_waits_for_its_yes_is_still_owed() -> None:
    asked = heard("2018-09-03", "referral_asked", approval_asked_at=at("2018-09-03"))
    assert mornings(asked)[:4] == [
        ("approve_again", "09-04"),
        ("approve_up", "09-05"),
        ("still_pending", "09-10"),
        ("week_before", "09-11"),
    ]


def test_the_office_is_reminded_each_week_of_what_is_with_the_bureau() -> None:
    referred = heard("2018-09-03", "referred")
    assert mornings(referred) == [("with_bureau", "09-10")]
    once = replace(referred, fired={"with_bureau": at("2018-09-17", "07:30")})
    # 24 September is 中秋.
    assert mornings(once, at("2018-09-18")) == [("with_bureau", "09-25")]
    again = replace(referred, fired={"with_bureau": at("2018-09-25", "07:30")})
    # All of the week from 1 October is free.
    assert mornings(again, at("2018-09-26")) == [("with_bureau", "10-08")]


def test_what_is_under_supervision_comes_before_the_head_each_week() -> None:
    late = heard("2018-09-03", "assigned", fired={"supervised": at("2018-09-25", "07:30")})
    assert dict(mornings(late, at("2018-09-26")))["still_overdue"] == "10-08"
    assert mornings(replace(late, state="solved", solved_at=at("2018-09-26")))[0][0] != (
        "still_overdue"
    )


def test_a_red_flag_that_nobody_takes_goes_to_the_leading_group_two_hours_later() -> None:
    told = at("2018-09-08", "23:10")
    flag = heard("2018-09-08", "listed", alerted_at=told)
    step = next_step(flag, PLAN)
    assert step == Coming(RED_FLAG, at("2018-09-09", "01:10"), None)  # at night, on a Sunday
    assert reached(flag, PLAN, at("2018-09-09", "01:09")) is None
    assert reached(flag, PLAN, at("2018-09-09", "01:10")) == step
    for state in ("claimed", "assigned", "merged", "withdrawn"):
        assert RED_FLAG not in dict(mornings(replace(flag, state=state)))  # type: ignore[arg-type]


def test_a_red_flag_goes_there_once_and_again_when_it_came_back_to_the_list() -> None:
    flag = heard("2018-09-03", "listed", alerted_at=at("2018-09-03"))
    fired = replace(flag, fired={RED_FLAG: at("2018-09-03", "12:00")})
    assert RED_FLAG not in dict(mornings(fired))
    back = replace(fired, resumed_at=at("2018-09-05", "15:00"))
    assert next_step(back, PLAN) == Coming(RED_FLAG, at("2018-09-05", "17:00"), None)


def test_danger_keeps_nothing_else_from_its_morning() -> None:
    flag = heard("2018-09-03", "listed", classified=False, alerted_at=at("2018-09-03"))
    plain = replace(flag, alerted_at=None)
    fired = replace(flag, fired={RED_FLAG: at("2018-09-03", "12:00")})
    assert mornings(fired) == mornings(plain)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_comes_for_what_has_ended(state: State) -> None:
    times = heard("2018-09-03", state, solved_at=at("2018-09-05"), review_on=date(2018, 9, 6))
    assert coming(times, PLAN) == ()
    assert next_step(times, PLAN) is None
    assert reached(times, PLAN, at("2019-09-03")) is None


# --- reopened ---------------------------------------------------------------------------------


def test_a_reopened_problem_goes_on_where_it_was_three_working_days_later() -> None:
    reopened = heard(
        "2018-09-03",
        touched_at=at("2018-09-12"),
        resumed_at=at("2018-09-12"),
        reopened_at=at("2018-09-12"),
    )
    # Three working days are over on the 17th: what lay in between comes then, the highest of it.
    assert due_rungs(reopened)[:2] == [("day_before", "09-17"), ("due_today", "09-18")]
    assert "week_before" not in dict(mornings(reopened))


def test_one_reopened_long_after_it_was_due_still_has_a_next_step() -> None:
    old = at("2018-11-05")
    reopened = heard("2018-09-03", touched_at=old, resumed_at=old, reopened_at=old)
    assert due_rungs(reopened) == [("supervised", "11-08")]
    before = {"supervised": at("2018-09-25", "07:30")}
    assert due_rungs(replace(reopened, fired=before)) == []
    assert mornings(replace(reopened, fired=before))[:2] == [
        ("still_yours", "11-12"),
        ("still_overdue", "11-13"),
    ]


def test_one_reopened_without_its_leader_waits_to_be_claimed_from_then_on() -> None:
    old = at("2018-11-05")
    listed = heard("2018-09-03", "listed", resumed_at=old, reopened_at=old)
    assert mornings(listed)[:2] == [("supervised", "11-08"), ("assigned", "11-09")]
    assert coming(listed, PLAN)[1].instead_of == ("unclaimed",)


# --- late, and after a standstill -------------------------------------------------------------


def test_what_was_recorded_late_is_pushed_from_the_next_morning_on() -> None:
    start = date(2018, 9, 3)
    late = Times("listed", start, due(start, PLAN.clock), at("2018-09-06"), classified=True)
    assert mornings(late)[:2] == [("assigned", "09-07"), ("week_before", "09-11")]


def test_after_a_standstill_the_highest_rung_alone_fires_and_names_those_passed_over() -> None:
    still = heard("2018-09-03", touched_at=at("2018-09-14"))
    now = at("2018-09-21", "09:12")
    step = reached(still, PLAN, now)
    assert step == Coming(
        "overdue_to_head",
        at("2018-09-21", "07:30"),
        "due",
        instead_of=("week_before", "days_before", "day_before", "due_today", "overdue"),
    )
    fired = replace(still, fired={"overdue_to_head": now})
    assert reached(fired, PLAN, now) is None
    assert mornings(fired, now) == [
        ("supervised", "09-25"),
        ("still_yours", "09-26"),
        ("no_answer", "09-28"),
    ]


def test_nothing_fires_before_the_mornings_hour_or_on_a_holiday() -> None:
    times = heard("2018-09-20", touched_at=at("2018-10-08"))
    assert reached(times, PLAN, at("2018-09-28", "07:29")) is None
    on_time = reached(times, PLAN, at("2018-09-28", "07:30"))
    assert on_time is not None
    assert (on_time.rung, on_time.instead_of) == ("week_before", ())
    assert reached(times, PLAN, at("2018-10-03")) is None
    step = next_step(times, PLAN, at("2018-10-03"))
    assert step is not None
    assert step.at == at("2018-10-08", "07:30")


def test_who_is_to_tell_is_told_once_after_a_standstill() -> None:
    solved = heard("2018-09-03", "solved", solved_at=at("2018-09-05"))
    assert reached(solved, PLAN, at("2018-09-08", "09:00")) is None  # a Saturday
    later = reached(solved, PLAN, at("2018-09-14", "09:00"))
    assert later is not None
    assert (later.rung, later.instead_of) == ("not_told", ("tell_family_again", "tell_family_last"))


def test_a_rung_is_found_by_its_key() -> None:
    assert rung_of(PLAN, "supervised").does == "supervise"
    with pytest.raises(KeyError):
        rung_of(PLAN, "nowhere")


def test_every_ladder_is_climbed_in_some_state() -> None:
    asked = {"approval_asked_at": at("2018-09-04"), "solved_at": at("2018-09-05")}
    every = {
        one.ladder
        for state in get_args(State)
        for one in coming(
            heard("2018-09-03", state, classified=False, review_on=date(2018, 9, 20), **asked), PLAN
        )
    }
    assert "supervise" not in every
    late = heard("2018-09-03", fired={"supervised": at("2018-09-25", "07:30")})
    every |= {one.ladder for one in coming(late, PLAN)}
    assert every == {rung.ladder for rung in PLAN.rungs}


# --- what is weekly -----------------------------------------------------------------------------


def fired_on(times: Times, until: str, now: datetime) -> list[tuple[str, str]]:
    """What fires up to that day if nothing else happens, each rung at its time."""
    fired: list[tuple[str, str]] = []
    while (step := next_step(times, PLAN, now)) and step.at <= at(until):
        now = max(now, step.at)
        rung = reached(times, PLAN, now)
        assert rung is not None
        fired.append((rung.rung, f"{now:%m-%d}"))
        asked = now if rung.ladder == "touch" else times.asked_still_at
        times = replace(times, fired={**times.fired, rung.rung: now}, asked_still_at=asked)
    return fired


def test_no_weekly_reminder_keeps_another_from_its_week() -> None:
    waits = heard("2018-10-15", "referral_asked", approval_asked_at=at("2018-11-05"))
    happens = fired_on(waits, "2018-11-30", at("2018-11-08"))
    by_rung = {key: [day for one, day in happens if one == key] for key, _ in happens}
    assert by_rung["still_pending"] == ["11-12", "11-19", "11-26"]
    assert by_rung["still_overdue"] == ["11-13", "11-20", "11-27"]


def test_what_was_referred_on_the_weekly_day_itself_comes_a_week_later() -> None:
    referred = heard("2018-09-03", "referred", referred_at=at("2018-09-10", "09:00"))
    assert mornings(referred, at("2018-09-10", "09:00")) == [("with_bureau", "09-17")]
    early = replace(referred, referred_at=at("2018-09-10", "07:00"))
    assert mornings(early, at("2018-09-10", "07:00")) == [("with_bureau", "09-17")]


def test_a_weekly_day_that_was_missed_is_made_good_on_the_next_morning() -> None:
    referred = heard("2018-09-03", "referred", referred_at=at("2018-09-04"))
    assert mornings(referred, at("2018-09-12", "09:00")) == [("with_bureau", "09-12")]
    once = replace(referred, fired={"with_bureau": at("2018-09-12", "09:00")})
    assert mornings(once, at("2018-09-12", "09:01")) == [("with_bureau", "09-17")]


def test_a_weekly_one_never_takes_the_place_of_what_comes_before_it() -> None:
    """Else nobody would move an approval on that waits since before a standstill."""
    asked = heard("2018-09-03", touched_at=at("2018-09-14"), approval_asked_at=at("2018-09-05"))
    step = [one for one in coming(asked, PLAN, at("2018-09-17")) if one.ladder == "approve"]
    assert [one.rung for one in step] == ["approve_up", "still_pending"]


def test_what_got_more_days_while_supervised_is_with_the_head_again_when_they_are_over() -> None:
    late = heard("2018-09-03", fired={"supervised": at("2018-09-25", "07:30")})
    longer = replace(late, due=due(date(2018, 9, 3), PLAN.clock, 15))  # 3 October
    assert dict(mornings(longer, at("2018-09-26")))["still_overdue"] == "10-08"
    assert not stands("still_overdue", longer, at("2018-09-26", "07:30"), PLAN)


# --- from when it could be heard ------------------------------------------------------------------


def test_what_is_asked_on_a_weekend_is_asked_again_a_day_after_it_was_heard() -> None:
    asked = heard("2018-09-03", touched_at=at("2018-09-07"), approval_asked_at=at("2018-09-08"))
    pending = [p for p in mornings(asked) if ladder_of(p[0]) == "approve"]
    # Heard on Monday the 10th; on the 11th it is due in a week.
    assert pending[:2] == [("approve_up", "09-12"), ("still_pending", "09-20")]
    friday = replace(asked, approval_asked_at=at("2018-09-14", "22:00"), due=at("2018-12-03"))
    pending = [p for p in mornings(friday) if ladder_of(p[0]) == "approve"]
    assert pending[:2] == [("approve_again", "09-18"), ("approve_up", "09-19")]


def test_what_is_recorded_at_rest_waits_from_the_morning_on_which_it_is_heard() -> None:
    for day, hour in (("2018-09-08", "10:00"), ("2018-09-07", "22:00")):
        listed = Times("listed", date.fromisoformat(day), at("2018-10-23", "17:00"), at(day, hour))
        assert mornings(listed)[:3] == [
            ("unclassified", "09-11"),
            ("unclaimed", "09-12"),
            ("assigned", "09-14"),
        ], day


# --- danger -------------------------------------------------------------------------------------


def test_to_ask_for_a_referral_takes_no_danger_up() -> None:
    flag = heard("2018-09-03", "listed", alerted_at=at("2018-09-03"), claimed_at=None)
    asked = replace(flag, state="referral_asked", approval_asked_at=at("2018-09-03", "11:00"))
    assert next_step(asked, PLAN) == Coming(RED_FLAG, at("2018-09-03", "12:00"), None)
    claimed = replace(asked, claimed_at=at("2018-09-03", "10:30"))
    assert RED_FLAG not in dict(mornings(claimed))
