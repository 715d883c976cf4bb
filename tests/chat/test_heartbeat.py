"""The outside service hears that all is well, and nobody hears its address."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.resolver import ThreadedResolver

from chat.heartbeat.client import Heartbeat
from settings import SettingsFault, settings_of


@asynccontextmanager
async def outside(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/CANARY", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/CANARY"
    finally:
        await runner.cleanup()


async def test_it_is_heard_where_it_was_set(caplog: pytest.LogCaptureFixture) -> None:
    heard = []

    async def answer(request: web.Request) -> web.Response:
        heard.append(request.method)
        return web.Response(text="OK")

    async with outside(answer) as url:
        assert await Heartbeat(url).beat()
        assert await Heartbeat(url.replace("127.0.0.1", "localhost")).beat()
    assert heard == ["GET", "GET"]
    assert not caplog.records


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_what_is_no_yes_is_logged_without_the_address(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    asked = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status, headers={"Location": "/CANARY?elsewhere"})

    async with outside(answer) as url:
        assert not await Heartbeat(url).beat()
    # Nobody is led elsewhere, least of all into the school's network.
    assert asked == ["/CANARY"]
    assert f"HTTP {status}" in caplog.text
    assert "CANARY" not in caplog.text
    assert "127.0.0.1" not in caplog.text


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/CANARY", "https://CANARY..example/", "https://[::1/CANARY"],
)
async def test_nobody_there_is_logged_without_the_address(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert not await Heartbeat(url).beat()
    assert "was not heard" in caplog.text
    assert "CANARY" not in caplog.text.upper()


async def test_a_name_that_leads_into_the_school_is_not_called(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    heard = []

    async def answer(request: web.Request) -> web.Response:
        heard.append(request.path)
        return web.Response()

    async def home(
        self: object, host: str, port: int = 0, family: int = 0
    ) -> list[dict[str, object]]:
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
        ]

    monkeypatch.setattr(ThreadedResolver, "resolve", home)
    async with outside(answer) as url:
        port = url.split(":")[2].split("/")[0]
        assert not await Heartbeat(f"http://heart.example:{port}/CANARY").beat()
    assert heard == []


@pytest.mark.parametrize(
    "value",
    ["http://example.org/CANARY", "CANARY", "https://", "ftp://CANARY/", "https://[::1/CANARY"],
)
def test_what_is_no_safe_address_is_refused_and_not_repeated(value: str) -> None:
    with pytest.raises(SettingsFault) as raised:
        settings_of({"ZOUFANG_HEARTBEAT_URL": value})
    for language in ("zh-CN", "en"):
        said = raised.value.sentence(language)
        assert "CANARY" not in said
        assert "https://" in said


def test_the_address_is_not_shown_with_the_settings() -> None:
    found = settings_of({"ZOUFANG_HEARTBEAT_URL": "https://example.org/CANARY"})
    assert found.heartbeat_url == "https://example.org/CANARY"
    assert "CANARY" not in repr(found)
