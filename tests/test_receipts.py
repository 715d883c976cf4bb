"""In the evening, where it is wanted, each hears what reached us; nobody is disturbed by it."""

from __future__ import annotations

from domain.notices.running import EveningReceipt
from tests.commands.dialogs import LIN, listed
from tests.fixtures.house import School
from tests.fixtures.passing import at, happen, told
from workers.receipts import receipts
from workers.schedule import DUTIES, duties_of

EVENING = at("2018-09-03T18:00")


async def received(school: School, who: str) -> list[tuple[int, int, int]]:
    return [
        (one.visits, one.talks, one.problems)
        for _, one in await told(school.people[who])
        if isinstance(one, EveningReceipt)
    ]


async def a_day(school: School) -> None:
    await school.say(LIN, "/visit 七3 12号 奶奶照顾 诉求：希望有晚托")
    await school.say(LIN, "/visit 七3 13号 内向")
    await listed(school, LIN, "食堂太咸")
    await school.say("李梅", "/talk 影片 家长 34人 活动中心")
    await school.move_to(EVENING)


async def test_each_who_recorded_something_hears_how_much(school: School) -> None:
    await a_day(school)
    for _twice in range(2):
        await receipts(EVENING)
    await happen()
    assert await received(school, LIN) == [(2, 0, 1)]
    assert await received(school, "李梅") == [(0, 1, 0)]
    assert await received(school, "许宁") == []


async def test_it_is_off_unless_it_is_asked_for(school: School) -> None:
    del school
    assert "receipts" not in DUTIES
    assert "receipts" in duties_of(evening_receipt=True)


async def test_what_comes_too_late_does_not_come(school: School) -> None:
    await a_day(school)
    for late in ("2018-09-03T21:45", "2018-09-04T08:00"):
        await school.move_to(at(late))
        await receipts(EVENING)
    await happen()
    assert await received(school, LIN) == []


async def test_yesterday_s_is_not_counted(school: School) -> None:
    await a_day(school)
    await school.move_to(at("2018-09-04T18:00"))
    await school.say("李梅", "/visit 七5 4号 内向")
    await receipts(at("2018-09-04T18:00"))
    await happen()
    assert await received(school, LIN) == []
    assert await received(school, "李梅") == [(1, 0, 0)]


async def test_one_that_was_kept_for_the_morning_is_yesterday_s_and_is_not_said(
    school: School,
) -> None:
    await a_day(school)
    await receipts(EVENING)
    await school.move_to(at("2018-09-04T07:30"))
    await happen()
    assert await received(school, LIN) == []
