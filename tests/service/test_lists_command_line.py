from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli.lists import _unless_interrupted
from settings import Settings

RUN = "import sys; from service.cli import main; sys.exit(main(sys.argv[1:]))"
ROOT = Path(__file__).parents[2]
ROSTER = "姓名,单位,职务,账号\n许静文,七(3)班,班主任,teacher03\n"
FAMILIES = "班级,学号,姓名\n七3,12,王小明\n七3,13,李想\n"
VISITS = "日期,班级,学号,走访人,备注\n2018-08-20,七3,12,许静文,聊得轻松\n"


def started(folder: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    here = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "ZOUFANG_LANGUAGE": "zh-CN",
        "ZOUFANG_DATABASE_URL": f"sqlite://{folder / 'zoufang.db'}",
    }
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *words],
        cwd=folder,
        env=here | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def zoufang(folder: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    process = started(folder, *words, **environment)
    said, logged = process.communicate(timeout=120)
    assert "Traceback" not in logged, logged
    return process.returncode, said, logged


def put(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_what_is_there_is_not_written_over_unless_it_is_forced(tmp_path: Path) -> None:
    zoufang(tmp_path, "roster", "import", put(tmp_path, "roster.csv", ROSTER))
    there = put(tmp_path, "out.csv", "kept")
    status, _, complaint = zoufang(tmp_path, "export", "roster", there)
    assert (status, (tmp_path / there).read_text(encoding="utf-8")) == (1, "kept")
    assert "out.csv 已经有了，没有覆盖。请换一个文件名，或加上 --force。" in complaint
    status, said, _ = zoufang(tmp_path, "export", "roster", there, "--force")
    assert status == 0
    assert "里面是教职工的姓名和账号" in said
    assert "孩子" not in said
    assert "许静文" in (tmp_path / there).read_text(encoding="utf-8-sig")


def test_a_class_that_no_school_has_is_refused_with_its_reason(tmp_path: Path) -> None:
    listed = put(tmp_path, "families.csv", "班级,学号,姓名\n七99,1,王小明\n七3,12,李想\n")
    status, said, _ = zoufang(tmp_path, "families", "import", listed)
    assert status == 1
    assert "新增 1 行" in said
    assert "“七99”的班号太大" in said


def test_a_school_is_taken_in_and_written_again(tmp_path: Path) -> None:
    for kind, text in (("roster", ROSTER), ("families", FAMILIES), ("visits", VISITS)):
        status, said, logged = zoufang(tmp_path, kind, "import", put(tmp_path, f"{kind}.csv", text))
        assert (status, said) == (
            0,
            f"新增 {text.count(chr(10)) - 1} 行，更新 0 行，没有变化 0 行，未采用 0 行。\n",
        )
        assert not [name for name in ("王小明", "李想", "聊得轻松") if name in logged]
    status, said, _ = zoufang(tmp_path, "families", "import", "families.csv", ZOUFANG_LANGUAGE="en")
    assert (status, said) == (0, "0 rows new, 0 changed, 2 unchanged, 0 refused.\n")
    status, said, logged = zoufang(tmp_path, "export", "走访台账", "out.xlsx")
    assert status == 0
    assert "1 行" in said
    assert "聊得轻松" not in said + logged
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out.xlsx").stat().st_mode) == 0o600
    assert zoufang(tmp_path, "visits", "import", "out.xlsx")[:2] == (
        0,
        "新增 0 行，更新 0 行，没有变化 1 行，未采用 0 行。\n",
    )


def test_refused_rows_are_named_on_the_terminal_and_the_status_says_so(tmp_path: Path) -> None:
    name = put(tmp_path, "f.csv", FAMILIES + "十八班,1,孙悟空\n七3,12,沙小僧\n")
    status, said, logged = zoufang(tmp_path, "families", "import", name)
    assert status == 1
    first, second, counts = said.splitlines()
    assert "第 4 行" in first
    assert "第 5 行" in second
    assert counts == "新增 2 行，更新 0 行，没有变化 0 行，未采用 2 行。"
    assert not [child for child in ("孙悟空", "沙小僧") if child in said + logged]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (("families", "import", "none.csv"), "none.csv"),
        (("visits", "import", "."), "打不开"),
        (("roster", "import", "binary.csv"), "UTF-8"),
        (("export", "roster", "no/where.csv"), "where.csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, words: tuple[str, ...], word: str
) -> None:
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x80")
    status, said, logged = zoufang(tmp_path, *words)
    assert (status, said) == (1, "")
    assert word in logged.splitlines()[-1]


@pytest.mark.parametrize(
    "words",
    [
        ("families",),
        ("families", "export", "x"),
        ("export", "名单", "x.csv"),
        ("export", "roster", "x.ods"),
        ("visits", "import"),
    ],
)
def test_a_wrong_command_is_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    status, said, logged = zoufang(tmp_path, *words)
    assert (status, said) == (2, "")
    assert "usage: zoufang" in logged
    assert not (tmp_path / "zoufang.db").exists()


def test_what_is_interrupted_has_failed_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    async def interrupted() -> int:
        raise KeyboardInterrupt

    assert _unless_interrupted(Settings(language="zh-CN"), interrupted()) == 1
    assert "什么都没有改" in capsys.readouterr().err
