"""Who was asked says yes or no once, and the problem goes where that leads."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import product

import pytest
from tortoise.transactions import in_transaction

from domain.actions.approvals import Decision, decide
from domain.actions.moving import Step, held, move
from domain.chaining import chained
from domain.errors import Refusal
from domain.house import house
from domain.models import (
    Approval,
    OutboxEntry,
    Problem,
    ProblemEvent,
    ProblemNamed,
    ProblemPrivy,
    Unit,
)
from domain.notices.problems import ProblemMoved
from domain.notices.problems_agreeing import ApprovalOver, ApprovalWaits, CannotBeAsked
from domain.rules.approvals import APPROVING, KINDS, Kind, leads_to, stands
from domain.rules.dues import due
from domain.rules.extending import left
from domain.rules.moves import MOVES
from domain.rules.problem_states import STATES
from tests.commands.dialogs import CAI, CHENG, HEAD, LIN, listed, open_approval, shown, told_to
from tests.fixtures.house import School

DEPUTY_HEAD = "何国良"
WHY = "等设备到货"


async def claimed(school: School, state: str = "claimed") -> int:
    return await listed(school, LIN, "灯坏了", state=state, responsible_id=school.people[CAI])


async def decided(
    school: School, approval: int, by: str, *, yes: bool, why: str = ""
) -> ProblemMoved:
    async with in_transaction(), chained():
        return await decide(Decision(approval, school.people[by], yes, why or None))


def test_each_answer_is_a_move_of_the_table() -> None:
    for kind, yes in product(KINDS, (True, False)):
        assert MOVES[leads_to(kind, yes=yes)]
    for kind in KINDS:
        asking = MOVES[APPROVING[kind].asks]
        after = asking.into or asking.since
        # Whatever may be asked may be answered from where it then is, but for what was solved.
        assert any(stands(kind, state) for state in after)


async def test_who_is_asked_hears_what_and_why_and_how_to_answer(school: School) -> None:
    number = await claimed(school)
    await open_approval(school, number, "extend", by=CAI, of=HEAD, why=WHY, days=5)
    said = await told_to(school, HEAD, "ApprovalAsked")
    for part in ("蔡平", "5 天", WHY, "9月23日", f"/同意 {number}", f"/不同意 {number} 理由"):
        assert part in said
    row = await Approval.get()
    assert (row.state_before, row.yes, row.details) == ("claimed", None, {"days": 5})
    assert WHY.encode() not in bytes(row.reason.data) if row.reason else False
    event = await ProblemEvent.get(kind="ask")
    assert event.details == {
        "approval": row.id,
        "what": "extend",
        "of": school.people[HEAD],
        "days": 5,
    }


async def test_the_same_is_not_asked_twice_at_once(school: School) -> None:
    number = await claimed(school)
    await open_approval(school, number, "extend", by=CAI, of=HEAD, days=5)
    with pytest.raises(Refusal) as refused:
        await open_approval(school, number, "extend", by=CAI, of=DEPUTY_HEAD, days=3)
    waits = refused.value.notice
    assert isinstance(waits, ApprovalWaits)
    assert waits.of == school.people[HEAD]
    # Something else may be.
    await open_approval(school, number, "return", by=CAI, of=HEAD, department=1)


async def test_nobody_decides_on_their_own_or_on_what_names_them(school: School) -> None:
    number = await claimed(school)
    await ProblemNamed.create(problem_id=number, person_id=school.people[HEAD])
    for of in (CAI, HEAD):
        with pytest.raises(Refusal) as refused:
            await open_approval(school, number, "extend", by=CAI, of=of, days=5)
        assert isinstance(refused.value.notice, CannotBeAsked)
    assert not await Approval.exists()


async def test_agreed_days_move_the_clock_by_the_rule(school: School) -> None:
    number = await claimed(school)
    before = await Problem.get(id=number)
    for days, total in ((5, 5), (7, 12)):
        approval = await open_approval(school, number, "extend", by=CAI, of=HEAD, days=days)
        receipt = await decided(school, approval, HEAD, yes=True)
        row = await Problem.get(id=number)
        clock = house().plan.clock
        assert (
            row.due_at == due(before.started_on, clock, total) == before.due_at + timedelta(total)
        )
        assert (row.state, row.extended_days, receipt.due) == ("claimed", total, row.due_at)
        assert left(row.extensions, row.extended_days, clock).days == (10 if total == 5 else 0)
    assert row.extensions == 2
    assert "9月30日" in await told_to(school, LIN, "ProblemNews")


async def test_declined_nothing_moves_and_who_asked_hears_why(school: School) -> None:
    number = await claimed(school)
    before = (await Problem.get(id=number)).due_at
    approval = await open_approval(school, number, "extend", by=CAI, of=HEAD, days=5)
    await decided(school, approval, HEAD, yes=False, why="设备已到")
    row = await Problem.get(id=number)
    assert (row.due_at, row.extensions, row.state) == (before, 0, "claimed")
    said = await told_to(school, CAI, "ProblemNews")
    assert "没有延期" in said
    assert "设备已到" in said


@pytest.mark.parametrize("state", ["listed", "claimed", "assigned"])
async def test_a_referral_declined_leaves_the_problem_where_it_was(
    school: School, state: str
) -> None:
    number = await claimed(school, state)
    approval = await open_approval(school, number, "refer", by=CAI, of=HEAD, category="admissions")
    assert (await Problem.get(id=number)).state == "referral_asked"
    await decided(school, approval, HEAD, yes=False, why="学校能办")
    row = await Problem.get(id=number)
    assert (row.state, row.category) == (state, None)


async def test_each_yes_goes_where_it_leads(school: School) -> None:
    office = (await Unit.get(name="校办")).id
    cases: dict[Kind, tuple[str, dict[str, object], dict[str, object]]] = {
        "refer": (
            "claimed",
            {"category": "admissions"},
            {"state": "referred", "category": "admissions"},
        ),
        "return": (
            "claimed",
            {"department": office},
            {"state": "listed", "department_id": office, "responsible_id": None, "returned": 1},
        ),
        "offer": ("listed", {}, {"state": "claimed", "responsible_id": school.people[CHENG]}),
        "unagreed": ("claimed", {}, {"state": "closed", "ending": "not_agreed"}),
    }
    for kind, (state, details, after) in cases.items():
        number = await claimed(school, state)
        approval = await open_approval(school, number, kind, by=CAI, of=CHENG, **details)
        await decided(school, approval, CHENG, yes=True)
        row = await Problem.get(id=number)
        assert {name: getattr(row, name) for name in after} == after, kind


@pytest.mark.parametrize("second", [True, False])
async def test_of_two_who_answer_at_once_one_wins(school: School, second: bool) -> None:
    number = await claimed(school)
    approval = await open_approval(school, number, "extend", by=CAI, of=HEAD, days=5)
    answers = await asyncio.gather(
        decided(school, approval, HEAD, yes=True),
        decided(school, approval, DEPUTY_HEAD, yes=second, why="不"),
        return_exceptions=True,
    )
    refused = [one.notice for one in answers if isinstance(one, Refusal)]
    row = await Approval.get()
    [over] = refused
    assert isinstance(over, ApprovalOver)
    assert (over.by, over.yes) == (row.decided_by_id, row.yes)
    assert (await Problem.get(id=number)).extensions == (1 if row.yes else 0)
    assert await ProblemEvent.filter(kind__in=["extend", "decline"]).count() == 1


async def test_what_moved_on_needs_no_answer(school: School) -> None:
    number = await claimed(school)
    approval = await open_approval(school, number, "extend", by=CAI, of=HEAD, days=5)
    async with in_transaction(), chained():
        await move(await held(number), Step("solve", school.people[CAI], "修好了"), details={})
    row = await Approval.get(id=approval)
    assert (row.yes, row.decided_by_id) == (None, None)
    assert row.decided_at is not None
    with pytest.raises(Refusal) as refused:
        await decided(school, approval, HEAD, yes=True)
    assert isinstance(refused.value.notice, ApprovalOver)
    assert refused.value.notice.by is None


async def test_the_line_of_a_red_flag_hears_nothing(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(red_flag=True)
    approval = await open_approval(school, number, "extend", by=CAI, of=HEAD, days=5)
    line = (school.people[CHENG],)
    async with in_transaction(), chained():
        await decide(Decision(approval, school.people[HEAD], yes=True, line=line))
    assert not await OutboxEntry.filter(person_id=school.people[CHENG]).exists()


def test_a_state_in_which_nothing_can_be_agreed_to_any_more_ends_the_asking() -> None:
    ended = {state for state in STATES if not any(stands(kind, state) for kind in KINDS)}
    assert ended == {"closed", "merged", "withdrawn", "referred"}


async def test_a_red_flag_that_is_sent_back_comes_to_who_answers_for_it_next(
    school: School,
) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(red_flag=True)
    department = (await Unit.get(name="学生管理处")).id
    approval = await open_approval(school, number, "return", by=CAI, of=HEAD, department=department)
    reply = await school.one(HEAD, f"/同意 {number}")
    assert shown(reply, "move") == ("return",)
    assert approval
    assert await ProblemPrivy.filter(person_id=school.people[CHENG], problem_id=number).exists()
    told = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[CHENG])
    assert await told.count() == 1
    assert shown(await school.one(CHENG, f"/认领 {number}"), "move") == ("claim",)
