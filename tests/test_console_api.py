"""The console's API, as programs and the page rely on it, and as strangers find it shut."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from chat.console.names import APP, PLATFORM
from chat.words import words
from domain.actions.school import add_room
from domain.models import Heard, OutboxEntry, Visit
from domain.queries.people import holders_of
from domain.queries.units import root_unit
from domain.records import real_now
from domain.sealing import Keyring
from service.answering import answer
from service.app import LARGEST_BODY
from service.console import api
from service.console.page import STATIC
from tests.fixtures.console import Console, listening
from tests.fixtures.house import START, School

REPLY = {
    *("chat", "notice", "outcome", "about", "reason", "understood"),
    *("facts", "title", "text", "choices"),
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def message(console: Console, **more: Any) -> dict[str, Any]:
    body = {"person": console.school.people["林晓"], "chat": "direct", "text": "/whoami"}
    return body | more


# --- who and where ------------------------------------------------------------------------


async def test_people(console: Console) -> None:
    people = await console.get("people")
    assert all(set(one) == {"id", "name", "roles", "unit", "classes"} for one in people)
    by_name = {one["name"]: one for one in people}
    assert by_name["林晓"] == {
        "id": console.school.people["林晓"],
        "name": "林晓",
        "roles": ["teacher"],
        "unit": "七年级",
        "classes": ["七年级3班"],
    }
    assert by_name["邵毓君"]["roles"] == ["head", "leader"]
    assert by_name["方正"]["roles"] == ["admin"]
    assert by_name["唐果"]["unit"] == "党办"
    # Who has no account here can't be chosen.
    assert "金毓" not in by_name


async def test_chats(console: Console) -> None:
    person = console.school.people["林晓"]
    chats = await console.get("chats", person=person)
    assert all(set(one) == {"id", "kind", "title", "unit", "members"} for one in chats)
    *groups, direct = chats
    assert [one["kind"] for one in groups] == ["group"] * 6
    assert groups[0]["id"] == "grade-7"
    assert groups[0]["unit"] == "七年级"
    teachers = {console.school.people[name] for name in ("林晓", "李梅", "许宁", "蔡平")}
    assert set(groups[0]["members"]) == teachers
    assert direct | {"title": ""} == {
        "id": "direct",
        "kind": "direct",
        "title": "",
        "unit": None,
        "members": [person],
    }
    assert (await console.get("chats"))[-1]["members"] == []


async def test_the_leaders_group_holds_those_who_lead(console: Console) -> None:
    await add_room(PLATFORM, APP, "leaders", "领导小组群", (await root_unit()).id)
    (leaders,) = [one for one in await console.get("chats") if one["id"] == "leaders"]
    people = console.school.people
    wanted = ("邵毓君", "何国良", "孙茜", "蔡平", "沈佳宝", "程龙", "谷辉", "唐果", "方正")
    assert set(leaders["members"]) >= {people[name] for name in wanted}
    assert set(leaders["members"]) >= set(await holders_of("working", START.date()))
    assert not {people[name] for name in ("林晓", "许宁")} & set(leaders["members"])
    assert len(leaders["members"]) == len(set(leaders["members"]))


# --- saying something ---------------------------------------------------------------------


async def test_a_message_and_its_reply(console: Console) -> None:
    status, answer = await console.post(
        "messages", message(console, text="/visit 七3 王小明 好 诉求：晚托 方式=电话")
    )
    assert status == 200
    assert set(answer) == {"replies"}
    (reply,) = answer["replies"]
    assert set(reply) == REPLY
    assert (reply["chat"], reply["notice"], reply["outcome"]) == ("direct", "VisitRecorded", "ok")
    assert (reply["about"], reply["reason"]) == (None, None)
    assert (
        reply["understood"].items()
        >= {
            "command": "visit",
            "action": "record",
            "class_": "七年级3班",
            "student": "王小明",
            "method": "phone",
            "words": "晚托",
        }.items()
    )
    facts = reply["facts"]
    wanted = "visit class_ student day kind method result answers text words problem"
    assert set(facts) >= {*wanted.split(), "open_questions", "coverage"}
    assert (facts["class_"], facts["day"]) == ("七年级3班", "2018-09-03")
    assert reply["text"].startswith(reply["title"])
    assert "V1" in reply["title"]


async def test_a_choice_is_picked_by_what_it_says(console: Console) -> None:
    asked, *_ = await console.say("林晓", "/visit 七5 陈晨", "grade-7")
    assert (asked["outcome"], asked["about"]) == ("choose", "student")
    assert all(set(one) == {"label", "say"} for one in asked["choices"])
    replies = await console.say("林晓", asked["choices"][0]["say"], "grade-7")
    assert replies[0]["notice"] == "VisitRecorded"
    assert replies[0]["chat"] == "grade-7"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/visit 七3 12号 日期：2030-01-01", "future_date"),
        ("/visit 七9 12号", "impossible_class"),
        ("/visit V99 更好", "no_such_visit"),
        ("/todo 八年级", "not_allowed"),
        ("/visit 七3 12号 日期：前天晚上几点", "unreadable"),
    ],
)
async def test_a_refusal_names_its_reason(console: Console, text: str, reason: str) -> None:
    (reply,) = await console.say("林晓", text)
    assert (reply["outcome"], reply["reason"]) == ("refuse", reason)


async def test_a_repeat_over_http(console: Console) -> None:
    first = await console.post(
        "messages", message(console, message_id="same", text="/visit 七3 12号")
    )
    assert await console.post("messages", message(console, message_id="same")) == first
    assert await Visit.all().count() == 1


async def test_the_language_is_the_readers(console: Console) -> None:
    async with console.http.post(
        f"{console.api}/messages",
        json=message(console, text="/coverage 七年级"),
        headers={"Accept-Language": "en"},
    ) as response:
        (reply,) = (await response.json())["replies"]
    assert "Grade 7" in reply["text"]
    assert reply["facts"]["unit"] == "七年级"


async def test_it_is_marked_as_said_once_it_was_said(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    said, write_eof = console.workers.relay.said, web.Response.write_eof

    async def written(response: web.Response, data: bytes = b"") -> None:
        await write_eof(response, data)
        order.append("written")

    def marked(ids: list[int], platform: str) -> None:
        order.append("said")
        said(ids, platform)

    monkeypatch.setattr(web.Response, "write_eof", written)
    monkeypatch.setattr(console.workers.relay, "said", marked)
    await console.say("林晓", "/visit 七3 12号")
    assert order[:2] == ["written", "said"]


async def test_an_answer_whose_reader_went_away_is_brought(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, gone = asyncio.Event(), asyncio.Event()

    async def slow(*said: Any) -> Any:
        replies = await answer(*said)
        heard.set()
        await gone.wait()
        return replies

    monkeypatch.setattr(api, "answer", slow)
    _, writer = await asyncio.open_connection(*console.host.split(":"))
    body = json.dumps(message(console, text="/visit 七3 12号")).encode()
    head = f"POST /console/api/messages HTTP/1.1\r\nHost: {console.host}\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    async with asyncio.timeout(5):
        await heard.wait()
        assert console.runner.server
        (theirs,) = console.runner.server.connections
        writer.transport.abort()
        while theirs.transport is not None:
            await console.get("clock")
    gone.set()
    entries = OutboxEntry.filter(notice="VisitRecorded", done_at__isnull=True)
    await entries.update(lease_until=real_now() - timedelta(seconds=1))
    (reply,) = await console.inbox("林晓")
    assert (reply["notice"], reply["chat"]) == ("VisitRecorded", "direct")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_what_cannot_be_read_gets_a_sentence(console: Console, language: str) -> None:
    wrong: list[tuple[Any, str]] = [
        (b"{", "body"),
        (b"", "body"),
        (b"\xff\xfe", "body"),
        (b"[1, 2]", "body"),
        (b"null", "body"),
        (b"[" * 100_000, "body"),
        ({"person": "1"}, "person"),
        ({"person": True}, "person"),
        ({"person": 0}, "person"),
        ({"person": 2**80}, "person"),
        ({"person": None}, "person"),
        ({"chat": "nowhere"}, "chat"),
        ({"chat": ""}, "chat"),
        ({"chat": 7}, "chat"),
        ({"chat": "direct:1"}, "chat"),
        ({"chat": "x" * 300}, "chat"),
        ({"text": 7}, "text"),
        ({"text": None}, "text"),
        ({"message_id": ""}, "message_id"),
        ({"message_id": 7}, "message_id"),
        ({"message_id": "x" * 129}, "message_id"),
    ]
    before = await Heard.all().count()
    for said, about in wrong:
        body = said if isinstance(said, bytes) else json.dumps(message(console, **said)).encode()
        async with console.http.post(
            f"{console.api}/messages", data=body, headers={"Accept-Language": language}
        ) as response:
            answer = await response.json()
            assert (response.status, answer) == (
                400,
                {"error": words(language).text(f"Unreadable.{about}")},
            ), said
    assert await Heard.all().count() == before


async def test_a_body_that_is_too_large(console: Console) -> None:
    for path in ("messages", "clock"):
        async with console.http.post(f"{console.api}/{path}", data=b" " * 300_000) as response:
            assert response.status == 413
            assert "256" in (await response.json())["error"]
    # 20 kB of text is not too large.
    text = "/visit 七3 12号 " + "长" * 20_000
    (reply,) = await console.say("林晓", text)
    assert len(reply["facts"]["text"]) == 20_000
    assert len(text.encode()) < LARGEST_BODY


async def test_somebody_whom_nobody_knows(console: Console) -> None:
    status, answer = await console.post("messages", message(console, person=999_999))
    assert status == 200
    (reply,) = answer["replies"]
    assert (reply["notice"], reply["reason"]) == ("AccountUnknown", "not_allowed")
    for query in ({"person": "999999"}, {"person": "x"}, {"person": "１"}, {}):
        async with console.http.get(f"{console.api}/inbox", params=query) as response:
            assert response.status == 400
            assert (await response.json())["error"] == words("zh-CN").text("Unreadable.person")
    async with console.http.get(f"{console.api}/commands") as response:
        assert response.status == 400


async def test_a_fault_of_ours_is_a_sentence_and_no_traceback(
    console: Console, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    canary = "王小明"

    async def broken(*_: Any) -> Any:
        raise RuntimeError(canary)

    monkeypatch.setattr(api, "people_listed", broken)
    async with console.http.get(f"{console.api}/people") as response:
        assert response.status == 500
        text = await response.text()
    assert canary not in text + caplog.text
    assert "Traceback" not in text
    assert "RuntimeError" in caplog.text


# --- the clock ----------------------------------------------------------------------------


async def moved(console: Console, **said: Any) -> datetime:
    status, answer = await console.post("clock", said)
    assert status == 200, answer
    assert set(answer) == {"now"}
    assert answer["now"].endswith("+08:00")
    return datetime.fromisoformat(answer["now"])


async def test_the_clock_moves_forward(console: Console) -> None:
    told = datetime.fromisoformat((await console.get("clock"))["now"])
    assert timedelta(0) <= told - START < timedelta(minutes=1)
    first = await moved(console, advance="P1D")
    assert timedelta(days=1) <= first - told < timedelta(days=1, minutes=1)
    assert (await moved(console, to="2018-09-07T16:00+08:00")).isoformat() == (
        "2018-09-07T16:00:00+08:00"
    )
    # The same instant said elsewhere, and the school's own time when no zone is said.
    assert (await moved(console, to="2018-09-07T09:00Z")).hour == 17
    assert (await moved(console, to="2018-09-07T18:30")).minute == 30
    assert (await moved(console, advance="PT90M")).hour == 20
    (reply,) = await console.say("林晓", "/visit 七3 12号")
    assert reply["facts"]["day"] == "2018-09-07"


async def test_on_its_way_the_clock_stops_wherever_something_is_due(console: Console) -> None:
    await console.say(
        "许宁", "/安排 蔡平 周五 七3\n/安排 蔡平 周三 七3 王小明\n/安排 蔡平 周四 七5"
    )
    assert [one["notice"] for one in await console.inbox("蔡平")] == ["VisitArranged"] * 3
    await console.say("蔡平", "/安排 A3 取消")
    await moved(console, advance="P15D")
    arrived = (await console.inbox("蔡平"))[3:]
    reminded = [
        (item["notice"], one["at"][:16], item["arrangement"])
        for one in arrived
        for item in one["facts"].get("items", ())
        if item["notice"] == "ArrangedToday"
    ]
    assert reminded == [
        ("ArrangedToday", "2018-09-05T07:30", 2),
        ("ArrangedToday", "2018-09-07T07:30", 1),
    ]
    assert arrived[0]["text"].split("\n")[0] == "⏰ 今天走访七(3)班 王小明（A2）"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_clock_takes_no_nonsense(console: Console, language: str) -> None:
    before = (await console.get("clock"))["now"]
    wrong: list[tuple[Any, str]] = [
        ({"advance": "-P1D"}, "clock_back"),
        ({"to": "2018-09-01T08:00+08:00"}, "clock_back"),
        ({"to": "0001-01-01T00:00+08:00"}, "clock_back"),
        ({"to": "9999-12-31T23:59-12:00"}, "clock_far"),
        ({"advance": "P40000D"}, "clock_far"),
        ({"advance": "tomorrow"}, "clock"),
        ({"advance": "P1M"}, "clock"),
        ({"advance": "P99999999999999D"}, "clock"),
        ({"advance": "P999999999D"}, "clock"),
        ({"advance": 86_400}, "clock"),
        ({"to": "yesterday"}, "clock"),
        ({"to": "2018-02-30T08:00"}, "clock"),
        ({"to": None}, "clock"),
        ({}, "clock"),
        ([], "body"),
        (None, "body"),
        (b"{", "body"),
        (b"[" * 100_000, "body"),
        (b"\xff", "body"),
    ]
    headers = {"Accept-Language": language, "Content-Type": "application/json; charset=no-such"}
    for said, about in wrong:
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        async with console.http.post(
            f"{console.api}/clock", data=body, headers=headers
        ) as response:
            answer = await response.json()
            assert (response.status, answer) == (
                400,
                {"error": words(language).text(f"Unreadable.{about}")},
            ), said
    after = (await console.get("clock"))["now"]
    assert datetime.fromisoformat(after) - datetime.fromisoformat(before) < timedelta(minutes=1)


# --- shut to strangers --------------------------------------------------------------------


async def test_only_this_machines_own_page_is_heard(console: Console) -> None:
    host = console.host
    port = int(host.rpartition(":")[2])
    other = port + 1 if port < 65_535 else port - 1
    refused = [
        {"Host": "example.org"},
        {"Host": f"example.org:{port}"},
        {"Host": f"127.0.0.1.example.org:{port}"},
        {"Host": f"127.0.0.1:{other}"},
        {"Host": "127.0.0.1"},
        {"Host": f"127.0.0.2:{port}"},
        {"Host": f"0.0.0.0:{port}"},
        {"Host": "[::1"},
        {"Host": "127.0.0.1:port"},
        {"Host": "127.0.0.1:99999"},
        {"Host": ""},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"http://example.org:{port}"},
        {"Origin": f"http://127.0.0.1:{other}"},
        {"Origin": f"http://localhost:{port}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://[::1"},
    ]
    for headers in refused:
        for method, path in [("GET", "people"), ("POST", "messages"), ("POST", "clock")]:
            async with console.http.request(
                method, f"{console.api}/{path}", headers=headers, data=b"{}"
            ) as response:
                assert response.status == 403, (headers, path)
                assert response.headers.items() >= HEADERS.items()
    for headers in ({}, {"Host": f"localhost:{port}"}, {"Origin": f"http://{host}"}):
        async with console.http.get(f"{console.api}/people", headers=headers) as response:
            assert response.status == 200, headers


async def test_a_page_of_another_site_cannot_speak(console: Console) -> None:
    """What a form of another site could send: no JSON type, its own Origin."""
    headers = {"Origin": "https://example.org", "Content-Type": "text/plain"}
    body = json.dumps(message(console, text="/visit 七3 12号"))
    async with console.http.post(f"{console.api}/messages", data=body, headers=headers) as response:
        assert response.status == 403
    assert await Visit.all().count() == 0
    # Nor is it told, when its browser asks beforehand, that it might.
    async with console.http.options(f"{console.api}/messages", headers=headers) as response:
        assert response.status == 403
        assert not [name for name in response.headers if name.lower().startswith("access-control")]


async def test_every_answer_carries_its_headers(console: Console) -> None:
    for method, path, status in [
        ("GET", "/", 302),
        ("GET", "/console", 200),
        ("GET", "/console/static/page.js", 200),
        ("GET", "/console/static/nothing.js", 404),
        ("GET", "/nowhere", 404),
        ("PUT", "/console/api/messages", 405),
        ("POST", "/console/api/messages", 400),
        ("GET", "/console/api/people", 200),
        ("GET", "/console/api/events", 200),
    ]:
        async with console.http.request(
            method, f"http://{console.host}{path}", allow_redirects=False
        ) as response:
            assert response.status == status, path
            assert response.headers.items() >= HEADERS.items(), path
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy


OUTSIDE = [
    "../page.py",
    "..%2fpage.py",
    "..%2f..%2f..%2fsettings.py",
    "%2e%2e%2fapi.py",
    "....//api.py",
    "..%5c..%5capi.py",
    "%2fetc%2fpasswd",
    "..",
    ".",
    "",
    "page.js%00.html",
    "x" * 3000 + ".js",
    "__init__.py",
    "page.js/",
    "PAGE.JS%20",
    "%ff.js",
]


async def test_nothing_but_the_pages_own_files(console: Console) -> None:
    for name in OUTSIDE:
        answer = await raw(console.host, f"/console/static/{name}")
        assert answer.split(b" ")[1] in (b"404", b"400"), (name, answer[:200])
        assert b"import" not in answer
        assert b"root:" not in answer


async def raw(host: str, path: str) -> bytes:
    """The answer to a path said byte for byte: a client of ours would tidy it."""
    reader, writer = await asyncio.open_connection(*host.split(":"))
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_each_file_of_the_page_is_there_with_its_type(console: Console) -> None:
    for file in STATIC.iterdir():
        async with console.http.get(
            f"http://{console.host}/console/static/{file.name}"
        ) as response:
            assert response.status == 200, file.name
            assert await response.read() == file.read_bytes()
            kind = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
            assert response.content_type == kind.get(file.suffix, "text/html")


# --- events -------------------------------------------------------------------------------


async def next_event(response: aiohttp.ClientResponse) -> tuple[str, Any]:
    """The next server-sent event: its name and its data."""
    said: dict[str, str] = {}
    async with asyncio.timeout(5):
        async for raw in response.content:
            line = raw.decode().strip()
            if line.startswith(("event:", "data:")):
                name, _, value = line.partition(":")
                said[name] = value.strip()
            elif not line and "data" in said:
                break
    return said["event"], json.loads(said["data"])


async def test_events_say_that_something_arrived_and_never_what(console: Console) -> None:
    async with console.http.get(f"{console.api}/events") as events:
        assert events.content_type == "text/event-stream"
        await console.say("林晓", "/visit 七3 王小明 好 同行：李梅")
        name, data = await next_event(events)
        assert (name, data) == (
            "delivered",
            {"person": console.school.people["李梅"], "chat": None},
        )
        await moved(console, to="2018-09-07T16:00+08:00")
        # It stops wherever something happens, and the page sees it go by.
        seen = []
        while not seen or seen[-1] != "2018-09-07T16:00:00+08:00":
            name, data = await next_event(events)
            assert set(data) <= {"now", "person", "chat"}
            seen += [data["now"]] if name == "clock" else []
        assert seen == sorted(seen)
        assert len(seen) > 1


async def test_it_stops_though_pages_are_listening(school: School, keyring: Keyring) -> None:
    async with aiohttp.ClientSession() as http:
        async with listening(school, keyring) as console:
            pages = [await http.get(f"{console.api}/events") for _ in range(3)]
            await moved(console, advance="PT1H")
            for page in pages:
                assert (await next_event(page))[0] == "clock"
            # One has fallen so far behind that its queue is full.
            for _ in range(1000):
                console.hub.tell("clock", {"now": ""})
            began = time.monotonic()
        assert time.monotonic() - began < 3
        for page in pages:
            page.close()


async def test_a_page_that_went_away_is_forgotten(console: Console) -> None:
    async with console.http.get(f"{console.api}/events"):
        await moved(console, advance="PT1M")
    async with asyncio.timeout(5):
        while console.hub._pages:
            await moved(console, advance="PT1M")
