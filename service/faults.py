"""What can stop the start, each in one sentence that says how to mend it."""

from __future__ import annotations

from domain.errors import RecordsUnusable


class CannotListen(Exception):
    """The address is taken, or may not be listened at."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"{host}:{port}: {why}")
        self.host, self.port, self.why = host, port, why

    def sentence(self, language: str) -> str:
        """One sentence in the reader's language."""
        if language.startswith("zh"):
            return (
                f"无法在 {self.host}:{self.port} 监听（{self.why}）："
                f"请关掉占用这个端口的程序，或换一个，如 ZOUFANG_PORT={self.port + 1}。"
            )
        return (
            f"Can't listen at {self.host}:{self.port} ({self.why}): stop what uses the port, "
            f"or set another, such as ZOUFANG_PORT={self.port + 1}."
        )


def sentence_of(fault: Exception, language: str) -> str:
    """The fault's own sentence in the reader's language."""
    if isinstance(fault, RecordsUnusable):
        return _records(fault, language)
    sentence: str = fault.sentence(language)  # type: ignore[attr-defined]
    return sentence


def _records(fault: RecordsUnusable, language: str) -> str:
    where = fault.where.removeprefix("sqlite://")
    if language.startswith("zh"):
        return (
            f"数据库文件 {where} 打不开或写不了（{fault.why}）：请检查路径和写权限，或换一个文件。"
        )
    return (
        f"The database file {where} can't be opened or written ({fault.why}): "
        "check the path and that you may write there, or name another file."
    )
