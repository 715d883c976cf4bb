"""A class is understood however it is written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.classes import ClassSaid, class_at, parse_class, parse_seat, seat_at
from commands.parsing.plain import plain

HAN = "零一二三四五六七八九十"
GRADES = {7: "七", 8: "八", 9: "九", 10: "高一", 11: "高二", 12: "高三"}
STAGES = {7: "初一", 8: "初二", 9: "初三", 10: "高一", 11: "高二", 12: "高三"}


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones else "")


def fullwidth(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def ways(grade: int, number: int) -> list[str]:
    short, stage, year = GRADES[grade], STAGES[grade], (grade - 7) % 3 + 1
    written = [
        *(f"{name}{number}" for name in {short, f"{stage}年级", stage}),
        *(f"{name}{number}班" for name in (short, stage, f"{stage}年级")),
        *(f"{name}{han(number)}班" for name in (short, stage, f"{stage}年级")),
        *(f"{name}({number})班" for name in (short, stage, f"{stage}年级")),
        *(f"{name}（{number}）" for name in (short, stage)),
        f"{short}({han(number)})班",
        f"{stage}第{number}班",
        f"{stage}年级 {number}班",
        f"{stage}-{number}",
        f"{stage[0]}{year}-{number}",
        f"{stage[0]}{year}({number})班",
        f"{grade}年级{number}班",
        f"{grade}({number})班",
        f"{grade}-{number}",
        f"{grade}.{number}",
        f"{grade}{number:02}",
        f"{grade}{number:02}班",
        f"G{grade}-{number}",
        f"g{grade} class {number}",
        f"Grade {grade} Class {number}",
        f"grade {grade}, class {number}",
        f"Class {number} of Grade {grade}",
        f"class {number}, grade {grade}",
        f"{'Junior' if grade < 10 else 'Senior'} {year} Class {number}",
    ]
    if grade < 10:
        written += [
            f"{short}年级{number}班",
            f"{short}年级({number})班",
            f"{short}年级{han(number)}班",
        ]
    return written


@pytest.mark.parametrize("grade", range(7, 13))
def test_every_class_is_read_in_every_way_of_writing_it(grade: int) -> None:
    for number in range(1, 41):
        for written in ways(grade, number):
            for typed in (written, fullwidth(written), f" {written} "):
                assert parse_class(typed) == ClassSaid(grade, number), typed


@pytest.mark.parametrize("grade", range(7, 13))
def test_a_name_may_be_glued_to_a_class(grade: int) -> None:
    for number in range(1, 41):
        for written in ways(grade, number):
            said = plain(written)
            # Latin letters would run into each other.
            if not said[0].isascii() or said[0].isdecimal():
                assert class_at(f"王{said}王小明", 1) == (
                    ClassSaid(grade, number),
                    1 + len(said),
                ), said
                if said[-1] in ")班":
                    assert class_at(f"{said}12号", 0) == (ClassSaid(grade, number), len(said)), said


@pytest.mark.parametrize(
    ("typed", "grade"),
    [("七年级", 7), ("8年级", 8), ("初三", 9), ("高一", 10), ("高二年级", 11), ("G12", 12),
     ("Grade 7", 7), ("７年级", 7), ("十二年级", 12), ("高1", 10), ("初中二年级", 8)],
)  # fmt: skip
def test_a_grade_may_stand_alone(typed: str, grade: int) -> None:
    assert parse_class(typed) == ClassSaid(grade, None)


@pytest.mark.parametrize(
    "typed",
    ["", "七", "八八", "703号", "12号", "九号", "110", "911人", "1512", "7-", "7-100", "6-3", "13-1",
     "2018-9-5", "9-5-3", "703-1-2", "高四3班", "初一起", "七0", "700", "7-0", "王小明", "高一鸣",
     "九寨沟", "七嘴八舌", "class", "grade", "great", "G70", "6年级", "五年级3班", "99999999999999999"],
)  # fmt: skip
def test_what_isnt_a_class(typed: str) -> None:
    assert parse_class(typed) is None


def test_a_child_whose_name_begins_like_a_grade_is_no_grade() -> None:
    assert class_at("高一鸣 内向", 0) is None
    assert class_at("高一 王小明", 0) == (ClassSaid(10, None), 2)
    assert class_at("高一3王小明", 0) == (ClassSaid(10, 3), 3)


@pytest.mark.parametrize(
    ("typed", "seat"),
    [("12号", 12), ("12 号", 12), ("１２号", 12), ("十二号", 12), ("no. 12", 12), ("No.12", 12),
     ("seat 3", 3), ("12", 12), ("王小明", None), ("V12", None), ("12号楼", None), ("", None)],
)  # fmt: skip
def test_a_number_in_class(typed: str, seat: int | None) -> None:
    assert parse_seat(typed) == seat


def test_a_number_in_class_ends_at_its_sign() -> None:
    assert seat_at("七3 12号奶奶照顾", 3) == (12, 6)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    parse_class(text)
    parse_seat(text)
    for pos in range(len(text)):
        found = class_at(plain(text), pos)
        assert found is None or pos < found[1] <= len(text)
