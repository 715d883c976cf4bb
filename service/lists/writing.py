"""Writes a list to a file: for its owner alone, and whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from service.lists import csv_file, xlsx_file
from service.lists.faults import ListFault

# A seat number is a number to a spreadsheet, all else is text.
Cells = Sequence[str | int]
FORMS: Mapping[str, Callable[[Iterable[Cells]], bytes]] = {
    ".csv": csv_file.data_of,
    ".xlsx": xlsx_file.data_of,
}


def write_list(file: Path, rows: Iterable[Cells]) -> None:
    """Write the rows in the form of the file's suffix; ListFault when that can't be done."""
    try:
        data = FORMS[file.suffix.lower()](rows)
    except ValueError:
        raise ListFault(
            file,
            None,
            "有一格文字超过 XLSX 一格能放的 32767 字，请导出成 .csv",
            "a text is longer than the 32,767 signs that a cell of an XLSX holds; export to .csv",
        ) from None
    try:
        _replace(file, data)
    except OSError as error:
        why = error.strerror or str(error)
        raise ListFault(
            file,
            None,
            f"写不了（{why}），请换一个地方",
            f"it can't be written ({why}); name another",
        ) from None


def _replace(file: Path, data: bytes) -> None:
    """Into a file beside it first, which is its owner's alone, and takes its place when whole."""
    if file.is_dir():
        raise IsADirectoryError(0, "is a folder")
    handle, name = tempfile.mkstemp(prefix=".zoufang-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as beside:
            beside.write(data)
            beside.flush()
            os.fsync(beside.fileno())
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
