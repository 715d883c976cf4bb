"""The log tells what happened to which message, and never a word that anybody typed."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest

from commands.dispatch import dispatch
from domain.errors import log_fault, without_words
from domain.trail import heard_trail, told_trail, trail
from service.logs import OURS, ForMachines, Lines, keep_logs
from tests.fixtures.console import Console
from tests.fixtures.house import School
from tests.fixtures.processes import Start

TYPED = "王小明的奶奶说他睡不好"


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a collector reads, at DEBUG, from every logger."""
    yield from listened(io.StringIO())


@pytest.fixture
def terminal() -> Iterator[io.StringIO]:
    """What a person reads."""
    yield from listened(Terminal())


def listened(stream: io.StringIO) -> Iterator[io.StringIO]:
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook, sys.unraisablehook)
    handlers, level = root.handlers[:], root.level
    # Else it would close the handlers by which pytest listens.
    root.handlers = []
    keep_logs(stream, each_message=True)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers, root.level = handlers, level
    for name in OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def lines(log: io.StringIO, logger: str = "") -> list[dict[str, Any]]:
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    return [one for one in told if one["logger"].startswith(logger)]


# --- each line says which message -------------------------------------------------------------


async def test_every_line_of_a_message_has_its_id(log: io.StringIO, console: Console) -> None:
    (receipt,) = await console.say("林晓", "/visit 七3 12号 同行：李梅", message_id="m1")
    assert receipt["notice"] == "VisitRecorded"
    assert len(await console.inbox("李梅")) == 1
    (heard,) = lines(log, "service.answering")
    assert heard["message"] == heard_trail("console", "m1")
    assert heard["event"] == "a message was heard"
    assert heard["outcome"] == "answered"
    (brought,) = lines(log, "workers.delivery")
    assert re.fullmatch(r"outbox:\d+", brought["message"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00", heard["at"])


async def test_a_repeat_has_the_same_id_and_another_message_another(
    log: io.StringIO, school: School
) -> None:
    for message_id in ("m1", "m1", "m2"):
        await school.say("林晓", "/whoami", message_id=message_id)
    told = [(one["message"], one["outcome"]) for one in lines(log, "service.answering")]
    assert told == [
        (heard_trail("console", "m1"), "answered"),
        (heard_trail("console", "m1"), "repeat"),
        (heard_trail("console", "m2"), "answered"),
    ]


def test_an_id_does_not_give_the_key_away() -> None:
    assert "wang" not in heard_trail("wecom", "wang.xiaoming 1536000000")
    assert re.fullmatch(r"heard:wecom:[0-9a-f]{10}", heard_trail("wecom", "wang 1"))


async def test_what_starts_within_a_message_belongs_to_it_and_nothing_else(
    log: io.StringIO,
) -> None:
    ours = logging.getLogger("service.x")

    async def later() -> None:
        await asyncio.sleep(0)
        ours.info("later")

    with trail(told_trail(7)):
        task = asyncio.create_task(later())
        await asyncio.to_thread(ours.info, "in a thread")
    ours.info("outside")
    await task
    assert {one["event"]: one.get("message") for one in lines(log, "service.x")} == {
        "in a thread": "outbox:7",
        "later": "outbox:7",
        "outside": None,
    }


# --- never a word -----------------------------------------------------------------------------


def fails() -> None:
    raise ValueError(TYPED) from KeyError(TYPED)


def test_of_an_error_its_kind_and_place_are_told(log: io.StringIO) -> None:
    try:
        fails()
    except ValueError as error:
        log_fault(logging.getLogger("service.x"), "notice 7 failed", error)
        logging.getLogger("aiohttp.server").exception("Error handling request")
    ours, theirs = lines(log)
    for told in (ours, theirs):
        assert (told["fault"], told["because"]) == ("ValueError", ["KeyError"])
        assert re.fullmatch(r"service/test_logs\.py:\d+ fails", told["where"][-1])
    assert ours["event"] == "notice 7 failed: ValueError"
    assert "Error handling" not in theirs["event"]


def test_errors_in_a_group_or_in_a_circle_are_told_by_kind() -> None:
    first, second = ValueError(TYPED), KeyError(TYPED)
    first.__cause__, second.__cause__ = second, first
    told = without_words(ExceptionGroup(TYPED, [first, OSError(TYPED)]))
    assert (told["fault"], told["because"]) == (
        "ExceptionGroup",
        ["ValueError", "OSError", "KeyError"],
    )
    assert TYPED not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize(
    "name",
    ["aiohttp.server", "dramatiq.worker", "tortoise.db_client", "asyncpg", "redis", "asyncio"],
)
def test_what_a_library_says_is_told_without_what_it_quotes(log: io.StringIO, name: str) -> None:
    theirs = logging.getLogger(name)
    usual = theirs.level
    theirs.setLevel(logging.DEBUG)
    try:
        theirs.warning("Failed to process %s: %r", TYPED, [TYPED])
        theirs.warning("Failed to process " + TYPED)
        theirs.warning(ValueError(TYPED))
        theirs.warning("%(said)s", {"said": TYPED})
        theirs.warning("stack", stack_info=True, extra={"facts": {"said": TYPED}, "said": TYPED})
        try:
            raise ValueError(TYPED)  # noqa: TRY301
        except ValueError:
            theirs.exception(TYPED)
    finally:
        # What writes down its statements is kept from it for the whole run.
        theirs.setLevel(usual)
    told = lines(log, name)
    assert len(told) == 6
    assert told[0]["event"].startswith("Failed to process %s: %r (test_logs.py:")
    assert all("test_logs.py:" in one["event"] for one in told)
    assert told[5]["fault"] == "ValueError"
    assert holds_nothing(log)


def holds_nothing(log: io.StringIO) -> bool:
    text = log.getvalue()
    return TYPED not in text and json.dumps(TYPED).strip('"') not in text


def test_a_line_that_cannot_be_put_together_is_told_by_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = io.StringIO()
    lines = Lines(stream)
    lines.setFormatter(ForMachines())
    record = logging.LogRecord("service.x", logging.INFO, "x/y.py", 7, "%s and %s", (TYPED,), None)
    lines.handle(record)
    assert json.loads(stream.getvalue())["event"] == "y.py:7 None"
    stream.close()
    lines.handle(record)
    assert capsys.readouterr().err == ""


async def test_nothing_personal_when_everything_raises(
    log: io.StringIO, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def raises(spoken: Any, asker: Any) -> Any:
        await dispatch(spoken, asker)
        raise ValueError(spoken.text)

    monkeypatch.setattr("service.answering.dispatch", raises)
    (reply,) = await school.say("林晓", f"/visit 七3 王小明 {TYPED}", message_id=TYPED)
    assert reply["notice"] == "NotRecorded"
    told = lines(log, "service.answering")
    assert [one.get("fault") for one in told] == ["ValueError", None]
    assert {one["message"] for one in told} == {heard_trail("console", TYPED)}
    assert holds_nothing(log)
    for part in ("王小明", "奶奶"):
        assert json.dumps(part).strip('"') not in log.getvalue()


async def test_what_a_task_died_of_is_told_by_kind(log: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": TYPED, "exception": ValueError(TYPED)})
    (told,) = (one for one in lines(log, "asyncio") if one["level"] == "ERROR")
    assert told["fault"] == "ValueError"
    assert holds_nothing(log)


def test_what_nobody_caught_is_told_by_kind_wherever_it_arose() -> None:
    program = f"""
import sys, threading
from service.logs import keep_logs
keep_logs(sys.stderr)
class Odd:
    def __del__(self): raise KeyError({TYPED!r})
def fails(): raise ValueError({TYPED!r})
Odd()
thread = threading.Thread(target=fails); thread.start(); thread.join()
raise OSError({TYPED!r})
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["fault"] for one in told] == ["KeyError", "ValueError", "OSError"]
    assert done.returncode == 1


def test_what_runs_for_days_tells_of_each_message(start: Start) -> None:
    serving = start("serve", CONSOLE="on", LANGUAGE="en")
    address = serving.line("ready").split()[-1]
    body = json.dumps({"person": 1, "chat": "direct", "text": TYPED, "message_id": "m1"})
    asked = Request(f"{address}/console/api/messages", body.encode())  # noqa: S310  our own
    with urlopen(asked, timeout=10) as answer:  # noqa: S310  our own
        assert json.load(answer)["replies"]
    told = json.loads(serving.line("a message was heard"))
    assert told["message"] == heard_trail("console", "m1")
    assert serving.end() == 0


# --- for a person -----------------------------------------------------------------------------


def test_a_person_reads_a_line_and_where_it_arose(terminal: io.StringIO) -> None:
    with trail("outbox:7"):
        try:
            fails()
        except ValueError as error:
            log_fault(logging.getLogger("workers.x"), "notice 7 failed", error)
    logging.getLogger("workers.x").info("two\nlines \x1b[31m %s", "a\u2028b")
    first, *where, last = terminal.getvalue().splitlines()
    assert " ERROR workers.x [outbox:7] notice 7 failed: ValueError" in first
    assert "because=['KeyError']" in first
    assert where
    assert all(place.startswith("    ") for place in where)
    assert last.endswith("INFO workers.x two?lines ?[31m a?b")
    assert TYPED not in terminal.getvalue()


def test_without_being_asked_it_tells_what_went_wrong_only(log: io.StringIO) -> None:
    keep_logs(log)
    logging.getLogger("service.x").info("well")
    logging.getLogger("redis").info("well")
    logging.getLogger("service.x").warning("not well")
    assert [one["event"] for one in lines(log)] == ["not well"]
