"""A problem is solved, the family is told, and what it says closes or reopens it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from chat.wording import compose
from domain.actions.problems import ProblemMade, WordsHeard, list_problem, write_words
from domain.actions.sealing import destroy_key
from domain.chaining import chained
from domain.models import Merge, OutboxEntry, Problem, ProblemEvent, Student, Unit, Voice
from domain.notices.base import notice_from
from domain.queries.audit import verify
from domain.queries.opening import opened
from domain.queries.seen import seen_by
from domain.records import today
from tests.commands.dialogs import (
    CAI,
    CHENG,
    GROUP,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    Reply,
    kinds,
    labels,
    listed,
    shown,
)
from tests.commands.test_claim import heard_of
from tests.fixtures.house import START, School

WORDS = "食堂排队太久，孩子吃不上热饭"
DONE = "增开两个窗口，九月十日起"
THANKS = "谢谢学校，昨天就不用排队了"
DEPUTY = "何国良"


async def claimed(school: School, by: str = LIN, **more: Any) -> int:
    more = {"category": "logistics", "responsible_id": school.people[CAI], **more}
    return await listed(school, by, WORDS, state="claimed", **more)


async def solved(school: School, by: str = LIN, **more: Any) -> int:
    number = await claimed(school, by, **more)
    await school.say(CAI, f"/办结 {number} {DONE}")
    return number


async def of_family(school: School, by: str, class_: tuple[int, int], seat: int) -> int:
    """A problem that a family on the lists has asked for."""
    student = await Student.get(school_class_id=school.classes[class_], seat_number=seat)
    async with in_transaction(), chained():
        day = await today()
        heard = WordsHeard(
            school.people[by],
            day,
            WORDS,
            source="phone",
            speaker="parent",
            family=student.family_id,
        )
        unit = await Unit.get(grade=7)
        made = ProblemMade(heard.by, day, "phone", "parent", unit=unit.id)
        problem = await list_problem(made, await write_words(heard))
    return problem.id


async def merged(school: School, number: int, other: int) -> None:
    """The other's voices are heard with the first's."""
    await Problem.filter(id=other).update(state="merged", merged_into_id=number)
    await Merge.create(
        problem_id=other,
        into_id=number,
        by_id=school.people[CAI],
        at=START,
        state_before="listed",
        first_place=2,
    )


async def state(number: int) -> tuple[str, str | None]:
    row = await Problem.get(id=number)
    return row.state, row.ending


async def heard(school: School, who: str) -> str:
    """The last news that somebody got."""
    rows = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[who])
    entry = await rows.order_by("-id").first()
    assert entry is not None
    view = await seen_by(notice_from("ProblemNews", entry.facts), entry.person_id, occasion="t")
    said = compose(view, "zh-CN")
    return "\n".join((said.title, *said.lines))


# --- solved -------------------------------------------------------------------------------


async def test_what_was_done_is_kept_and_the_teller_gets_at_once_whom_to_tell(
    school: School,
) -> None:
    number = await of_family(school, LIN, (7, 3), 12)
    await school.say(CAI, f"/认领 {number}")
    reply = await school.one(CAI, f"/办结 {number} {DONE}")
    assert shown(reply, "move", "text", "responsible") == ("solve", DONE, CAI)
    assert await state(number) == ("solved", None)
    said = await heard(school, LIN)
    assert DONE in said
    assert f"请告诉七(3)班 王小明家长，再把他们的话告诉我：/回访 {number} 满意" in said


async def test_who_works_on_it_solves_it_and_who_answers_for_it_hears(school: School) -> None:
    number = await claimed(school, handed_to_id=school.people[XU])
    reply = await school.one(XU, f"/办结 {number} {DONE}")
    assert reply["notice"] == "ProblemMoved"
    assert await heard_of(school) == {LIN, CAI}


async def test_the_line_leader_takes_and_solves_in_one_go(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    reply = await school.one(CAI, f"/办结 {number} {DONE}")
    assert shown(reply, "move", "responsible") == ("solve", CAI)
    events = await ProblemEvent.filter(problem_id=number).order_by("id")
    assert [one.kind for one in events] == ["list", "claim", "solve"]


async def test_another_leader_must_claim_it_first(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    reply = await school.one(CAI, f"/办结 {number} {DONE}")
    assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
    assert "联系领导" in reply["text"]


async def test_what_was_done_is_asked_for_and_kept_as_it_is(school: School) -> None:
    number = await claimed(school)
    asked = await school.one(CAI, f"/办结 {number}")
    assert (asked["outcome"], asked["about"]) == ("ask", "done")
    assert shown(await school.one(CAI, DONE), "text") == (DONE,)


async def test_for_a_letter_the_office_tells(school: School) -> None:
    number = await claimed(school)
    await Voice.filter(problem_id=number).update(source="letter")
    await school.say(CAI, f"/办结 {number} {DONE}")
    assert f"请告诉反映的家长，再把他们的话告诉我：/回访 {number}" in await heard(school, OFFICE)
    assert (await school.one(LIN, f"/回访 {number} 满意"))["reason"] == "not_allowed"
    assert (await school.one(OFFICE, f"/回访 {number} 满意"))["notice"] == "ProblemMoved"


async def test_of_a_red_flag_whoever_recorded_it_tells_however_it_came(school: School) -> None:
    number = await claimed(school, red_flag=True)
    await Voice.filter(problem_id=number).update(source="letter")
    await school.say(CAI, f"/办结 {number} {DONE}")
    assert await heard_of(school) == {LIN}
    assert (await school.one(LIN, f"/回访 {number} 满意"))["notice"] == "ProblemMoved"


async def test_who_stands_in_for_the_teller_is_told_and_tells(school: School) -> None:
    number = await claimed(school)
    await school.say(LIN, "/名册 请假 9-3到9-10 代理 李梅")
    await school.say(CAI, f"/办结 {number} {DONE}")
    assert LI in await heard_of(school)
    assert (await school.one(LI, f"/回访 {number} 满意"))["notice"] == "ProblemMoved"


# --- told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "ending"),
    [("满意", "satisfied"), ("基本满意", "satisfied"), ("一般", "neutral"), ("so-so", "neutral")],
)
async def test_what_the_family_says_closes_it(school: School, typed: str, ending: str) -> None:
    number = await solved(school)
    reply = await school.one(LIN, f"/回访 {number} {typed} {THANKS}")
    assert (reply["notice"], reply["facts"]["move"]) == ("ProblemMoved", "close")
    assert await state(number) == ("closed", ending)
    voice = await Voice.get(problem_id=number).prefetch_related("key")
    assert opened(voice, "answer", voice.key) == THANKS
    assert CAI in await heard_of(school)


@pytest.mark.parametrize("typed", ["很满意", "不太满意", "挺好的", "谢谢学校", "满意吧大概"])
async def test_it_is_never_guessed_from_other_words(school: School, typed: str) -> None:
    number = await solved(school)
    asked = await school.one(LIN, f"/回访 {number} {typed}")
    assert (asked["outcome"], asked["about"]) == ("ask", "satisfaction")
    assert await state(number) == ("solved", None)
    reply = await school.one(LIN, "基本满意")
    assert shown(reply, "satisfaction", "text") == ("mostly", typed)


async def test_dissatisfied_it_opens_again_and_its_age_goes_on(school: School) -> None:
    number = await solved(school)
    before = await Problem.get(id=number)
    reply = await school.one(LIN, f"/回访 {number} 不满意 名额太少没报上")
    assert shown(reply, "move", "satisfaction", "text") == (
        "reopen",
        "dissatisfied",
        "名额太少没报上",
    )
    row = await Problem.get(id=number)
    assert (row.state, row.dissatisfied, row.solved_at) == ("claimed", 1, None)
    assert (row.started_on, row.due_at) == (before.started_on, before.due_at)
    assert row.reopened_at is not None
    assert {CAI, DEPUTY} <= await heard_of(school)


async def test_the_second_time_the_head_decides_and_work_goes_on(school: School) -> None:
    number = await solved(school)
    await school.say(LIN, f"/回访 {number} 不满意 还是排队")
    assert await heard_of(school, "ApprovalAsked") == set()
    await school.say(CAI, f"/办结 {number} 再开一个窗口")
    reply = await school.one(LIN, f"/回访 {number} 不满意 还是排队")
    assert reply["facts"]["move"] == "reopen"
    assert await heard_of(school, "ApprovalAsked") == {HEAD}
    assert (await state(number), (await Problem.get(id=number)).dissatisfied) == (
        ("claimed", None),
        2,
    )
    assert (await school.one(CAI, f"/跟进 {number} 在办"))["notice"] == "ProblemMoved"


async def test_with_the_family_goes_what_it_said_and_the_chain_stays_whole(
    school: School,
) -> None:
    number = await of_family(school, LIN, (7, 3), 12)
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/办结 {number} {DONE}")
    await school.say(LIN, f"/回访 {number} 满意 {THANKS}")
    student = await Student.get(
        school_class_id=school.classes[7, 3], seat_number=12
    ).prefetch_related("family")
    async with in_transaction():
        await destroy_key(student.family.key_id)
    reply = await school.one(CAI, f"/问题 {number}")
    assert [one["text"] for one in reply["facts"]["events"]] == [None, DONE, None, None]
    assert [one["words"] for one in reply["facts"]["words"]] == [None]
    looked_at = await verify()
    assert (looked_at.fault, looked_at.erased) == (None, 1)


async def test_where_nobody_answers_for_it_it_is_listed_again(school: School) -> None:
    number = await solved(school)
    await Problem.filter(id=number).update(responsible_id=None)
    await school.say(LIN, f"/回访 {number} 不满意")
    assert await state(number) == ("listed", None)


async def test_after_two_tries_nobody_is_tried_any_more(school: School) -> None:
    number = await solved(school)
    first = await school.one(LIN, f"/回访 {number} 未联系上")
    assert (first["facts"]["move"], await state(number)) == ("tried", ("solved", None))
    second = await school.one(LIN, f"/told {number} not reached")
    assert (second["facts"]["move"], await state(number)) == ("close", ("closed", "not_reached"))


async def test_before_it_is_solved_there_is_nothing_to_tell(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(LIN, f"/回访 {number} 满意")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")


async def test_the_bureaus_answer_is_told_likewise(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="answered")
    assert (await school.one(LIN, f"/回访 {number} 满意"))["notice"] == "ProblemMoved"
    assert await state(number) == ("closed", "satisfied")


async def test_others_hear_who_tells(school: School) -> None:
    number = await solved(school)
    reply = await school.one(CAI, f"/回访 {number} 满意")
    assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
    assert LIN in reply["text"]
    assert (await school.one("高远", f"/回访 {number} 满意"))["reason"] == "no_such_problem"


async def test_in_a_group_there_are_no_words_and_nothing_is_asked(school: School) -> None:
    number = await solved(school)
    replies = await school.say(LIN, f"/回访 {number}", GROUP)
    assert kinds(replies) == [("ToldPrivately", GROUP), ("FieldsAsked", "direct")]
    reply = await school.one(LIN, f"/回访 {number} 满意 {THANKS}", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert THANKS not in str(reply)


# --- several voices -----------------------------------------------------------------------


async def several(school: School) -> int:
    """Two families, the second recorded by somebody else."""
    number = await of_family(school, LIN, (7, 3), 12)
    await merged(school, number, await of_family(school, LI, (7, 5), 4))
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/办结 {number} {DONE}")
    return number


async def test_it_closes_when_each_voice_has_its_answer(school: School) -> None:
    number = await several(school)
    assert {LIN, LI} <= await heard_of(school)
    first = await school.one(LIN, f"/回访 {number} 满意")
    assert (first["facts"]["move"], await state(number)) == ("told", ("solved", None))
    assert "还有人没回访" in first["text"]
    second = await school.one(LI, f"/回访 {number} 一般")
    assert (second["facts"]["move"], await state(number)) == ("close", ("closed", "neutral"))


async def test_one_dissatisfied_voice_opens_it_at_once(school: School) -> None:
    number = await several(school)
    await school.say(LIN, f"/回访 {number} 不满意 还是要排队")
    assert await state(number) == ("claimed", None)


async def test_after_it_is_solved_again_only_who_was_not_content_is_told(school: School) -> None:
    number = await several(school)
    await school.say(LI, f"/回访 {number} 满意")
    await school.say(LIN, f"/回访 {number} 不满意")
    await school.say(CAI, f"/办结 {number} 再开一个窗口")
    event = await ProblemEvent.filter(kind="solve").order_by("-id").first()
    assert event is not None
    reply = await school.one(LIN, f"/回访 {number} 满意")
    assert (reply["facts"]["move"], await state(number)) == ("close", ("closed", "satisfied"))


async def test_of_several_of_ones_own_it_is_asked_which(school: School) -> None:
    number = await of_family(school, LIN, (7, 3), 12)
    await merged(school, number, await of_family(school, LIN, (7, 3), 5))
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/办结 {number} {DONE}")
    said = await heard(school, LIN)
    assert f"#{number}-1 七(3)班 王小明家长、#{number}-2 七(3)班 李想家长" in said
    asked = await school.one(LIN, f"/回访 {number} 满意")
    assert (asked["notice"], asked["outcome"], asked["about"]) == ("VoicesAsked", "choose", "voice")
    assert labels(asked) == [f"#{number}-1 七(3)班 王小明家长", f"#{number}-2 七(3)班 李想家长"]
    assert (await school.one(LIN, "2"))["facts"]["move"] == "told"
    settled = await Voice.filter(satisfaction="satisfied").get()
    assert settled.problem_id != number


async def test_a_number_names_the_voice(school: School) -> None:
    number = await several(school)
    reply: Reply = await school.one(LI, f"/回访{number}-2 满意")
    assert reply["facts"]["move"] == "told"
    assert (await Voice.get(satisfaction="satisfied")).problem_id != number
    refused = await school.one(LI, f"/回访 #{number}-1 满意")
    assert (refused["notice"], refused["reason"]) == ("VoiceUnknown", "no_such_problem")
    assert f"{number}-2" in refused["text"]


async def test_the_office_may_tell_for_whoever_does_not(school: School) -> None:
    number = await several(school)
    asked = await school.one(OFFICE, f"/回访 {number} 满意")
    assert asked["notice"] == "VoicesAsked"
    assert (await school.one(OFFICE, "1"))["facts"]["move"] == "told"


async def test_two_tell_at_once_and_both_count(school: School) -> None:
    number = await several(school)
    await asyncio.gather(
        school.one(LIN, f"/回访 {number} 满意"), school.one(LI, f"/回访 {number} 满意")
    )
    assert await state(number) == ("closed", "satisfied")
    assert CHENG not in await heard_of(school)


async def test_by_the_number_it_had_a_merged_one_s_family_is_meant(school: School) -> None:
    number, other = (
        await of_family(school, LIN, (7, 3), 12),
        await of_family(school, LIN, (7, 3), 5),
    )
    await merged(school, number, other)
    await school.say(CAI, f"/认领 {number}")
    assert (await school.one(LIN, f"/回访 {other} 满意"))["facts"]["state"] == "claimed"
    await school.say(CAI, f"/办结 {number} {DONE}")
    first = await school.one(LIN, f"/回访 {other}-1 满意")
    assert shown(first, "problem", "move") == (number, "told")
    assert (await Voice.filter(satisfaction="satisfied").get()).problem_id == other
    event = await ProblemEvent.filter(kind="told").get()
    assert event.details["place"] == 2
    assert shown(await school.one(LIN, f"/回访 {other} 一般"), "move") == ("told",)
    assert (await school.one(LIN, f"/回访 {other}-2 满意"))["notice"] == "VoiceUnknown"
