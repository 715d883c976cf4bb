"""Our own door with no records behind it: a message is checked, read and answered."""

from __future__ import annotations

import asyncio
from datetime import date

from aiohttp import web

from benchmarks.bare import listening
from benchmarks.beside import Say
from benchmarks.doors import NOWHERE, dingtalk_values
from benchmarks.parsing import dispatched
from chat.dingtalk.outbound import in_one, payload
from chat.inbound import Inbound
from chat.wording import compose
from domain.notices.views import Child, ClassName, VisitSeen
from service.dingtalk.door import PATH, Door
from workers.relay import Relay

_LANGUAGE = "zh-CN"
_DAY = date(2018, 9, 3)
_CLASS = ClassName(7, "七年级", 3)


def run_unkept(say: Say) -> None:
    """Answer at DingTalk's door until the end of the process; the port is said."""
    asyncio.run(_serve(say))


async def _serve(say: Say) -> None:
    relay = Relay(lambda *_: None, _nothing)
    app = web.Application()
    app.router.add_post(PATH, _Unkept(dingtalk_values(NOWHERE), relay, _LANGUAGE).hear)
    await listening(app, say)


async def _nothing() -> None:
    await asyncio.sleep(0)


class _Unkept(Door):
    """All but the records: who speaks is known, and what is said of the visit is made up."""

    async def _answered(
        self, request: web.Request, inbound: Inbound, until: float
    ) -> web.StreamResponse:
        del request, until
        await dispatched(inbound.text or "")
        view = VisitSeen(
            notice="VisitRecorded",
            outcome="ok",
            visit=138,
            class_=_CLASS,
            student=Child(_CLASS, 4, "王小明"),
            teacher="许静文",
            day=_DAY,
            today=_DAY,
            kind="home",
            method="home",
            result="visited",
            text="奶奶照顾，内向",
            words="希望有晚托",
            has_words=True,
            problem=30,
        )
        shaped = payload(view, compose(view, _LANGUAGE), inbound.conversation)
        whole, _ = in_one([shaped])
        return web.json_response(whole)
