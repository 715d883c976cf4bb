"""Reads a list as a spreadsheet saves it, row by row, and knows in which line each row stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from commands.parsing.plain import plain
from service.demo.faults import SchoolFault


@dataclass(frozen=True)
class Column:
    """A column by its own name, with the headings it is known by, the first one as we write it."""

    name: str
    headings: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a list; a cell that is empty or missing is the empty text."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell, without the spaces around it."""
        return self.cells.get(column, "").strip()

    def fault(self, mend_zh: str, mend_en: str) -> SchoolFault:
        """What is wrong in this row."""
        return SchoolFault(self.file, self.line, mend_zh, mend_en)


def read_table(file: Path, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV file, its columns in any order; SchoolFault if it can't be read."""
    lines = _lines(file, _text(file))
    line, headings = next(lines, (None, []))
    names = _names(file, line, headings, columns)
    return [_row(file, line, names, cells) for line, cells in lines]


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise SchoolFault(
            file, None, "没有这个文件，请把它放进文件夹", "there is no such file; put it there"
        ) from None
    except OSError as error:
        raise SchoolFault(
            file, None, f"打不开（{error.strerror}）", f"it can't be opened ({error.strerror})"
        ) from None
    # Chinese spreadsheets save GB18030, which would take much of UTF-8 for its own: so it is last.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SchoolFault(
        file, None, "读不出文字，请另存为 CSV UTF-8", "it can't be read; save it again as CSV UTF-8"
    )


def _lines(file: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that says anything, with the line in which it begins."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise SchoolFault(
            file,
            line,
            "引号不成对，或不是 CSV，请用表格软件另存为 CSV",
            "a quotation mark is open, or it is no CSV; save it again as CSV",
        ) from None


def _names(
    file: Path, line: int | None, headings: Sequence[str], columns: Sequence[Column]
) -> list[str]:
    """Which column each heading means."""
    known = {_folded(word): column.name for column in columns for word in column.headings}
    ours_zh = "、".join(column.headings[0] for column in columns)
    for heading in headings:
        # A column that we don't know may be one that was meant to be read.
        if heading.strip() and _folded(heading) not in known:
            raise SchoolFault(
                file,
                line,
                f"不认识“{heading.strip()}”这一列，请改名或删掉，能认的有：{ours_zh}",
                f"the column “{heading.strip()}” isn't known; rename or delete it",
            )
    names = [known.get(_folded(heading), "") for heading in headings]
    for column in columns:
        _check(file, line, column, names.count(column.name))
    return names


def _folded(heading: str) -> str:
    return " ".join(plain(heading).split())


def _check(file: Path, line: int | None, column: Column, times: int) -> None:
    heading, last = column.headings[0], column.headings[-1]
    if times > 1:
        raise SchoolFault(
            file,
            line,
            f"“{heading}”有 {times} 列，请只留一列",
            f"there are {times} columns “{last}”; leave one",
        )
    if column.required and not times:
        raise SchoolFault(
            file,
            line,
            f"缺“{heading}”这一列，第一行请写列名",
            f"the column “{last}” is missing; the first line holds the columns' names",
        )


def _row(file: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise SchoolFault(
            file,
            line,
            f"比第一行多出 {len(cells) - len(names)} 格，带逗号的内容请加英文引号",
            "it has more cells than the first line; put quotation marks around what has a comma",
        )
    return Row(file, line, dict(zip(names, cells, strict=False)))
