"""Says whether the story of the problems is still the one that was written down."""

from __future__ import annotations

from pathlib import Path

from domain.engines import database_file, shown
from domain.migrating import missing_migrations
from domain.queries.audit import Fault, Kept, Verified, verify
from domain.records import as_unusable
from domain.rules.plan import read_plan
from service.faults import StartFault
from service.opening import keyring_of, records_open
from service.running import speaker
from settings import Settings

# What is wrong with the event of number {at}.
_FAULTS: dict[Fault, tuple[str, str]] = {
    "missing": ("第 {at} 条不见了。", "Event {at} is missing."),
    "changed": ("第 {at} 条被改过。", "Event {at} was changed."),
    "text": ("第 {at} 条的文字被换过。", "The text of event {at} was replaced."),
    "unchained": (
        "有记录不在链上，是从别处写进来的。",
        "There are events outside the chain, written by something else.",
    ),
    "cut_off": (
        "链到第 {at} 条就断了，后面的不见了。",
        "The chain ends before event {at}; what came after it is gone.",
    ),
    "other_past": (
        "第 {at} 条和上次留存的不一样：之前的记录被重写过。",
        "Event {at} is not the one that was kept: the past was written anew.",
    ),
}


async def run_verify(settings: Settings, kept: Kept | None) -> int:
    """Go along the chain and tell; 0 when it is whole, 1 else.

    StartFault where there is no database to look at: none is made, and no keys for one.
    """
    if settings.on_sqlite and not _holds_something(database_file(settings.database_url)):
        raise _nothing_there(settings)
    plan = read_plan(settings.plan)
    async with records_open(settings.database_url, keyring_of(settings), plan) as records:
        records.enter()
        with as_unusable(settings.database_url):
            if await missing_migrations(settings.database_url):
                raise _nothing_there(settings)
            seen = await verify(kept)
    _tell(settings.language, seen)
    return 0 if seen.fault is None else 1


def _holds_something(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _nothing_there(settings: Settings) -> StartFault:
    where = shown(settings.database_url)
    return StartFault(
        f"{where} 里没有走访的记录，没什么可校验的：请检查 ZOUFANG_DATABASE_URL；"
        "数据库结构旧了的，先运行 zoufang migrate。",
        f"There are no records of Zoufang in {where} to go along: check ZOUFANG_DATABASE_URL; "
        "where the schema is old, run zoufang migrate first.",
    )


def _tell(language: str, seen: Verified) -> None:
    say = speaker(language)
    if seen.fault is not None:
        chinese, english = (text.format(at=seen.at) for text in _FAULTS[seen.fault])
        say(
            f"{chinese}前面 {seen.events} 条没有问题。请找最近一次校验无误的备份对照。",
            f"{english} The {seen.events} before it are whole. "
            "Compare with the last backup that was whole.",
        )
        return
    say(
        f"{seen.events} 条经过都没有被改动（其中 {seen.erased} 条的文字已按期删除）。\n"
        f"把这一行另存一处，下次用它对照：--last {seen.events}:{seen.digest}",
        f"All {seen.events} events are as they were written "
        f"(the text of {seen.erased} was erased in due time).\n"
        f"Keep this elsewhere, and compare with it next time: --last {seen.events}:{seen.digest}",
    )
