"""The file that the demo is asked to keep its database in: seen to be one, and ours alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from service.faults import StartFault, cannot_keep

# How every SQLite file begins.
_HEAD = b"SQLite format 3\x00"


@contextmanager
def kept(file: Path) -> Iterator[Path]:
    """The file, made if need be for its owner alone, and held until the end; StartFault if not."""
    _can_be_a_database(file)
    lock = FileLock(f"{file}.lock", timeout=0, thread_local=False)
    try:
        with lock:
            _made(file)
            yield file
    except Timeout:
        raise cannot_keep(
            file,
            "另一个演示正在用这个文件，请先结束那一个，或换一个文件",
            "another demo is using this file; end that one first, or name another file",
        ) from None
    except OSError as error:
        raise _unwritable(file, error) from error


def _can_be_a_database(file: Path) -> None:
    if not file.name or file.is_dir():
        raise cannot_keep(
            file, "这是文件夹，请写到文件名为止", "that is a folder; name a file in it"
        )
    if not file.parent.is_dir():
        raise cannot_keep(
            file,
            f"没有文件夹 {file.parent}，请先建好，或换一个",
            f"there is no folder {file.parent}; make it first, or choose another",
        )
    if file.exists() and _head(file) not in (b"", _HEAD):
        raise cannot_keep(
            file,
            "这个文件不是走访的数据库，请换一个文件名",
            "that file is no database of ours; name another",
        )


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(len(_HEAD))
    except OSError as error:
        raise _unwritable(file, error) from error


def _made(file: Path) -> None:
    """SQLite gives its other files the rights of this one: for the owner alone."""
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _unwritable(file: Path, error: OSError) -> StartFault:
    why = error.strerror or str(error)
    return cannot_keep(
        file,
        f"这里写不了（{why}），请检查权限，或换一个地方",
        f"it can't be written ({why}); check the rights, or choose another place",
    )
