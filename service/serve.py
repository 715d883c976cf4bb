"""Runs the doors; and the duties, in the same process or in processes of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from typing import Any

from aiohttp import web

from chat.console.names import PLATFORM as CONSOLE
from chat.dingtalk.names import PLATFORM as DINGTALK
from chat.heartbeat.client import Heartbeat
from chat.mail.names import PLATFORM as MAIL
from chat.platforms import Client, open_clients
from commands.table import lexicon
from domain.records import today
from service import measures
from service.alone import alone
from service.app import application, console_app
from service.checking import outside_campaign
from service.console.everybody import let_everybody_in
from service.console.hub import Hub
from service.dingtalk.door import add_dingtalk
from service.dingtalk.wanted import dingtalk_values
from service.mail import mail_values
from service.opening import Opened, opened
from service.running import answering_at, end_on_sigterm, listen, shown_address, speaker, whole
from settings import Settings
from workers.budget import Budget, Quotas
from workers.delivery import Delivering
from workers.schedule import duties_of
from workers.start import Workers, embedded, feeding, scheduling, working
from workers.upkeep import Upkeep


async def run_serve(settings: Settings) -> None:
    """Hear and answer until asked to end; without Redis do the duties as well."""
    end_on_sigterm()
    listening = listen(settings.host, settings.port)
    async with AsyncExitStack() as stack:
        stack.callback(listening.close)
        here = await stack.enter_async_context(opened(settings))
        if (outside := outside_campaign(here.plan, await today())) is not None:
            print(outside.line(settings.language), flush=True)  # noqa: T201  a person reads it
        if settings.console:
            await whole(let_everybody_in())
        hub = Hub()
        workers = await stack.enter_async_context(_duties(here, hub))
        # The first message should not wait for the words.
        await asyncio.to_thread(lexicon)
        app = _doors(settings, workers, hub)
        await stack.enter_async_context(answering_at(app, listening))
        workers.relay.wake()
        address = shown_address(listening)
        speaker(settings.language)(f"走访已就绪：{address}", f"Zoufang is ready: {address}")
        await asyncio.Event().wait()


def _doors(settings: Settings, workers: Workers, hub: Hub) -> web.Application:
    """The doors that are on."""
    console = console_app(workers.relay, hub, settings.language) if settings.console else None
    app = application(console, workers.ping)
    if (dingtalk := dingtalk_values(settings)) is not None:
        add_dingtalk(app, dingtalk, workers.relay, settings.language)
    return app


@asynccontextmanager
async def _duties(here: Opened, hub: Hub) -> AsyncIterator[Workers]:
    """The duties in this process; with Redis only what hands them to others."""
    settings = here.settings
    if settings.redis_url:
        async with _letters(settings) as letters, feeding(settings.redis_url, letters) as fed:
            yield fed
        return
    async with (
        alone(settings) as may_work,
        open_clients(platforms_on(settings)) as clients,
        embedded(
            here.again, _delivering(settings, clients, hub), may_work, upkeep_of(settings)
        ) as workers,
    ):
        yield workers


def platforms_on(settings: Settings) -> dict[str, Any]:
    """The platforms that are set, each with what it takes to speak there."""
    on: dict[str, Any] = {CONSOLE: None} if settings.console else {}
    if (dingtalk := dingtalk_values(settings)) is not None:
        on[DINGTALK] = dingtalk
    if (mail := mail_values(settings)) is not None:
        on[MAIL] = mail
    return on


def upkeep_of(settings: Settings) -> Upkeep:
    """What happens by itself, as it is set, and who hears that all is well."""
    heartbeat = Heartbeat(settings.heartbeat_url) if settings.heartbeat_url else None
    duties = duties_of(
        backup_folder=settings.backup_folder, evening_receipt=settings.evening_receipt
    )
    return Upkeep(duties, heartbeat, mail=settings.smtp_url is not None)


@asynccontextmanager
async def _letters(settings: Settings) -> AsyncIterator[Delivering | None]:
    """What brings letters and nothing else, for those who watch over the workers."""
    mail = mail_values(settings)
    if mail is None:
        yield None
        return
    async with open_clients({MAIL: mail}) as clients:
        yield Delivering(
            clients, settings.language, lambda _person, _chat: None, measures.delivered
        )


def quotas(settings: Settings) -> dict[str, Quotas]:
    """What the platforms allow in a month."""
    return {DINGTALK: Quotas(settings.dingtalk_api_quota, settings.dingtalk_message_quota)}


def budget_of(settings: Settings) -> Budget:
    """What watches the month of each platform."""
    return Budget(quotas(settings), mail=settings.smtp_url is not None)


def _delivering(settings: Settings, clients: Mapping[str, Client], hub: Hub) -> Delivering:
    def delivered(person: int | None, chat: str | None) -> None:
        hub.tell("delivered", {"person": person, "chat": chat})

    budget = budget_of(settings)
    return Delivering(clients, settings.language, delivered, measures.delivered, budget=budget)


# --- the duties by themselves -------------------------------------------------------------


async def run_worker(settings: Settings) -> None:
    """Do what is handed over until asked to end."""
    end_on_sigterm()
    assert settings.redis_url is not None
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(opened(settings))
        clients = await stack.enter_async_context(open_clients(platforms_on(settings)))
        delivering = Delivering(
            clients,
            settings.language,
            lambda _person, _chat: None,
            measures.delivered,
            budget=budget_of(settings),
        )
        duties = working(settings.redis_url, here.again, delivering, upkeep_of(settings).duties)
        workers = await stack.enter_async_context(duties)
        where = await stack.enter_async_context(_watched(settings, workers))
        speaker(settings.language)(
            f"走访的工作进程已就绪{where}", f"Zoufang's worker is ready{where}"
        )
        await asyncio.Event().wait()


async def run_scheduler(settings: Settings) -> None:
    """Look for what falls due and hand it over, until asked to end; any number may run."""
    end_on_sigterm()
    assert settings.redis_url is not None
    async with (
        opened(settings),
        _letters(settings) as letters,
        scheduling(settings.redis_url, upkeep_of(settings), letters) as workers,
        _watched(settings, workers) as where,
    ):
        speaker(settings.language)(
            f"走访的定时进程已就绪{where}", f"Zoufang's scheduler is ready{where}"
        )
        await asyncio.Event().wait()


@asynccontextmanager
async def _watched(settings: Settings, workers: Workers) -> AsyncIterator[str]:
    """Those who watch may ask, if a port is set for it; yields where, to be said."""
    if settings.watch_port is None:
        yield ""
        return
    with closing(listen(settings.host, settings.watch_port, "WATCH_PORT")) as listening:
        async with answering_at(application(None, workers.ping), listening):
            yield f" {shown_address(listening)}"
