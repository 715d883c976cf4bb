"""Who answers for what, who one is, and what one may ask: the roster, /whoami and help."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest

from chat.wording.forms import example
from chat.words import languages, words
from commands.table import COMMANDS
from domain.house import SCHOOL_TIME
from domain.models import Approval, Problem, ProblemNamed, Seat
from domain.rules.policy import Role, Scope, row
from tests.commands.dialogs import (
    ADMIN,
    CAI,
    CHENG,
    DIRECT,
    GROUP,
    HEAD,
    LIN,
    OFFICE,
    XU,
    labels,
    listed,
    shown,
)
from tests.fixtures.house import START, School
from tests.fixtures.knocking import FAKE, Door
from tests.test_policy import STATES

# --- the roster --------------------------------------------------------------------------------

# As annex 3 prints it.
LINES = [
    "邵毓君：党办、校办、高一年级",
    "何国良：工会、团委、师管处、高二年级",
    "孙茜：教学管理处、高三年级",
    "蔡平：总务处、七年级",
    "沈佳宝：九年级",
    "程龙：学生管理处、八年级",
]


@pytest.mark.parametrize("typed", ["/名册", "/roster", "/名册 全校", "名册"])
@pytest.mark.parametrize("chat", [DIRECT, GROUP])
async def test_the_lines_stand_there_as_the_annex_prints_them(
    school: School, typed: str, chat: str
) -> None:
    reply = await school.one(LIN, typed if chat == DIRECT else f"@走访 {typed}", chat)
    assert reply["notice"] == "RosterShown"
    lines = reply["text"].split("\n")[1:]
    assert lines[:6] == LINES
    assert lines[6] == "领导小组：组长 邵毓君，副组长 何国良，成员 孙茜、蔡平、沈佳宝、程龙"
    assert lines[7] == (
        "工作小组：组长 何国良，副组长 谷辉，"
        "成员 杨力军、沈佳宝、柯善勤、姚臻、金海英、金毓、蔡平、聂芳"
    )


async def test_who_left_the_working_group_is_not_named_whatever_the_plan_says(
    school: School,
) -> None:
    await Seat.filter(role="working", person_id=school.people["谷辉"]).update(until=START.date())
    reply = await school.one(LIN, "/名册")
    assert shown(reply, "working_head", "working_deputy") == ("何国良", None)
    assert "工作小组：组长 何国良，成员 杨力军、" in reply["text"]
    assert "谷辉" not in reply["text"]
    await Seat.filter(role="working", person_id=school.people["何国良"]).update(until=START.date())
    assert "工作小组：杨力军、" in (await school.one(LIN, "/名册"))["text"]


async def test_the_party_office_shows_who_keeps_the_office(school: School) -> None:
    reply = await school.one(LIN, "/名册 党办")
    assert reply["facts"]["office"] == ["唐果"]
    assert reply["text"].split("\n")[-1] == "领导小组办公室：唐果"
    assert "办公室" not in (await school.one(LIN, "/名册 总务处"))["text"]


@pytest.mark.parametrize(
    ("unit", "leader"),
    [
        ("八年级", "程龙"),
        ("初二", "程龙"),
        ("师管处", "何国良"),
        ("党委办", "邵毓君"),
        ("党办", "邵毓君"),
        ("校办", "邵毓君"),
        ("工会", "何国良"),
        ("团委", "何国良"),
        ("教学管理处", "孙茜"),
        ("总务处", "蔡平"),
        ("学生管理处", "程龙"),
        ("七年级", "蔡平"),
        ("九年级", "沈佳宝"),
        ("高一", "邵毓君"),
        ("高二年级", "何国良"),
        ("高三", "孙茜"),
    ],
)
async def test_each_unit_has_its_leader(school: School, unit: str, leader: str) -> None:
    reply = await school.one(LIN, f"/名册 {unit}")
    assert (reply["notice"], reply["outcome"]) == ("RosterShown", "ok")
    assert reply["facts"]["leader"] == leader
    assert leader in reply["title"]


@pytest.mark.parametrize("typed", ["七(3)班", "七3", "林晓"])
async def test_a_class_has_its_grade_s_leader_and_its_teacher(school: School, typed: str) -> None:
    reply = await school.one(CHENG, f"/名册 {typed}")
    assert shown(reply, "unit", "leader", "liaison", "teachers", "deputy") == (
        "七年级3班",
        "蔡平",
        "许宁",
        ["林晓"],
        None,
    )
    assert reply["text"] == "🔔 七(3)班：联系领导 蔡平\n联络人：许宁\n教师：林晓"


async def test_a_leader_s_name_shows_that_line_alone(school: School) -> None:
    reply = await school.one(LIN, "/名册 程龙")
    assert reply["text"].split("\n")[1:] == ["程龙：学生管理处、八年级"]


async def test_a_liaison_s_name_shows_the_unit(school: School) -> None:
    assert (await school.one(LIN, "/名册 许宁"))["facts"]["unit"] == "七年级"


@pytest.mark.parametrize("answer", ["1", "师管处"])
async def test_an_unknown_unit_gets_the_nearest(school: School, answer: str) -> None:
    reply = await school.one(LIN, "/名册 司管处")
    assert (reply["notice"], reply["outcome"], reply["about"]) == ("DidYouMean", "suggest", "unit")
    assert labels(reply)[0] == "师管处"
    assert (await school.one(LIN, answer))["facts"]["leader"] == "何国良"


# --- who one is, and help ------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/whoami", "/我是", "我是谁", "／我是"])
async def test_one_is_told_who_one_is_taken_for(school: School, typed: str) -> None:
    reply = await school.one(CHENG, typed)
    assert (reply["notice"], reply["facts"]["person"]) == ("WhoamiShown", "程龙")
    assert [(one["role"], one["unit"]) for one in reply["facts"]["seats"]] == [
        ("leader", "学生管理处"),
        ("leader", "八年级"),
    ]
    assert reply["text"].split("\n")[:2] == [
        "🔔 你是程龙。",
        "职务：学生管理处 联系领导，八年级 联系领导",
    ]


# What is not each one's own affair.
FOR_SOME = {"arrange", "bureau", "claim", "digest", "merge", "refer", "split"}
EVERYTHING = [*COMMANDS]


@pytest.mark.parametrize(
    ("who", "without"),
    [
        (XU, {"bureau", "claim", "digest"}),
        (CHENG, {"bureau"}),
        (HEAD, {"bureau"}),
        (OFFICE, {"claim"}),
        (LIN, FOR_SOME),
        (ADMIN, {"todo", *FOR_SOME}),
    ],
)
async def test_help_shows_everyone_just_what_they_may(
    school: School, who: str, without: set[str]
) -> None:
    commands = [name for name in EVERYTHING if name not in without]
    reply = await school.one(who, "/帮助")
    assert (reply["notice"], reply["facts"]["commands"]) == ("HelpShown", commands)
    spoken = words("zh-CN")
    for name in EVERYTHING:
        named = re.compile(rf"/{spoken.names(f'command.{name}.names')[0]}(?!\w)")
        assert (named.search(reply["text"]) is not None) == (name in commands), name


@pytest.mark.parametrize("who", [LIN, XU, CHENG, HEAD, OFFICE, ADMIN])
async def test_help_fits_one_screen(school: School, who: str) -> None:
    for typed in ("/帮助", "/help"):
        assert len((await school.one(who, typed))["text"].splitlines()) <= 22


@pytest.mark.parametrize(
    ("day", "phase", "end", "line"),
    [
        (date(2018, 9, 3), "visit", "2018-09-15", "现在是走访宣讲阶段，到 9月15日。"),
        (date(2018, 9, 16), "put_right", "2018-10-31", "现在是整改推动阶段，到 10月31日。"),
        (date(2018, 11, 1), "make_last", "2018-11-30", "现在是巩固提升阶段，到 11月30日。"),
        (date(2018, 12, 1), None, None, None),
    ],
)
async def test_help_says_which_phase_it_is_and_until_when(
    school: School, day: date, phase: str | None, end: str | None, line: str | None
) -> None:
    await school.move_to(datetime.combine(day, time(8), SCHOOL_TIME))
    reply = await school.one(LIN, "/帮助")
    assert shown(reply, "phase", "phase_end") == (phase, end)
    assert (reply["text"].split("\n")[1] == line) == (line is not None)
    assert "阶段" not in (await school.one(LIN, "/帮助 家访"))["text"]


@pytest.mark.parametrize(
    "typed", ["/帮助 家访", "/help visit", "帮助 /走访", "？ 家访", "/帮助 加访"]
)
async def test_help_on_one_command_shows_how_it_is_typed(school: School, typed: str) -> None:
    reply = await school.one(LIN, typed)
    if reply["notice"] == "DidYouMean":
        assert reply["about"] == "visit"
        reply = await school.one(LIN, "1")
    assert shown(reply, "command", "actions") == ("visit", ["record", "teacher", "add"])
    assert "也可以写：/走访" in reply["text"]
    assert "记录走访一户：/家访 七3 王小明 " in reply["text"]


# What must be there for an example to be about.
BEFORE = {
    ("visit", "add"): ["/家访 七3 王小明"],
    ("talk", "add"): ["/宣讲 影片 家长"],
    ("undo", "take_back"): ["/家访 七3 王小明"],
    ("fix", "visit"): ["/家访 七3 王小明"],
    ("fix", "void"): ["/家访 七3 王小明"],
    ("fix", "talk"): ["/宣讲 影片 家长"],
    ("arrange", "call_off"): ["/安排 蔡平 周五 七3"],
}


ROLE: dict[str, Role] = {
    LIN: "teacher",
    ADMIN: "admin",
    XU: "liaison",
    CHENG: "leader",
    OFFICE: "office",
}


async def _about_problems(school: School, who: str, name: str, typed: str) -> str:
    """The same example about problems that are there, and are as far as it needs them."""
    if "57" not in typed:
        return typed
    mine = school.people[who]
    state = STATES.get(name, "claimed")
    number, other = [
        await listed(school, who, "灯坏了", state=state, responsible_id=mine) for _ in range(2)
    ]
    if name in ("approve.agree", "decline.decline"):
        await Problem.filter(id=number).update(responsible_id=school.people[CAI])
        await Approval.create(
            problem_id=number,
            kind="extend",
            asked_by_id=school.people[CAI],
            asked_at=START,
            asked_of_id=mine,
            state_before="claimed",
            details={"days": 5},
        )
    if name == "issue.named":
        await ProblemNamed.create(problem_id=number, person_id=school.people[CHENG])
    if name == "split.split":
        await school.say(who, f"/合并 {number} {other}")
    return typed.replace("57", str(number)).replace("41", str(other))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    ("command", "action"),
    [(name, one.name) for name, command in COMMANDS.items() for one in command.actions],
)
async def test_what_help_promises_runs_as_it_stands(
    door: Door, command: str, action: str, private: bool, language: str
) -> None:
    school = door.school
    typed = example(words(language), command, action, None, private=private)
    who = next(
        one
        for one in (LIN, ADMIN, XU, CHENG, OFFICE)
        if row(command, action).scopes[ROLE[one]] > Scope.NONE
    )
    for number in ("V12", "T3", "A7"):
        typed = typed.replace(number, f"{number[0]}1")
    typed = await _about_problems(school, who, f"{command}.{action}", typed)
    for before in BEFORE.get((command, action), ()):
        await school.say(who, before)
    if action == "decline":
        for account in ("one", "two", "three"):
            await door.say(account, "/我是")
            await door.say(account, "李梅")
    # A platform of the example's name may not be there yet.
    typed = typed.replace("钉钉", FAKE).replace("dingtalk", FAKE)
    said = await school.say(who, typed, DIRECT if private else GROUP)
    # What is told to the group goes before what is one-to-one.
    asks = (command, action) in (("visit", "add"), ("issue", "record")) and not private
    alone = row(command, action).room == "one_to_one" or asks
    # What is offered beside it was asked for by nobody.
    reply = next(one for one in (said[::-1] if alone else said) if one["understood"] or not alone)
    understood = reply["understood"]
    assert (understood["command"], understood["action"]) == (command, action)
    # In a group nothing that was said at a home is shown: it is asked for one-to-one.
    assert reply["outcome"] == ("ask" if asks else "ok"), reply["text"]
