"""Which share of the families has been seen: the rule by tables, and by what always holds."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actions.visits import VisitMade, record_visit
from domain.models import Student, Visit
from domain.notices.values import Count
from domain.queries.classes import class_named
from domain.queries.coverage import coverage_of_class, coverage_of_grade, coverage_of_school
from domain.queries.units import units_called
from domain.rules.coverage import (
    FamilyRecord,
    Heard,
    Measure,
    count_of,
    passes,
    special_due,
    term_end,
)
from tests.fixtures.house import START, School

DAY = date(2018, 9, 3)
MEASURE = Measure(
    today=DAY,
    start=date(2018, 8, 15),
    end=date(2018, 9, 15),
    minimum=0.33,
    special_days=90,
    term_years=3,
    window=14,
)
JOINED = date(2018, 8, 1)


def family(number: int, seen: date | None = None, **more: Any) -> FamilyRecord:
    heard: Heard | None = "visited" if seen else None
    known: dict[str, Any] = {"joined_on": JOINED, "special": False, "heard": heard}
    return FamilyRecord(family=number, **known | {"first": seen, "last": seen} | more)


def families(visited: int, total: int, day: date = DAY) -> list[FamilyRecord]:
    return [family(n, day if n < visited else None) for n in range(total)]


# --- counting -----------------------------------------------------------------------------


def test_each_way_of_being_heard_is_counted_once() -> None:
    heard: list[Heard | None] = ["visited", "visited", "by_phone", "refused", None]
    count = count_of([family(n, heard=one) for n, one in enumerate(heard)], MEASURE)
    assert (count.families, count.visited, count.by_phone, count.refused) == (5, 2, 1, 1)


def test_a_unit_without_families() -> None:
    count = count_of([], MEASURE)
    assert (count.families, count.visited, count.forecast, count.never) == (0, 0, None, 0)


@pytest.mark.parametrize(
    ("visited", "total", "minimum", "passed"),
    [
        (33, 100, 0.33, False),  # the minimum is to be passed, not met
        (34, 100, 0.33, True),
        (29, 100, 0.29, False),  # 0.29 * 100 is a hair more than 29 in floating point
        (57, 100, 0.57, False),
        (58, 100, 0.58, False),
        (1, 3, 0.33, True),
        (0, 100, 0.0, False),
        (1, 100, 0.0, True),
        (100, 100, 1.0, False),
        (0, 0, 0.33, False),
        (100, 100, None, False),  # with none set it is never reached
    ],
)
def test_the_minimum_is_passed_strictly(
    visited: int, total: int, minimum: float | None, *, passed: bool
) -> None:
    assert passes(visited, total, minimum) is passed


@pytest.mark.parametrize(
    ("last", "due", "over"),
    [
        (None, date(2018, 11, 13), False),  # 90 days from the campaign's first day
        (date(2018, 6, 4), date(2018, 9, 2), True),
        (date(2018, 6, 5), date(2018, 9, 3), False),  # on the day itself it isn't late yet
        (date(2018, 9, 3), date(2018, 12, 2), False),
    ],
)
def test_a_special_family_is_seen_more_often(last: date | None, due: date, *, over: bool) -> None:
    one = family(1, special=True, last=last)
    assert special_due(one, MEASURE) == due
    count = count_of([one, family(2, last=last)], MEASURE)
    assert (count.special, count.special_due) == (1, int(over))


@pytest.mark.parametrize(
    ("joined", "due"),
    [
        (date(2015, 8, 1), date(2018, 11, 13)),
        (date(2018, 8, 15), date(2018, 11, 13)),
        (date(2018, 9, 1), date(2018, 11, 30)),
    ],
)
def test_a_special_family_never_seen_is_not_late_from_before_the_campaign(
    joined: date, due: date
) -> None:
    one = family(1, special=True, joined_on=joined)
    assert special_due(one, MEASURE) == due
    for late in (0, 1):
        measure = replace(MEASURE, today=due + timedelta(days=late))
        assert count_of([one], measure).special_due == late


@pytest.mark.parametrize(
    ("joined", "last", "end"),
    [
        (date(2016, 9, 1), None, date(2019, 9, 1)),
        (date(2015, 9, 2), None, date(2018, 9, 2)),
        (date(2010, 9, 1), date(2017, 3, 5), date(2020, 3, 5)),
        (date(2016, 2, 29), None, date(2019, 2, 28)),
        (date(2010, 9, 1), date(2016, 2, 29), date(2019, 2, 28)),
    ],
)
def test_three_years_are_each_familys_own(joined: date, last: date | None, end: date) -> None:
    one = family(1, joined_on=joined, last=last)
    assert term_end(one, MEASURE) == end
    assert count_of([one], MEASURE).term_over == int(end < DAY)


# --- the forecast -------------------------------------------------------------------------


def test_the_forecasts_arithmetic() -> None:
    """10 of 100 seen in 14 days, 12 days left: 10 + 10/14 * 12 = 18.57 of 100."""
    forecast = count_of(families(10, 100), MEASURE).forecast
    assert forecast is not None
    assert (forecast.seen, forecast.days, forecast.by) == (10, 14, date(2018, 9, 15))
    assert forecast.per_week == pytest.approx(5)
    assert forecast.share == pytest.approx((10 + 10 / 14 * 12) / 100)
    # 34 are needed, 24 more in 12 days are 14 a week: 9 more than now.
    assert forecast.needed_per_week == 9


def test_the_pace_is_of_the_last_days_only() -> None:
    old = [family(n, date(2018, 8, 20)) for n in range(10)]
    forecast = count_of([*old, *families(7, 90)[:]], MEASURE).forecast
    assert forecast is not None
    assert forecast.seen == 7
    edge = count_of([family(1, DAY - timedelta(days=13))], MEASURE).forecast
    before = count_of([family(1, DAY - timedelta(days=14))], MEASURE).forecast
    assert edge is not None
    assert before is not None
    assert (edge.seen, before.seen) == (1, 0)


def test_early_on_the_pace_is_of_the_days_so_far() -> None:
    early = replace(MEASURE, today=date(2018, 8, 16))
    forecast = count_of(families(2, 100, date(2018, 8, 15)), early).forecast
    assert forecast is not None
    assert (forecast.days, forecast.seen, forecast.per_week) == (2, 2, pytest.approx(7))


@pytest.mark.parametrize("day", [date(2018, 8, 14), date(2018, 9, 15), date(2018, 9, 16)])
def test_there_is_no_forecast_before_it_begins_or_when_it_is_over(day: date) -> None:
    assert count_of(families(5, 10), replace(MEASURE, today=day)).forecast is None


def test_nothing_more_is_needed_once_the_minimum_is_passed_or_none_is_set() -> None:
    for measure in (MEASURE, replace(MEASURE, minimum=None)):
        forecast = count_of(families(34, 100), measure).forecast
        assert forecast is not None
        assert forecast.needed_per_week is None


# --- what always holds --------------------------------------------------------------------

some_days = st.dates(date(2018, 8, 1), date(2018, 9, 30))
records = st.builds(
    FamilyRecord,
    family=st.integers(1, 10_000),
    joined_on=st.dates(date(2012, 1, 1), date(2018, 9, 1)),
    special=st.booleans(),
    heard=st.sampled_from(["visited", "by_phone", "refused", None]),
    first=st.none() | some_days,
    last=st.none() | some_days,
)
many = st.lists(records, max_size=40, unique_by=lambda one: one.family)
measures = st.builds(
    Measure,
    today=st.dates(date(2018, 8, 1), date(2018, 12, 1)),
    start=st.just(date(2018, 8, 15)),
    end=st.dates(date(2018, 9, 1), date(2018, 11, 30)),
    minimum=st.none() | st.decimals(0, 1, places=2).map(float),
    special_days=st.integers(1, 400),
    term_years=st.integers(1, 9),
    window=st.integers(1, 30),
)


@given(many, measures)
def test_never_more_than_there_are(some: list[FamilyRecord], measure: Measure) -> None:
    count = count_of(some, measure)
    assert count.families == len(some)
    assert count.visited + count.by_phone + count.refused <= count.families
    assert count.special_due <= count.special <= count.families
    assert count.never <= count.families
    assert count.term_over <= count.families


@given(many.filter(bool), measures, st.data())
def test_one_more_visit_never_lowers(
    some: list[FamilyRecord], measure: Measure, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(some) - 1))
    before = count_of(some, measure)
    seen = replace(some[place], heard="visited", first=measure.today, last=measure.today)
    after = count_of([*some[:place], seen, *some[place + 1 :]], measure)
    assert after.visited >= before.visited
    assert heard_in(after) >= heard_in(before)
    assert after.special_due <= before.special_due
    assert after.never <= before.never
    assert passes(after.visited, len(some), measure.minimum) >= passes(
        before.visited, len(some), measure.minimum
    )


def heard_in(count: Count) -> int:
    return count.visited + count.by_phone + count.refused


@given(many, measures)
def test_a_forecast_keeps_its_promises(some: list[FamilyRecord], measure: Measure) -> None:
    count = count_of(some, measure)
    forecast = count.forecast
    if forecast is None:
        return
    assert 0 <= forecast.share <= 1
    assert forecast.share >= count.visited / count.families - 1e-9
    assert forecast.by == measure.end
    assert 1 <= forecast.days <= measure.window
    assert 0 <= forecast.seen <= count.visited
    if forecast.needed_per_week is None:
        return
    # Going at that pace passes the minimum, and at one family a week less it doesn't.
    assert measure.minimum is not None
    left = (measure.end - measure.today).days
    minimum = Fraction(str(measure.minimum))
    wanted = math.floor(minimum * count.families) + 1

    def reached(more: int) -> Fraction:
        pace = Fraction(forecast.seen, forecast.days) + Fraction(more, 7)
        return count.visited + pace * left

    assert forecast.needed_per_week > 0
    assert reached(forecast.needed_per_week) >= wanted - Fraction(1, 10**6)
    assert reached(forecast.needed_per_week - 1) < wanted + Fraction(1, 10**6)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 100))
def test_passing_is_strictly_above(visited: int, total: int, percent: int) -> None:
    assert passes(visited, total, percent / 100) is (visited * 100 > percent * total)


# --- from visits --------------------------------------------------------------------------


async def visit(
    school: School,
    seat: int,
    where: tuple[int, int] = (7, 3),
    *,
    method: str = "home",
    result: str = "visited",
    kind: str = "home",
    day: date = DAY,
) -> None:
    child = await Student.get(school_class_id=school.classes[where], seat_number=seat)
    await record_visit(
        VisitMade(
            by=school.people["林晓"],
            kind=kind,
            method=method,
            result=result,
            day=day,
            student=child.id,
            family=child.family_id,
            school_class=child.school_class_id,
        )
    )


async def of_class(grade: int, number: int, day: date = DAY) -> Count:
    found = await class_named(grade, number, day)
    assert found is not None
    return (await coverage_of_class(found, day)).count


async def of_grade(name: str, day: date = DAY) -> Count:
    (unit,) = await units_called(name)
    whole, parts = await coverage_of_grade(unit, day)
    assert sum(part.count.families for part in parts) >= whole.count.families
    return whole.count


async def of_school(day: date = DAY) -> Count:
    return (await coverage_of_school(day))[0].count


async def test_a_visit_counts_for_each_siblings_class_and_once_for_the_school(
    school: School,
) -> None:
    before = await of_school()
    assert (before.families, before.visited) == (11, 0)  # twelve children, two of one family
    await visit(school, 5)  # 李想, whose sibling 李念 sits in 八年级1班
    assert (await of_class(7, 3)).visited == 1
    assert (await of_class(8, 1)).visited == 1
    assert (await of_grade("七年级")).visited == 1
    assert (await of_grade("八年级")).visited == 1
    assert (await of_school()).visited == 1


async def test_the_same_family_again_is_one_family(school: School) -> None:
    for day in range(3):
        await visit(school, 12, day=START.date() - timedelta(days=day))
    count = await of_class(7, 3)
    assert (count.visited, count.families) == (1, 4)
    assert await Visit.all().count() == 3


@pytest.mark.parametrize(
    ("visits", "heard"),
    [
        ([("home", "visited")], (1, 0, 0)),
        ([("school", "visited")], (1, 0, 0)),
        ([("video", "visited")], (1, 0, 0)),
        ([("phone", "visited")], (0, 1, 0)),
        ([("wechat", "visited")], (0, 1, 0)),
        ([("home", "refused")], (0, 0, 1)),
        ([("phone", "refused")], (0, 0, 1)),
        # What says more counts, whichever came first.
        ([("home", "refused"), ("phone", "visited")], (0, 1, 0)),
        ([("home", "visited"), ("home", "refused")], (1, 0, 0)),
        ([("phone", "visited"), ("home", "visited"), ("home", "refused")], (1, 0, 0)),
    ],
)
async def test_how_a_family_was_heard(
    school: School, visits: list[tuple[str, str]], heard: tuple[int, int, int]
) -> None:
    for method, result in visits:
        await visit(school, 12, method=method, result=result)
    count = await of_class(7, 3)
    assert (count.visited, count.by_phone, count.refused) == heard
    # Only who was seen face to face was seen.
    assert count.never == (3 if heard[0] else 4)


async def test_only_visits_of_the_campaign_count_for_it(school: School) -> None:
    await visit(school, 12, day=date(2018, 8, 14))
    count = await of_class(7, 3)
    assert (count.visited, count.never) == (0, 3)  # seen before, so not never
    await visit(school, 13, day=date(2018, 8, 15))
    assert (await of_class(7, 3)).visited == 1
    # What lies ahead of the day that is asked about hasn't happened yet.
    assert (await of_class(7, 3, date(2018, 8, 14))).visited == 0


async def test_a_talk_with_a_teacher_is_no_visit_to_a_family(school: School) -> None:
    await visit(school, 12, kind="contact")
    await visit(school, 13, kind="teacher")
    assert (await of_class(7, 3)).visited == 1


async def test_the_receipt_tells_the_class_and_the_grade(school: School) -> None:
    reply = await school.one("林晓", "/visit 七3 12号")
    units = [(one["unit"], one["visited"], one["families"]) for one in reply["facts"]["coverage"]]
    assert units == [("七年级3班", 1, 4), ("七年级", 1, 8)]
    again = await school.one("高远", "/visit 七3 李想")
    assert [one["visited"] for one in again["facts"]["coverage"]] == [2, 2]
    assert (await of_class(8, 1)).visited == 1
