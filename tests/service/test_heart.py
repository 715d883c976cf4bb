"""The program as it runs: it says outside that it is well, and inside that its watch goes round."""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp import web

from tests.fixtures.processes import Start

PATIENCE = 30


async def test_a_school_that_is_served_is_heard_outside_and_its_address_is_in_no_line(
    start: Start,
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def answer(request: web.Request) -> web.Response:
        heard.put_nowait(request.path)
        return web.Response()

    app = web.Application()
    app.router.add_get("/CANARY", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/CANARY"
    try:
        process = await asyncio.to_thread(start, "serve", HEARTBEAT_URL=url, LANGUAGE="en")
        address = (await asyncio.to_thread(process.line, "ready")).split()[-1]
        async with asyncio.timeout(PATIENCE):
            assert await heard.get() == "/CANARY"
        async with aiohttp.ClientSession() as http, http.get(f"{address}/readyz") as response:
            said = await response.json()
        assert 0 <= said["watch"]["seconds_ago"] < PATIENCE
        assert (said["status"], said["timers"]["due"]) == ("ok", 0)
        process.popen.terminate()
        assert process.popen.stdout is not None
        rest = await asyncio.to_thread(process.popen.stdout.read)
        assert "CANARY" not in rest
    finally:
        await runner.cleanup()
    assert await asyncio.to_thread(process.status) == 0
