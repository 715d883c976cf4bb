"""Whether what a reminder spoke of is still so, when it comes to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.dues import due
from domain.rules.plan import read_plan
from domain.rules.problem_states import ENDED, STATES, State
from domain.rules.rungs import reached, stands
from tests.domain.test_rungs import at, heard
from tests.domain.test_rungs_always import problems

PLAN = read_plan(None)
FIRED = at("2018-09-11", "07:30")
AFTER, BEFORE = at("2018-09-11", "07:31"), at("2018-09-10")
START = date(2018, 9, 3)
REVIEW = date(2018, 9, 11)

# rung, state when it is told, what happened, whether it still stands
TOLD: list[tuple[str, State, dict[str, Any], bool]] = [
    # waiting for a category
    ("unclassified", "listed", {"classified": False}, True),
    ("unclassified", "listed", {}, False),
    ("unclassified", "claimed", {"classified": False}, True),
    ("unclassified", "solved", {"classified": False}, False),
    # waiting for a claim
    ("unclaimed", "listed", {}, True),
    ("unclaimed", "claimed", {}, False),
    ("unclaimed", "referral_asked", {}, False),
    ("unclaimed", "listed", {"resumed_at": AFTER}, False),  # to another department meanwhile
    ("assigned", "assigned", {}, True),
    ("assigned", "claimed", {}, False),
    ("assigned", "listed", {}, False),
    # due
    ("week_before", "claimed", {}, True),
    ("week_before", "assigned", {}, True),
    ("week_before", "claimed", {"claimed_at": AFTER}, False),  # by another
    ("week_before", "listed", {"resumed_at": AFTER}, False),  # returned
    ("week_before", "listed", {"resumed_at": BEFORE}, True),
    ("week_before", "claimed", {"due": due(START, PLAN.clock, 5)}, False),  # extended
    ("week_before", "solved", {"solved_at": AFTER}, False),
    ("week_before", "parked", {}, False),
    ("week_before", "referred", {}, False),
    ("overdue", "claimed", {"due": at("2018-09-10", "17:00")}, True),
    ("overdue", "claimed", {"due": at("2018-09-10", "17:00"), "claimed_at": AFTER}, True),
    ("overdue", "claimed", {"due": at("2018-09-15", "17:00")}, False),
    ("supervised", "assigned", {"due": at("2018-09-04", "17:00")}, True),
    ("supervised", "solved", {"due": at("2018-09-04", "17:00"), "solved_at": AFTER}, False),
    # is it still yours
    ("still_yours", "claimed", {}, True),
    ("still_yours", "claimed", {"touched_at": AFTER}, False),  # noted, or still theirs
    ("still_yours", "claimed", {"claimed_at": AFTER, "touched_at": AFTER}, False),
    ("still_yours", "listed", {"resumed_at": AFTER}, False),
    ("no_answer", "claimed", {"asked_still_at": BEFORE}, True),
    ("no_answer", "claimed", {"asked_still_at": BEFORE, "touched_at": AFTER}, False),
    ("no_answer", "claimed", {"asked_still_at": None}, False),
    # to be told to the family
    ("tell_family_again", "solved", {"solved_at": BEFORE}, True),
    ("not_told", "answered", {"solved_at": BEFORE}, True),
    ("not_told", "claimed", {"solved_at": BEFORE, "reopened_at": AFTER}, False),
    ("still_not_told", "solved", {"solved_at": AFTER}, False),  # reopened and solved anew
    # parked
    ("review_day", "parked", {"review_on": REVIEW}, True),
    ("review_day", "parked", {"review_on": date(2018, 11, 1)}, False),  # parked again
    ("review_day", "claimed", {"claimed_at": AFTER}, False),
    ("still_parked", "parked", {"review_on": REVIEW}, True),
    ("still_parked", "solved", {"review_on": REVIEW}, False),
    # to be agreed to
    ("approve_again", "claimed", {"approval_asked_at": BEFORE}, True),
    ("approve_up", "claimed", {}, False),  # decided
    ("still_pending", "claimed", {"approval_asked_at": AFTER}, False),  # and something else asked
    # with the bureau
    ("with_bureau", "referred", {"referred_at": BEFORE}, True),
    ("with_bureau", "answered", {"solved_at": AFTER}, False),
    # under supervision
    ("still_overdue", "claimed", {"due": at("2018-09-04"), "fired": {"supervised": BEFORE}}, True),
    ("still_overdue", "claimed", {"due": at("2018-09-20"), "fired": {"supervised": BEFORE}}, False),
    ("still_overdue", "solved", {"due": at("2018-09-04"), "fired": {"supervised": BEFORE}}, False),
    # danger
    ("red_flag", "listed", {"alerted_at": BEFORE}, True),
    ("red_flag", "claimed", {"alerted_at": BEFORE}, False),
    ("red_flag", "listed", {"alerted_at": BEFORE, "resumed_at": AFTER}, False),
    ("red_flag", "referral_asked", {"alerted_at": BEFORE, "claimed_at": None}, True),
    ("red_flag", "merged", {"alerted_at": BEFORE}, False),
    # a rung that the plan has no more
    ("gone", "claimed", {}, True),
    ("gone", "closed", {}, False),
]


@pytest.mark.parametrize(("rung", "state", "happened", "still"), TOLD)
def test_it_is_told_as_long_as_it_is_so(
    rung: str, state: State, happened: dict[str, Any], still: bool
) -> None:
    times = replace(heard("2018-09-03", state), **happened)
    assert stands(rung, times, FIRED, PLAN) is still


def test_each_rung_of_the_plan_stands_in_some_case_and_falls_in_another() -> None:
    for still in (True, False):
        tried = {rung for rung, _, _, stood in TOLD if stood is still}
        ladders = {rung.ladder for rung in PLAN.rungs if rung.key in tried}
        assert ladders == {rung.ladder for rung in PLAN.rungs}, still


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_stands_of_what_has_ended(state: State) -> None:
    for rung in ("red_flag", *(one.key for one in PLAN.rungs)):
        assert not stands(rung, heard("2018-09-03", state, alerted_at=BEFORE), FIRED, PLAN)


@given(problems(tuple(sorted(set(STATES) - ENDED))), st.timedeltas(timedelta(0), timedelta(80)))
def test_what_fires_stands_at_that_moment(times: Any, later: timedelta) -> None:
    """Else it would be taken out of the message in which it is to be told."""
    now: datetime = times.listed_at + later
    step = reached(times, PLAN, now)
    if step is not None and step.rung != "assigned":  # which makes itself so
        before = [times.claimed_at, times.resumed_at, times.touched_at, times.solved_at]
        before += [times.reopened_at, times.approval_asked_at]
        if all(one is None or one <= now for one in before):
            assert stands(step.rung, times, now, PLAN)
