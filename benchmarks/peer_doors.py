"""What others built for this answers the same message: run by a Python that has them, not by ours.

`python peer_doors.py slack-bolt|botbuilder` prints the port and answers until it is ended.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web

# As long as our own answer; what is said isn't what is measured.
ANSWER = "✅ " + "已记下。" * 40
SECRET = "a secret of the benchmarks"  # noqa: S105  see the name


def slack_bolt() -> web.Application:
    """Slack's own framework: the signature is checked, the command finds its function."""
    from slack_bolt.app.async_server import AsyncSlackAppServer  # noqa: PLC0415  one of two is there
    from slack_bolt.async_app import AsyncApp  # noqa: PLC0415
    from slack_bolt.authorization import AuthorizeResult  # noqa: PLC0415

    async def authorize(**_given: object) -> AuthorizeResult:
        # As one who knows its team: Slack is asked nothing.
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")  # noqa: S106

    app = AsyncApp(signing_secret=SECRET, authorize=authorize)

    @app.command("/visit")
    async def visit(ack, command) -> None:
        assert command["text"]
        await ack(ANSWER)

    return AsyncSlackAppServer(0, "/messages", app).web_app


def botbuilder() -> web.Application:
    """Microsoft's own, spared two things: no signature is checked, for its keys are on the net;
    and it sends no answer, which would be a call of its own: the response says it.
    """
    from botbuilder.core import ActivityHandler, TurnContext  # noqa: PLC0415
    from botbuilder.integration.aiohttp import (  # noqa: PLC0415
        CloudAdapter,
        ConfigurationBotFrameworkAuthentication,
    )

    class Bot(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            assert turn_context.activity.text

    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication({})), Bot()

    async def hear(request: web.Request) -> web.StreamResponse:
        heard = await adapter.process(request, bot)
        assert heard is not None
        assert heard.status == 201
        return web.Response(text=ANSWER)

    app = web.Application()
    app.router.add_post("/messages", hear)
    return app


async def serve(app: web.Application) -> None:
    """Say the port, and answer."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    doors = {"slack-bolt": slack_bolt, "botbuilder": botbuilder}
    asyncio.run(serve(doors[sys.argv[1]]()))
