"""The school's plan, read from its file when the program starts, or what to mend in it."""

from __future__ import annotations

from pathlib import Path

from domain.rules.plan_checks import mistakes
from domain.rules.plan_error import PlanError
from domain.rules.plan_lines import line_of
from domain.rules.plan_shape import shaped
from domain.rules.plan_text import parsed, with_year
from domain.rules.plan_whole import Plan

__all__ = ["PACKAGED", "SETTING", "Plan", "PlanError", "load_plan", "read_plan"]

PACKAGED = Path(__file__).parents[1] / "plan.toml"
# What a mistake about the file itself, rather than about a key in it, is filed under.
SETTING = "ZOUFANG_PLAN"


def load_plan(text: str) -> Plan:
    """The plan written in a TOML text; PlanError, with the line, at the first mistake."""
    # Some editors put a mark before UTF-8; it is no mistake of the school's.
    text = text.removeprefix("\ufeff")
    try:
        plan = shaped(with_year(parsed(text)), Plan)
        for mistake in mistakes(plan):
            raise mistake
    except PlanError as error:
        raise error.on_line(error.line or line_of(text, error.key)) from None
    return plan


def read_plan(path: Path | None) -> Plan:
    """The plan in that file, or the packaged one for None; PlanError when it can't be used."""
    file = path or PACKAGED
    try:
        return load_plan(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _not_utf8(file, error) from None
    except FileNotFoundError:
        raise PlanError(
            SETTING,
            f"找不到文件 {file}，请改正路径，或去掉这个设置以使用自带的方案",
            f"there is no file {file}; correct the path, or unset it to use the packaged plan",
        ) from None
    except OSError as error:
        raise PlanError(
            SETTING,
            f"打不开 {file}（{error.strerror}），请检查它是不是文件、有没有读取权限",
            f"{file} can't be opened ({error.strerror}); see that it is a file one may read",
        ) from None


def _not_utf8(file: Path, error: UnicodeDecodeError) -> PlanError:
    line = error.object.count(b"\n", 0, error.start) + 1
    return PlanError(
        SETTING,
        f"{file} 不是 UTF-8 编码，请在编辑器里另存为 UTF-8",
        f"{file} isn't UTF-8; save it again as UTF-8 in your editor",
        line,
    )
