"""The lines of an XLSX workbook, read from bytes that may be broken or hostile, and written."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from service.lists.faults import Mend
from service.lists.parts import Line, Unreadable

# What the parts of a workbook may come to when unpacked (bytes), and how wide a list may be.
_MOST_UNPACKED = 128 * 1024 * 1024
_MOST_COLUMNS = 256
# As many as a worksheet can have.
_MOST_LINES = 1_048_576
# What a cell holds, as the format has it.
MOST_SIGNS = 32_767
# A spreadsheet keeps 15 digits of a number, and of a longer one makes up the rest.
_EXACT = 10**15

_MIDNIGHT = time()
# How the format writes a sign that XML can't hold, or would change: _x000D_ (ECMA-376, ST_Xstring).
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_BROKEN: Mend = (
    "读不出这个 XLSX，请在表格软件里打开后另存一份，或另存为 CSV UTF-8",
    "this XLSX can't be read; open it in a spreadsheet and save it anew, or save it as CSV UTF-8",
)
_TOO_LARGE: Mend = (
    "这个 XLSX 太大，请把要导入的表单独另存一份",
    "this XLSX is too large; save the list alone in a new one",
)


def sheets(data: bytes) -> Iterator[Sequence[Line]]:
    """Each worksheet's lines that say anything; a formula counts by the value saved with it."""
    with _any_fault_is_the_files():
        _check_size(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        worksheets = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    for sheet in worksheets:
        with _any_fault_is_the_files():
            found = [line for line in _lines(sheet) if line.says_anything]
        yield found


@contextmanager
def _any_fault_is_the_files() -> Iterator[None]:
    """Whatever the library makes of a broken file, the reader of the list is told one sentence."""
    try:
        with warnings.catch_warnings():
            # They are about styles and the like, of which a list has no need.
            warnings.simplefilter("ignore")
            yield
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  it raises whatever comes up, from KeyError to AttributeError
        raise Unreadable(_BROKEN) from None


def _check_size(data: bytes) -> None:
    """Before anything is unpacked: a few kilobytes may hold gigabytes."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except BadZipFile:
        raise Unreadable(_BROKEN) from None
    if unpacked > _MOST_UNPACKED:
        raise Unreadable(_TOO_LARGE)


def _lines(sheet) -> Iterator[Line]:  # type: ignore[no-untyped-def]  # the library has no types
    # What it says of its own size may be wrong, and would be believed.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_row=_MOST_LINES), 1):
        if len(cells) > _MOST_COLUMNS:
            raise Unreadable(
                (
                    f"有 {len(cells)} 列，请只留要导入的列",
                    f"it has {len(cells)} columns; leave those of the list only",
                ),
                number,
            )
        read = [_read(cell.value, cell.data_type) for cell in cells]
        mend = next((one for one in read if isinstance(one, tuple)), None)
        yield Line(number, ["" if isinstance(one, tuple) else one for one in read], mend)


def _read(value: object, data_type: str) -> str | Mend:
    """The cell as it would be typed, or why it can't be."""
    if value is None:
        return ""
    if data_type == "e":
        return (
            f"有一格是错误值 {value}，请改成文字",
            f"a cell shows the error {value}; write what it should say",
        )
    if isinstance(value, str):
        return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value)
    return _moment(value)


def _number(value: float) -> str | Mend:
    if not abs(value) < _EXACT:
        return (
            "有一格数字超过 15 位，表格软件会改掉末尾，请设为文本后重新填写",
            "a cell has a number of over 15 digits, which a spreadsheet rounds; make it text",
        )
    return str(int(value)) if value == int(value) else repr(value)


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        whole = value.time() == _MIDNIGHT
        return value.date().isoformat() if whole else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else ""


# --- writing ------------------------------------------------------------------------------


def data_of(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The lines as a workbook of one sheet; ValueError for a text that no cell holds."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("走访")
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet, value: str | int):  # type: ignore[no-untyped-def]  # the library has no types
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(text) > MOST_SIGNS:
        raise ValueError("a cell holds 32,767 signs")
    cell = WriteOnlyCell(sheet, text)
    # Else what begins with = would be a formula, which whoever opens the file would carry out.
    cell.data_type = "s"
    return cell
