"""The lines of a CSV file, read from bytes and written to them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from service.lists.parts import Line, Unreadable

# A spreadsheet takes a cell that begins so for a formula, and would carry it out.
_FORMULA = re.compile(r"['\s]*[=+\-@\t\r\0＝＋－＠]")
_QUOTE = "'"


def lines(data: bytes) -> Sequence[Line]:
    """Each line that says anything, with the number of the line in which it begins."""
    return [line for line in _lines(_text(data)) if line.says_anything]


def _text(data: bytes) -> str:
    # Chinese spreadsheets save GB18030, which would take much of UTF-8 for its own: so it is last.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        ("读不出文字，请另存为 CSV UTF-8", "it can't be read; save it again as CSV UTF-8")
    )


def _lines(text: str) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    number = 1
    try:
        for cells in reader:
            yield Line(number, [_unquoted(cell) for cell in cells])
            number = reader.line_num + 1
    except csv.Error:
        raise Unreadable(
            (
                "引号不成对，或不是 CSV，请用表格软件另存为 CSV",
                "a quotation mark is open, or it is no CSV; save it again as CSV",
            ),
            number,
        ) from None


def data_of(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The lines as a file that a spreadsheet opens as it is: UTF-8 with its mark, no formulas."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerows([_quoted(str(cell)) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def _quoted(cell: str) -> str:
    """A quotation mark in front, as one types it in a spreadsheet, keeps text from being run."""
    return _QUOTE + cell if _FORMULA.match(cell) else cell


def _unquoted(cell: str) -> str:
    quoted = cell.startswith(_QUOTE) and _FORMULA.match(cell[1:])
    return cell[1:] if quoted else cell
