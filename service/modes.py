"""Which settings go together: one process or many, which database, which platforms are on."""

from __future__ import annotations

from settings import LOOPBACK, PREFIX, Settings, SettingsFault


def check_modes(settings: Settings) -> None:
    """Refuse, with a SettingsFault, what can't go together; the table is in docs/admin.md."""
    if settings.on_sqlite and settings.redis_url:
        raise SettingsFault(
            "REDIS_URL",
            "SQLite 只能单进程运行，请去掉这一项，或把 ZOUFANG_DATABASE_URL 换成 PostgreSQL",
            "SQLite runs in one process; unset this, or name a PostgreSQL in ZOUFANG_DATABASE_URL",
        )
    if settings.console and settings.redis_url:
        raise SettingsFault(
            "CONSOLE",
            "控制台只在单进程方式下有，请去掉它，或去掉 ZOUFANG_REDIS_URL",
            "the console is there in one process only; set it to off, or unset ZOUFANG_REDIS_URL",
        )
    if settings.console and settings.host not in LOOPBACK:
        raise SettingsFault(
            "CONSOLE",
            "控制台里谁都可以是任何人，只能在本机用：请把 ZOUFANG_HOST 改成 127.0.0.1，"
            "或关掉控制台",
            "anyone may be anybody in the console, so it is for this machine alone: "
            "set ZOUFANG_HOST to 127.0.0.1, or the console to off",
        )
    _check_dingtalk(settings)


def _check_dingtalk(settings: Settings) -> None:
    """A platform that is half set would be silent, and nobody would know why."""
    needed = {
        "DINGTALK_CLIENT_ID": settings.dingtalk_client_id,
        "DINGTALK_CLIENT_SECRET": settings.dingtalk_client_secret,
        "DINGTALK_CORP_ID": settings.dingtalk_corp_id,
    }
    missing = [name for name, value in needed.items() if value is None]
    if 0 < len(missing) < len(needed):
        there = next(name for name, value in needed.items() if value is not None)
        raise SettingsFault(
            missing[0],
            f"设了 {PREFIX}{there} 就要设这一项（钉钉开放平台 → 应用 → 凭证与基础信息），"
            "或全部去掉以关闭钉钉",
            f"it is needed beside {PREFIX}{there} (DingTalk's console, 凭证与基础信息); "
            "or unset them all, which turns DingTalk off",
        )
