"""Whatever a list holds: each row is counted once, and the list again changes not a byte."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from service.lists import csv_file
from service.lists.lines import read_sheets
from service.lists.taking_families import take_families
from service.lists.taking_people import take_people
from service.lists.taking_visits import take_visits
from tests.fixtures.house import School
from tests.service.lists import everything

CLASSES = ["七3", "七(3)班", "七5", "七2", "八1", "七4", "703", "十八班", "2018-07-03", ""]
SEATS = ["1", "4", "5", "9", "12", "13", "13号", "40", "", "", "x"]
CHILDREN = [
    "王小明",
    "王晓明",
    "王晓敏",
    "李想",
    "张伟",
    "陈晨",
    "陈 晨",
    "赵新",
    "新生甲",
    "",
    "···",
]
PEOPLE = ["林晓", "李梅", "高远", "蔡平", "周敏", "Li Mei", "谁", "", "林晓、李梅", "李梅(a1)"]
WORDS = ["", "", "好", "=1+1", "无", " 很好 ", "a\r\nb", "'-x"]
KINDS = {
    "families": (
        take_families,
        "班级,学号,姓名,家庭,特殊,原因,意愿",
        [CLASSES, SEATS, CHILDREN, ["", "", "甲", "乙"], ["", "是", "否", "也许"], WORDS, WORDS],
    ),
    "roster": (
        take_people,
        "姓名,单位,职务,账号,语言",
        [
            PEOPLE,
            [*CLASSES, "七年级", "总务处", "全校", "后勤部"],
            ["班主任", "教师", "联络人", "联系领导", "管理员", "校医", ""],
            ["", "", "a1", "a2", "teams:t1 a3", "a1 a2", "钉"],
            ["", "en", "fr"],
        ],
    ),
    "visits": (
        take_visits,
        "日期,班级,学号,姓名,走访人,同行,类型,结果,教师,备注,诉求",
        [
            ["2018-08-20", "2018-8-21", "20180822", "2018-05-04", "2018-09-30", "昨天", ""],
            CLASSES,
            SEATS,
            CHILDREN,
            PEOPLE,
            ["", "", *PEOPLE],
            ["", "", "家访", "教师", "散步"],
            ["", "婉拒"],
            PEOPLE,
            WORDS,
            WORDS,
        ],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
async def test_each_row_counts_once_and_the_second_time_nothing_changes(
    school: School, tmp_path: Path, kind: str, seed: int
) -> None:
    take, head, cells = KINDS[kind]
    chance = random.Random(seed)
    rows = [[chance.choice(some) for some in cells] for _ in range(400 if kind == "visits" else 60)]
    file = tmp_path / f"{kind}.csv"
    file.write_bytes(csv_file.data_of([head.split(","), *rows]))
    lines = sum(len(sheet) for sheet in read_sheets(file)) - 1
    first = await take(file)
    assert first.new + first.changed + first.unchanged + len(first.refused) == lines
    assert len({one.line for one in first.refused}) == len(first.refused)
    assert first.new + first.changed + first.unchanged > 0
    before = await everything()
    again = await take(file)
    assert (again.new, again.changed) == (0, 0)
    assert await everything() == before
    taken = first.new + first.changed + first.unchanged
    assert (again.unchanged, len(again.refused)) == (taken, lines - taken)
