"""The table of modes: what runs with what, and the sentence for what doesn't go together."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from urllib.request import urlopen

import pytest

from domain.migrating import migrate_records
from service.modes import check_modes
from service.opening import settings_from
from settings import SettingsFault, settings_of, unknown_settings
from tests.fixtures.processes import KEYS, SECRET, Start
from tests.servers import Postgres, Redis

POSTGRES = "postgres://zoufang:hush-hush@db:5432/zoufang"
DINGTALK = {
    "ZOUFANG_DINGTALK_CLIENT_ID": "id",
    "ZOUFANG_DINGTALK_CLIENT_SECRET": "secret",
    "ZOUFANG_DINGTALK_CORP_ID": "corp",
}
REFUSED = (
    ({"ZOUFANG_REDIS_URL": "redis://r/0"}, "REDIS_URL"),
    (
        {
            "ZOUFANG_DATABASE_URL": POSTGRES,
            "ZOUFANG_REDIS_URL": "redis://r/0",
            "ZOUFANG_CONSOLE": "on",
        },
        "CONSOLE",
    ),
    ({"ZOUFANG_CONSOLE": "on", "ZOUFANG_HOST": "0.0.0.0"}, "CONSOLE"),
    *(
        ({name: value for name, value in DINGTALK.items() if name != missing}, missing[8:])
        for missing in DINGTALK
    ),
    ({**DINGTALK, "ZOUFANG_DINGTALK_MODE": "stream"}, "DINGTALK_MODE"),
    ({**DINGTALK, "ZOUFANG_DINGTALK_MAX_AGE": "3601"}, "DINGTALK_MAX_AGE"),
    ({"ZOUFANG_DINGTALK_API_URL": "http://api.dingtalk.com"}, "DINGTALK_API_URL"),
    ({"ZOUFANG_DATABASE_URL": "mysql://a:hush-hush@b/c"}, "DATABASE_URL"),
    ({"ZOUFANG_DATABASE_URL": "postgres://a:hush-hush@b"}, "DATABASE_URL"),
    ({"ZOUFANG_DATABASE_URL": "postgres://a:hush-hush@b:port/c"}, "DATABASE_URL"),
    ({"ZOUFANG_DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
    ({"ZOUFANG_REDIS_URL": "localhost"}, "REDIS_URL"),
    ({"ZOUFANG_PORT": "６"}, "PORT"),
    ({"ZOUFANG_PORT": "65536"}, "PORT"),
    ({"ZOUFANG_WATCH_PORT": "65536"}, "WATCH_PORT"),
    ({"ZOUFANG_HOST": "my host"}, "HOST"),
    ({"ZOUFANG_LANGUAGE": "fr"}, "LANGUAGE"),
    ({"ZOUFANG_CONSOLE": "yes"}, "CONSOLE"),
    ({"ZOUFANG_ADMINS": "manager01"}, "ADMINS"),
)


@pytest.mark.parametrize(("environment", "name"), REFUSED)
def test_what_cannot_be_used_is_named_with_its_mend(environment: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsFault) as caught:
        settings_from(environment)
    for language in ("zh-CN", "en"):
        sentence = caught.value.sentence(language)
        assert sentence.startswith(f"ZOUFANG_{name}")
        assert "hush" not in sentence


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"ZOUFANG_CONSOLE": "on"},
        {"ZOUFANG_DATABASE_URL": POSTGRES},
        {"ZOUFANG_DATABASE_URL": POSTGRES, "ZOUFANG_CONSOLE": "on"},
        {"ZOUFANG_DATABASE_URL": POSTGRES, "ZOUFANG_REDIS_URL": "redis://r:6379/0"},
        {"ZOUFANG_DATABASE_URL": POSTGRES, "ZOUFANG_HOST": "0.0.0.0", **DINGTALK},
        {"ZOUFANG_ADMINS": "dingtalk:manager01, dingtalk:m2"},
    ],
)
def test_what_goes_together_goes(environment: dict[str, str]) -> None:
    check_modes(settings_of(environment))


def test_a_name_that_is_no_setting_is_noticed() -> None:
    said = unknown_settings({"ZOUFANG_DATABSE_URL": "x", "ZOUFANG_PORT": "1", "HOME": "/"})
    assert said == {"ZOUFANG_DATABSE_URL": "ZOUFANG_DATABASE_URL"}


def test_a_secret_is_never_printed_with_the_settings() -> None:
    shown = repr(settings_of({"ZOUFANG_SECRET_KEY": "hush", "ZOUFANG_ENCRYPTION_KEYS": "hush"}))
    assert "hush" not in shown


# --- as processes -------------------------------------------------------------------------


def test_sqlite_one_process_makes_its_own_keys_and_file(start: Start, tmp_path: Path) -> None:
    process = start("serve", CONSOLE="on", LANGUAGE="en")
    assert "Zoufang is ready: http://127.0.0.1:" in process.line("ready")
    for file in ("zoufang.db", "zoufang.db.keys"):
        assert (tmp_path / file).stat().st_mode & 0o077 == 0
    second = start("serve", LANGUAGE="en")
    assert "Another process is at work on this database" in second.line("Another")
    assert second.status() == 1
    assert process.end() == 0
    again = start("serve", LANGUAGE="en")
    again.line("ready")
    assert again.end(signal.SIGINT) == 0


def test_postgres_without_keys_is_refused_and_no_key_is_printed_into_a_log(
    start: Start, postgres: Postgres
) -> None:
    process = start("serve", DATABASE_URL=postgres.address(), LANGUAGE="en")
    assert "ENCRYPTION_KEYS=" not in process.line("runs zoufang keys")
    assert process.status() == 1
    half = start("serve", DATABASE_URL=postgres.address(), LANGUAGE="en", SECRET_KEY=SECRET)
    half.line("ZOUFANG_SECRET_KEY is set and ZOUFANG_ENCRYPTION_KEYS isn't")
    assert half.status() == 1


def test_migrating_first_makes_the_keys_too(start: Start, tmp_path: Path) -> None:
    first = start("migrate", LANGUAGE="en")
    first.line("is up to date")
    assert first.status() == 0
    for file in ("zoufang.db", "zoufang.db.keys"):
        assert (tmp_path / file).stat().st_mode & 0o077 == 0
    serving = start("serve", LANGUAGE="en")
    assert "outside the plan's campaign" in serving.line("ZOUFANG_PLAN")
    serving.line("ready")
    assert serving.end() == 0


def test_a_database_that_is_away_is_one_sentence_without_its_password(start: Start) -> None:
    away = "postgres://zoufang:hush-hush@127.0.0.1:1/zoufang"
    for word in ("serve", "migrate"):
        process = start(
            word, DATABASE_URL=away, LANGUAGE="en", ENCRYPTION_KEYS=KEYS, SECRET_KEY=SECRET
        )
        line = process.line("can't be reached")
        assert "127.0.0.1:1/zoufang" in line
        assert "hush" not in line
        assert process.status() == 1


@pytest.mark.parametrize("word", ["worker", "scheduler"])
def test_in_one_process_nothing_runs_beside_it(start: Start, word: str) -> None:
    process = start(word, LANGUAGE="en")
    process.line("ZOUFANG_REDIS_URL is not set")
    assert process.status() == 1


def test_postgres_without_redis_is_one_process_by_its_lock(
    start: Start, own_postgres: Postgres
) -> None:
    settings = {
        "DATABASE_URL": own_postgres.address(),
        "ENCRYPTION_KEYS": KEYS,
        "SECRET_KEY": SECRET,
        "LANGUAGE": "en",
    }
    first = start("serve", **settings)
    first.line("ready")
    second = start("serve", **settings)
    second.line("Another process is at work")
    assert second.status() == 1
    own_postgres.stop(signal.SIGQUIT)
    first.line("work stops")
    own_postgres.start()
    first.line("work goes on")
    assert first.end() == 0


def test_several_processes_ask_for_a_schema_that_is_up_to_date(
    start: Start, own_postgres: Postgres, redis: Redis
) -> None:
    settings = {
        "DATABASE_URL": own_postgres.address(),
        "REDIS_URL": redis.address,
        "ENCRYPTION_KEYS": KEYS,
        "SECRET_KEY": SECRET,
        "LANGUAGE": "en",
    }
    for word in ("serve", "worker", "scheduler"):
        process = start(word, **settings)
        process.line("run: zoufang migrate")
        assert process.status() == 1
    migrating = start("migrate", **settings)
    migrating.line("is up to date")
    assert migrating.status() == 0
    running = [start(word, **settings) for word in ("serve", "worker", "worker", "scheduler")]
    for process in running:
        process.line("is ready")
    assert [process.end() for process in running] == [0, 0, 0, 0]
    # Who isn't a door can be asked as well, where a port is set for it.
    for word in ("worker", "scheduler"):
        watched = start(word, WATCH_PORT="0", **settings)
        address = watched.line("is ready").split()[-1]
        with urlopen(f"{address}/readyz", timeout=10) as answer:  # noqa: S310  our own
            said = json.load(answer)
        assert (said["database"], said["broker"]) == ("ok", "ok")
        taken = start(word, WATCH_PORT=address.rpartition(":")[2], **settings)
        taken.line("ZOUFANG_WATCH_PORT=")
        assert taken.status() == 1
        assert watched.end() == 0


async def test_migrating_is_what_migrate_does(
    start: Start, own_postgres: Postgres, redis: Redis
) -> None:
    await migrate_records(own_postgres.address())
    process = start(
        "migrate",
        DATABASE_URL=own_postgres.address(),
        REDIS_URL=redis.address,
        LANGUAGE="en",
    )
    assert "is up to date" in process.line("schema")
    assert process.status() == 0
