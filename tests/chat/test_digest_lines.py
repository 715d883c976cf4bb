"""A digest fits on a phone, however much there is to tell, and says what it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat.wording.digests import weekly_digest
from chat.words import words
from tests.chat.samples_digests import _FULL, DIGESTS

# With the title.
LINES = 12


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("view", [one for one in DIGESTS if one.notice == "WeeklyDigest"])
def test_a_digest_has_no_more_lines_than_a_phone(view: object, language: str) -> None:
    message = weekly_digest(view, words(language))  # type: ignore[arg-type]
    assert 1 + len(message.lines) <= LINES


def test_what_waits_and_has_no_line_is_counted_and_two_have_one_in_any_case() -> None:
    lines = weekly_digest(_FULL, words("zh-CN")).lines
    assert sum(line.startswith("需要您：") for line in lines) == 2
    assert "另有 4 件等您：/问题" in lines


def test_what_there_is_no_room_for_is_counted_and_is_the_last() -> None:
    """Of a full week there are ten lines beside the three on what waits: two too many."""
    lines = weekly_digest(_FULL, words("zh-CN")).lines
    assert lines[-1] == "还有 3 项"
    assert lines[-2].startswith("另有 1 件只告诉了")
    assert not [line for line in lines if line.startswith(("分类建议", "钉钉本月", "原话："))]


@pytest.mark.parametrize("needs", [0, 1, 2])
def test_a_quiet_week_is_told_whole(needs: int) -> None:
    quiet = replace(
        _FULL, needs=_FULL.needs[:needs], needs_in_all=needs, coverage=(), seen_before=(), hidden=0
    )
    lines = weekly_digest(quiet, words("zh-CN")).lines
    assert sum(line.startswith("需要您：") for line in lines) == needs
    assert not [line for line in lines if line.startswith(("还有 ", "另有 "))]
    assert lines[-1].startswith("原话：")


def test_numbers_that_are_not_all_there_are_say_so() -> None:
    def late(**of: object) -> str:
        view = replace(_FULL, **of)  # type: ignore[arg-type]
        return next(one for one in weekly_digest(view, words("zh-CN")).lines if "在办" in one)

    first = {"overdue": (1, 3, 4, 6), "overdue_in_all": 19}
    assert "超期 19 件（#1、#3、#4、#6等）" in late(**first)
    assert "超期 2 件（#57、#61）" in late()
    none_late = {"overdue": (), "overdue_in_all": 0}
    assert "下周报前到期 5 件（#64等）" in late(**none_late, due_in_all=5)
