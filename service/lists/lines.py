"""A list as a spreadsheet holds it: sheets of lines, whatever the form of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from service.lists import csv_file, xlsx_file
from service.lists.faults import ListFault
from service.lists.parts import Line, Unreadable

# A list of a large school has some hundred kilobytes; a file of this size is another one (bytes).
MOST_BYTES = 32 * 1024 * 1024
# Old workbooks, and those with a password, begin so.
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_ARCHIVE = b"PK\x03\x04"


def read_sheets(file: Path) -> Iterator[Sequence[Line]]:
    """Each sheet's lines that say anything; a CSV is one sheet. ListFault if it can't be read."""
    try:
        yield from _sheets(_bytes(file))
    except Unreadable as why:
        raise ListFault(file, why.line, *why.mend) from None


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable(
            ("没有这个文件，请检查路径和文件名", "there is no such file; check its path and name")
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Unreadable((f"打不开（{why}）", f"it can't be opened ({why})")) from None
    if len(data) > MOST_BYTES:
        raise Unreadable(
            ("文件超过 32 MB，请只留要导入的表", "it has over 32 MB; leave only the list in it")
        )
    return data


def _sheets(data: bytes) -> Iterator[Sequence[Line]]:
    if data.startswith(_OLD_WORKBOOK):
        raise Unreadable(
            (
                "是旧的 .xls 或加了密码，请另存为不带密码的 .xlsx",
                "it is an old .xls or has a password; save it as .xlsx without one",
            )
        )
    if data.startswith(_ARCHIVE):
        yield from xlsx_file.sheets(data)
    else:
        yield csv_file.lines(data)
