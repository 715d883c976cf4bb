"""What comes late wakes nobody: it waits for the morning, as if it had only now been said."""

from __future__ import annotations

import pytest

from domain.actions.timers import lease_timers
from domain.models import Delivery, OutboxEntry
from domain.notices.bundles import BUNDLE
from domain.records import set_now
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.house import School
from tests.fixtures.passing import at, bundles_of, happen, pass_to
from workers.firing import Firing
from workers.schedule import DUTIES

NEWS = "ProblemNews"


async def brought() -> list[str]:
    """What was brought to people, the oldest first."""
    rows = Delivery.filter(in_response=False, person_id__isnull=False).order_by("id")
    return [row.entry.notice for row in await rows.prefetch_related("entry")]


async def solved(school: School) -> int:
    """A problem that is solved: whoever recorded it is to tell the family, and isn't told yet."""
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await happen()
    await school.say(CAI, f"/认领 {number}")
    await happen()
    await Delivery.filter(in_response=False).delete()
    await school.say(CAI, f"/办结 {number} 开了晚托")
    return number


@pytest.mark.parametrize(
    ("late", "morning"),
    [
        ("2018-09-03T23:00", "09-04 07:30"),
        ("2018-09-04T05:00", "09-04 07:30"),
        # A Saturday and a Sunday; the day after a holiday.
        ("2018-09-08T10:00", "09-10 07:30"),
        ("2018-09-24T10:00", "09-25 07:30"),
    ],
)
async def test_what_nobody_was_there_to_bring_waits_for_the_next_working_morning(
    school: School, late: str, morning: str
) -> None:
    await solved(school)
    await set_now(at(late))
    await happen()
    assert NEWS not in await brought()
    await pass_to(f"2018-{morning[:5]}T08:00")
    assert [when for when, items in await bundles_of(school.people[LIN]) if NEWS in items] == [
        morning
    ]


async def test_by_day_it_comes_at_once_however_late(school: School) -> None:
    await solved(school)
    await set_now(at("2018-09-04T20:00"))
    await happen()
    assert NEWS in await brought()


async def test_a_mornings_message_that_is_late_goes_on_to_the_next_morning_s(
    school: School,
) -> None:
    await listed(school, LIN, "希望有晚托", category="logistics")
    await happen()
    await set_now(at("2018-09-05T07:30"))
    for timer in await lease_timers():
        await Firing(DUTIES, lambda: None).fire(timer)
    assert await OutboxEntry.filter(notice=BUNDLE, done_at__isnull=True).exists()
    await set_now(at("2018-09-05T22:00"))
    await happen()
    assert await bundles_of(school.people[CAI]) == []
    await pass_to("2018-09-06T08:00")
    ((when, items),) = await bundles_of(school.people[CAI])
    assert when == "09-06 07:30"
    assert "RungFired" in items


async def test_danger_comes_by_night(school: School) -> None:
    await school.say(LIN, "/问题 七3 他说不想活了")
    await set_now(at("2018-09-03T23:00"))
    await happen()
    assert (await brought()).count("RedFlagRaised") == 2
