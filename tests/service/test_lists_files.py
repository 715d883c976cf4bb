from __future__ import annotations

import csv
import io
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.rules.plan import read_plan
from service.lists import csv_file, xlsx_file
from service.lists.families import read_families
from service.lists.faults import ListFault
from service.lists.lines import MOST_BYTES, read_sheets
from service.lists.parts import Unreadable
from service.lists.people import read_people
from service.lists.tables import Column, read_table
from service.lists.visits import read_visits

PLAN = read_plan(None)
DAY = date(2018, 9, 3)
COLUMNS = (Column("a", ("甲", "a"), required=True), Column("b", ("乙", "b"), repeated=True))
SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
TEXTS = st.one_of(
    SIGNS,
    st.sampled_from(
        [
            "=1+1",
            "'=1",
            "''@x",
            " +1",
            "\t-1",
            "＝1",
            "\r",
            "_x000D_",
            "a\r\nb",
            "\0",
            "\x0b",
            '"',
            "'",
        ]
    ),
    st.builds("{}{}".format, st.sampled_from("=+-@'＝"), SIGNS),
)


def book(*sheets: list[list[Any]]) -> bytes:
    written = Workbook()
    written.remove(written.active)
    for place, rows in enumerate(sheets):
        sheet = written.create_sheet(f"s{place}")
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    written.save(data)
    return data.getvalue()


def put(tmp_path: Path, data: bytes, name: str = "list.any") -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


def sentence(file: Path) -> str:
    with pytest.raises(ListFault) as caught:
        read_table(file, COLUMNS)
    assert "\n" not in caught.value.sentence("en")
    return caught.value.sentence("zh-CN")


# --- what is written is read again -----------------------------------------------------------


@pytest.mark.parametrize("form", [csv_file, xlsx_file])
@given(
    rows=st.lists(
        st.lists(TEXTS, min_size=2, max_size=2).filter(
            lambda row: any(cell.strip() for cell in row)
        ),
        max_size=4,
    )
)
def test_whatever_stands_in_a_cell_comes_back_as_it_was(form: Any, rows: list[list[str]]) -> None:
    data = form.data_of(rows)
    lines = (
        form.lines(data)
        if form is csv_file
        else [line for sheet in form.sheets(data) for line in sheet]
    )
    read = [[*line.cells, "", ""][:2] for line in lines]
    assert read == rows


@given(TEXTS)
def test_no_cell_that_we_write_is_a_formula(text: str) -> None:
    written = csv_file.data_of([["甲", text]]).decode("utf-8-sig")
    ((_, cell),) = csv.reader(io.StringIO(written, newline=""))
    assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    archive = zipfile.ZipFile(io.BytesIO(xlsx_file.data_of([[f"={text}"]])))
    assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_csv_has_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    assert csv_file.data_of([["班级"]]) == b"\xef\xbb\xbf" + "班级\r\n".encode()


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    xlsx_file.data_of([["长" * xlsx_file.MOST_SIGNS]])
    with pytest.raises(ValueError, match="32,767"):
        xlsx_file.data_of([["长" * (xlsx_file.MOST_SIGNS + 1)]])


# --- workbooks -------------------------------------------------------------------------------


def test_numbers_and_dates_are_read_as_they_would_be_typed(tmp_path: Path) -> None:
    rows = [
        ["甲", "乙", "乙", "乙"],
        [12.0, 1.5, True, 20180903],
        [date(2018, 9, 3), datetime(2018, 9, 3, 10, 5), "七(3)班", None],  # noqa: DTZ001  a spreadsheet knows no zones
    ]
    read = read_table(put(tmp_path, book(rows)), COLUMNS)
    assert [(one.line, one.text("a"), one.texts("b")) for one in read] == [
        (2, "12", ("1.5", "true", "20180903")),
        (3, "2018-09-03", ("2018-09-03 10:05", "七(3)班")),
    ]


def test_a_cell_that_cannot_be_relied_on_is_named_and_the_others_kept(tmp_path: Path) -> None:
    file = put(tmp_path, book([["甲"], ["#N/A"], [123456789012345678], [], ["好"]]))
    refused: list[ListFault] = []
    assert [row.text("a") for row in read_table(file, COLUMNS, refused)] == ["好"]
    assert [one.line for one in refused] == [2, 3]
    assert "#N/A" in refused[0].sentence("en")
    assert "15" in refused[1].sentence("zh-CN")


def test_a_formula_counts_by_the_value_saved_with_it(tmp_path: Path) -> None:
    data = book([["甲", "乙"], ["x", "=1+1"]])
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>"))
    (row,) = read_table(put(tmp_path, saved.getvalue()), COLUMNS)
    assert row.text("b") == "2"


def test_the_first_sheet_with_our_columns_is_the_one(tmp_path: Path) -> None:
    file = put(
        tmp_path, book([["说明"], ["请填第二张表"]], [["乙", "甲"], ["2", "1"]], [["甲"], ["9"]])
    )
    assert [row.text("a") for row in read_table(file, COLUMNS)] == ["1"]
    assert "说明" in sentence(put(tmp_path, book([], [["说明"]])))
    assert "甲" in sentence(put(tmp_path, book([], [])))


def test_an_old_or_locked_workbook_says_what_to_save(tmp_path: Path) -> None:
    assert ".xlsx" in sentence(put(tmp_path, bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512))


def deflated(**parts: bytes) -> bytes:
    """A workbook some of whose parts are other ones."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["甲"], ["1"]]))) as old,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return data.getvalue()


def other_archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "x")
    return data.getvalue()


def with_byte(at: int, byte: int) -> bytes:
    data = deflated()
    return data[:at] + bytes([byte]) + data[at + 1 :]


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a0 "ha">%s]>' % b"".join(
    b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * 10) for n in range(12)
)
HOSTILE = {
    "laughs": deflated(
        sheet1=LAUGHS + SHEET % b'<row><c t="inlineStr"><is><t>&a12;</t></is></c></row>'
    ),
    "far row": deflated(
        sheet1=SHEET % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"/>'
    ),
    "far column": deflated(sheet1=SHEET % b'<row r="1"><c r="XFD1"><v>1</v></c></row>'),
    "no sheet": deflated(workbook=b"<workbook/>"),
    "no number": deflated(sheet1=SHEET % b'<row r="1"><c r="A1"><v>one</v></c></row>'),
    "truncated": book([["甲"], ["1"]])[:-200],
    "only a head": b"PK\x03\x04",
    "another archive": other_archive(),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_broken_or_hostile_workbook_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    assert "list.any" in sentence(put(tmp_path, data))


def test_a_workbook_that_would_unpack_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    file = put(tmp_path, deflated(sheet1=b" " * 135_000_000))
    assert file.stat().st_size < 200_000
    assert "太大" in sentence(file)


def test_a_file_that_is_no_list_by_its_size_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "film.csv"
    with file.open("wb") as opened:
        opened.truncate(MOST_BYTES + 1)
    assert "32 MB" in sentence(file)
    assert "film" in sentence(tmp_path / "film")
    assert str(tmp_path) in sentence(tmp_path)


# --- no bytes do harm ------------------------------------------------------------------------

READERS: list[Any] = [
    lambda file, refused: read_people(file, PLAN, refused),
    lambda file, refused: read_families(file, PLAN, refused),
    lambda file, refused: read_visits(file, PLAN, DAY, refused),
]
HEADS = [
    "姓名,单位,职务,账号,语言\n",
    "班级,学号,姓名,家庭,特殊,原因,意愿\n",
    "日期,班级,学号,走访人,方式,备注\n",
]
CELLS = (
    st.sampled_from(
        [
            "七3",
            "12",
            "王小明",
            "李梅",
            "是",
            "2018-08-20",
            "班主任",
            "en",
            "a1",
            "",
            " ",
            "x",
            "电话",
            "\x00",
            "=1",
        ]
    )
    | TEXTS
)
JUNK = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda head, rows: (head + "\n".join(",".join(row) for row in rows)).encode(
            "utf-8", "replace"
        ),
        st.sampled_from(HEADS),
        st.lists(st.lists(CELLS, max_size=7), max_size=5),
    ),
    st.builds(with_byte, st.integers(0, 4000), st.integers(0, 255)),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=JUNK)
@example(data=b"\xff\xfe\x80")
@example(data='班级,姓名\n"七3'.encode())
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    file = put(tmp_path, data)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for read in READERS:
            try:
                refused: list[ListFault] = []
                read(file, refused)
            except ListFault as fault:
                refused = [fault]
            for one in refused:
                assert all(
                    said and "\n" not in said
                    for said in (one.sentence("en"), one.sentence("zh-CN"))
                )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=6))
def test_every_line_is_either_taken_or_named(tmp_path: Path, rows: list[list[str]]) -> None:
    file = put(tmp_path, csv_file.data_of([HEADS[1].strip().split(","), *rows]))
    refused: list[ListFault] = []
    families = read_families(file, PLAN, refused)
    taken = [child.row.line for family in families for child in family.children]
    said = [line.number for sheet in read_sheets(file) for line in sheet][1:]
    assert sorted([*taken, *(one.line or 0 for one in refused)]) == said


def test_an_open_quotation_mark_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        csv_file.lines('甲\n1\n"2\n3\n'.encode())
    assert caught.value.line == 3


# --- what spreadsheets do to lists -----------------------------------------------------------


def refusals(tmp_path: Path, text: str) -> list[str]:
    refused: list[ListFault] = []
    file = put(tmp_path, text.encode())
    read = (
        read_visits(file, PLAN, DAY, refused)
        if text.startswith("日期")
        else read_families(file, PLAN, refused)
    )
    return [f"{len(read)} {one.line} {one.sentence('zh-CN')}" for one in refused]


def test_a_class_that_became_a_date_is_said_to_be_one(tmp_path: Path) -> None:
    (said,) = refusals(tmp_path, "班级,姓名\n2018-07-03,王小明\n七3,李想\n")
    assert said.startswith("1 2 ")
    assert "日期" in said


def test_a_day_without_its_year_is_no_date_for_a_list(tmp_path: Path) -> None:
    text = "日期,班级,学号,走访人\n{},七3,12,李梅\n"
    for day in ("昨天", "9-3", "8月20日", "周三", "30号", "1018-09-03"):
        assert refusals(tmp_path, text.format(day)), day
    for day in ("2018-9-3", "2018/09/03 10:05", "20180903", "2018年9月3日"):
        assert not refusals(tmp_path, text.format(day)), day


def test_two_children_of_one_name_in_a_class_need_their_numbers(tmp_path: Path) -> None:
    (said,) = refusals(tmp_path, "班级,学号,姓名\n七5,4,陈晨\n七5,,陈 晨\n七5,9,陈晨\n七3,,陈晨\n")
    assert said.startswith("3 3 ")
    assert "陈晨" not in said
