"""The story of a problem: what it is, who has it, what happened, what comes next and when."""

from __future__ import annotations

from datetime import timedelta

from domain.models import Merge, Problem, ProblemEvent, ProblemNamed, ReadLog
from tests.commands.dialogs import CAI, CHENG, GROUP, HEAD, LI, LIN, OFFICE, XU, kinds, listed
from tests.commands.test_claim import red_flag
from tests.fixtures.house import START, School
from tests.fixtures.passing import at, fired_at, pass_to

WORDS = "食堂排队太久，孩子吃不上热饭，一中午都在排队"
DEPUTY = "何国良"


async def test_it_says_what_it_is_who_has_it_and_how_much_time_is_left(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/交办 {number} 李梅")
    await school.move_to(START + timedelta(days=6))
    reply = await school.one(LIN, f"/问题 {number}")
    facts = reply["facts"]
    assert reply["notice"] == "ProblemStory"
    assert (facts["problem"], facts["state"], facts["category"]) == (
        number,
        "claimed",
        "后勤安全",
    )
    assert (facts["responsible"], facts["handed_to"], facts["day_of"]) == (CAI, LI, 6)
    assert facts["due"] == "2018-09-18T17:00:00+08:00"
    assert "第 6 天（共 15 天），9月18日 (周二) 17:00 前办结" in reply["text"]
    assert WORDS in reply["text"]
    assert [one["move"] for one in facts["events"]] == ["hand", "claim", "list"]
    assert [one["by"] for one in facts["events"]] == [CAI, CAI, LIN]


async def test_a_number_alone_is_a_problem_and_with_more_behind_it_a_class(
    school: School,
) -> None:
    number = await listed(school, LIN, WORDS)
    for typed in ("/问题 {0}", "/问题{0}", "/问题 #{0}", "/issue #{0}", "/问题 {0}。"):
        reply = await school.one(LIN, typed.format(number))
        assert reply["notice"] == "ProblemStory", typed
    assert (await school.one(LIN, "/问题 703 灯坏了"))["notice"] == "ProblemRecorded"


async def test_it_says_what_comes_next_when_and_to_whom(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    reply = await school.one(CAI, f"/issue {number}")
    facts = reply["facts"]
    # Not claimed after 2 working days: its line leader, in the morning.
    assert facts["next_at"] == "2018-09-05T07:30:00+08:00"
    assert (facts["next_rung"], facts["next_to"]) == ("unclaimed", [CAI])
    assert "接下来：9月5日 (周三) 7:30 提醒认领（蔡平）" in reply["text"]


async def test_what_a_rung_did_is_one_step_of_the_story_and_not_two(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await pass_to("2018-09-26T12:00")
    rungs = [rung for rung, _ in await fired_at(number)]
    assert {"assigned", "supervised"} <= set(rungs)
    pages = [await school.one(HEAD, f"/问题 {number}")]
    while pages[-1]["choices"]:
        pages += await school.say(HEAD, "更多")
    told = "\n".join(page["text"] for page in pages)
    assert [told.count(one) for one in ("指派责任领导", "列入督办")] == [1, 1]
    moves = [one["move"] for one in pages[0]["facts"]["events"]]
    assert moves.count("supervise") == 1
    # The other rungs stand there, each by itself.
    assert told.count("超期，告诉") == 2
    assert await ProblemEvent.filter(problem_id=number, kind="rung").count() == len(rungs)


async def test_what_comes_next_goes_to_who_stands_in_and_never_to_whom_it_names(
    school: School,
) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, "/名册 请假 9-3到9-10 代理 程龙")
    assert (await school.one(LIN, f"/问题 {number}"))["facts"]["next_to"] == [CHENG]
    await ProblemNamed.create(problem_id=number, person_id=school.people[CHENG])
    told = (await school.one(LIN, f"/问题 {number}"))["facts"]["next_to"]
    assert told
    assert CHENG not in told


async def test_of_a_red_flag_nobody_comes_next_who_may_not_know_of_it(school: School) -> None:
    number = await red_flag(school, HEAD)
    reply = await school.one(HEAD, f"/问题 {number}")
    assert reply["notice"] == "ProblemStory"
    # Its grade's liaison would be asked to classify any other problem. This one goes to those who
    # were alerted, until the leading group gets to know of it.
    assert reply["facts"]["next_to"] == [HEAD]


async def test_once_solved_the_teller_is_next(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/办结 {number} 增开两个窗口")
    reply = await school.one(CAI, f"/问题 {number}")
    assert reply["facts"]["next_to"] == [LIN]
    assert "增开两个窗口" in reply["text"]


async def test_what_is_over_has_nothing_next(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="closed", ending="satisfied")
    reply = await school.one(LIN, f"/问题 {number}")
    assert (reply["facts"]["next_at"], reply["facts"]["next_to"]) == (None, [])
    assert "接下来" not in reply["text"]


async def test_the_newest_steps_first_and_more_shows_the_rest(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/认领 {number}")
    for step in range(7):
        await school.say(CAI, f"/跟进 {number} 第{step + 1}步")
    reply = await school.one(CAI, f"/问题 {number}")
    assert (len(reply["facts"]["events"]), reply["facts"]["earlier"]) == (5, 4)
    assert reply["facts"]["events"][0]["text"] == "第7步"
    assert len(reply["text"].split("\n")) == 7
    assert "第6步" in reply["text"]
    assert "第5步" not in reply["text"]
    assert reply["text"].endswith("更多（还有 7 步）")
    more = await school.one(CAI, "更多")
    assert [one["text"] for one in more["facts"]["events"]] == [f"第{n}步" for n in (5, 4, 3, 2, 1)]
    assert len(more["text"].split("\n")) == 7
    last = await school.one(CAI, "更多")
    assert [one["move"] for one in last["facts"]["events"]] == ["claim", "list"]
    assert "更多" not in last["text"]


async def test_it_goes_to_the_asker_alone(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    replies = await school.say(LIN, f"/问题 {number}", GROUP)
    assert kinds(replies) == [("ToldPrivately", GROUP), ("ProblemStory", "direct")]
    assert WORDS[:4] not in replies[0]["text"]


async def test_there_is_no_such_number_for_those_whom_it_is_not_for(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    flagged = await red_flag(school, HEAD, CHENG)
    for who, one in (("高远", number), (OFFICE, flagged), (XU, flagged), (CAI, flagged)):
        stranger = await school.one(who, f"/问题 {one}")
        nothing = await school.one(who, f"/问题 {one + 100}")
        assert stranger["reason"] == nothing["reason"] == "no_such_problem"
        assert stranger["text"].replace(str(one), "") == nothing["text"].replace(str(one + 100), "")
    for who, one in ((OFFICE, number), (XU, number), (HEAD, flagged), (LIN, flagged)):
        assert (await school.one(who, f"/问题 {one}"))["notice"] == "ProblemStory"


async def test_whom_the_words_name_never_gets_to_know_of_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await ProblemNamed.create(problem_id=number, person_id=school.people[XU])
    assert (await school.one(XU, f"/问题 {number}"))["reason"] == "no_such_problem"


async def test_reading_the_words_is_logged(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(XU, f"/问题 {number}")
    assert await ReadLog.filter(person_id=school.people[XU], record="voice").exists()


async def test_voices_of_what_was_merged_are_told_along(school: School) -> None:
    number, other = await listed(school, LIN, WORDS), await listed(school, LI, "饭菜太咸")
    await Problem.filter(id=other).update(state="merged", merged_into_id=number)
    await Merge.create(
        problem_id=other,
        into_id=number,
        by_id=school.people[CAI],
        at=START,
        state_before="listed",
        first_place=2,
    )
    reply = await school.one(LIN, f"/问题 {number}")
    assert "另有 1 户说过类似的" in reply["text"]
    more = await school.one(LIN, "更多")
    assert f"#{number}-2：“饭菜太咸”" in more["text"]
    assert f"已并入：#{other}" in more["text"]
    assert [one["words"] for one in reply["facts"]["words"]] == [WORDS, "饭菜太咸"]


async def test_a_late_record_says_so(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await Problem.filter(id=number).update(heard_on=START.date() - timedelta(days=5))
    reply = await school.one(LIN, f"/问题 {number}")
    assert "日期说明：晚记 5 天，从 9月3日 起算" in reply["text"]


async def test_most_problems_have_no_day_to_explain(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    reply = await school.one(LIN, f"/问题 {number}")
    assert reply["facts"]["why"] == []
    assert "日期说明" not in reply["text"]


async def test_a_day_in_a_holiday_is_explained(school: School) -> None:
    await school.move_to(START + timedelta(days=19))
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/认领 {number}")
    await school.move_to(START + timedelta(days=26))
    await school.say(CAI, f"/跟进 {number} 已联系供应商")
    reply = await school.one(LIN, f"/问题 {number}")
    # Due on the last day of 国庆: what leads up to it comes before, all in one.
    assert (
        "接下来：9月30日 (周日) 7:30 提醒：离到期还有 7 天（蔡平）\n"
        "日期说明：第 15 天 10月7日是国庆假期，时限不顺延；提醒提前到 9月30日（调休上班）"
    ) in reply["text"]
    assert [one["code"] for one in reply["facts"]["why"]] == ["due_at_rest", "earlier", "made_up"]
    (english,) = await school.say(LIN, f"/issue {number}", language="en")
    assert (
        "Dates: day 15 (7 Oct) falls in the National Day holiday and stays the due day; "
        "the reminder is moved up to 30 Sep (a make-up workday)"
    ) in english["text"]


async def test_more_days_are_explained_by_who_agreed_and_when(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/延期 {number} 5天 等设备到货")
    assert (await school.one(CAI, f"/问题 {number}"))["facts"]["why"] == []
    await school.say(DEPUTY, f"/同意 {number}")
    reply = await school.one(CAI, f"/问题 {number}")
    assert "日期说明：延期 5 天，何国良 9月3日同意；第 20 天 9月23日是周末" in reply["text"]


async def test_in_english(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    (reply,) = await school.say(CAI, f"/issue {number}", language="en")
    assert "Next: Wed 5 Sep 7:30, a reminder to claim it (蔡平)" in reply["text"]


async def test_what_ended_unagreed_and_what_is_overdue_say_so(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="closed", ending="not_agreed")
    assert "已解释，未认可" in (await school.one(LIN, f"/问题 {number}"))["text"]
    late = await listed(school, LIN, WORDS)
    await school.move_to(START + timedelta(days=17))
    assert "已超期 2 天（9月18日 (周二) 到期）" in (await school.one(LIN, f"/问题 {late}"))["text"]


async def test_what_comes_next_never_lies_in_the_past(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    # Nobody is at work, so that nothing fired in time.
    await school.move_to(at("2018-09-05T09:12"))
    reply = await school.one(CAI, f"/问题 {number}")
    assert reply["facts"]["next_at"].startswith("2018-09-05T09:12")


async def test_what_a_teacher_is_reminded_of_is_shown_for_the_morning_of_teachers(
    school: School,
) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/办结 {number} 增开两个窗口")
    facts = (await school.one(LIN, f"/问题 {number}"))["facts"]
    # Two working days after Monday is a Wednesday.
    assert (facts["next_rung"], facts["next_to"]) == ("tell_family_again", [LIN])
    assert facts["next_at"] == "2018-09-06T07:30:00+08:00"
