"""One /visit asks the database so often and no oftener: each question is time a teacher waits."""

from __future__ import annotations

import pytest
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from benchmarks.recording import recorded
from chat.console.inbound import receive
from domain.models import Person
from domain.sealing import Keyring
from service.answering import answer
from tests.fixtures.house import School
from tests.fixtures.keeping import records_of

# As it is now: who lowers it lowers this; who must raise it says why.
PLAIN = 41
# With a request: what was learnt, who may be named and what sounds the same are looked up, the
# problem comes with its key, its first event, its timer and the chain's end, the liaison is
# told, and whether the suggestion may be agreed to is looked up for who reads it.
ASKED = 70
# The message's own, and the one that notes what was read.
TRANSACTIONS = 2


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("/家访 七3 王小明 奶奶照顾，内向", PLAIN),
        ("/家访 七3 王小明 奶奶照顾，内向 诉求：食堂排队太久", ASKED),
    ],
)
async def test_a_visit_takes_no_more_statements_than_it_did(
    school: School, text: str, most: int
) -> None:
    async def say(said: str) -> None:
        body = {"person": school.people["林晓"], "chat": "direct", "text": said}
        (reply,) = await answer(receive(body), "zh-CN")
        assert reply.view.notice == "VisitRecorded"

    # As every later one: after the first a visit waits for what may be added to it.
    await say("/家访 七3 5号 话不多 诉求：多鼓励")
    with recorded() as recording:
        await say(text)
    assert 20 < recording.statements <= most
    assert recording.count("begin") <= TRANSACTIONS
    assert recording.count("rollback", "rollback_to") == 0


async def test_postgres_is_sent_what_is_asked_and_nothing_after_each(
    fresh_postgres: str, keyring: Keyring
) -> None:
    sent: list[str] = []
    async with records_of(fresh_postgres, keyring):
        # One connection, for nothing is asked side by side here.
        async with get_connection("default")._pool.acquire() as connection:
            connection.add_query_logger(lambda asked: sent.append(asked.query.split()[0]))
        await Person.all()
        async with in_transaction():
            await Person.all()
        await Person.all()
    assert sent == ["SELECT", "BEGIN;", "SELECT", "COMMIT;", "SELECT"]
