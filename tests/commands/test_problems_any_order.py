"""Whatever people do with problems, in whatever order: none is stuck, hidden, leaked or out of time."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.house import house
from domain.models import (
    Approval,
    Merge,
    OutboxEntry,
    Problem,
    ProblemEvent,
    ProblemNamed,
    Voice,
)
from domain.queries.audit import verify
from domain.queries.people import standing_of
from domain.queries.problem_times import times_of
from domain.queries.problems import problem_of, voices_of
from domain.records import now, today
from domain.rules.dues import due
from domain.rules.moves import MOVES
from domain.rules.problem_sight import sees
from domain.rules.problem_states import ENDED
from domain.rules.rungs import next_step
from tests.commands.dialogs import CAI, CHENG, HEAD, LIN, OFFICE, XU
from tests.fixtures.house import START, School

# The children's teacher, a liaison, three line leaders, the deputy head, the head, the office.
PEOPLE = (LIN, XU, CAI, CHENG, "孙茜", "何国良", HEAD, OFFICE)
# Whoever it is by then: by chance alone hardly anything would come about.
RESPONSIBLE, ASKED = "responsible", "asked"
# {n} and {m} are problems' numbers.
SAID = (
    "/分类 {n} 后勤",
    "/分类 {n} 教育教学",
    "/认领 {n}",
    "/认领 {n}",
    "/认领 {n}",
    "/认领 {n} 孙茜",
    "/仍办 {n}",
    "/交办 {n} 许宁",
    "/跟进 {n} 已经在办",
    "/退件 {n} 学生管理处 属学生管理",
    "/办结 {n} 换了新的",
    "/办结 {n} 换了新的",
    "/回访 {n} 满意 谢谢",
    "/回访 {n} 一般",
    "/回访 {n} 不满意 没修好",
    "/回访 {n} 未联系上",
    "/延期 {n} 5天 等设备",
    "/延期 {n} 5天 等设备",
    "/延期 {n} 5天 等设备",
    "/延期 {n} 9天 等设备",
    "/同意",
    "/同意",
    "/同意",
    "/同意",
    "/同意 {n}",
    "/不同意 {n} 再想想",
    "/上报 {n} 招生政策 学校定不了",
    "/批复 {n} 已答复",
    "/合并 {n} {m}",
    "/拆分 {n}",
    "/挂账 {n} 11-1 今年没有经费",
    "/撤回 {n} 记错了",
    "/问题 {n}",
    "/撤销",
)
NAMED = "蔡平"
WORDS = ("教室的灯坏了", "食堂的汤太凉了", "校门口车太多，不好走", f"{NAMED}老师布置的值日太多")

step = st.tuples(
    st.sampled_from((*PEOPLE, *(RESPONSIBLE,) * 8, *(ASKED,) * 4)),
    st.sampled_from(SAID),
    st.integers(1, len(WORDS)),
    st.integers(1, len(WORDS)),
    st.sampled_from((0, 0, 0, 1, 4)),
)


@settings(
    max_examples=20,
    # To make a whole story shorter takes minutes; it says itself which problem is wrong.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, min_size=16, max_size=40))
@pytest.mark.sqlite
async def test_no_problem_is_stuck_hidden_leaked_or_out_of_time(
    school: School, steps: list[tuple[str, str, int, int, int]]
) -> None:
    numbers = [await _recorded(school, words) for words in WORDS]
    await ProblemNamed.filter(problem_id=numbers[-1]).update(confirmed=True)
    # Two are in hand already, so that much can come of them.
    for number in numbers[:2]:
        await school.say(CHENG, f"/认领 {number}")
    moment = await now()
    for meant, said, n, m, days in steps:
        if days:
            moment += timedelta(days=days)
            await school.move_to(moment)
        who = await _meant(school, meant, numbers[n - 1])
        before = await _told_so_far()
        replies = await school.say(who, said.format(n=numbers[n - 1], m=numbers[m - 1]))
        await _nothing_denied_is_shown(school, who, said, replies)
        await _nobody_hears_what_is_not_for_them(before, numbers)
        for number in numbers:
            await _is_whole(number)
    assert (await verify()).fault is None
    # The next example goes on with the same school: its clock only goes forward.
    await school.move_to(max(moment, START))


async def _meant(school: School, who: str, number: int) -> str:
    """The person who answers for the problem now, or who is asked to agree to something."""
    if who in school.people:
        return who
    problem = await Problem.get(id=number)
    asked = await Approval.filter(decided_at__isnull=True).order_by("problem_id", "id").first()
    person = problem.responsible_id if who == RESPONSIBLE else asked and asked.asked_of_id
    names = {one: name for name, one in school.people.items()}
    return names.get(person or 0, CHENG)


async def _recorded(school: School, words: str) -> int:
    reply = await school.one(LIN, f"/问题 七年级 {words} 来源：电话")
    assert reply["notice"] == "ProblemRecorded", reply["text"]
    return int(reply["facts"]["problem"])


async def _told_so_far() -> int:
    newest = await OutboxEntry.all().order_by("-id").first()
    return newest.id if newest else 0


async def _nothing_denied_is_shown(
    school: School, who: str, said: str, replies: list[dict[str, Any]]
) -> None:
    """Of a problem that is none of theirs nobody reads more than that there is no such number."""
    standing = await standing_of(school.people[who], await today())
    for reply in replies:
        number = reply["facts"].get("problem")
        if not isinstance(number, int) or reply["notice"] == "ProblemUnknown":
            continue
        problem = await problem_of(number)
        assert problem is not None
        # Who hands it on for good may read the receipt of that; any leader may try to claim, and
        # hears who was quicker.
        claims = said.startswith("/认领") and reply["outcome"] == "refuse"
        assert sees(standing, problem.sight) or reply["outcome"] == "ok" or claims, reply["text"]
        assert standing.person not in problem.sight.barred, reply["text"]


async def _nobody_hears_what_is_not_for_them(before: int, numbers: list[int]) -> None:
    """Whom a problem names is told nothing of it."""
    for entry in await OutboxEntry.filter(id__gt=before, person_id__isnull=False):
        number = entry.facts.get("problem")
        if number in numbers and entry.notice != "ProblemUnknown":
            problem = await problem_of(number)
            assert problem is not None
            assert entry.person_id not in problem.sight.barred, (entry.notice, entry.facts)


async def _is_whole(number: int) -> None:
    problem = await Problem.get(id=number)
    events = await ProblemEvent.filter(problem_id=number).order_by("id")
    # It is where its story ends, by moves that the table has.
    assert events[-1].state == problem.state
    for one, after in pairwise(events):
        move = MOVES[after.kind]  # type: ignore[index]
        assert one.state in move.since, (one.state, after.kind)
        assert after.state in move.into or (not move.into and after.state == one.state)
    # The clock never moves but by an approved extension.
    clock = house().plan.clock
    extended = [one.details["days"] for one in events if one.kind == "extend"]
    assert (problem.extensions, problem.extended_days) == (len(extended), sum(extended))
    assert len(extended) <= clock.extensions
    assert sum(extended) <= clock.extension_days
    assert problem.due_at == due(problem.started_on, clock, problem.extended_days)
    # It has an ending, or something that happens next.
    if problem.state in ENDED:
        assert problem.state != "closed" or problem.ending
        assert problem.state != "merged" or await Merge.exists(problem_id=number, undone_at=None)
    else:
        waits = problem.state == "referred"  # for the bureau; the office is reminded each week
        times = (await times_of([problem]))[number]
        assert waits or next_step(times, house().plan, await now()), problem.state
    # No voice is lost.
    assert {one.id for one in await voices_of(number)} >= {
        one.id for one in await Voice.filter(problem_id=number, undone_at__isnull=True)
    }
    # Nobody is asked about what isn't open any more.
    if problem.state in ENDED:
        assert not await Approval.filter(problem_id=number, decided_at__isnull=True).exists()
