"""`zoufang check` says of each part whether it is well, and how to mend what isn't."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from domain.migrating import migrate_records
from service.caring import cared_for
from service.checking import findings
from service.finding import Finding
from service.opening import opened, settings_from
from settings import Settings
from tests.fixtures.dingtalk import TOKEN_PATH, Gateway, failing
from tests.fixtures.processes import KEYS, SECRET, Start
from tests.servers import Postgres, Redis


async def found(**settings: str) -> list[Finding]:
    environment = {f"ZOUFANG_{name}": value for name, value in settings.items()}
    return [one async for one in findings(environment)]


def wrong(said: list[Finding]) -> list[str]:
    return [one.english for one in said if one.state == "wrong"]


def noted(said: list[Finding]) -> str:
    return " | ".join(one.english for one in said if one.state == "note")


async def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    said = await found(DATABASE_URL=f"sqlite://{tmp_path / 'school.db'}")
    assert wrong(said) == []
    assert "isn't there: the first start makes it" in noted(said)
    assert "no platform is on" in noted(said)
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240  nobody waits


async def test_a_school_that_is_well(tmp_path: Path) -> None:
    here = {"DATABASE_URL": f"sqlite://{tmp_path / 'school.db'}", "ADMINS": "dingtalk:manager01"}
    async with opened(settings_from({f"ZOUFANG_{name}": value for name, value in here.items()})):
        pass
    said = await found(**here)
    assert wrong(said) == []
    assert any(one.english.startswith("admins: ") for one in said)


@pytest.mark.parametrize("known", [True, False])
async def test_dingtalk_is_asked_for_a_token(tmp_path: Path, gateway: Gateway, known: bool) -> None:
    if not known:
        gateway.answers(TOKEN_PATH, failing("InvalidAuthentication", status=400))
    said = await found(
        DATABASE_URL=f"sqlite://{tmp_path / 'school.db'}",
        DINGTALK_CLIENT_ID="dingbot",
        DINGTALK_CLIENT_SECRET="hush",
        DINGTALK_CORP_ID="ding9733d0",
        DINGTALK_API_URL=gateway.url,
        DINGTALK_OAPI_URL=gateway.url,
    )
    assert gateway.tokens == 1
    assert any("DingTalk gives a token" in one.english for one in said) == known
    assert bool(wrong(said)) != known
    assert known or "check ZOUFANG_DINGTALK_CLIENT_ID" in wrong(said)[-1]
    assert "hush" not in str(said)


@pytest.mark.parametrize(
    ("settings", "mend"),
    [
        ({"PORT": "x"}, "ZOUFANG_PORT"),
        ({"PLAN": "nowhere.toml"}, "ZOUFANG_PLAN"),
        ({"DATABASE_URL": "postgres://a:hush@127.0.0.1:1/b"}, "check host, user"),
    ],
)
async def test_what_is_wrong_is_said_and_looking_ends_there(
    settings: dict[str, str], mend: str
) -> None:
    said = await found(**settings)
    assert said[-1].state == "wrong"
    assert mend in said[-1].english
    assert "hush" not in str(said)


async def test_a_setting_that_is_none_is_noted_with_the_one_that_was_meant() -> None:
    said = await found(DATABSE_URL="x", PORT="x")
    assert "is it ZOUFANG_DATABASE_URL?" in noted(said)


async def test_another_databases_keys_are_noticed(tmp_path: Path) -> None:
    here = {"DATABASE_URL": f"sqlite://{tmp_path / 'school.db'}"}
    async with opened(settings_from({"ZOUFANG_DATABASE_URL": here["DATABASE_URL"]})):
        pass
    said = await found(**here, ENCRYPTION_KEYS=KEYS, SECRET_KEY=SECRET)
    assert "SECRET_KEY" in wrong(said)[0]


async def test_postgres_and_redis_are_looked_at(own_postgres: Postgres, own_redis: Redis) -> None:
    here = {
        "DATABASE_URL": own_postgres.address(),
        "REDIS_URL": own_redis.address,
        "ENCRYPTION_KEYS": KEYS,
        "SECRET_KEY": SECRET,
    }
    assert "zoufang migrate" in wrong(await found(**here))[0]
    alone = await found(**{name: value for name, value in here.items() if name != "REDIS_URL"})
    assert wrong(alone) == []
    assert "the next start brings it up to date" in noted(alone)
    await migrate_records(here["DATABASE_URL"])
    said = await found(**here, ADMINS="dingtalk:manager01")
    assert wrong(said) == []
    assert "appendonly yes" in noted(said)
    assert "outside the plan's campaign" in noted(said)
    own_redis.stop()
    assert "check ZOUFANG_REDIS_URL" in wrong(await found(**here))[0]


async def test_a_redis_that_throws_data_away_is_wrong(own_postgres: Postgres) -> None:
    redis = Redis(options=("--maxmemory-policy", "allkeys-lru"))
    try:
        await migrate_records(own_postgres.address())
        said = await found(
            DATABASE_URL=own_postgres.address(),
            REDIS_URL=redis.address,
            ENCRYPTION_KEYS=KEYS,
            SECRET_KEY=SECRET,
        )
        assert "maxmemory-policy noeviction" in wrong(said)[0]
    finally:
        redis.remove()


def test_the_command_ends_with_1_when_something_is_wrong(start: Start) -> None:
    well = start("check", LANGUAGE="en")
    well.line("settings and plan are understood")
    assert well.status() == 0
    ill = start("check", PORT="x")
    ill.line("ZOUFANG_PORT：")
    assert ill.status() == 1


# --- what nobody misses until it is needed ------------------------------------------------------


def at_peace(**settings: object) -> Settings:
    return Settings(**({"heartbeat_url": "https://heart.example/1"} | settings))  # type: ignore[arg-type]


async def cared(settings: Settings, day: date = date(2018, 9, 3)) -> list[Finding]:
    return [one async for one in cared_for(settings, day)]


async def test_backups_are_said_to_be_off_missing_stale_or_there(tmp_path: Path) -> None:
    (off,) = await cared(at_peace())
    assert off.state == "note"
    assert "ZOUFANG_BACKUP_FOLDER" in off.chinese
    (gone,) = await cared(at_peace(backup_folder=tmp_path / "gone"))
    assert gone.state == "wrong"
    (none,) = await cared(at_peace(backup_folder=tmp_path))
    assert (none.state, "none yet" in none.english) == ("well", True)
    file = tmp_path / "zoufang-nightly-20180904.zip"
    file.write_text("")
    (there,) = await cared(at_peace(backup_folder=tmp_path))
    assert there.state == "well"
    os.utime(file, (0, 0))
    (stale,) = await cared(at_peace(backup_folder=tmp_path))
    assert stale.state == "wrong"


async def test_that_nobody_outside_listens_is_noted_and_that_the_holidays_end(
    tmp_path: Path,
) -> None:
    said = await cared(at_peace(heartbeat_url=None, backup_folder=tmp_path), date(2003, 5, 1))
    assert [one.state for one in said] == ["note", "well", "note"]
    assert "2002-12-31" in said[0].english
    assert "ZOUFANG_HEARTBEAT_URL" in said[2].english
