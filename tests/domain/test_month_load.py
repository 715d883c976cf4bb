"""What a month costs follows from the calendar and the rules, and fits into the free edition."""

from __future__ import annotations

from dataclasses import replace

from domain.rules.month_load import Line, SchoolSize, month_load
from domain.rules.plan import read_plan
from settings import Settings


def lines_of(year: int, month: int, size: SchoolSize | None = None) -> dict[str, Line]:
    return {
        line.duty: line for line in month_load(read_plan(None), year, month, size or SchoolSize())
    }


def test_september_2018_has_its_twenty_one_working_mornings() -> None:
    # Twenty weekdays, less the 24th for the Mid-Autumn festival, and the weekend of the 29th.
    lines = lines_of(2018, 9)
    assert lines["morning"].times == 21
    # Tuesdays and Thursdays; none falls on a holiday.
    assert lines["morning.teachers"].times == 8
    # On Fridays, and in the last week on the Sunday that is worked.
    assert lines["digest"].times == 4
    assert lines["preflight"].times == 4


def test_october_2018_has_no_digest_in_the_week_of_the_holiday() -> None:
    lines = lines_of(2018, 10)
    assert lines["digest"].times == 3
    # From the 8th on.
    assert lines["morning"].times == 18


def test_each_of_a_line_s_people_counts_each_time() -> None:
    size = replace(SchoolSize(), leaders=3)
    assert lines_of(2018, 9, size)["morning"].messages == 3 * 21


def test_the_school_of_the_page_fits_into_the_free_edition() -> None:
    lines = lines_of(2018, 9).values()
    used = {
        quota: sum(line.messages for line in lines if line.quota == quota)
        for quota in ("api", "messages")
    }
    assert used["api"] < Settings.dingtalk_api_quota * 0.8
    assert used["messages"] < Settings.dingtalk_message_quota * 0.8
