"""Reads a backup, and believes nothing of it before it is proved to be whole and ours."""

from __future__ import annotations

import hmac
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import msgspec

from domain.keeping.backup import member
from domain.keeping.faults import BackupFault
from domain.keeping.manifest import (
    MANIFEST,
    SEAL,
    Manifest,
    TableKept,
    newest_schema,
    read_manifest,
    sealed_with,
)
from domain.keeping.tables import table_names
from domain.sealing import Keyring

# A manifest is some kilobytes; what is larger is none, and is not read.
_LARGEST = 1 << 20
# How a zip file begins.
_HEAD = b"PK"
# And how its last part does, which tells in the end how long a remark follows: ours have none.
_END, _END_BYTES = b"PK\x05\x06", 22
# All that reading a zip file can come up with when bytes in it are wrong.
_WRONG_BYTES = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    msgspec.MsgspecError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Backup:
    """A backup that was read through once and found whole; open as long as its file is."""

    file: Path
    manifest: Manifest
    _archive: ZipFile

    def lines(self, table: TableKept) -> Iterator[bytes]:
        """The table's rows, a line each; BackupFault, at the latest at their end, if wrong."""
        with _read(self.file), self._archive.open(member(table.name)) as entry:
            digest, left, rows = sha256(), table.bytes, 0
            # Never more than was promised, however long a line pretends to be.
            while line := entry.readline(left + 1):
                digest.update(line)
                left, rows = left - len(line), rows + 1
                if left < 0:
                    break
                yield line
            if (left, rows, digest.hexdigest()) != (0, table.rows, table.sha256):
                raise _damaged(self.file)


@contextmanager
def opened_backup(file: Path, keyring: Keyring) -> Iterator[Backup]:
    """Read a backup through; raises KeyFault on keys that aren't its own, else BackupFault."""
    with _archive(file) as archive:
        with _read(file):
            manifest = _manifest(file, archive, keyring)
        backup = Backup(file, manifest, archive)
        for table in manifest.tables:
            for _line in backup.lines(table):
                pass
        yield backup


@contextmanager
def _archive(file: Path) -> Iterator[ZipFile]:
    try:
        opened = file.open("rb")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BackupFault("unreadable", file=str(file), why=why) from error
    with opened:
        if opened.read(len(_HEAD)) != _HEAD:
            raise BackupFault("no_backup", file=str(file))
        with _read(file):
            archive = ZipFile(opened)
            _ends_there(opened)
        yield archive


def _ends_there(opened: BinaryIO) -> None:
    """A zip file says where it ends; whoever opens one takes it though more was put behind."""
    opened.seek(-_END_BYTES, SEEK_END)
    end = opened.read(_END_BYTES)
    if not end.startswith(_END) or end[-2:] != b"\0\0":
        raise BadZipFile


@contextmanager
def _read(file: Path) -> Iterator[None]:
    try:
        yield
    except _WRONG_BYTES as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> BackupFault:
    return BackupFault("damaged", file=str(file))


def _manifest(file: Path, archive: ZipFile, keyring: Keyring) -> Manifest:
    """The manifest, made with these keys, of this program's schema, and of all that is there."""
    text = _small(archive, MANIFEST)
    manifest = read_manifest(text)
    if fault := keyring.problems(manifest.keys):
        raise fault
    if not hmac.compare_digest(_small(archive, SEAL), sealed_with(keyring, text)):
        raise _damaged(file)
    if manifest.schema != newest_schema():
        code = "older" if manifest.schema < newest_schema() else "newer"
        raise BackupFault(code, theirs=manifest.schema, ours=newest_schema())
    names = [member(table.name) for table in manifest.tables]
    if archive.namelist() != [*names, MANIFEST, SEAL]:
        raise _damaged(file)
    if {table.name for table in manifest.tables} != table_names():
        raise _damaged(file)
    return manifest


def _small(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        text = entry.read(_LARGEST + 1)
    if len(text) > _LARGEST:
        raise BadZipFile
    return text
