"""Reads a list row by row, its columns in any order, and knows in which line each row stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.parsing.plain import plain
from service.lists.faults import ListFault, refusing
from service.lists.lines import read_sheets
from service.lists.parts import Line


@dataclass(frozen=True)
class Column:
    """A column by its own name, with the headings it is known by, the first one as we write it.

    A `repeated` one may stand there several times.
    """

    name: str
    headings: tuple[str, ...]
    required: bool = False
    repeated: bool = False

    def heading(self, language: str) -> str:
        """How we write it in that language."""
        english = (one for one in self.headings if one.isascii())
        return self.headings[0] if language.startswith("zh") else next(english)


@dataclass(frozen=True)
class Row:
    """A row of a list; a cell that is empty or missing is the empty text."""

    file: Path
    line: int
    cells: Mapping[str, tuple[str, ...]]

    def text(self, column: str) -> str:
        """The cell, without the spaces around it."""
        return next(iter(self.cells.get(column, ())), "").strip()

    def texts(self, column: str) -> tuple[str, ...]:
        """What the cells of a column say, byte for byte, those left out that say nothing."""
        return tuple(cell for cell in self.cells.get(column, ()) if cell.strip())

    def words(self, column: str) -> str | None:
        """What the cell says, byte for byte, or None."""
        return next(iter(self.texts(column)), None)

    def fault(self, mend_zh: str, mend_en: str) -> ListFault:
        """What is wrong in this row."""
        return ListFault(self.file, self.line, mend_zh, mend_en)


def read_table(
    file: Path, columns: Sequence[Column], refused: list[ListFault] | None = None
) -> list[Row]:
    """The rows of the first sheet that has our columns; ListFault if there is none.

    A row that can't be read is added to `refused`; with None it is raised.
    """
    first, *lines = _sheet(file, columns)
    names = _names(file, first, columns)
    rows = []
    for line in lines:
        with refusing(refused):
            rows.append(_row(file, line, names))
    return rows


# --- headings -----------------------------------------------------------------------------


def _sheet(file: Path, columns: Sequence[Column]) -> Sequence[Line]:
    """The sheet that is meant: else the first that says anything, to say what is wrong with it."""
    filled: Sequence[Line] = ()
    for lines in read_sheets(file):
        if lines and _has(lines[0], columns):
            return lines
        filled = filled or lines
    if not filled:
        raise ListFault(
            file,
            None,
            f"表是空的，第一行请写列名：{_ours(columns, 'zh-CN')}",
            f"it is empty; its first line holds the columns' names: {_ours(columns, 'en')}",
        )
    return filled


def _has(line: Line, columns: Sequence[Column]) -> bool:
    """Whether the columns that must be there are."""
    known = _known(columns)
    named = {known.get(_folded(heading)) for heading in line.cells}
    return all(column.name in named for column in columns if column.required)


def _names(file: Path, line: Line, columns: Sequence[Column]) -> list[str]:
    """Which column each heading means."""
    known = _known(columns)
    for heading in line.cells:
        # A column that we don't know may be one that was meant to be read.
        if heading.strip() and _folded(heading) not in known:
            raise ListFault(
                file,
                line.number,
                f"不认识“{heading.strip()}”这一列，请改名或删掉；"
                f"能认的有 {_ours(columns, 'zh-CN')}",
                f"the column “{heading.strip()}” isn't known; rename or delete it; "
                f"known are {_ours(columns, 'en')}",
            )
    names = [known.get(_folded(heading), "") for heading in line.cells]
    for column in columns:
        _check(file, line.number, column, names.count(column.name))
    return names


def _known(columns: Sequence[Column]) -> Mapping[str, str]:
    return {_folded(word): column.name for column in columns for word in column.headings}


def _ours(columns: Sequence[Column], language: str) -> str:
    return ("、" if language == "zh-CN" else ", ").join(one.heading(language) for one in columns)


def _folded(heading: str) -> str:
    return " ".join(plain(heading).split())


def _check(file: Path, line: int, column: Column, times: int) -> None:
    heading, last = column.heading("zh-CN"), column.heading("en")
    if times > 1 and not column.repeated:
        raise ListFault(
            file,
            line,
            f"“{heading}”有 {times} 列，请只留一列",
            f"there are {times} columns “{last}”; leave one",
        )
    if column.required and not times:
        raise ListFault(
            file,
            line,
            f"缺“{heading}”这一列，第一行请写列名",
            f"the column “{last}” is missing; the first line holds the columns' names",
        )


# --- rows ---------------------------------------------------------------------------------


def _row(file: Path, line: Line, names: Sequence[str]) -> Row:
    cells: dict[str, tuple[str, ...]] = {}
    for name, cell in zip(names, line.cells, strict=False):
        cells[name] = (*cells.get(name, ()), cell)
    row = Row(file, line.number, cells)
    if line.mend is not None:
        raise row.fault(*line.mend)
    # A cell beyond the headings, or under an empty one, may be one that was meant to be read.
    stray = [cell for cell in (*cells.get("", ()), *line.cells[len(names) :]) if cell.strip()]
    if stray:
        raise row.fault(
            f"比第一行多出 {len(stray)} 格，带逗号的内容请加英文引号，每一列都要有列名",
            f"it has {len(stray)} more cells than there are headings; put quotation marks "
            "around what has a comma, and a heading above each column",
        )
    return row
