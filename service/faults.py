"""What can stop the start, each in one sentence that says how to mend it."""

from __future__ import annotations

import errno
from pathlib import Path

from domain.errors import RecordsUnusable

_HIGHEST_PORT = 65535
_FREE_PORT = 8080


class StartFault(Exception):
    """The program can't start as it was asked to; the sentence says what to change."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(english)
        self._chinese, self._english = chinese, english

    def sentence(self, language: str) -> str:
        """One sentence in the reader's language."""
        return self._chinese if language.startswith("zh") else self._english


def cannot_listen(host: str, port: int, error: OSError, setting: str = "PORT") -> StartFault:
    """The address is taken, or may not be listened at."""
    where = f"{host}:{port}"
    if error.errno == errno.EACCES:
        return StartFault(
            f"不能在 {where} 监听：1024 以下的端口要管理员权限，"
            f"请换一个，如 ZOUFANG_{setting}={_FREE_PORT}。",
            f"Can't listen at {where}: ports below 1024 are the administrator's; "
            f"set another, such as ZOUFANG_{setting}={_FREE_PORT}.",
        )
    another = port + 1 if port < _HIGHEST_PORT else _FREE_PORT
    why = error.strerror or str(error)
    return StartFault(
        f"不能在 {where} 监听（{why}）：请关掉占用这个端口的程序，"
        f"或换一个，如 ZOUFANG_{setting}={another}。",
        f"Can't listen at {where} ({why}): stop what uses the port, "
        f"or set another, such as ZOUFANG_{setting}={another}.",
    )


def cannot_keep(file: Path, chinese: str, english: str) -> StartFault:
    """The file that was named for the database can't be it."""
    return StartFault(f"--keep {file}：{chinese}。", f"--keep {file}: {english}.")


def sentence_of(fault: Exception, language: str) -> str:
    """The fault's own sentence in the reader's language."""
    if isinstance(fault, RecordsUnusable):
        return _records(fault, language)
    sentence: str = fault.sentence(language)  # type: ignore[attr-defined]
    return sentence


def _records(fault: RecordsUnusable, language: str) -> str:
    where = fault.where
    if fault.server:
        return _server(fault, language)
    if language.startswith("zh"):
        return (
            f"数据库文件 {where} 打不开或写不了（{fault.why}）：请检查路径和写权限，或换一个文件。"
        )
    return (
        f"The database file {where} can't be opened or written ({fault.why}): "
        "check the path and that you may write there, or name another file."
    )


def _server(fault: RecordsUnusable, language: str) -> str:
    if language.startswith("zh"):
        return (
            f"数据库 {fault.where} 连不上或用不了（{fault.why}）："
            "请检查 ZOUFANG_DATABASE_URL 里的主机、用户、密码和库名，以及 PostgreSQL 是否在运行。"
        )
    return (
        f"The database {fault.where} can't be reached or used ({fault.why}): "
        "check host, user, password and name in ZOUFANG_DATABASE_URL, "
        "and that PostgreSQL is running."
    )
