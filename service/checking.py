"""Looks at everything that a run needs, one line each: it is well, or how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date

from redis.exceptions import RedisError

from chat.dingtalk.client import open_client
from chat.dingtalk.values import DingtalkValues
from chat.errors import NotDelivered
from domain.clock import real_now
from domain.engines import database_file, shown
from domain.errors import RecordsUnusable
from domain.house import SCHOOL_TIME
from domain.migrating import missing_migrations
from domain.queries.outbox import queue
from domain.queries.people import holders_of, names_of
from domain.queries.units import all_units
from domain.records import today
from domain.rules.plan import Plan, PlanError, read_plan
from domain.sealing import KeyFault
from service.caring import cared_for, clocks
from service.dingtalk.wanted import dingtalk_values
from service.faults import StartFault, sentence_of
from service.finding import Finding
from service.mail import mail_there
from service.opening import keyring_of, records_open, settings_from
from settings import PREFIX, Settings, SettingsFault, unknown_settings
from workers.broker import redis_client


async def findings(environment: Mapping[str, str]) -> AsyncIterator[Finding]:
    """Everything, in the order in which a run needs it; later parts need the earlier ones."""
    for name, meant in unknown_settings(environment).items():
        hint_zh, hint_en = (f"，是不是 {meant}？", f"; is it {meant}?") if meant else ("", "")
        yield Finding("note", f"没有 {name} 这个设置{hint_zh}", f"{name} is no setting{hint_en}")
    try:
        settings = settings_from(environment)
        plan = read_plan(settings.plan)
    except (SettingsFault, PlanError) as fault:
        yield _fault(fault)
        return
    yield Finding("well", "设置和方案看得懂", "settings and plan are understood")
    if (campaign := outside_campaign(plan, real_now().astimezone(SCHOOL_TIME).date())) is not None:
        yield campaign
    async for finding in _school(settings, plan):
        yield finding


async def _school(settings: Settings, plan: Plan) -> AsyncIterator[Finding]:
    """Its database and what is in it, and the platforms where that could be looked at."""
    if settings.on_sqlite and not database_file(settings.database_url).exists():
        where = shown(settings.database_url)
        yield Finding(
            "note",
            f"{where} 还没有，第一次启动时建好",
            f"{where} isn't there: the first start makes it",
        )
        async for finding in _platforms(settings):
            yield finding
        return
    behind = False
    async for finding in _database(settings):
        yield finding
        if finding.state == "wrong":
            return
        behind = behind or finding.state == "note"
    if behind:
        # What is in it can be looked at once its schema is the one we know.
        async for finding in _platforms(settings):
            yield finding
        return
    try:
        async with records_open(settings.database_url, keyring_of(settings), plan) as records:
            records.enter()
            yield Finding("well", "密钥和数据库相符", "the keys are the database's own")
            async for finding in _records(settings):
                yield finding
    except (KeyFault, StartFault, RecordsUnusable) as fault:
        yield _fault(fault)


def outside_campaign(plan: Plan, day: date) -> Finding | None:
    """What nobody would guess from a coverage that stays at nought."""
    if plan.campaign_start <= day <= plan.campaign_end:
        return None
    from_to = f"{plan.campaign_start} – {plan.campaign_end}"
    return Finding(
        "note",
        f"今天（{day}）不在方案的活动时间（{from_to}）内，走访不算进度：请复制 domain/plan.toml，"
        f"改好年份和阶段，再用 {PREFIX}PLAN 指定它",
        f"today ({day}) is outside the plan's campaign ({from_to}), so visits count for no "
        f"coverage: copy domain/plan.toml, set its year and phases, and name it in {PREFIX}PLAN",
    )


def _fault(fault: Exception) -> Finding:
    return Finding("wrong", sentence_of(fault, "zh-CN"), sentence_of(fault, "en"))


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    where = shown(settings.database_url)
    try:
        missing = await missing_migrations(settings.database_url)
    except RecordsUnusable as fault:
        yield _fault(fault)
        return
    yield Finding("well", f"数据库 {where} 连得上", f"the database {where} answers")
    if missing:
        itself = settings.embedded
        yield Finding(
            "note" if itself else "wrong",
            f"结构还差 {len(missing)} 步："
            + ("下次启动时自动完成" if itself else "请先停下各个进程，再运行 zoufang migrate"),
            f"the schema is {len(missing)} steps behind: "
            + (
                "the next start brings it up to date"
                if itself
                else "stop all processes, then run zoufang migrate"
            ),
        )


async def _records(settings: Settings) -> AsyncIterator[Finding]:
    yield await clocks(settings)
    if settings.redis_url:
        async for finding in _broker(settings.redis_url):
            yield finding
    yield await _waiting()
    async for finding in _roster(settings):
        yield finding
    async for finding in cared_for(settings, await today()):
        yield finding
    async for finding in _platforms(settings):
        yield finding


async def _broker(address: str) -> AsyncIterator[Finding]:
    client = redis_client(address)
    try:
        about = await asyncio.to_thread(client.info)
    except (RedisError, OSError) as error:
        yield Finding(
            "wrong",
            f"Redis 连不上（{type(error).__name__}）："
            f"请检查 {PREFIX}REDIS_URL，以及 Redis 是否在运行",
            f"Redis doesn't answer ({type(error).__name__}): check {PREFIX}REDIS_URL, "
            "and that Redis is running",
        )
        return
    yield Finding(
        "well", f"Redis {about['redis_version']} 连得上", f"Redis {about['redis_version']} answers"
    )
    policy = about.get("maxmemory_policy")
    if policy not in (None, "noeviction"):
        yield Finding(
            "wrong",
            f"Redis 会自行丢弃数据（{policy}）：请在 redis.conf 里写 maxmemory-policy noeviction",
            f"Redis throws data away by itself ({policy}): "
            "write maxmemory-policy noeviction into redis.conf",
        )
    if not about.get("aof_enabled"):
        yield Finding(
            "note",
            "Redis 重启会忘掉排着的消息，要晚几十秒补上：请在 redis.conf 里写 appendonly yes",
            "a restart of Redis forgets what is queued, which is made up half a minute later: "
            "write appendonly yes into redis.conf",
        )


async def _waiting() -> Finding:
    waits = await queue()
    if not waits.due:
        return Finding("well", "没有等着发的通知", "no notice waits")
    oldest = round(waits.oldest)
    return Finding(
        "note",
        f"有 {waits.due} 条通知等着发，最早的等了 {oldest} 秒",
        f"{waits.due} notices wait, the oldest for {oldest} s",
    )


async def _roster(settings: Settings) -> AsyncIterator[Finding]:
    """What must be there for anything to work; `/roster check` says the rest."""
    day = await today()
    if not await all_units():
        yield Finding(
            "note",
            "名册还是空的：第一次启动会按方案附件建好",
            "the roster is empty: the first start fills it from the plan's annexes",
        )
        return
    admins = await holders_of("admin", day)
    if not admins and settings.admins:
        yield Finding(
            "note", "管理员在下次启动时就位", "the admins are there from the next start on"
        )
        return
    if not admins:
        yield Finding(
            "wrong",
            f"还没有管理员：请在 {PREFIX}ADMINS 里写 平台:账号，如 dingtalk:manager01，再启动一次",
            f"there is no admin yet: write platform:account into {PREFIX}ADMINS, "
            "as in dingtalk:manager01, and start again",
        )
        return
    names = "、".join((await names_of(set(admins))).values())
    yield Finding("well", f"管理员：{names}", f"admins: {names}")


async def _platforms(settings: Settings) -> AsyncIterator[Finding]:
    yield _which_are_on(settings)
    values = dingtalk_values(settings)
    if values is not None:
        yield await _dingtalk(values)
    yield await mail_there(settings)


async def _dingtalk(values: DingtalkValues) -> Finding:
    """Whether DingTalk knows the app: without a token nothing can be brought to anybody."""
    try:
        async with open_client(values) as client:
            await client.try_token()
    except NotDelivered as fault:
        return Finding(
            "wrong",
            f"钉钉不给令牌（{fault}）：请核对 {PREFIX}DINGTALK_CLIENT_ID 和 "
            f"{PREFIX}DINGTALK_CLIENT_SECRET，以及这台机器能不能连到钉钉",
            f"DingTalk gives no token ({fault}): check {PREFIX}DINGTALK_CLIENT_ID and "
            f"{PREFIX}DINGTALK_CLIENT_SECRET, and that this machine reaches DingTalk",
        )
    return Finding("well", "钉钉给了令牌", "DingTalk gives a token")


def _which_are_on(settings: Settings) -> Finding:
    on = [
        name
        for name, is_on in (
            ("钉钉 DingTalk", settings.dingtalk_client_id is not None),
            ("控制台 console", settings.console),
        )
        if is_on
    ]
    if on:
        return Finding("well", f"已开：{'、'.join(on)}", f"on: {', '.join(on)}")
    return Finding(
        "note",
        f"没有打开任何平台：钉钉请设 {PREFIX}DINGTALK_CLIENT_ID 等三项，"
        f"试用请设 {PREFIX}CONSOLE=on",
        f"no platform is on: for DingTalk set {PREFIX}DINGTALK_CLIENT_ID and the two beside it, "
        f"to try it out set {PREFIX}CONSOLE=on",
    )
