"""Keeps the keys of a small school in one file beside its database, made at the first start."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from domain.sealing.faults import KeyFault
from domain.sealing.keytext import (
    ENCRYPTION_KEYS,
    SECRET_KEY,
    generate_keys,
    generate_secret,
    parse_keys,
    parse_secret,
)

_TEXT: Final = """\
# 走访的密钥：没有它，家长的原话和孩子的姓名谁也读不出来，包括你。
# 请现在就另存一份（U 盘、密码本），不要和备份放在一起，不要发到群里。
# The keys of Zoufang. Without them nobody can read the families' words, you included.
# Keep a copy of this file now, apart from the backups, and never send it through a chat.
{encryption_keys}={keys}
{secret_key}={secret}
"""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the key file holds, whether it was made just now, and what is wrong with its mode."""

    file: Path
    keys: Mapping[str, bytes] = field(repr=False)
    secret: bytes = field(repr=False)
    made: bool = False
    warning: KeyFault | None = None


def keys_beside(database_file: Path, *, must_exist: bool = False) -> Keys:
    """The keys beside a database, made once; raises `KeyFault`.

    With `must_exist`, for a database that already holds records, a missing file is a fault.
    """
    file = key_file_of(database_file)
    made = False
    if not os.path.lexists(file):
        if must_exist:
            raise KeyFault("file_missing", file=str(file), database=str(database_file))
        made = _make(file)
    lines = _lines(file)
    keys = parse_keys(_value(lines, ENCRYPTION_KEYS, file), f"{file}, {ENCRYPTION_KEYS}")
    secret = parse_secret(_value(lines, SECRET_KEY, file), f"{file}, {SECRET_KEY}")
    return Keys(file, keys, secret, made, _warning(file))


def key_file_of(database_file: Path) -> Path:
    return database_file.with_name(database_file.name + ".keys")


def _make(file: Path) -> bool:
    """Write a new key file, whole or not at all; False when another process was first."""
    text = _TEXT.format(
        encryption_keys=ENCRYPTION_KEYS,
        keys=generate_keys(),
        secret_key=SECRET_KEY,
        secret=generate_secret(),
    )
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}.new")
    try:
        _write(draft, text)
        try:
            made = _put(draft, file, text)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(file.parent)
    except OSError as error:
        raise KeyFault("file_unwritable", file=str(file), reason=_reason(error)) from None
    return made


def _write(file: Path, text: str) -> None:
    """Only for our eyes, never over another file, and on the disk before it counts."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _put(draft: Path, file: Path, text: str) -> bool:
    """Give the finished draft its name, which fails when the name is taken."""
    try:
        if sys.platform == "win32":
            draft.rename(file)  # on Windows this never replaces a file
        else:
            os.link(draft, file)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links: less neat, still never over another's keys
        try:
            _write(file, text)
        except FileExistsError:
            return False
    return True


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # Windows can't open a folder, and needn't
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lines(file: Path) -> list[str]:
    try:
        # utf-8-sig: Notepad puts a mark at the head of what it saves.
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KeyFault("file_unreadable", file=str(file), reason=_reason(error)) from None
    except UnicodeDecodeError:
        raise KeyFault("file_unreadable", file=str(file), reason="UTF-8") from None
    if not text.strip():
        raise KeyFault("file_empty", file=str(file))
    return [line.strip() for line in text.splitlines()]


def _value(lines: list[str], name: str, file: Path) -> str:
    values = [line.removeprefix(f"{name}=") for line in lines if line.startswith(f"{name}=")]
    if len(values) != 1:
        raise KeyFault("file_line", file=str(file), name=name)
    return values[0]


def _warning(file: Path) -> KeyFault | None:
    """On Windows the mode says nothing about who may read."""
    if os.name == "posix" and file.stat().st_mode & 0o077:
        return KeyFault("file_open", file=str(file))
    return None


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
