"""A message is heard once, answered each time it comes, and never half carried out."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tortoise.backends.asyncpg.client import TransactionWrapper

from chat.console.inbound import receive
from chat.words import words
from domain.actions import visit_parts, visits
from domain.models import (
    Draft,
    Heard,
    OutboxEntry,
    ReadLog,
    Student,
    Visit,
    VisitAnswer,
    Voice,
    WrappedKey,
)
from domain.records import Records
from domain.sqlite_immediate import ImmediateTransaction
from service import answering
from service.answering import answer
from tests.fixtures.console import Console
from tests.fixtures.house import START, School

VISIT = "/visit 七3 王小明 奶奶照顾，内向 诉求：希望有晚托 性格：内向"
CANARY = "王小明"
KEPT = (Heard, Visit, VisitAnswer, Voice, OutboxEntry, Draft, WrappedKey, Student, ReadLog)


async def counts() -> dict[str, int]:
    """How many rows there are of everything that a message may leave."""
    return {model.__name__: await model.all().count() for model in KEPT}


def gone(*_: Any, **__: Any) -> Any:
    """What goes wrong in the middle, with words in it that no log may show."""
    raise RuntimeError(CANARY)


# --- the same message again ---------------------------------------------------------------


async def test_twenty_at_once_make_one_visit_and_twenty_equal_answers(school: School) -> None:
    said = [school.say("林晓", VISIT, message_id="same") for _ in range(20)]
    answers = await asyncio.gather(*said)
    assert len(answers) == 20
    assert all(one == answers[0] for one in answers)
    assert answers[0][0]["notice"] == "VisitRecorded"
    assert await Visit.all().count() == 1
    assert await Voice.all().count() == 1
    assert await Heard.all().count() == 1
    assert await OutboxEntry.filter(notice="VisitRecorded").count() == 1


async def test_twenty_at_once_through_the_door(console: Console) -> None:
    said = [console.say("林晓", VISIT, message_id="same") for _ in range(20)]
    answers = await asyncio.gather(*said)
    assert all(one == answers[0] for one in answers)
    assert answers[0][0]["notice"] == "VisitRecorded"
    assert await Visit.all().count() == 1
    # Said twenty times in responses, it need not be brought a second way.
    assert await console.inbox("林晓") == []


async def test_twenty_different_ones_at_once_are_twenty(school: School) -> None:
    texts = [f"/visit 七3 王小明 第{n}次" for n in range(20)]
    answers = await asyncio.gather(*(school.one("林晓", text) for text in texts))
    # The same family on the same day: the first is recorded, the others are asked about.
    assert sorted({one["notice"] for one in answers}) == ["VisitRecorded", "VisitTwice"]
    assert await Visit.all().count() == 1
    assert await Heard.all().count() == 20


@pytest.mark.parametrize(
    "text",
    [VISIT, "/visit 七3 王小红", "/visit 七九 王小明", "/vsit 七3", "/coverage", "/todo", "嗯", ""],
)
async def test_a_repeat_an_hour_later_gets_the_stored_answer(school: School, text: str) -> None:
    first = await school.say("林晓", text, message_id="same")
    before = await counts()
    await school.move_to(START + timedelta(hours=1))
    assert await school.say("林晓", text, message_id="same") == first
    # What it says now doesn't matter either: the key is what a repeat is known by.
    assert await school.say("林晓", "/whoami", message_id="same") == first
    assert await counts() == before


async def test_a_refusal_is_heard_once_too(school: School) -> None:
    first = await school.say("林晓", "/visit 七3 王小明 日期：2030-01-01", message_id="same")
    assert first[0]["outcome"] == "refuse"
    assert await school.say("林晓", VISIT, message_id="same") == first
    assert await Visit.all().count() == 0


# --- somebody else's ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "chat"),
    [("李梅", "direct"), ("林晓", "grade-7"), ("方正", "grade-8"), ("999", "direct")],
)
async def test_anothers_message_id_shows_nothing_of_theirs(
    school: School, who: str, chat: str
) -> None:
    await school.say("林晓", VISIT, message_id="same")
    before = await counts()
    (reply,) = await school.say(who, "/visit 七3 欧阳娜娜 别的", chat, message_id="same")
    assert (reply["notice"], reply["outcome"]) == ("NotRecorded", "refuse")
    assert reply["chat"] == chat
    for canary in ("王小明", "奶奶", "晚托", "V1", "七年级3班", "欧阳"):
        assert canary not in str(reply)
    assert await counts() == before


async def test_two_people_at_once_with_one_message_id(school: School) -> None:
    first, second = await asyncio.gather(
        school.say("林晓", VISIT, message_id="same"), school.say("李梅", VISIT, message_id="same")
    )
    assert sorted([first[0]["notice"], second[0]["notice"]]) == ["NotRecorded", "VisitRecorded"]


# --- in the middle ------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make one step of carrying a message out fail."""

    def fail(where: str) -> None:
        module, name = {
            "voice": (visit_parts, "_voice"),
            "answers": (visits, "write_answers"),
            "companions": (visits, "share"),
            "typed": (answering, "keep_typed"),
            "answer": (answering, "put_answer"),
            "dispatch": (answering, "dispatch"),
        }[where]
        monkeypatch.setattr(module, name, gone)

    return fail


@pytest.mark.parametrize("where", ["voice", "answers", "companions", "answer", "dispatch"])
async def test_a_failure_in_the_middle_leaves_nothing(
    school: School,
    failing: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    where: str,
) -> None:
    before = await counts()
    failing(where)
    (reply,) = await school.say("林晓", VISIT, message_id="same")
    assert (reply["notice"], reply["outcome"]) == ("NotRecorded", "refuse")
    assert words("zh-CN").text("NotRecorded.title") in reply["title"]
    assert await counts() == before
    # The log says where and which kind, never with which words.
    assert "RuntimeError" in caplog.text
    assert CANARY not in caplog.text
    assert "奶奶" not in caplog.text
    monkeypatch.undo()
    (again,) = await school.say("林晓", VISIT, message_id="same")
    assert again["notice"] == "VisitRecorded"
    assert await Visit.all().count() == 1


async def test_a_failure_of_the_second_command_undoes_the_first_too(
    school: School, failing: Callable[[str], None]
) -> None:
    # One message is one transaction; only a refusal is one command's own affair.
    before = await counts()
    failing("voice")
    two = "/visit 七3 12号 好\n/visit 七3 5号 诉求：桥"
    (reply,) = await school.say("林晓", two)
    assert reply["notice"] == "NotRecorded"
    assert await counts() == before


async def test_an_echo_that_cannot_be_kept_leaves_nothing(
    school: School, failing: Callable[[str], None]
) -> None:
    before = await counts()
    failing("typed")
    assert (await school.one("林晓", "/visit 七3 王小红"))["notice"] == "NotRecorded"
    assert await counts() == before


async def test_a_failure_at_the_commit_says_that_it_is_not_sure(
    school: School, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    before = await counts()
    # The database's own COMMIT fails, below what this project does about it.
    broken_class = {"sqlite": ImmediateTransaction.__mro__[1], "postgres": TransactionWrapper}

    whole = broken_class[engine].commit

    async def full(self: Any) -> None:
        if engine == "postgres" and self.transaction._nested:
            # A savepoint's end is no commit.
            await whole(self)
            return
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(broken_class[engine], "commit", full)
        body = {"person": school.people["林晓"], "chat": "direct", "text": VISIT}
        (reply,) = await answer(receive(body | {"message_id": "same"}), "zh-CN")
    assert (reply.view.notice, reply.view.outcome) == ("NotSure", "refuse")
    assert reply.entry is None
    # Whether it is there is for the database to say; here it isn't, and the next one gets through.
    assert await counts() == before
    assert (await school.say("林晓", VISIT, message_id="same"))[0]["notice"] == "VisitRecorded"


async def test_a_commit_that_was_made_and_not_heard_of_counts_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(_ids: list[int]) -> Any:
        raise OSError("connection lost")

    with monkeypatch.context() as broken:
        broken.setattr(answering, "answers_to", lost)
        (reply,) = await school.say("林晓", VISIT, message_id="same")
        assert reply["notice"] == "NotSure"
    (again,) = await school.say("林晓", VISIT, message_id="same")
    assert again["notice"] == "VisitRecorded"
    assert await Visit.all().count() == 1


async def test_an_answer_that_cannot_be_worded_is_still_an_answer(
    school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(answering, "seen_by", gone)
        (reply,) = await school.say("林晓", VISIT, "grade-7", message_id="same")
    assert (reply["notice"], reply["chat"]) == ("NotSure", "grade-7")
    assert CANARY not in caplog.text
    # It was recorded, so its answer waits for the relay, and a repeat gets it at once.
    assert await OutboxEntry.filter(notice="VisitRecorded", done_at__isnull=True).count() == 1
    replies = await school.say("林晓", VISIT, "grade-7", message_id="same")
    assert replies[0]["notice"] == "VisitRecorded"


async def test_a_repeat_while_the_database_is_away(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    await school.say("林晓", VISIT, message_id="same")
    monkeypatch.setattr(answering, "stored_answer", gone)
    (reply,) = await school.say("林晓", VISIT, message_id="same")
    assert reply["notice"] == "NotSure"


async def test_who_is_cut_off_in_the_middle_holds_nobody_up(
    school: School, records: Records
) -> None:
    """A task that is cancelled anywhere gives back a connection on which the next can begin."""
    for steps in range(60):
        task = asyncio.create_task(school.say("林晓", VISIT, message_id=f"cut {steps}"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        assert (await school.one("林晓", "/whoami"))["notice"] == "WhoamiShown"
        # It waits for each connection that somebody still holds.
        await records.close()
