from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.plan import PACKAGED, SETTING, Plan, PlanError, load_plan, read_plan
from domain.rules.plan_lines import key_on, line_of

TEXT = PACKAGED.read_text(encoding="utf-8")
LINES = TEXT.split("\n")
PLAN = load_plan(TEXT)


# What the plan says is in the packaged plan.


def test_the_school_and_those_above_it() -> None:
    assert PLAN.school.name == "嘉兴一中实验学校"
    assert PLAN.school.called("en") == "Jiaxing No.1 Middle School Experimental School"
    assert (PLAN.school.bureau, PLAN.school.committee) == ("市教育局组宣处", "市教工委")
    assert PLAN.campaign.strands == ("社情民意大走访", "“八八战略”大宣讲", "思想观念大解放")


def test_three_phases_of_which_the_latter_two_run_throughout() -> None:
    spans = {
        key: (PLAN.phase(key).start, PLAN.phase(key).end) for key in PLAN.phases.__struct_fields__
    }
    start = date(2018, 8, 15)
    assert spans == {
        "visit": (start, date(2018, 9, 15)),
        "put_right": (start, date(2018, 10, 31)),
        "make_last": (start, date(2018, 11, 30)),
    }
    assert (PLAN.campaign_start, PLAN.campaign_end) == (start, date(2018, 11, 30))


@pytest.mark.parametrize(
    ("day", "running"),
    [
        (date(2018, 8, 14), ()),
        (date(2018, 8, 15), ("visit", "put_right", "make_last")),
        (date(2018, 9, 15), ("visit", "put_right", "make_last")),
        (date(2018, 9, 16), ("put_right", "make_last")),
        (date(2018, 11, 30), ("make_last",)),
        (date(2018, 12, 1), ()),
    ],
)
def test_a_phase_runs_on_both_of_its_end_days(day: date, running: tuple[str, ...]) -> None:
    assert PLAN.phases_on(day) == running


def test_six_grades_with_their_kind_and_what_their_families_are_asked() -> None:
    assert [
        (g.grade, g.name, g.kind, PLAN.questions_for(g.grade), g.targets) for g in PLAN.grades
    ] == [
        (7, "七年级", "base", ("situation", "character"), None),
        (8, "八年级", "transition", ("learning", "targets"), "next_school"),
        (9, "九年级", "graduating", ("mood", "revision"), None),
        (10, "高一年级", "base", ("situation", "character"), None),
        (11, "高二年级", "transition", ("learning", "targets"), "exams"),
        (12, "高三年级", "graduating", ("mood", "revision"), None),
    ]


def test_no_minimum_is_set_until_the_school_sets_one() -> None:
    assert {grade.minimum for grade in PLAN.grades} == {None}
    assert {grade.minimum for grade in PLAN.with_minimum(0.33).grades} == {0.33}


def test_all_families_within_three_years_and_fifteen_days_for_a_problem() -> None:
    assert PLAN.visits.all_within_years == 3
    clock = PLAN.clock
    assert (clock.days, clock.count, clock.due_at) == (15, "natural", time(17, 0))
    assert (clock.late_recording_days, clock.reopened_working_days) == (3, 3)
    assert (clock.extensions, clock.extension_days) == (2, 15)


def test_five_categories_for_the_school_and_six_for_the_bureau() -> None:
    school = [(c.name, c.department) for c in PLAN.categories if c.level == "school"]
    assert school == [
        ("教育教学", "教学管理处"),
        ("德育管理", "学生管理处"),
        ("后勤安全", "总务处"),
        ("师德师风", "师管处"),
        ("其他", "校办"),
    ]
    assert [c.name for c in PLAN.categories if c.level == "bureau"] == [
        "重点项目推进",
        "招生政策",
        "“最多跑一次”改革",
        "“四风”问题",
        "反映具体人和事",
        "其他",
    ]


def test_five_lists_with_their_headings() -> None:
    assert [(item.name, item.headings) for item in PLAN.lists] == [
        ("找差距清单", ("理念视野", "教育管理", "教学质量")),
        (
            "学先进清单",
            ("群众意识", "使命意识", "争先意识", "危机意识", "改革意识", "担当意识", "奉献意识"),
        ),
        ("弘扬红船精神清单", ("红色德育品牌", "红船课程", "红色队伍", "红船育人先锋")),
        ("创清廉清单", ("清明政风", "清净校风", "清正教风", "清新学风")),
        ("争示范清单", ("讲政治", "勤学习", "善担当", "重实干", "能创新")),
    ]


def test_annex_1_the_leading_group_with_its_posts() -> None:
    group = PLAN.roster.leading_group
    assert (group.head, group.deputy_head) == ("邵毓君", "何国良")
    assert group.members == ("孙茜", "蔡平", "沈佳宝", "程龙")
    assert {one.name: one.posts for one in PLAN.roster.posts} == {
        "邵毓君": ("党委书记", "校长"),
        "何国良": ("党委副书记", "副校长"),
        "孙茜": ("党委委员", "副校长"),
        "蔡平": ("党委委员", "总务主任"),
        "沈佳宝": ("党委委员", "年级组长"),
        "程龙": ("副校长",),
    }
    office = PLAN.unit("党委办")
    assert office is not None
    assert office.name == PLAN.roster.office == "党办"


def test_annex_2_the_working_group() -> None:
    group = PLAN.roster.working_group
    assert (group.head, group.deputy_head) == ("何国良", "谷辉")
    assert group.members == ("杨力军", "沈佳宝", "柯善勤", "姚臻", "金海英", "金毓", "蔡平", "聂芳")


def test_annex_3_who_answers_for_which_departments_and_grade() -> None:
    assert [(line.leader, line.departments, line.grade) for line in PLAN.roster.lines] == [
        ("邵毓君", ("党办", "校办"), 10),
        ("何国良", ("工会", "团委", "师管处"), 11),
        ("孙茜", ("教学管理处",), 12),
        ("蔡平", ("总务处",), 7),
        ("沈佳宝", (), 9),
        ("程龙", ("学生管理处",), 8),
    ]


# What we decided ourselves is in it too.


def test_the_rungs_are_those_of_the_ladder_of_reminders() -> None:
    assert [(r.ladder, r.days, r.count, r.to, r.does) for r in PLAN.rungs] == [
        ("classify", 1, "working", ("liaison",), "remind"),
        ("claim", 2, "working", ("leader",), "remind"),
        ("claim", 4, "working", ("leader", "deputy_head"), "assign"),
        ("due", -7, "natural", ("responsible",), "remind"),
        ("due", -3, "natural", ("responsible",), "remind"),
        ("due", -1, "natural", ("responsible",), "remind"),
        ("due", 0, "natural", ("responsible",), "remind"),
        ("due", 1, "natural", ("deputy_head", "responsible"), "remind"),
        ("due", 3, "natural", ("head", "responsible"), "remind"),
        ("due", 7, "natural", ("head", "office", "responsible"), "supervise"),
        ("touch", 7, "natural", ("responsible",), "remind"),
        ("answer", 2, "working", ("leader",), "remind"),
        ("tell", 2, "working", ("teller",), "remind"),
        ("tell", 5, "working", ("teller",), "remind"),
        ("tell", 7, "working", ("office",), "remind"),
        ("tell", 8, "working", ("office",), "remind"),
        ("review", 0, "natural", ("responsible", "head"), "remind"),
        ("review", 7, "natural", ("responsible", "head"), "remind"),
        ("approve", 1, "working", ("approver",), "remind"),
        ("approve", 2, "working", ("next_up",), "remind"),
        ("approve", 3, "working", ("approver", "office"), "remind"),
        ("refer", 0, "natural", ("office",), "remind"),
        ("supervise", 0, "natural", ("head",), "remind"),
    ]
    assert {rung.key for rung in PLAN.rungs if rung.every} == {
        "still_not_told",
        "still_parked",
        "still_pending",
        "with_bureau",
        "still_overdue",
    }
    assert [rung.days for rung in PLAN.ladder("claim")] == [2, 4]
    assert PLAN.chain.up == ("liaison", "leader", "deputy_head", "head", "office")


def test_the_hours_at_which_people_are_spoken_to() -> None:
    pace = PLAN.pace
    assert (pace.bundle_at, pace.digest_at) == (time(7, 30), time(16, 0))
    assert (pace.quiet_from, pace.quiet_until) == (time(21, 30), time(6, 30))
    assert (pace.teacher_days, pace.weekly_on) == (("tue", "thu"), "mon")


def test_the_school_year_begins_on_the_first_of_august() -> None:
    assert PLAN.school_year_first_day == (8, 1)


def test_red_flags_know_the_jokes_and_near_words() -> None:
    words = {word for kind in PLAN.red_flags.kinds for word in kind.words}
    exceptions = {word for kind in PLAN.red_flags.kinds for word in kind.exceptions}
    assert {"自杀", "家暴", "霸凌", "猥亵", "中毒", "着火", "离家出走"} <= words
    assert {"作业多得想死", "烧烤", "跳楼机", "火车站"} <= exceptions
    assert PLAN.red_flags.claim_hours == 2


def test_an_unknown_grade_category_or_list_is_a_key_error() -> None:
    for ask in (lambda: PLAN.grade(6), lambda: PLAN.category("x"), lambda: PLAN.item_list("x")):
        with pytest.raises(KeyError):
            ask()
    assert PLAN.category("logistics").called("zh-CN") == "后勤安全"
    assert PLAN.item_list("gaps").called("en") == "gaps"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("党办", "党办"),
        ("党委办", "党办"),
        ("七", "七年级"),
        ("初一", "七年级"),
        ("７", "七年级"),
        (" grade  7 ", "七年级"),
        ("高一", "高一年级"),
        ("10", "高一年级"),
        ("g12", "高三年级"),
        ("全校", "全校"),
        ("Whole School", "全校"),
    ],
)
def test_a_unit_is_found_by_whatever_people_write(said: str, name: str) -> None:
    unit = PLAN.unit(said)
    assert unit is not None
    assert unit.name == name


def test_the_school_is_the_root_of_eight_departments_and_six_grades() -> None:
    kinds = [unit.kind for unit in PLAN.units]
    assert kinds == ["school"] + ["department"] * 8 + ["grade"] * 6
    assert PLAN.unit("十三年级") is None


def test_other_is_the_schools_and_other_to_report_the_bureaus() -> None:
    found = [PLAN.find_category(said) for said in ("其他", "上报其他", "后勤", "天气")]
    assert [one.key if one else None for one in found] == [
        "other",
        "bureau_other",
        "logistics",
        None,
    ]
    item_list = PLAN.find_list("找差距")
    assert item_list is not None
    assert item_list.key == "gaps"


def test_a_changed_plan_is_asked_afresh() -> None:
    assert PLAN.unit("七年级") is not None
    assert msgspec.structs.replace(PLAN, grades=()).unit("七年级") is None


# A mistake is told in one sentence that names the key, the line and the mend.

MISTAKES: dict[str, tuple[str, str, str, str, str]] = {
    # what is wrong: (what stands in the file, what stands there instead, key, 中文, English)
    "an unknown key": ('strands = ["', 'strnads = ["', "campaign.strnads", "也许是 strands", "did you mean strands"),
    "an unknown section": ("[visits]", "[vsiits]", "vsiits", "也许是 visits", "did you mean visits"),
    "a key like no other": ("first_day =", "qqq = 1\nfirst_day =", "school_year.qqq", "这里可以写的是 first_day", "what may stand here is first_day"),
    "a missing key": ('end = "09-15"', "", "phases.visit.end", "缺少这一项", "it is missing"),
    "a missing section": ("[chain]\nup =", "#", "chain", "缺少这一项", "it is missing"),
    "a text for a number": ("special_every_days = 90", 'special_every_days = "九十"', "visits.special_every_days", "1 到 36500 的整数", "a whole number from 1 to 36500"),
    "a number for a text": ('name = "七年级"', "name = 7", "grades[0].name", "放在引号里的文字", "a text in quotes"),
    "an empty text": ('name = "七年级"', 'name = " "', "grades[0].name", "不能空", "not empty"),
    "an empty list": ('"讲政治", "勤学习", "善担当", "重实干", "能创新"', "", "lists[4].headings", "方括号里的一列，不能空", "a list in brackets, not empty"),
    "true for a number": ("extensions = 2 ", "extensions = true", "clock.extensions", "现在是 true", "it is true"),
    "a section for a number": ("extensions = 2 ", "extensions = {a = 1}", "clock.extensions", "现在是 {…}", "it is {…}"),
    "an impossible date": ("end = 2018-08-31", "end = 2018-09-31", "vacations[0].end", "没有 2018-09-31 这一天", "no such day as 2018-09-31"),
    "a thirteenth month": ("end = 2018-08-31", "end = 2018-13-01", "vacations[0].end", "没有 2018-13-01 这一天", "no such day as 2018-13-01"),
    "an impossible month-day": ('end = "09-15"', 'end = "09-31"', "phases.visit.end", "2018-09-31", "a date that exists"),
    "a leap day in a common year": ('end = "09-15"', 'end = "02-29"', "phases.visit.end", "2018-02-29", "a date that exists"),
    "an impossible first day": ('first_day = "08-01"', 'first_day = "02-30"', "school_year.first_day", "没有 02-30 这一天", "there is no 02-30"),
    "a first day with a year": ('first_day = "08-01"', "first_day = 2018-08-01", "school_year.first_day", "月-日", "a month-day"),
    "a month-day without quotes": ('end = "09-15"', "end = 09-15", "phases.visit.end", "放在引号里", "in quotes"),
    "a year in words": ("year = 2018", 'year = "二〇一八"', "campaign.year", "整数", "a whole number"),
    "a phase that ends before it starts": ('end = "09-15"', 'end = "08-14"', "phases.visit.end", "早于开始", "before it starts"),
    "a vacation that ends before it starts": ("end = 2019-02-17", "end = 2018-02-17", "vacations[1].end", "早于开始", "before it starts"),
    "an hour that is no hour": ('bundle_at = "07:30"', 'bundle_at = "7:30"', "pace.bundle_at", '"7:30"', "an hour of 24"),
    "an hour after midnight": ('bundle_at = "07:30"', 'bundle_at = "24:00"', "pace.bundle_at", "24 小时制的时间", "an hour of 24"),
    "an hour with seconds": ('bundle_at = "07:30"', 'bundle_at = "07:30:15"', "pace.bundle_at", "24 小时制的时间", "an hour of 24"),
    "an hour as a number": ('due_at = "17:00"', "due_at = 17", "clock.due_at", "现在是 17", "it is 17"),
    "an hour without quotes": ('bundle_at = "07:30"', "bundle_at = 07:30", "pace.bundle_at", "放在引号里", "in quotes"),
    "a morning bundle at night": ('bundle_at = "07:30"', 'bundle_at = "06:00"', "pace.bundle_at", "免打扰", "quiet hours"),
    "work that ends before it begins": ('work_until = "17:00"', 'work_until = "07:00"', "pace.work_until", "晚于 work_from", "after work_from"),
    "rungs out of order": ("days = -3", "days = -8", "rungs[4].days", "week_before", "week_before"),
    "two ways of counting in one ladder": ('days = 4\ncount = "working"', 'days = 4\ncount = "natural"', "rungs[2].count", "写 working", "write working"),
    "a rung before the words were heard": ("days = -7", "days = -16", "rungs[3].days", "不小于 -15", "no less than -15"),
    "a negative day where nothing is due": ("days = 1\n", "days = -1\n", "rungs[0].days", "不小于 0", "no less than 0"),
    "two rungs of one key": ('key = "unclaimed"', 'key = "unclassified"', "rungs[1].key", "rungs[0].key", "rungs[0].key"),
    "something after what never ends": ('days = 1\ncount = "working"\nto = ["approver"]', 'days = 1\ncount = "working"\nevery = "week"\nto = ["approver"]', "rungs[19].ladder", "放在这架梯子的最后", "last in its ladder"),
    "a ladder after which all is forgotten": ('days = 7\ncount = "natural"\nevery = "week"', 'days = 7\ncount = "natural"', "rungs[17].every", '请在这一级写 every = "week"', 'write every = "week"'),
    "a key that is ours": ('key = "unclaimed"', 'key = "red_flag"', "rungs[1].key", "换一个", "another"),
    "a ladder without rungs": ('ladder = "classify"', 'ladder = "answer"\n#', "rungs", "classify 这架梯子", "the ladder classify"),
    "an unknown receiver": ('to = ["liaison"]', 'to = ["liason"]', "rungs[0].to[0]", "也许是 liaison", "perhaps liaison"),
    "a seat twice in the chain": ('up = ["liaison", "leader",', 'up = ["liaison", "liaison",', "chain.up[1]", "chain.up[0]", "chain.up[0]"),
    "an unknown weekday": ('weekly_on = "mon"', 'weekly_on = "周一"', "pace.weekly_on", "其中之一：mon", "one of mon"),
    "a category of an unknown department": ('department = "总务处"', 'department = "总务科处"', "categories[2].department", "也许是 总务处", "perhaps 总务处"),
    "a category of a department's alias": ('department = "总务处"', 'department = "后勤处"', "categories[2].department", "也许是 总务处", "perhaps 总务处"),
    "a category of a grade": ('department = "总务处"', 'department = "七年级"', "categories[2].department", "请改成其中的名称", "write the name of one"),
    "a category twice": ('key = "moral"', 'key = "teaching"', "categories[1].key", "categories[0].key", "categories[0].key"),
    "one name for two of the school's categories": ('name = "德育管理"', 'name = "教育教学"', "categories[1].name", "categories[0].name", "categories[0].name"),
    "an unknown level": ('level = "school"', 'level = "scool"', "categories[0].level", "也许是 school", "perhaps school"),
    "a leader of an unknown department": ('departments = ["总务处"]', 'departments = ["保卫处"]', "roster.lines[3].departments[0]", "没有“保卫处”", "“保卫处” isn't among"),
    "a leader of an unknown grade": ("[]\ngrade = 9", "[]\ngrade = 13", "roster.lines[4].grade", "没有 13", "13 isn't among"),
    "two leaders of one grade": ("[]\ngrade = 9", "[]\ngrade = 7", "roster.lines[4].grade", "roster.lines[3].grade", "roster.lines[3].grade"),
    "two leaders of one department": ('departments = ["总务处"]', 'departments = ["校办"]', "roster.lines[3].departments[0]", "已经写过", "already"),
    "an unknown office": ('office = "党办"', 'office = "党委办"', "roster.office", "也许是 党办", "perhaps 党办"),
    "a person twice in a group": ('"聂芳"]', '"谷 辉"]', "roster.working_group.members[7]", "deputy_head", "deputy_head"),
    "a minimum in percent": ("# minimum = 0.33", "minimum = 33", "grades[0].minimum", "33% 写 0.33", "33 % is 0.33"),
    "a minimum below nothing": ("# minimum = 0.33", "minimum = -0.1", "grades[0].minimum", "0 到 1", "from 0 to 1"),
    "a minimum that is no number": ("# minimum = 0.33", "minimum = nan", "grades[0].minimum", "0 到 1", "from 0 to 1"),
    "a grade twice": ("grade = 8", "grade = 7", "grades[1].grade", "grades[0].grade", "grades[0].grade"),
    "a word for two grades": ('"初二"', '"初一"', "grades[1].aliases", "grades[0].aliases", "grades[0].aliases"),
    "a question outside the set": ('["mood", "revision"]', '["moood", "revision"]', "grades[2].questions[0]", "也许是 mood", "perhaps mood"),
    "targets that don't say which": ('targets = "exams"', "", "grades[4].targets", "请补上", "add it"),
    "an exception that silences its own word": ('"跳楼机",', '"跳楼",', "red_flags.kinds[0].exceptions[9]", "永远不报", "never raise a flag"),
    "a gap at the end of a word": ('"遗书", "想死",', '"遗…", "想死",', "red_flags.kinds[0].words[13]", "两边都要有字", "on both sides"),
    "logs kept too short": ("deliveries = 180", "deliveries = 30", "retention.deliveries", "180 到 36500", "from 180 to 36500"),
    "an unknown legal basis": ('basis = "consent"', 'basis = "同意"', "purposes[1].basis", "其中之一：consent", "one of consent"),
    "a section twice": ("[chain]", "[pace]\n[chain]", "pace", "写了两次", "written twice"),
    "a key twice": ("days = 15 ", "days = 15\ndays = 15 ", "clock.days", "写了两次", "written twice"),
    "a quote from the Chinese keyboard": ('office = "党办"', "office = “党办”", "roster.office", "换成英文半角", "English keyboard"),
    "an equals sign from the Chinese keyboard": ('root = "全校"', 'root ＝ "全校"', "school.name_en", "换成英文半角", "English keyboard"),
    "a quote that is never closed": ('office = "党办"', 'office = "党办', "roster.office", "没有收尾", "never closed"),
    "a bracket that is never closed": ('posts = ["副校长"]\n', 'posts = ["副校长"', "roster.posts[5].posts", "没有收尾", "never closed"),
    "a line that says nothing": ('office = "党办"', "党办", "roster", "名字 = 值", "key = value"),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_told_in_one_sentence_with_its_key_line_and_mend(what: str) -> None:
    stands, instead, key, zh, en = MISTAKES[what]
    before, found, after = TEXT.partition(stands)
    assert found, "the packaged plan changed: mend this table"
    error = mistake_in(before + instead + after)
    assert error.key == key
    assert zh in error.sentence("zh-CN")
    assert en in error.sentence("en")
    for language in ("zh-CN", "en"):
        assert_is_one_sentence(error, language)


# Where the line that is named isn't the one that was changed: so many lines below, or no line.
ELSEWHERE: dict[str, int | None] = {
    "a missing key": -4,  # its section's first line
    "targets that don't say which": -7,  # likewise
    "a missing section": None,
    "a ladder without rungs": None,
    "something after what never ends": 7,  # the rung behind it
    "a ladder after which all is forgotten": -3,  # its section's first line
    "a leader of an unknown grade": 1,  # the table changes two lines, and means the second
    "two leaders of one grade": 1,  # likewise
    "two ways of counting in one ladder": 1,  # likewise
    "a key twice": 1,  # the second of the two
    "a section twice": 7,  # likewise
    "an exception that silences its own word": -2,  # the first line of its list
    "a gap at the end of a word": -2,  # likewise
}


@pytest.mark.parametrize("what", MISTAKES)
def test_the_line_that_is_named_is_that_of_the_mistake(what: str) -> None:
    stands, instead, *_ = MISTAKES[what]
    before, _, after = TEXT.partition(stands)
    below = ELSEWHERE.get(what, 0)
    expected = None if below is None else before.count("\n") + 1 + below
    assert mistake_in(before + instead + after).line == expected


def mistake_in(text: str) -> PlanError:
    with pytest.raises(PlanError) as caught:
        load_plan(text)
    return caught.value


def assert_is_one_sentence(error: PlanError, language: str) -> None:
    said = error.sentence(language)
    assert said.startswith(error.key)
    assert "\n" not in said
    assert "？" not in said
    assert "`" not in said, "a word of the library's got through"
    assert said.count("。") == (language == "zh-CN")
    assert said.endswith("。" if language == "zh-CN" else ".")


def test_a_sentence_reads_like_this() -> None:
    line = LINES.index('end = "09-15"') + 1
    error = mistake_in(TEXT.replace('end = "09-15"', 'end = "08-14"'))
    assert error.sentence("zh-CN") == (
        f"phases.visit.end（方案第 {line} 行）：结束（2018-08-14）早于开始（2018-08-15），"
        "请改成不早于开始的日期。"
    )
    assert str(error) == (
        f"phases.visit.end (line {line} of the plan): it ends (2018-08-14) before it starts"
        " (2018-08-15); write a later date."
    )


def test_a_key_is_found_on_its_line_and_a_line_in_its_key() -> None:
    for key, written in (
        ("rungs[2].does", 'does = "assign"'),
        ("roster.office", 'office = "党办"'),
    ):
        line = LINES.index(written) + 1
        assert line_of(TEXT, key) == line
        assert key_on(TEXT, line) == key
    assert line_of(TEXT, "nowhere") is None
    assert key_on("\n", 1) is None


# What is no mistake is taken as it was meant.


def test_next_year_is_one_change() -> None:
    plan = load_plan(TEXT.replace("year = 2018", "year = 2019"))
    assert (plan.campaign_start, plan.campaign_end) == (date(2019, 8, 15), date(2019, 11, 30))


@pytest.mark.parametrize("written", ['"2019-01-15"', "2019-01-15"])
def test_a_phase_may_end_in_the_next_year(written: str) -> None:
    plan = load_plan(TEXT.replace('end = "11-30"', f"end = {written}"))
    assert plan.campaign_end == date(2019, 1, 15)


def test_names_padded_with_spaces_are_the_same_people() -> None:
    padded = TEXT.replace('"孙茜"', '"孙  茜"').replace('"谷辉"', '"谷\u3000辉"')
    assert load_plan(padded) == PLAN


@pytest.mark.parametrize(
    "change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")]
)
def test_what_a_windows_editor_adds_does_no_harm(change) -> None:
    assert load_plan(change(TEXT)) == PLAN


def test_a_day_may_be_counted_in_working_days() -> None:
    assert (
        load_plan(TEXT.replace('count = "natural"  ', 'count = "working"  ')).clock.count
        == "working"
    )


# The file itself.


def test_no_path_reads_the_packaged_plan_and_a_path_that_file(tmp_path: Path) -> None:
    assert read_plan(None) == PLAN
    mine = tmp_path / "mine.toml"
    mine.write_text(TEXT.replace("year = 2018", "year = 2020"), encoding="utf-8")
    assert read_plan(mine).campaign.year == 2020


def test_a_file_that_is_not_there_or_cannot_be_read_is_told_under_its_setting(
    tmp_path: Path,
) -> None:
    gbk = tmp_path / "gbk.toml"
    gbk.write_bytes(TEXT.encode("gbk", "ignore"))
    told = {
        tmp_path / "none.toml": ("找不到文件", "there is no file"),
        tmp_path: ("打不开", "can't be opened"),
        gbk: ("另存为 UTF-8", "save it again as UTF-8"),
    }
    for file, (zh, en) in told.items():
        with pytest.raises(PlanError) as caught:
            read_plan(file)
        assert caught.value.key == SETTING
        assert zh in caught.value.sentence("zh-CN")
        assert en in caught.value.sentence("en")
        assert file.name in caught.value.sentence("en")


def test_no_cause_of_the_library_hangs_on_the_error() -> None:
    for text in ("a = 2018-09-31", "", "[phases]"):
        error = mistake_in(text)
        assert error.__cause__ is None
        assert error.__suppress_context__


# Whatever happens to the file, the sentence comes.

VALUES = ["1", "-1", '"x"', '""', "true", "[]", "[1]", "{}", "1.5", "nan", "2018-01-01", "07:30:00",
          "2018-01-01T00:00:00Z", "", "“x”", "[[", "9" * 5000, "[" * 500]  # fmt: skip
KEY = re.compile(r"^[\w.]+ = ")
KEY_LINES = [number for number, line in enumerate(LINES) if KEY.match(line)]


def usable_or_told(text: str) -> None:
    """Either it is a plan, or the mistake is one sentence in each language."""
    try:
        assert isinstance(load_plan(text), Plan)
    except PlanError as error:
        for language in ("zh-CN", "en"):
            assert_is_one_sentence(error, language)


@given(st.sets(st.integers(0, len(LINES) - 1), min_size=1, max_size=3))
def test_lines_lost_are_told_in_a_sentence(lost: set[int]) -> None:
    usable_or_told("\n".join(line for number, line in enumerate(LINES) if number not in lost))


@given(st.sampled_from(KEY_LINES), st.sampled_from(VALUES))
def test_a_value_of_another_type_is_told_in_a_sentence(number: int, value: str) -> None:
    key = LINES[number].split(" = ")[0]
    usable_or_told("\n".join([*LINES[:number], f"{key} = {value}", *LINES[number + 1 :]]))


# A sentence shows the value as it stands in the file, these signs too: they would be taken for ours.
OTHERS = st.characters(exclude_characters="`？。")


@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(OTHERS, max_size=8))
def test_any_other_damage_is_told_in_a_sentence(at: int, lost: int, put: str) -> None:
    usable_or_told(TEXT[:at] + put + TEXT[at + lost :])


@given(st.text(OTHERS, max_size=80))
def test_any_text_at_all_is_told_in_a_sentence(text: str) -> None:
    usable_or_told(text)


def test_nesting_without_end_is_told_in_a_sentence() -> None:
    for text in ("a = " + "[" * 9000, ".".join("a" * 5000) + " = 1", "a = " + "9" * 5000):
        assert_is_one_sentence(mistake_in(text), "en")
