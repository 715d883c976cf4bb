"""Whoever is asked for something is told what to type, and whoever has lost it is told so."""

from __future__ import annotations

from typing import Any

import pytest

from domain.models import OutboxEntry, Problem, ProblemNamed, Unit
from tests.commands.dialogs import (
    CAI,
    CHENG,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    dialog,
    labels,
    listed,
    news_to,
    shown,
)
from tests.fixtures.house import School

WORDS = "热水器坏了，孩子只能喝凉水"
NOT_YOURS = "不用您办了"
SUN, DEPUTY_HEAD = "孙茜", "何国良"


async def claimed(school: School, who: str = CAI, **more: Any) -> int:
    more = {"category": "logistics", "responsible_id": school.people[who], **more}
    return await listed(school, LIN, WORDS, state="claimed", **more)


# --- it is somebody else's now ------------------------------------------------------------


async def test_who_was_asked_to_claim_hears_that_a_new_category_takes_it_away(
    school: School,
) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(XU, f"/分类 {number} 教育教学")
    assert f"/认领 {number}" in await news_to(school, SUN)
    reply = await school.one(XU, f"/分类 {number} 其他")
    assert await news_to(school, SUN) == f"🔔 #{number} 转给别人办了，不用您办了。"
    assert SUN in reply["text"]


async def test_whom_the_words_name_meanwhile_hears_nothing_of_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await dialog(school, XU, f"/分类 {number} 教育教学", f"/分类 {number} 其他")
    await ProblemNamed.create(problem_id=number, person_id=school.people[SUN])
    assert await news_to(school, SUN) == f"🔔 你这里没有 #{number}。"


async def test_who_is_still_to_claim_it_is_not_told_otherwise(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await dialog(school, XU, f"/分类 {number} 德育", f"/分类 {number} 德育")
    assert f"/认领 {number}" in await news_to(school, CHENG)


async def test_who_was_asked_and_goes_on_seeing_it_hears_once(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(XU, f"/分类 {number} 后勤")
    before = await OutboxEntry.filter(person_id=school.people[CAI]).count()
    await school.say(XU, f"/分类 {number} 德育")
    assert NOT_YOURS in await news_to(school, CAI)
    assert await OutboxEntry.filter(person_id=school.people[CAI]).count() == before + 1


async def test_sent_back_it_is_no_more_with_who_worked_on_it(school: School) -> None:
    number = await claimed(school, handed_to_id=school.people[LI])
    await school.say(CAI, f"/退件 {number} 校办 不归我管")
    assert NOT_YOURS in await news_to(school, LI)


async def test_a_second_return_that_is_agreed_to_tells_who_worked_on_it(school: School) -> None:
    number = await claimed(school, handed_to_id=school.people[LI], returned=1)
    office = await Unit.get(name="校办")
    await school.say(CAI, f"/退件 {number} 校办 不归我管")
    await school.say(HEAD, f"/同意 {number}")
    assert (await Problem.get(id=number)).department_id == office.id
    assert NOT_YOURS in await news_to(school, LI)
    assert NOT_YOURS in await news_to(school, CAI)


@pytest.mark.parametrize("to", [XU, CAI])
async def test_who_loses_the_work_hears_so(school: School, to: str) -> None:
    number = await claimed(school, handed_to_id=school.people[LI])
    await school.say(CAI, f"/交办 {number} {to}")
    assert NOT_YOURS in await news_to(school, LI)


async def test_who_had_it_hears_that_another_took_it(school: School) -> None:
    number = await claimed(school, CHENG)
    await Problem.filter(id=number).update(state="assigned")
    await school.say(CAI, f"/认领 {number}")
    assert NOT_YOURS in await news_to(school, CHENG)
    assert NOT_YOURS not in await news_to(school, LIN)


# --- what to type -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["/认领 {}", "/仍办 {}"])
async def test_whoever_has_it_in_hand_sees_how_to_go_on(school: School, typed: str) -> None:
    number = await claimed(school) if "仍办" in typed else await listed(school, LIN, WORDS)
    assert f"/办结 {number}" in (await school.one(CAI, typed.format(number)))["text"]


async def test_opened_again_each_is_told_what_to_type(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/办结 {number} 换了新的")
    await school.say(LIN, f"/回访 {number} 不满意 又坏了")
    assert f"/办结 {number}" in await news_to(school, CAI)
    assert f"/问题 {number}" in await news_to(school, DEPUTY_HEAD)


async def test_what_the_bureau_answered_and_nobody_has_is_to_be_claimed(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="answered", category="logistics")
    await school.say(LIN, f"/回访 {number} 不满意 等于没说")
    assert (await Problem.get(id=number)).state == "listed"
    assert f"/认领 {number}" in await news_to(school, CAI)


async def test_the_office_knows_how_to_write_down_what_the_bureau_says(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/上报 {number} 招生政策 学校定不了")
    await school.say(DEPUTY_HEAD, f"/同意 {number}")
    assert f"/批复 {number}" in await news_to(school, OFFICE)


@pytest.mark.parametrize("typed", ["/上报 {} 招生政策 学校定不了", "/延期 {} 3天 等设备"])
async def test_whose_request_is_declined_goes_on_with_it(school: School, typed: str) -> None:
    number = await claimed(school)
    await school.say(CAI, typed.format(number))
    await school.say(DEPUTY_HEAD, f"/不同意 {number} 学校能办")
    assert f"/办结 {number}" in await news_to(school, CAI)


# --- what it seems to be about ------------------------------------------------------------


async def test_the_liaison_gets_the_suggestion_ready_to_copy(school: School) -> None:
    await school.say(LIN, "/问题 七3 食堂排队太久，菜也太咸")
    said = await news_to(school, XU)
    line = said.splitlines()[-1]
    assert line.startswith("建议：/分类 1 后勤安全 · 因为：食堂、太咸")
    copied = line.removeprefix("建议：").partition("　")[0]
    reply = await school.one(XU, copied)
    assert reply["notice"] == "ProblemMoved"
    assert (await Problem.get()).category == "logistics"


async def test_without_a_suggestion_the_liaison_gets_the_command(school: School) -> None:
    await school.say(LIN, "/问题 七3 嗯嗯呢呢")
    assert "/分类 1 类别" in await news_to(school, XU)


async def test_the_likeliest_stand_first_and_all_fit_on_a_phone(school: School) -> None:
    await school.say(LIN, "/问题 七3 食堂排队太久，菜也太咸")
    asked = await school.one(XU, "/分类 1")
    lines = asked["text"].splitlines()
    assert len(lines) <= 7
    assert (asked["choices"][0]["say"], labels(asked)[0]) == ("3", "后勤安全")
    assert "因为：食堂" in lines[1]
    assert sorted(int(one["say"]) for one in asked["choices"]) == list(range(1, 12))
    await school.say(XU, "4")
    assert (await Problem.get()).category == "conduct"


@pytest.mark.parametrize("typed", ["上报其他", "其他（上报类）", "bureau other", "上报：招生政策"])
async def test_the_bureau_s_are_said_as_they_are_shown(school: School, typed: str) -> None:
    number = await listed(school, LIN, WORDS)
    await school.say(XU, f"/分类 {number} {typed}")
    wanted = "admissions" if "招生" in typed else "bureau_other"
    assert (await Problem.get()).category == wanted


@pytest.mark.parametrize("typed", ["是的", "是", "yes", "好的"])
async def test_a_typed_yes_agrees_to_what_is_suggested(school: School, typed: str) -> None:
    await dialog(school, LIN, "/问题 七3 食堂排队太久，菜也太咸", typed)
    assert (await Problem.get()).category == "logistics"


async def test_a_typed_no_asks_for_another(school: School) -> None:
    asked = await dialog(school, LIN, "/问题 七3 食堂排队太久，菜也太咸", "不对")
    assert asked["notice"] == "CategoryAsked"


async def test_each_name_is_asked_about_and_then_the_category(school: School) -> None:
    replies = await school.say(LIN, "/问题 七3 程龙和孙茜上课太凶")
    assert [one["notice"] for one in replies] == ["ProblemRecorded", "NamedAsked"]
    first, second = await school.say(LIN, "是的")
    assert (first["notice"], second["notice"]) == ("NamedSettled", "NamedAsked")
    assert first["facts"]["person"] != second["facts"]["person"]
    third, asked = await school.say(LIN, "不是")
    assert shown(third, "them") == (False,)
    assert asked["notice"] == "CategoryAsked"
    await school.say(LIN, "4")
    assert (await Problem.get()).category == "conduct"
    named = {one.person_id: one.confirmed for one in await ProblemNamed.all()}
    assert sorted(map(str, named.values())) == ["False", "True"]


async def test_who_corrects_a_name_later_is_not_asked_for_a_category_again(school: School) -> None:
    await dialog(school, LIN, "/问题 七3 程龙上课太凶", "1", "4")
    replies = await school.say(LIN, "/问题 1 程龙 同名")
    assert [one["notice"] for one in replies] == ["NamedSettled"]


async def test_what_is_missing_is_asked_for_with_the_very_number(school: School) -> None:
    await listed(school, LIN, WORDS)
    number = await claimed(school)
    for typed in ("/跟进 {}", "/办结 {}", "/退件 {}", "/延期 {}", "/上报 {} 招生政策"):
        asked = await school.one(CAI, typed.format(number))
        assert f" {number} " in asked["text"], typed
        assert "57" not in asked["text"], typed
