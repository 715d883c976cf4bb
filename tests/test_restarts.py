"""PostgreSQL may be restarted under load: what was answered for is there, and work goes on."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from chat.console.inbound import receive
from domain.migrating import migrate_records
from domain.models import Visit
from domain.notices.views import VisitSeen
from domain.records import open_records, reachable
from domain.rules.plan import read_plan
from domain.sealing import Keyring
from service.answering import Reply, answer
from tests.fixtures.house import START, School, filled_anew
from tests.servers import Postgres

pytestmark = pytest.mark.postgres


@pytest.fixture
async def restarting(own_postgres: Postgres, keyring: Keyring) -> AsyncIterator[School]:
    """The school on a server of the test's own."""
    address = own_postgres.address()
    await migrate_records(address)
    people, classes = await asyncio.create_task(filled_anew(address))
    records = await open_records(address, keyring, read_plan(None).with_minimum(0.33))
    school = School(people, classes, address)
    await school.move_to(START)
    yield school
    await records.close()


async def said(school: School, part: int, number: int) -> list[Reply]:
    """One message, always under the same id; as the door hears it."""
    body = {
        "person": school.people["林晓"],
        "chat": "direct",
        "text": f"/走访 教师 李梅 第{part}位第{number}次 诉求：少开会",
        "message_id": f"{part}-{number}",
    }
    return await answer(receive(body), "zh-CN")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "as if crashed"])
async def test_what_was_answered_for_survives_and_work_goes_on(
    restarting: School, own_postgres: Postgres, how: signal.Signals
) -> None:
    answers: list[Reply] = []

    async def speak(part: int) -> None:
        for number in range(12):
            answers.extend(await said(restarting, part, number))

    speaking = [asyncio.create_task(speak(part)) for part in range(3)]
    while len(answers) < 6:  # noqa: ASYNC110  it is the answers that come
        await asyncio.sleep(0.01)
    await asyncio.to_thread(own_postgres.stop, how)
    await asyncio.to_thread(own_postgres.start)
    await asyncio.gather(*speaking)

    # Whoever was told that it is recorded finds it; what went wrong was said honestly.
    notices = {one.view.notice for one in answers}
    assert notices <= {"VisitRecorded", "NotRecorded", "NotSure"}
    recorded = {one.view.visit for one in answers if isinstance(one.view, VisitSeen)}
    there = {int(one) for one in await Visit.all().values_list("id", flat=True)}
    assert recorded <= there
    assert len(answers) == 36

    # Nothing has to be opened anew, and what was not sure counts once when it is sent again.
    assert await reachable()
    for part in range(3):
        for number in range(12):
            (again,) = await said(restarting, part, number)
            assert again.view.notice == "VisitRecorded"
    assert await Visit.all().count() == 36


async def test_while_it_is_away_there_is_an_honest_answer_at_once(
    restarting: School, own_postgres: Postgres
) -> None:
    await asyncio.to_thread(own_postgres.stop)
    async with asyncio.timeout(5):
        (reply,) = await said(restarting, 0, 0)
        assert reply.view.notice == "NotRecorded"
        assert not await reachable()
    await asyncio.to_thread(own_postgres.start)
    assert (await restarting.one("林晓", "/whoami"))["notice"] == "WhoamiShown"
