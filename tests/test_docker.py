"""What the compose file and the image say is true of the program: no engine is needed to see it."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from service import cli
from service.opening import settings_from
from settings import PREFIX, Settings
from tests.fixtures.processes import KEYS, SECRET, Start
from tests.servers import Postgres, Redis

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docker" / "compose.yaml"
# What a school would write into .env.
FILLED = {
    "POSTGRES_PASSWORD": "long and random",
    "ZOUFANG_ENCRYPTION_KEYS": KEYS,
    "ZOUFANG_SECRET_KEY": SECRET,
    "DOMAIN": "zoufang.school.example",
}
OURS = ("migrate", "serve", "worker", "scheduler")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
    return found


def filled(value: str) -> str:
    """As compose fills a variable in: ${NAME:?why} must be there, ${NAME:-else} needn't."""

    def put(match: re.Match[str]) -> str:
        name, sign, rest = match["name"], match["sign"], match["rest"]
        return FILLED[name] if sign == ":?" else FILLED.get(name, rest)

    return re.sub(r"\$\{(?P<name>\w+)(?P<sign>:[?-])(?P<rest>[^}]*)\}", put, value)


def settings_in(service: dict[str, Any]) -> dict[str, str]:
    return {name: filled(str(value)) for name, value in service["environment"].items()}


@pytest.mark.parametrize("name", OURS)
def test_each_of_ours_runs_a_command_that_there_is(services: dict[str, Any], name: str) -> None:
    asked = cli._parser().parse_args(services[name]["command"])
    assert callable(asked.run)


@pytest.mark.parametrize("name", OURS)
def test_each_setting_is_one_and_they_go_together(services: dict[str, Any], name: str) -> None:
    known = {f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
    given = settings_in(services[name])
    assert set(given) <= known
    settings = settings_from(given)
    assert not settings.embedded
    assert not settings.on_sqlite
    assert not settings.console


@pytest.mark.parametrize("name", OURS)
def test_none_of_ours_may_write_or_become_more(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert len(service["tmpfs"]) == 1


def test_nothing_of_ours_is_reached_but_through_the_proxy(services: dict[str, Any]) -> None:
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert services["serve"]["environment"]["ZOUFANG_HOST"] == "0.0.0.0"
    shown = (ROOT / "docker" / "Caddyfile").read_text(encoding="utf-8")
    assert f"serve:{services['serve']['environment']['ZOUFANG_PORT']}" in shown
    (paths,) = re.findall(r"@doors path (.+)", shown)
    assert paths.split() == ["/dingtalk/*", "/healthz"]


def test_they_start_in_the_order_in_which_they_need_each_other(services: dict[str, Any]) -> None:
    for name in ("serve", "worker", "scheduler"):
        needed = services[name]["depends_on"]
        assert needed["migrate"]["condition"] == "service_completed_successfully"
        assert needed["redis"]["condition"] == "service_healthy"
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert services["worker"]["deploy"]["replicas"] == 2


def test_redis_throws_nothing_away_and_remembers(services: dict[str, Any]) -> None:
    """Its own options start a real Redis, which then says so of itself."""
    name, *options = services["redis"]["command"]
    assert name == "redis-server"
    redis = Redis(options=tuple(options))
    try:
        from workers.broker import redis_client

        said = redis_client(redis.address).info()
        assert said["maxmemory_policy"] == "noeviction"
        assert said["aof_enabled"] == 1
    finally:
        redis.remove()


def test_the_health_checks_are_of_the_program_as_it_runs(
    services: dict[str, Any], start: Start, own_postgres: Postgres, own_redis: Redis
) -> None:
    settings = {
        "DATABASE_URL": own_postgres.address(),
        "REDIS_URL": own_redis.address,
        "ENCRYPTION_KEYS": KEYS,
        "SECRET_KEY": SECRET,
        "ADMINS": "dingtalk:manager01",
        "LANGUAGE": "en",
    }
    start("migrate", **settings).line("up to date")
    address = start("serve", **settings).line("ready").split()[-1]
    program, *words = services["serve"]["healthcheck"]["test"][1:]
    assert program == "python"
    inside = f"http://127.0.0.1:{services['serve']['environment']['ZOUFANG_PORT']}"
    check = [sys.executable, *(word.replace(inside, address) for word in words)]
    assert address in check[-1]
    assert subprocess.run(check, check=False).returncode == 0
    for name in ("worker", "scheduler"):
        zoufang, *words = services[name]["healthcheck"]["test"][1:]
        assert zoufang == "zoufang"
        assert start(*words, **settings).status() == 0
        own_redis.stop()
        assert start(*words, **settings).status() == 1
        own_redis.start()
    # Without Redis the door works as ever, and what is to be told waits in the database.
    own_redis.stop()
    assert subprocess.run(check, check=False).returncode == 0
    own_postgres.stop()
    assert subprocess.run(check, check=False, stderr=subprocess.DEVNULL).returncode != 0


# --- the image ----------------------------------------------------------------------------


def lines(instruction: str) -> list[str]:
    text = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"(?m)^{instruction} (.+)$", text)


def test_the_image_is_built_of_what_there_is() -> None:
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for line in lines("COPY"):
        if line.startswith("--from"):
            continue
        *sources, _target = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert f"!{source.rstrip('/')}" in allowed, source


def test_all_that_the_program_is_made_of_is_in_the_image() -> None:
    copied = {one.rstrip("/") for line in lines("COPY") for one in line.split()}
    assert {"settings.py", "service", "commands", "workers", "chat", "domain"} <= copied


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert len(lines("FROM")) == 2, "what builds it stays behind"
    assert lines("USER") == ["10001"]
    (entry,) = lines("ENTRYPOINT")
    assert entry == '["zoufang"]'


def test_the_example_names_what_the_compose_file_asks_for() -> None:
    text = (ROOT / "docker" / "env.example").read_text(encoding="utf-8")
    offered = set(re.findall(r"(?m)^(\w+)=", text))
    asked = set(re.findall(r"\$\{(\w+):", FILE.read_text(encoding="utf-8")))
    assert asked == offered


def test_keys_prints_two_lines_that_can_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys"]) == 0
    pasted = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    settings = settings_from(pasted)
    assert settings.encryption_keys
    assert settings.secret_key
