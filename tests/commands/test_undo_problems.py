"""A move of a problem is taken back while nobody has built on it; its story shows both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.models import Problem, ProblemEvent, ProblemPrivy, Voice
from tests.commands.dialogs import CAI, CHENG, GROUP, HEAD, LI, LIN, XU, listed, shown
from tests.commands.test_claim import heard_of, red_flag
from tests.fixtures.house import START, School

WORDS = "校门口太堵，孩子过不了马路"


async def kinds_of(number: int) -> list[str]:
    return [one.kind for one in await ProblemEvent.filter(problem_id=number).order_by("id")]


async def columns(number: int) -> dict[str, Any]:
    """Everything but what counts the moves."""
    row = dict(await Problem.get(id=number))
    return {name: value for name, value in row.items() if name != "version"}


@pytest.mark.parametrize("typed", ["/撤销", "/撤销 #{0}", "/undo #{0}", "/撤销 ＃{0}"])
async def test_a_claim_is_taken_back_and_those_who_heard_of_it_hear_of_that(
    school: School, typed: str
) -> None:
    number = await listed(school, LIN, WORDS)
    before = await columns(number)
    await school.say(CAI, f"/认领 {number}")
    told = await heard_of(school)
    reply = await school.one(CAI, typed.format(number))
    assert (reply["notice"], reply["facts"]["move"]) == ("ProblemMoved", "undo")
    assert reply["text"].splitlines()[0] == f"✅ #{number} {WORDS} 的认领已撤销，现在：待认领"
    assert await columns(number) == before
    assert await kinds_of(number) == ["list", "claim", "undo"]
    assert await heard_of(school) == told
    assert (await school.one(CHENG, f"/认领 {number}"))["notice"] == "ProblemMoved"


async def test_not_once_somebody_has_built_on_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/交办 {number} 李梅")
    await school.say(LI, f"/跟进 {number} 看过了")
    reply = await school.one(CAI, f"/撤销 #{number}")
    assert (reply["notice"], reply["reason"]) == ("MoveStays", "wrong_state")
    assert f"/交办 {number}" in reply["text"]
    assert (await Problem.get(id=number)).handed_to_id == school.people[LI]


async def test_one_after_the_other_the_newest_first(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    before = await columns(number)
    await school.say(CAI, f"/办结 {number} 画了斑马线")
    first = await school.one(CAI, "/撤销")
    assert (first["facts"]["move"], (await Problem.get(id=number)).state) == ("undo", "claimed")
    await school.say(CAI, "/撤销")
    assert await columns(number) == before


async def test_after_ten_minutes_there_is_another_command_for_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(CAI, f"/认领 {number}")
    await school.move_to(START + timedelta(minutes=11))
    reply = await school.one(CAI, f"/撤销 #{number}")
    assert (reply["notice"], reply["reason"]) == ("UndoTooLate", "too_late")
    assert f"/退件 {number}" in reply["text"]


async def test_a_note_stays_and_nothing_older_is_taken_back(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/跟进 {number} 去看过了")
    reply = await school.one(CAI, "/撤销")
    assert (reply["notice"], reply["reason"]) == ("MoveStays", "wrong_state")
    assert f"/跟进 {number}" in reply["text"]
    assert (await Problem.get(id=number)).state == "claimed"


async def test_what_a_family_said_is_unsaid(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="solved", responsible_id=school.people[CAI])
    before = await columns(number)
    for said, column in (("不满意 没用", "satisfaction"), ("满意", "satisfaction")):
        await school.say(LIN, f"/回访 {number} {said}")
        assert getattr(await Voice.get(problem_id=number), column) is not None
        assert shown(await school.one(LIN, "/撤销"), "move") == ("undo",)
        voice = await Voice.get(problem_id=number)
        assert (voice.satisfaction, voice.answer, voice.answered_at) == (None, None, None)
        assert await columns(number) == before
    await school.say(LIN, f"/回访 {number} 未联系上")
    await school.say(LIN, "/撤销")
    assert (await Voice.get(problem_id=number)).tries == 0


async def test_who_knew_of_a_red_flag_by_it_alone_knows_no_more(school: School) -> None:
    number = await red_flag(school, HEAD, CHENG)
    await school.say(CHENG, f"/认领 {number}")
    await school.say(CHENG, f"/交办 {number} 李梅")
    await school.say(CHENG, "/撤销")
    assert not await ProblemPrivy.filter(person_id=school.people[LI]).exists()
    assert (await school.one(LI, f"/跟进 {number} 好"))["reason"] == "no_such_problem"
    assert (await school.one(CHENG, f"/仍办 {number}"))["notice"] == "ProblemMoved"


async def test_a_return_is_taken_back(school: School) -> None:
    number = await listed(
        school,
        LIN,
        WORDS,
        state="claimed",
        category="logistics",
        responsible_id=school.people[CAI],
        handed_to_id=school.people[XU],
    )
    before = await columns(number)
    await school.say(CAI, f"/退件 {number} 校办 不归我")
    await school.say(CAI, "/撤销")
    assert await columns(number) == before


async def test_others_take_nothing_back(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(CAI, f"/认领 {number}")
    assert (await school.one(CHENG, f"/撤销 #{number}"))["reason"] == "no_such_problem"


async def test_in_a_group_without_words(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(CAI, f"/认领 {number}", GROUP)
    reply = await school.one(CAI, "/撤销", GROUP)
    assert reply["text"].splitlines()[0] == f"✅ #{number} 的认领已撤销，现在：待认领"
    assert WORDS[:3] not in str(reply)


async def test_what_was_agreed_to_is_not_one_persons_to_take_back(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/认领 {number} {CHENG}")
    await school.say(CHENG, f"/认领 {number}")
    reply = await school.one(CHENG, "/撤销")
    assert (reply["notice"], reply["reason"]) == ("MoveStays", "wrong_state")
    assert (await Problem.get(id=number)).responsible_id == school.people[CHENG]
