"""The policy's table, row by row, against what it is meant to say and against what is done."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from commands.table import COMMANDS
from domain.rules.policy import (
    POLICY,
    READING,
    ROLES,
    Held,
    Role,
    Row,
    Scope,
    Standing,
    Target,
    may,
    reaches,
    row,
    usable,
    who_may,
)
from tests.commands.dialogs import listed
from tests.fixtures.house import School

# How far each role reaches, and where the answer may be said.
TABLE = """
                 teacher liaison leader working office deputy_head head   admin
visit.record     school  school  school school  school school      school school  receipt
visit.teacher    school  school  school school  school school      school school  receipt
visit.add        own     own     own    own     own    own         own    own     receipt
fix.visit        own     unit    own    own     school own         own    own     receipt
fix.void         own     unit    own    own     school own         own    own     receipt
fix.talk         own     unit    own    own     school own         own    own     receipt
undo.take_back   own     own     own    own     own    own         own    own     receipt
talk.record      school  school  school school  school school      school school  receipt
talk.add         own     own     own    own     own    own         own    own     receipt
arrange.plan     none    unit    line   school  school school      school none    receipt
arrange.show     none    unit    line   school  school school      school none    one_to_one
arrange.call_off none    unit    line   school  school school      school none    receipt
coverage.show    school  school  school school  school school      school school  in_full
digest.show      none    none    own    own    school school      school none    one_to_one
issue.list       own     unit    line   school  school school      school none    one_to_one
issue.mine       own     own     own    own     own    own         own    own     one_to_one
issue.record     school  school  school school  school school      school school  receipt
issue.show       own     own     own    own     own    own         own    own     one_to_one
issue.named      own     own     own    own     own    own         own    own     one_to_one
classify.set     own     unit    line   school  school school      school own     receipt
classify.awaited none    unit    line   school  school school      school none    one_to_one
note.write       own     own     own    own     own    own         own    own     receipt
extend.ask       own     own     own    own     own    own         own    own     receipt
approve.agree    own     own     own    own     own    own         own    own     receipt
decline.decline  own     own     own    own     own    own         own    own     receipt
refer.ask        none    unit    line   school  school school      school none    receipt
bureau.answer    none    none    none   none    school none        none   none    receipt
merge.merge      none    unit    line   school  school school      school none    receipt
split.split      none    unit    line   school  school school      school none    receipt
park.park        own     own     line   own     own    own         own    own     receipt
withdraw.withdraw own    unit    own    own     school own         own    own     receipt
claim.take       none    none    school none    none   school      school none    receipt
claim.awaited    none    none    school none    none   school      school none    one_to_one
mine.still       own     own     own    own     own    own         own    own     receipt
assign.hand      own     own     own    own     own    own         own    own     receipt
return.give_back own     own     own    own     own    own         own    own     receipt
solve.solve      own     own     own    own     own    own         own    own     receipt
told.answer      own     own     own    own     own    own         own    own     receipt
todo.show        own     unit    line   school  school school      school none    one_to_one
roster.show      school  school  school school  school school      school school  in_full
roster.add       none    none    none   none    school school      school school  in_full
roster.check     none    none    none   school  school school      school school  in_full
roster.history   school  school  school school  school school      school school  in_full
roster.leave     own     unit    own    own     school school      school school  in_full
roster.remove    none    none    none   none    school school      school school  in_full
roster.set       none    none    none   none    school school      school school  in_full
roster.bind      none    unit    none   none    school none        none   school  receipt
roster.decline   none    unit    none   none    school none        none   school  receipt
whoami.show      own     own     own    own     own    own         own    own     in_full
help.show        own     own     own    own     own    own         own    own     in_full
"""
# Whose personal text each role may read.
READ = """
                 teacher liaison leader working office deputy_head head   admin
family           own     unit    line   school  school school      school none
teacher_talk     own     own     own    own     own    school      school none
talk             own     unit    line   school  school school      school none
problem          own     unit    line   school  school school      school none
"""


def read(table: str) -> dict[str, tuple[dict[str, Scope], str]]:
    """The table's rows: for each role its reach, and what stands behind."""
    head, *lines = table.strip().splitlines()
    roles = head.split()
    rows = {}
    for line in lines:
        name, *words = line.split()
        reach = {role: Scope[word.upper()] for role, word in zip(roles, words, strict=False)}
        rows[name] = (reach, words[-1])
    return rows


def test_the_table_says_what_it_is_meant_to() -> None:
    said = {f"{one.command}.{one.action}": (dict(one.scopes), one.room) for one in POLICY}
    assert said == read(TABLE)
    assert {name: dict(reach) for name, reach in READING.items()} == {
        name: reach for name, (reach, _) in read(READ).items()
    }


def test_the_table_speaks_of_each_action_once_and_of_no_other() -> None:
    declared = [(name, one.name) for name, command in COMMANDS.items() for one in command.actions]
    assert sorted((one.command, one.action) for one in POLICY) == sorted(declared)
    assert all(set(one.scopes) == set(ROLES) for one in POLICY)
    with pytest.raises(KeyError):
        row("visit", "erase")


# --- reach --------------------------------------------------------------------------------

# One seat of each kind: of a class, of a grade, of a department, of the whole school.
CLASS, NEXT_DOOR, UPSTAIRS = 73, 75, 81
GRADE, OTHER_GRADE, DEPARTMENT = 7, 8, 20
SEATS: dict[str, dict[str, Any]] = {
    "class": {"school_class": CLASS, "grade": GRADE},
    "grade": {"unit": GRADE, "grade": GRADE},
    "department": {"unit": DEPARTMENT},
    "school": {"unit": 1, "root": True},
}
TARGETS: dict[str, Target] = {
    "own deed": Target(grade=OTHER_GRADE, school_class=UPSTAIRS, own=True),
    "own class": Target(grade=GRADE, school_class=CLASS),
    "class next door": Target(grade=GRADE, school_class=NEXT_DOOR),
    "class of another grade": Target(grade=OTHER_GRADE, school_class=UPSTAIRS),
    "the grade": Target(unit=GRADE, grade=GRADE),
    "the department": Target(unit=DEPARTMENT),
    "no place at all": Target(),
}
OF_A_SEAT = {
    "class": {"own deed", "own class"},
    "grade": {"own deed", "own class", "class next door", "the grade"},
    "department": {"own deed", "the department"},
    "school": set(TARGETS),
}


def reached(scope: Scope, seat: str) -> set[str]:
    """What is meant to be reached from a seat."""
    if scope is Scope.NONE:
        return set()
    if scope is Scope.SCHOOL:
        return set(TARGETS)
    if scope is Scope.OWN:
        return {"own deed", "own class"} if seat == "class" else {"own deed"}
    return OF_A_SEAT[seat]


WHERE = {name: reach for name, (reach, _) in (read(TABLE) | read(READ)).items()}


@pytest.mark.parametrize("name", WHERE)
def test_each_role_reaches_what_it_is_meant_to(name: str) -> None:
    scopes = WHERE[name]
    for role, seat in product(ROLES, SEATS):
        standing = Standing(1, (Held(role, **SEATS[seat]),))
        got = {name for name, target in TARGETS.items() if reaches(standing, scopes, target)}
        assert got == reached(scopes[role], seat), (role, seat)


def test_without_a_seat_nothing_is_reached() -> None:
    nobody = Standing(1, ())
    for one in POLICY:
        assert not may(nobody, one.command, one.action)
        assert not any(reaches(nobody, one.scopes, target) for target in TARGETS.values())
    assert usable(nobody, COMMANDS) == ()


@pytest.mark.parametrize("one", POLICY, ids=lambda one: f"{one.command}.{one.action}")
def test_what_may_be_asked_is_what_help_names(one: Row) -> None:
    for role in ROLES:
        standing = Standing(1, (Held(role, root=True),))
        allowed = WHERE[f"{one.command}.{one.action}"][role] > Scope.NONE
        assert may(standing, one.command, one.action) is allowed, role
        assert (role in who_may(one.command, one.action)) is allowed, role
        assert not allowed or one.command in usable(standing, COMMANDS), role


def test_a_second_seat_takes_nothing_away() -> None:
    both = Standing(1, (Held("admin", root=True), Held("teacher", school_class=CLASS)))
    assert reaches(both, READING["family"], TARGETS["own class"])
    assert not reaches(both, READING["family"], TARGETS["class next door"])


# --- as it is done ------------------------------------------------------------------------

PEOPLE: dict[Role, str] = {
    "teacher": "林晓",
    "liaison": "许宁",
    "leader": "程龙",
    "working": "谷辉",
    "office": "唐果",
    "deputy_head": "何国良",
    "head": "邵毓君",
    "admin": "方正",
}
TYPED = {
    "visit.record": ("/visit 七5 4号 好", "VisitRecorded"),
    "visit.teacher": ("/visit 教师 李梅 好", "VisitRecorded"),
    "visit.add": ("/visit V1 更好", "VisitRecorded"),
    "fix.visit": ("/fix V1 电话", "VisitFixed"),
    "fix.void": ("/fix V1 void 没去成", "VisitVoided"),
    "fix.talk": ("/fix T1 34人", "NumberUnknown"),
    "undo.take_back": ("/undo", "VisitUndone"),
    "talk.record": ("/talk 影片 家长 120人", "TalkRecorded"),
    "talk.add": ("/talk T1 活动中心", "TalkRecorded"),
    # Each for a leader of theirs: 七年级's, or the line leader for himself.
    "arrange.plan": ("/arrange {leader} 周五 七3", "ArrangementMade"),
    "arrange.show": ("/arrange", "ArrangementsShown"),
    "arrange.call_off": ("/arrange A1 取消", "ArrangementCalledOff"),
    "coverage.show": ("/coverage 七年级", "CoverageShown"),
    "digest.show": ("/digest", "WeeklyDigest"),
    "issue.list": ("/issue 七年级 overdue", "ProblemsListed"),
    "issue.mine": ("/issue", "ProblemsListed"),
    "issue.record": ("/issue 七年级 灯坏了", "ProblemRecorded"),
    "issue.show": ("/issue {problem}", "ProblemStory"),
    "issue.named": ("/issue {problem} 程龙 同名", "FieldsAsked"),
    "classify.set": ("/classify {problem} 2", "ProblemMoved"),
    "classify.awaited": ("/classify", "ToClassify"),
    "note.write": ("/note {problem} 好", "ProblemMoved"),
    "extend.ask": ("/extend {problem} 5天 等货", "ProblemMoved"),
    "approve.agree": ("/approve", "NothingToDecide"),
    "decline.decline": ("/decline", "NothingToDecide"),
    "refer.ask": ("/refer {problem} 招生政策 学校定不了", "ProblemMoved"),
    "bureau.answer": ("/bureau {problem} 已列入明年计划", "ProblemMoved"),
    "merge.merge": ("/merge {problem} {problem}", "SameProblem"),
    "split.split": ("/split {problem}", "NotMerged"),
    "park.park": ("/park {problem} 11-1 等货", "ProblemMoved"),
    "withdraw.withdraw": ("/withdraw {problem} 记错了", "ProblemMoved"),
    "claim.take": ("/claim {problem}", "ProblemMoved"),
    "claim.awaited": ("/claim", "ClaimsAwaited"),
    "mine.still": ("/mine {problem}", "ProblemMoved"),
    "assign.hand": ("/assign {problem} 李梅", "ProblemMoved"),
    "return.give_back": ("/return {problem} 教学管理处 属排课问题", "ProblemMoved"),
    "solve.solve": ("/solve {problem} 换了灯", "ProblemMoved"),
    "told.answer": ("/told {problem} 满意", "ProblemMoved"),
    "todo.show": ("/todo", "TodoShown"),
    "roster.show": ("/roster", "RosterShown"),
    "roster.add": ("/roster add 八1 teacher 李梅", "SeatChanged"),
    "roster.check": ("/roster check", "RosterChecked"),
    "roster.history": ("/roster history", "RosterHistory"),
    "roster.leave": ("/roster leave 9-10", "LeaveNoted"),
    "roster.remove": ("/roster remove 八1 teacher 李梅", "SeatChanged"),
    "roster.set": ("/roster 工会 liaison 李梅", "SeatChanged"),
    "roster.bind": ("/roster bind N99", "NewcomerGone"),
    "roster.decline": ("/roster decline N99", "NewcomerGone"),
    "whoami.show": ("/whoami", "WhoamiShown"),
    "help.show": ("/help", "HelpShown"),
}


# The state of the problem that a command is tried on; the person recorded it and answers for it.
STATES = {
    "issue.show": "claimed",
    "classify.set": "listed",
    "issue.named": "listed",
    "note.write": "claimed",
    "extend.ask": "claimed",
    "refer.ask": "claimed",
    "bureau.answer": "referred",
    "merge.merge": "claimed",
    "split.split": "claimed",
    "park.park": "claimed",
    "withdraw.withdraw": "claimed",
    "claim.take": "parked",
    "mine.still": "claimed",
    "assign.hand": "claimed",
    "return.give_back": "claimed",
    "solve.solve": "claimed",
    "told.answer": "solved",
}
# What is done at the first time, and said to be done already at the second.
CHANGES = {"roster.add", "roster.leave", "roster.remove", "roster.set"}


# What a role may do is decided before any database is asked: one of them is enough.
@pytest.mark.sqlite
@pytest.mark.parametrize("room", ["direct", "group"])
@pytest.mark.parametrize("role", ROLES)
async def test_what_is_done_is_what_the_table_says(school: School, role: Role, room: str) -> None:
    who = PEOPLE[role]
    chat = "direct" if room == "direct" else "grade-8" if role == "leader" else "grade-7"
    await school.say(who, "/visit 八1 2号 第一次")  # V1 is one's own
    for name, (reach, where) in read(TABLE).items():
        text, notice = TYPED[name]
        leader = "程龙" if role == "leader" else "蔡平"
        problem = 0
        if name in STATES:
            mine = school.people[who]
            problem = await listed(school, who, "灯坏了", state=STATES[name], responsible_id=mine)
        replies = await school.say(who, text.format(leader=leader, problem=problem), chat)
        first = replies[0]
        if reach[role] is Scope.NONE:
            assert (first["notice"], first["reason"]) == ("NotAllowed", "not_allowed"), name
            assert len(replies) == 1
        elif room == "group" and where == "one_to_one":
            assert [one["notice"] for one in replies] == ["ToldPrivately", notice]
            assert [one["chat"] for one in replies] == [chat, "direct"]
        else:
            assert (first["notice"], first["chat"]) == (notice, chat), name


async def test_what_is_said_in_full_is_the_same_in_a_group(school: School) -> None:
    for name, (_, room) in read(TABLE).items():
        if room == "in_full" and name not in CHANGES:
            text = TYPED[name][0] + (" 八年级" if name == "roster.show" else "")
            alone = await school.one("高远", text)
            together = await school.one("高远", text, "grade-8")
            assert alone["facts"] == together["facts"], name


async def test_no_such_number_and_not_yours_sound_the_same(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 好")
    not_hers = await school.one("李梅", "/visit V1 更好")
    none_such = await school.one("李梅", "/visit V2 更好")
    assert not_hers["notice"] == "VisitUnknown"
    assert not_hers["reason"] == "no_such_visit"
    assert str(not_hers).replace("1", "2") == str(none_such).replace("1", "2")


async def test_todo_of_a_unit_that_is_not_ones_own_is_refused(school: School) -> None:
    for who, text in [
        ("林晓", "/todo 七5"),
        ("林晓", "/todo 八年级"),
        ("许宁", "/todo 八年级"),
        ("程龙", "/todo 七年级"),
    ]:
        reply = await school.one(who, text)
        assert (reply["notice"], reply["reason"]) == ("NotYours", "not_allowed"), (who, text)
        assert "items" not in reply["facts"]
