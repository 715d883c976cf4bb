"""The console hears what is of the agreed shape, and answers in the agreed shape."""

import json
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.console.client import ConsoleClient
from chat.console.inbound import receive
from chat.console.names import NAME as CALLED
from chat.console.outbound import payload
from chat.errors import ChatError, NotDelivered, Unreadable
from chat.platforms import open_clients
from chat.wording import compose
from chat.words import languages, words
from domain.notices.facts import facts
from domain.notices.views import DaySeen
from tests.chat.samples import COVERAGES, EVERY, NAME, ROSTERS, SAID, SAMPLES, TODAY, VISITS

BODY: dict[str, Any] = {"person": 7, "chat": "direct", "text": "/家访 七3", "message_id": "m1"}
REPLY = {
    "chat",
    "notice",
    "outcome",
    "about",
    "reason",
    "understood",
    "facts",
    "title",
    "text",
    "choices",
}


def test_a_message_is_read_from_bytes_and_from_an_object_alike() -> None:
    heard = receive(json.dumps(BODY).encode())
    assert heard == receive(BODY)
    assert (heard.platform, heard.account, heard.conversation) == ("console", "7", "direct")
    assert (heard.group, heard.addressed, heard.text) == (False, True, "/家访 七3")
    assert (heard.key, heard.at) == ("m1", None)


def test_a_message_without_an_id_is_no_repeat_of_another() -> None:
    bare = {name: value for name, value in BODY.items() if name != "message_id"}
    assert receive(bare).key != receive(bare).key


def test_in_a_group_the_bot_is_addressed_by_name() -> None:
    assert receive({**BODY, "chat": "7"}).group
    assert not receive({**BODY, "chat": "7"}).addressed
    for text in ("@走访 12号", "@Zoufang 12号", " @走访 12号"):
        heard = receive({**BODY, "chat": "7", "text": text})
        assert (heard.addressed, heard.text) == (True, " 12号")
    assert not receive({**BODY, "chat": "7", "text": "@走访组 12号"}).addressed
    assert receive({**BODY, "chat": "7", "text": "@走访/帮助"}).text == "/帮助"


def test_one_to_one_nothing_is_taken_from_the_text() -> None:
    assert receive({**BODY, "text": "@走访 12号"}).text == "@走访 12号"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"person": None}, "person"),
        ({"person": "7"}, "person"),
        ({"person": True}, "person"),
        ({"person": 0}, "person"),
        ({"person": 2**63}, "person"),
        ({"person": 7.0}, "person"),
        ({"chat": ""}, "chat"),
        ({"chat": 7}, "chat"),
        ({"chat": "c" * 129}, "chat"),
        ({"chat": "direct:8"}, "chat"),
        ({"text": None}, "text"),
        ({"text": ["/"]}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"message_id": ""}, "message_id"),
        ({"message_id": 7}, "message_id"),
        ({"message_id": "m" * 129}, "message_id"),
    ],
)
def test_what_is_not_of_the_shape_is_refused_with_a_sentence(
    change: dict[str, Any], key: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        receive({**BODY, **change})
    assert refused.value.key == f"Unreadable.{key}"
    for language in languages():
        assert words(language).text(refused.value.key)


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000, b"null"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        receive(body)
    assert refused.value.key == "Unreadable.body"


@given(
    st.binary()
    | st.dictionaries(
        st.sampled_from(["person", "chat", "text", "message_id"]),
        st.text() | st.integers() | st.none(),
    )
)
def test_any_body_is_read_or_refused(body: bytes | dict[str, Any]) -> None:
    try:
        heard = receive(body)
    except Unreadable:
        return
    assert heard.text is not None


@given(st.text())
def test_what_was_typed_is_heard_unchanged(text: str) -> None:
    body = json.dumps({**BODY, "text": text}).encode()
    assert receive(body).text == text


@pytest.mark.parametrize("notice", SAMPLES)
def test_a_reply_is_of_the_agreed_shape_and_plain_data(notice: str) -> None:
    for view, language in product(SAMPLES[notice], languages()):
        reply = payload(view, compose(view, language), "c7")
        assert set(reply) == REPLY
        assert json.loads(json.dumps(reply)) == reply
        assert reply["text"].startswith(reply["title"])
        for choice in reply["choices"]:
            assert choice["label"] in reply["text"]
            # In a group a choice calls us by name.
            assert choice["say"].removeprefix(f"@{CALLED} ") in reply["text"]


def test_the_facts_of_a_visit_are_read_by_their_agreed_names() -> None:
    told = facts(VISITS[1])
    assert {"visit", "class_", "student", "day", "kind", "method", "result", "answers"} <= set(told)
    assert {"text", "words", "problem", "open_questions", "coverage"} <= set(told)
    assert (told["class_"], told["student"], told["day"]) == ("七年级3班", NAME, "2018-09-05")
    assert told["words"] == SAID
    assert told["coverage"][0]["unit"] == "七年级3班"
    assert told["coverage"][0]["visited"] == 13


def test_what_a_view_says_about_itself_is_no_fact() -> None:
    about = {"notice", "outcome", "about", "reason", "private", "understood"}
    assert not any(about & set(facts(view)) for view in EVERY)


def test_the_facts_of_coverage_are_the_unit_s_own() -> None:
    told = facts(COVERAGES[1])
    assert told["unit"] == "全校"
    assert (told["visited"], told["families"], told["refused"]) == (108, 400, 2)
    assert (told["minimum"], told["forecast"]["by"]) == (0.33, "2018-09-15")
    assert told["parts"][0]["unit"] == "七年级"
    assert "count" not in told


def test_the_facts_of_the_roster_are_names() -> None:
    told = facts(ROSTERS[2])
    assert told["lines"][0] == {"leader": "蔡平", "units": ["总务处", "七年级"]}
    assert {"unit", "leader", "liaison", "deputy"} <= set(told)


def test_a_choice_that_is_a_child_is_told_as_this_reader_may_see_it() -> None:
    told = facts(SAMPLES["StudentUnknown"][0])
    assert told["options"][0] == {"kind": "student", "value": NAME, "say": "1"}


def test_an_instant_is_told_in_school_time() -> None:
    noon = datetime(2018, 9, 5, 4, 0, tzinfo=UTC)
    view = DaySeen(notice="DayInFuture", outcome="refuse", today=TODAY, day=noon)
    assert facts(view) == {"today": "2018-09-05", "day": "2018-09-05T12:00:00+08:00", "typed": None}
    naive = DaySeen(notice="DayInFuture", outcome="refuse", today=TODAY, day=datetime(2018, 9, 5))  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        facts(naive)
    assert isinstance(TODAY, date)


async def test_the_console_s_client_only_says_yes() -> None:
    async with open_clients({"console": None}) as clients:
        assert isinstance(clients["console"], ConsoleClient)
        await clients["console"].send("direct:7", {"text": "…"})


async def test_a_platform_we_do_not_know_has_no_client() -> None:
    with pytest.raises(KeyError):
        async with open_clients({"telegraph": None}):
            pass


def test_what_was_not_delivered_says_whether_to_try_again() -> None:
    failed = NotDelivered("429", for_good=False, retry_after=3.0)
    assert isinstance(failed, ChatError)
    assert (failed.for_good, failed.retry_after) == (False, 3.0)
