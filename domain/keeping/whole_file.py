"""Writes a file whole or not at all, for its owner's eyes only, and never over another."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """Write into what is given; it gets its name when all went well, else it is gone.

    Raises FileExistsError when the name is taken, OSError when it can't be written.
    """
    if os.path.lexists(file):
        raise FileExistsError(file)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}.new")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _name(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(file.parent)


_BINARY = getattr(os, "O_BINARY", 0)


def _name(draft: Path, file: Path) -> None:
    """Give the draft its name; a link, unlike a rename, is never made over another file."""
    if sys.platform == "win32":
        draft.rename(file)  # on Windows this replaces nothing either
        return
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        draft.rename(file)


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # Windows can't open a folder, and needn't
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
