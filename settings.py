"""What the one who runs it may set: read once from the environment, passed down as values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PREFIX = "ZOUFANG_"
LANGUAGES = ("zh-CN", "en")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# What the demo reads; everything else it ignores, and says so.
DEMO = ("HOST", "PORT", "LANGUAGE")


class SettingsFault(Exception):
    """A setting that can't be used, with the sentence that says how to mend it."""

    def __init__(self, name: str, mend_zh: str, mend_en: str) -> None:
        super().__init__(f"{PREFIX}{name}: {mend_en}")
        self._zh = f"{PREFIX}{name}：{mend_zh}。"
        self._en = f"{PREFIX}{name}: {mend_en}."

    def sentence(self, language: str) -> str:
        """One sentence in the reader's language."""
        return self._zh if language.startswith("zh") else self._en


# --- what each value may be ---------------------------------------------------------------


def _any_host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", value):
        raise SettingsFault(
            "HOST",
            f"“{value}”不是地址，请写本机的一个地址，如 127.0.0.1，或 0.0.0.0 监听所有网卡",
            f"“{value}” is no address; write one of this machine's, such as 127.0.0.1, "
            "or 0.0.0.0 for all of them",
        )
    return value


def _loopback(value: str) -> str:
    """The console lets anyone be anybody, so it is heard on this machine alone."""
    if value not in LOOPBACK:
        raise SettingsFault(
            "HOST",
            f"“{value}”不是本机地址，演示只能用 127.0.0.1、localhost 或 ::1",
            f"“{value}” is not this machine; the demo takes 127.0.0.1, localhost or ::1 only",
        )
    return value


def _port(name: str) -> Callable[[str], int]:
    """A port from 0 (any free one) to 65535."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and int(value) < 65536):
            raise SettingsFault(
                name,
                f"“{value}”不是端口号，请写 1 到 65535 之间的数，或 0 让系统挑一个",
                f"“{value}” is no port; write a number from 1 to 65535, or 0 for any free one",
            )
        return int(value)

    return read


def _count(name: str) -> Callable[[str], int]:
    """A number of things, or 0 for any number."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise SettingsFault(
                name,
                f"“{value}”不是个数，请写一个月有多少，如 5000；0 表示不限",
                f"“{value}” is no number; write how many there are a month, such as 5000; 0: any",
            )
        return int(value)

    return read


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise SettingsFault(
            "LANGUAGE",
            f"没有“{value}”这种语言，请写 zh-CN 或 en",
            f"there is no language “{value}”; write zh-CN or en",
        )
    return value


def _database(value: str) -> str:
    parts = urlsplit(value)
    named = value.removeprefix("sqlite://") if parts.scheme == "sqlite" else parts.path.strip("/")
    try:
        _ = parts.port
    except ValueError:
        named = ""
    if parts.scheme not in ("sqlite", "postgres", "postgresql") or not named:
        # The value may hold a password, so it isn't repeated.
        raise SettingsFault(
            "DATABASE_URL",
            "看不懂这个地址，请写 sqlite://文件 或 postgres://用户:密码@主机:5432/数据库",
            "this address isn't understood; write sqlite://FILE "
            "or postgres://USER:PASSWORD@HOST:5432/DATABASE",
        )
    return value


def _redis(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("redis", "rediss", "unix") or not (parts.hostname or parts.path):
        raise SettingsFault(
            "REDIS_URL",
            "看不懂这个地址，请写 redis://主机:6379/0，或去掉这一项用单进程方式",
            "this address isn't understood; write redis://HOST:6379/0, "
            "or unset it to run in one process",
        )
    return value


def _switch(name: str) -> Callable[[str], bool]:
    def read(value: str) -> bool:
        if value.casefold() not in ("on", "off"):
            raise SettingsFault(
                name, f"“{value}”看不懂，请写 on 或 off", f"“{value}” is neither on nor off"
            )
        return value.casefold() == "on"

    return read


def _seconds(name: str, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= most):
            raise SettingsFault(
                name,
                f"“{value}”请改成 1 到 {most} 之间的秒数",
                f"“{value}” must be seconds from 1 to {most}",
            )
        return int(value)

    return read


def _admins(value: str) -> tuple[tuple[str, str], ...]:
    """Each as platform and account."""
    pairs = [one.strip().partition(":") for one in value.split(",") if one.strip()]
    for platform, colon, account in pairs:
        if not (platform and colon and account):
            raise SettingsFault(
                "ADMINS",
                f"“{platform}{colon}{account}”请写成 平台:账号，如 dingtalk:manager01，"
                "多个用逗号隔开",
                f"“{platform}{colon}{account}” must be platform:account, as in "
                "dingtalk:manager01, with commas between",
            )
    return tuple((platform, account) for platform, _, account in pairs)


def _base(name: str) -> Callable[[str], str]:
    """Where a platform is called; a test's stand-in on loopback may do without TLS."""

    def read(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise SettingsFault(
                name, "请写 https:// 开头的地址", "write an address that begins with https://"
            )
        return value.rstrip("/")

    return read


def _smtp(value: str) -> str:
    """The address holds a password, so it isn't repeated."""
    try:
        parts = urlsplit(value)
        there = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
        sender = parse_qs(parts.query).get("from", [unquote(parts.username or "")])[-1]
    except ValueError:
        there, sender = False, ""
    if not there:
        raise SettingsFault(
            "SMTP_URL",
            "看不懂这个地址，请写 smtp://用户:密码@主机:587?from=发件地址，或 smtps://…:465；"
            "用户名和密码里的 @ : / 请写成 %40 %3A %2F",
            "this address isn't understood; write smtp://USER:PASSWORD@HOST:587?from=ADDRESS, or "
            "smtps://…:465; in user and password @ : / are written %40 %3A %2F",
        )
    if not re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", sender):
        raise SettingsFault(
            "SMTP_URL",
            "没有发件地址，请在末尾加 ?from=zoufang@学校的域名",
            "there is no address to send from; add ?from=zoufang@YOUR.DOMAIN at the end",
        )
    return value


def _heartbeat(value: str) -> str:
    """The address is as good as a key, so it isn't repeated."""
    try:
        parts = urlsplit(value)
        host, _port_is_one = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or (parts.scheme != "https" and host not in LOOPBACK):
        raise SettingsFault(
            "HEARTBEAT_URL",
            "请写 https:// 开头的地址，由外面的看护服务（如 healthchecks.io）给出",
            "write an address that begins with https://, as the outside service that watches "
            "(healthchecks.io, say) gives it",
        )
    return value


def _mode(value: str) -> str:
    if value == "stream":
        raise SettingsFault(
            "DINGTALK_MODE",
            "Stream 方式还没有做好，请写 http",
            "Stream mode isn't there yet; write http",
        )
    if value != "http":
        raise SettingsFault("DINGTALK_MODE", f"“{value}”请改成 http", f"“{value}” must be http")
    return value


# --- the settings themselves --------------------------------------------------------------


def _setting(default: Any, what: str, read: Callable[[str], Any] = str) -> Any:
    return field(default=default, metadata={"what": what, "read": read})


def _secret(what: str, read: Callable[[str], Any] = str) -> Any:
    """One that is never shown."""
    return field(default=None, repr=False, metadata={"what": what, "read": read})


@dataclass(frozen=True)
class Settings:
    """The values that hold for a run; each field is a setting, its name in capitals."""

    database_url: str = _setting(
        "sqlite://zoufang.db", "`sqlite://FILE` or `postgres://USER:PASSWORD@HOST/NAME`", _database
    )
    redis_url: str | None = _setting(
        None,
        "`redis://HOST:6379/0`, with PostgreSQL only: then `worker` and `scheduler` run beside "
        "`serve`; unset: one process does all",
        _redis,
    )
    host: str = _setting(
        "127.0.0.1", "where `serve` or the demo listens; the demo on this machine alone", _any_host
    )
    port: int = _setting(8080, "its port, 1 to 65535; 0 takes any that is free", _port("PORT"))
    watch_port: int | None = _setting(
        None,
        "where `worker` and `scheduler` answer `/healthz`, `/readyz` and `/metrics`, as `serve` "
        "does at its own port; unset: nowhere",
        _port("WATCH_PORT"),
    )
    language: str = _setting(
        "zh-CN", "the school's language, `zh-CN` or `en`; a person's own goes before it", _language
    )
    plan: Path | None = _setting(None, "the school's own plan.toml; unset: the packaged one", Path)
    secret_key: str | None = _secret(
        "what other keys are derived from, 32 random characters or more; made beside a SQLite "
        "file when unset",
    )
    encryption_keys: str | None = _secret(
        "the keys of personal text, `id:base64,…`, newest first; made beside a SQLite file "
        "when unset",
    )
    admins: tuple[tuple[str, str], ...] = _setting(
        (), "accounts that are admins from the start, `dingtalk:manager01,…`", _admins
    )
    heartbeat_url: str | None = _secret(
        "called each minute (GET) as long as all is well, for an outside service that tells you "
        "when the calls stay away; unset: nobody is called",
        _heartbeat,
    )
    smtp_url: str | None = _secret(
        "the mail server by which people hear that something waits while a platform is down, "
        "`smtp://USER:PASSWORD@HOST:587?from=zoufang@school.example` or `smtps://…:465`; unset: "
        "there is no second way",
        _smtp,
    )
    backup_folder: Path | None = _setting(
        None,
        "a folder for a backup each night at 2:30, by whichever process does the duties; unset: "
        "none is made",
        Path,
    )
    evening_receipt: bool = _setting(
        False,  # noqa: FBT003  off is a value like another
        "`on`: who recorded something hears at 18:00 how much it was; a message a person and day, "
        "so mind the platform's quota",
        _switch("EVENING_RECEIPT"),
    )
    console: bool = _setting(
        False,  # noqa: FBT003  off is a value like another
        "`on`: the console, where anyone may be anybody; on this machine and in one process only",
        _switch("CONSOLE"),
    )
    dingtalk_client_id: str | None = _setting(
        None, "Client ID (AppKey) of the DingTalk app; unset: DingTalk is off"
    )
    dingtalk_client_secret: str | None = _secret("its Client Secret (AppSecret)")
    dingtalk_corp_id: str | None = _setting(
        None, "the organisation's CorpId: messages of any other are refused"
    )
    dingtalk_mode: str = _setting("http", "how DingTalk brings messages: `http`", _mode)
    dingtalk_max_age: int = _setting(
        300, "seconds for which a signature counts, up to 3600", _seconds("DINGTALK_MAX_AGE", 3600)
    )
    dingtalk_api_url: str = _setting(
        "https://api.dingtalk.com", "another address of DingTalk's API", _base("DINGTALK_API_URL")
    )
    dingtalk_oapi_url: str = _setting(
        "https://oapi.dingtalk.com",
        "another address of DingTalk's older API",
        _base("DINGTALK_OAPI_URL"),
    )

    dingtalk_api_quota: int = _setting(
        5000,
        "calls of DingTalk's API that the school has a month; 0: any number",
        _count("DINGTALK_API_QUOTA"),
    )
    dingtalk_message_quota: int = _setting(
        3000,
        "webhook and stream messages that the school has a month, in and out; 0: any number",
        _count("DINGTALK_MESSAGE_QUOTA"),
    )

    @property
    def on_sqlite(self) -> bool:
        """Whether the records are in a file."""
        return self.database_url.startswith("sqlite://")

    @property
    def embedded(self) -> bool:
        """Whether one process does everything."""
        return self.redis_url is None


def settings_of(environment: Mapping[str, str]) -> Settings:
    """The settings of all that works on the school's records; SettingsFault for the first fault.

    What can't go together is for `service.modes` to say.
    """
    return Settings(**_read(_given(environment)))


def _given(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): value.strip()
        for name, value in environment.items()
        if name.startswith(PREFIX) and value.strip()
    }


def _read(given: Mapping[str, str]) -> dict[str, Any]:
    return {
        one.name: one.metadata["read"](given[one.name.upper()])
        for one in fields(Settings)
        if one.name.upper() in given
    }


def unknown_settings(environment: Mapping[str, str]) -> dict[str, str | None]:
    """Names that begin as ours do and aren't known, each with the one that may have been meant."""
    known = [f"{PREFIX}{one.name.upper()}" for one in fields(Settings)]
    return {
        name: next(iter(get_close_matches(name, known, 1)), None)
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    }


def demo_settings(environment: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The demo's settings, and the names of those that were set and are ignored.

    Raises SettingsFault for the first that can't be used.
    """
    given = _given(environment)
    _loopback(given.get("HOST", Settings.host))
    settings = Settings(**_read({name: given[name] for name in DEMO if name in given}))
    return settings, tuple(sorted(PREFIX + name for name in given if name not in DEMO))
