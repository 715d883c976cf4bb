"""The console stays up, whoever asks for what: strangers' pages, odd ids, many streams, far years."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from domain.house import SCHOOL_TIME
from domain.records import set_now
from service.console import hub
from tests.fixtures.console import Console
from tests.fixtures.house import START


@pytest.mark.parametrize(
    "path",
    [
        "chats?person=nobody",
        f"chats?person={'9' * 6000}",
        f"inbox?person={'9' * 6000}",
        f"inbox?chat={'g' * 7000}",
        "inbox?chat=direct",
        "inbox?chat=no-such-group",
        "commands?person=",
    ],
)
async def test_an_odd_id_is_a_sentence(console: Console, path: str) -> None:
    async with console.http.get(f"{console.api}/{path}") as response:
        assert response.status == 400
        assert list(await response.json()) == ["error"]


async def test_another_sites_page_cannot_even_ask(console: Console) -> None:
    """An image of another site's page would else read an inbox in somebody's name."""
    person = console.school.people["林晓"]
    asked = f"{console.api}/inbox?person={person}"
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    async with console.http.get(asked, headers=headers) as response:
        assert response.status == 403
        assert "127.0.0.1" in (await response.json())["error"]
    headers["Sec-Fetch-Mode"] = "navigate"
    async with console.http.get(f"http://{console.host}/console", headers=headers) as response:
        assert response.status == 200


async def test_a_chat_under_two_names_is_one_chat(console: Console) -> None:
    person = console.school.people["林晓"]
    first = await console.say("林晓", "/家访 七3 王小明", "direct", "same")
    second = await console.say("林晓", "/家访 七3 王小明", f"direct:{person}", "same")
    assert [one["facts"]["visit"] for one in (*first, *second)] == [1, 1]


async def test_the_clock_stays_within_the_calendar(console: Console) -> None:
    for far in ({"advance": "P367D"}, {"to": "2099-12-31T23:00:00+08:00"}):
        status, body = await console.post("clock", far)
        assert (status, list(body)) == (400, ["error"])
    await set_now(datetime(2099, 12, 31, 23, tzinfo=SCHOOL_TIME))
    status, body = await console.post("clock", {"advance": "P1D"})
    assert (status, list(body)) == (400, ["error"])
    assert (await console.say("林晓", "/进度"))[0]["notice"] == "CoverageShown"
    assert START.year == 2018


async def test_pages_beyond_the_limit_are_asked_to_come_back(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_PAGES", 2)
    open_streams = [await console.http.get(f"{console.api}/events") for _ in range(2)]
    async with console.http.get(f"{console.api}/events") as third:
        assert third.status == 503
    for stream in open_streams:
        stream.close()
    for _ in range(100):
        if not console.hub._pages:
            break
        console.hub.tell("clock", {})
        await asyncio.sleep(0.01)
    async with console.http.get(f"{console.api}/events") as again:
        assert again.status == 200
