"""Lists of problems: what filters mean, what is a problem instead, pages, and what isn't shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import Problem, ProblemNamed
from tests.commands.dialogs import CAI, CHENG, GROUP, HEAD, LIN, OFFICE, XU, kinds, labels, listed
from tests.fixtures.house import START, School

WORDS = ("灯坏了", "汤太凉", "门口堵", "床太窄", "水不热", "书太重", "课太多", "路太远")


async def several(school: School, number: int = 3, **columns: object) -> list[int]:
    return [await listed(school, LIN, words, **columns) for words in WORDS[:number]]


async def numbers(school: School, who: str, said: str) -> list[int]:
    reply = await school.one(who, said)
    assert reply["notice"] == "ProblemsListed", reply["text"]
    return [line["problem"] for line in reply["facts"]["lines"]]


async def test_the_bare_command_shows_what_one_has_to_do_with(school: School) -> None:
    mine = await several(school)
    await listed(school, CHENG, "别人的")
    assert await numbers(school, LIN, "/问题") == mine
    assert await numbers(school, LIN, "/issue") == mine
    await Problem.filter(id=mine[0]).update(responsible_id=school.people[CAI], state="claimed")
    assert await numbers(school, CAI, "/问题") == mine[:1]


async def test_what_is_over_is_no_more_in_it(school: School) -> None:
    first, second, third = await several(school)
    await Problem.filter(id=first).update(state="closed", ending="satisfied", ended_at=START)
    await Problem.filter(id=second).update(state="merged", merged_into_id=third)
    assert await numbers(school, LIN, "/问题") == [third]
    assert set(await numbers(school, HEAD, "/问题 已了结")) == {first, second}
    assert set(await numbers(school, HEAD, "/问题 全部")) == {first, second, third}


@pytest.mark.parametrize(
    "said",
    [
        "/问题 七年级 逾期",
        "/问题 逾期 七年级",
        "/问题 七年级、逾期",
        "/问题 逾期",
        "/issue overdue",
        "/issue 7年级 late",
        "/问题 后勤 逾期",
        "/问题 后勤安全 超期",
        "/问题 蔡平 逾期",
        "/问题 总务处 逾期",
        "/问题 超过7天 逾期",
        "/问题 7天以上",
        "/问题 七3 逾期",
    ],
)
async def test_filters_in_any_order_find_the_one(school: School, said: str) -> None:
    late, _other = await several(school, 2, state="claimed")
    await Problem.filter(id=late).update(
        category="logistics",
        responsible_id=school.people[CAI],
        due_at=START - timedelta(days=1),
        started_on=START.date() - timedelta(days=16),
        school_class_id=school.classes[7, 3],
    )
    assert await numbers(school, HEAD, said) == [late]


@pytest.mark.parametrize(
    "said",
    ["/问题 七年级 食堂逾期供餐", "/问题 七年级 逾期 来源：电话", "/问题 七年级 蔡平老师很好"],
)
async def test_what_says_more_than_filters_is_a_problem(school: School, said: str) -> None:
    assert (await school.one(LIN, said))["notice"] == "ProblemRecorded"


async def test_pages_go_on_and_a_number_shows_one(school: School) -> None:
    all_of_them = await several(school, 6)
    first = await school.one(HEAD, "/问题 七年级")
    assert len(labels(first)) == 5
    assert len(first["text"].split("\n")) <= 6
    assert labels(first)[-1] == "更多"
    second = await school.one(HEAD, "更多")
    assert [line["problem"] for line in second["facts"]["lines"]] == all_of_them[4:]
    assert "更多" not in labels(second)
    shown = await school.one(HEAD, "2")
    assert (shown["notice"], shown["facts"]["problem"]) == ("ProblemStory", all_of_them[5])


async def test_a_list_is_for_one_person_alone(school: School) -> None:
    await several(school)
    replies = await school.say(CAI, "/问题 七年级", GROUP)
    assert kinds(replies) == [("ToldPrivately", GROUP), ("ProblemsListed", "direct")]
    assert not any(words in replies[0]["text"] for words in WORDS)


async def test_red_flags_are_counted_and_those_it_names_hear_nothing(school: School) -> None:
    ordinary, flagged, about_him = await several(school)
    await Problem.filter(id=flagged).update(red_flag=True)
    await ProblemNamed.create(problem_id=about_him, person_id=school.people[CAI])
    reply = await school.one(CAI, "/问题 七年级")
    assert [line["problem"] for line in reply["facts"]["lines"]] == [ordinary]
    assert (reply["facts"]["total"], reply["facts"]["hidden"]) == (1, 1)
    everything = await school.one(OFFICE, "/问题 七年级")
    assert everything["facts"]["total"] == 2


async def test_another_lines_problems_are_not_in_it(school: School) -> None:
    await several(school)
    for who in (CHENG, "高远"):
        reply = await school.one(who, "/问题 七年级")
        assert reply["facts"]["lines"] == []
        assert reply["facts"]["total"] == 0
    assert len(await numbers(school, XU, "/问题 七年级")) == 3


async def test_the_admin_reads_no_list(school: School) -> None:
    await several(school)
    reply = await school.one("方正", "/问题 七年级")
    assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")


async def test_of_what_names_the_head_the_office_learns_how_many(school: School) -> None:
    ordinary, about_head = await several(school, 2)
    await ProblemNamed.create(problem_id=about_head, person_id=school.people[HEAD])
    reply = await school.one(OFFICE, "/问题 七年级")
    assert [line["problem"] for line in reply["facts"]["lines"]] == [ordinary]
    assert reply["facts"]["hidden"] == 1
    assert "另有 1 件" in reply["text"]
    assert (await school.one(HEAD, "/问题 七年级"))["facts"]["hidden"] == 0
    assert (await school.one("何国良", "/问题 七年级"))["facts"]["total"] == 2


async def test_a_mistyped_unit_alone_is_asked_about(school: School) -> None:
    (number,) = await several(school, 1)
    for who in (LIN, HEAD):
        asked = await school.one(who, "/问题 七年纪")
        assert (asked["notice"], labels(asked)[0]) == ("DidYouMean", "七年级"), who
        assert await Problem.all().count() == 1
        reply = await school.one(who, "1")
        assert reply["notice"] == "ProblemsListed"
    assert [line["problem"] for line in reply["facts"]["lines"]] == [number]


async def test_it_may_have_been_meant_as_it_stands(school: School) -> None:
    asked = await school.one(LIN, "/问题 七年纪")
    reply = await school.one(LIN, str(len(asked["choices"])))
    assert (reply["notice"], reply["facts"]["words"]) == ("ProblemRecorded", "七年纪")


async def test_a_bare_703_is_a_problem_or_else_the_class(school: School) -> None:
    (number,) = await several(school, 1, school_class_id=school.classes[7, 3])
    assert await numbers(school, HEAD, "/问题 703") == [number]
    assert await numbers(school, HEAD, "/问题 703 逾期") == []
    assert (await school.one(HEAD, "/问题 #703"))["reason"] == "no_such_problem"
    assert (await school.one(HEAD, "/问题 799"))["reason"] == "no_such_problem"
    await Problem.create(**await _copied(number, 703))
    assert (await school.one(HEAD, "/问题 703"))["facts"]["problem"] == 703
    # For whom it isn't, it is as if there were none.
    await Problem.filter(id=703).update(red_flag=True)
    assert await numbers(school, "何国良", "/问题 703") == [number]


async def _copied(number: int, other: int) -> dict[str, object]:
    (row,) = await Problem.filter(id=number).values()
    return {**row, "id": other, "seal": "0" * 32}
