"""What the one who runs it may set: read once from the environment, passed down as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "ZOUFANG_"
LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True)
class Settings:
    """The values that hold for a run."""

    host: str = "127.0.0.1"
    port: int = 8080
    language: str = "zh-CN"


class SettingsFault(Exception):
    """A setting that can't be used, with the sentence that says how to mend it."""

    def __init__(self, name: str, mend_zh: str, mend_en: str) -> None:
        super().__init__(f"{PREFIX}{name}: {mend_en}")
        self._zh = f"{PREFIX}{name}：{mend_zh}。"
        self._en = f"{PREFIX}{name}: {mend_en}."

    def sentence(self, language: str) -> str:
        """One sentence in the reader's language."""
        return self._zh if language.startswith("zh") else self._en


# What the demo reads; everything else it ignores, and says so.
DEMO = ("HOST", "PORT", "LANGUAGE")


def demo_settings(environment: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The demo's settings, and the names of those that were set and are ignored.

    Raises SettingsFault for the first that can't be used.
    """
    given = {
        name.removeprefix(PREFIX): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value != ""
    }
    settings = Settings(
        host=_host(given.get("HOST", Settings.host)),
        port=port_of(given.get("PORT", str(Settings.port))),
        language=_language(given.get("LANGUAGE", Settings.language)),
    )
    return settings, tuple(sorted(PREFIX + name for name in given if name not in DEMO))


def _host(value: str) -> str:
    """The console lets anyone be anybody, so it is heard on this machine alone."""
    if value not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsFault(
            "HOST",
            f"“{value}”不是本机地址，演示只能用 127.0.0.1、localhost 或 ::1",
            f"“{value}” is not this machine; the demo takes 127.0.0.1, localhost or ::1 only",
        )
    return value


def port_of(value: str) -> int:
    """A port from 0 (any free one) to 65535."""
    if not (value.isascii() and value.isdigit() and int(value) < 65536):
        raise SettingsFault(
            "PORT",
            f"“{value}”不是端口号，请写 1 到 65535 之间的数，或 0 让系统挑一个",
            f"“{value}” is no port; write a number from 1 to 65535, or 0 for any free one",
        )
    return int(value)


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise SettingsFault(
            "LANGUAGE",
            f"没有“{value}”这种语言，请写 zh-CN 或 en",
            f"there is no language “{value}”; write zh-CN or en",
        )
    return value
