"""Progress on a problem: who may note it, who hears of it, who hears nothing."""

import pytest

from domain.models import Problem, ProblemEvent, ProblemNamed
from tests.commands.dialogs import CAI, CHENG, GROUP, HEAD, LIN, XU, listed, shown, told_to
from tests.fixtures.house import School

SAID = "已联系供应商，周五来修"
WORDS = "热水器坏了，孩子只能喝凉水"


async def claimed(school: School, by: str = LIN, who: str = CAI) -> int:
    person = school.people[who]
    return await listed(school, by, WORDS, state="claimed", responsible_id=person)


async def test_who_answers_for_it_notes_how_far_it_is(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/跟进 {number} {SAID}")
    assert shown(reply, "problem", "move", "by", "text") == (number, "note", CAI, SAID)
    event = await ProblemEvent.get(kind="note")
    assert (event.state, event.by_id) == ("claimed", school.people[CAI])
    assert (await Problem.get(id=number)).touched_at is not None


async def test_the_number_may_have_its_sign_and_no_space(school: School) -> None:
    number = await claimed(school)
    for said in (
        f"/跟进#{number} 一",
        f"/跟进{number} 二",
        f"/note #{number} three",
        f"/进展 ＃{number} 四",
    ):
        assert (await school.one(CAI, said))["notice"] == "ProblemMoved", said


async def test_who_works_on_it_hears_of_it_and_may_note_too(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(handed_to_id=school.people[XU])
    await school.say(CAI, f"/跟进 {number} {SAID}")
    assert SAID in await told_to(school, XU, "ProblemNews")
    assert (await school.one(XU, f"/跟进 {number} 换好了"))["notice"] == "ProblemMoved"


async def test_the_recorder_sees_it_and_hears_who_notes(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(LIN, f"/跟进 {number} {SAID}")
    assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
    assert CAI in reply["text"]


async def test_there_is_no_such_number_for_those_whom_it_is_not_for(school: School) -> None:
    number = await claimed(school)
    stranger, nothing = [
        await school.one("高远", f"/跟进 {one} {SAID}") for one in (number, number + 100)
    ]
    assert stranger["reason"] == nothing["reason"] == "no_such_problem"
    assert stranger["text"].replace(str(number), "") == nothing["text"].replace(
        str(number + 100), ""
    )


async def test_whom_the_words_name_never_gets_to_know_of_it(school: School) -> None:
    number = await claimed(school, who=CHENG)
    await ProblemNamed.create(problem_id=number, person_id=school.people[HEAD])
    reply = await school.one(HEAD, f"/跟进 {number} {SAID}")
    assert reply["reason"] == "no_such_problem"
    await ProblemNamed.filter(problem_id=number).update(confirmed=False)
    assert (await school.one(HEAD, f"/跟进 {number} {SAID}"))["reason"] == "not_allowed"


async def test_in_a_group_there_are_no_words(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/跟进 {number} {SAID}", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert SAID not in reply["text"]
    assert WORDS[:4] not in reply["text"]


async def test_what_has_ended_takes_no_more_notes(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(state="closed", ending="satisfied")
    reply = await school.one(CAI, f"/跟进 {number} {SAID}")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")
    assert not await ProblemEvent.filter(kind="note").exists()


async def test_without_text_it_is_asked_for(school: School) -> None:
    number = await claimed(school)
    asked = await school.one(CAI, f"/跟进 {number}")
    assert (asked["outcome"], asked["about"]) == ("ask", "text")
    assert shown(await school.one(CAI, SAID), "text") == (SAID,)


@pytest.mark.parametrize("said", ["天气太热，改到下周", "年级组已回复", "人来修了"])
async def test_what_begins_as_if_something_were_counted_is_text(school: School, said: str) -> None:
    number = await claimed(school)
    assert shown(await school.one(CAI, f"/跟进 {number} {said}"), "text") == (said,)
