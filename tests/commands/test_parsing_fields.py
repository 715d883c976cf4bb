"""What goes into which part of a command, by its label or by its place."""

from __future__ import annotations

import importlib

import pytest

from commands.declarations import Command
from commands.parsing.lexicon import build_lexicon
from commands.parsing.messages import read_message
from commands.parsing.record_numbers import visit_number
from commands.parsing.said import CommandSaid
from commands.parsing.values import choice_of

COMMANDS: dict[str, Command] = {
    name: importlib.import_module(f"commands.{name}").COMMAND
    for name in ("visit", "talk", "arrange", "todo", "coverage", "roster", "whoami", "help")
}
LEXICON = build_lexicon(COMMANDS)


def read(text: str) -> CommandSaid:
    (said,) = read_message(text, addressed=False, lexicon=LEXICON)
    assert isinstance(said, CommandSaid)
    return said


def parts(text: str) -> dict[str, str]:
    return {name: "|".join(part.text for part in given) for name, given in read(text).given.items()}


def visit(rest: str) -> dict[str, str]:
    """What is understood besides the class and the child."""
    understood = parts(f"/家访 七3 王小明{rest}")
    assert (understood.pop("class_"), understood.pop("student")) == ("七3", "王小明")
    return understood


@pytest.mark.parametrize(
    ("rest", "understood"),
    [
        ("", {}),
        ("，奶奶照顾，内向", {"text": "奶奶照顾，内向"}),
        ("：奶奶照顾", {"text": "奶奶照顾"}),
        (" 电话 奶奶照顾", {"method": "电话", "text": "奶奶照顾"}),
        (" 电话里说奶奶照顾", {"text": "电话里说奶奶照顾"}),
        (" 电话：13800000000", {"text": "电话：13800000000"}),
        (" 昨天 视频，奶奶照顾", {"day": "昨天", "method": "视频", "text": "奶奶照顾"}),
        (" 奶奶照顾 昨天 电话", {"text": "奶奶照顾 昨天 电话"}),
        (" 9-3 内向", {"day": "9-3", "text": "内向"}),
        (" 3-5岁在老家", {"text": "3-5岁在老家"}),
        (" 方式=电话 内向", {"method": "电话", "text": "内向"}),
        (" 内向 方式＝电话 爱画画", {"text": "内向|爱画画", "method": "电话"}),
        (" 诉求：有晚托 方式:电话 内向", {"words": "有晚托", "method": "电话", "text": "内向"}),
        (" 诉求：有晚托 诉求：少作业", {"words": "有晚托|少作业"}),
        (" 需求：有晚托\n学情：数学吃力。性格：内向", {"words": "有晚托", "learning": "数学吃力。", "character": "内向"}),
        (" 家庭情况：奶奶照顾；性格：内向", {"situation": "奶奶照顾；", "character": "内向"}),
        (" 奶奶照顾诉求：希望", {"text": "奶奶照顾诉求：希望"}),
        (" 诉求：", {}),
        (" 诉求： 性格：内向", {"character": "内向"}),
        (" 诉求：性格：内向", {"character": "内向"}),
        (" method=by phone date=last Friday quiet", {"method": "by phone", "day": "last Friday", "text": "quiet"}),
        (" METHOD：home", {"method": "home"}),
        (" 同行：蔡平、李梅 奶奶照顾", {"companions": "蔡平、李梅", "text": "奶奶照顾"}),
        (" 同行：蔡平 李梅 内向", {"companions": "蔡平 李梅", "text": "内向"}),
        (" 同行：蔡平、Li Mei 方式=电话", {"companions": "蔡平、Li Mei", "method": "电话"}),
        (" 同行：蔡平 和 李梅 内向", {"companions": "蔡平 和 李梅", "text": "内向"}),
        (" 同行：蔡平 和气", {"companions": "蔡平", "text": "和气"}),
        (" 婉拒", {"result": "婉拒"}),
        (" 婉拒。", {"result": "婉拒"}),
        ("，不方便，老人住院", {"result": "不方便", "text": "不方便，老人住院"}),
        (" 不愿上门 电话", {"result": "不愿上门", "method": "电话"}),
        (" 结果=婉拒 老人住院", {"result": "婉拒", "text": "老人住院"}),
        (" 不方便上门", {"text": "不方便上门"}),
        (" 已访 内向", {"result": "已访", "text": "内向"}),
        (" 电话 微信 内向", {"method": "电话", "text": "微信 内向"}),
        (" https://例.cn/?date=9-3", {"text": "https://例.cn/?date=9-3"}),
    ],
)  # fmt: skip
def test_after_the_class_and_the_child(rest: str, understood: dict[str, str]) -> None:
    assert visit(rest) == understood
    assert read(f"/家访 七3 王小明{rest}").doubts == ()


@pytest.mark.parametrize(
    "typed",
    ["/家访 七3 12号 内向", "/家访七3 12号 内向", "/家访七(3)班12号内向", "/家访 七（3）班，12 号，内向",
     "/家访 学生=12号 班级=七3 内向", "/家访 班级：七3\n学生：12号\n内向",
     "/visit 7-3 no. 12 内向", "/visit Class 3 of Grade 7 12号 内向", "/家访 7-3 12 内向"],
)  # fmt: skip
def test_a_child_by_number(typed: str) -> None:
    understood = parts(typed)
    assert set(understood) == {"class_", "student", "text"}
    assert "12" in understood["student"]
    assert understood["text"] == "内向"


@pytest.mark.parametrize(
    ("typed", "day", "class_"),
    [("/家访 9-3 七3 王小明", "9-3", "七3"), ("/家访 昨天 七3 王小明", "昨天", "七3"),
     ("/家访 3号 七3 王小明", "3号", "七3"), ("/家访 7-3 王小明 9-5", "9-5", "7-3"),
     ("/家访 7-3 王小明 日期=9月5日", "9月5日", "7-3"), ("/家访 电话 7-3 王小明 周三", "周三", "7-3")],
)  # fmt: skip
def test_a_day_before_or_after_the_class(typed: str, day: str, class_: str) -> None:
    understood = parts(typed)
    assert (understood["day"], understood["class_"], understood["student"]) == (
        day,
        class_,
        "王小明",
    )


def test_a_teacher_with_one_class_leaves_it_out() -> None:
    assert parts("/家访 王小明 内向") == {"student": "王小明", "text": "内向"}
    assert parts("/家访王小明") == {"student": "王小明"}
    assert parts("/家访 12号 内向") == {"student": "12号", "text": "内向"}


@pytest.mark.parametrize(
    ("typed", "action"),
    [("/家访 七3 王小明", "record"), ("/家访 V12 性格：稳重", "add"), ("/家访v12", "add"), ("/家访 V 12 稳重", "add"),
     ("/visit 编号=12 稳重", "add"), ("/走访 教师 李梅 累", "teacher"), ("/visit teacher Li Mei tired", "teacher"),
     ("/走访 李梅 类型=教师", "teacher"), ("/走访 类型：教师 李梅", "teacher"), ("/家访 主动联系 七3 王小明", "record"),
     ("/家访", "record"), ("/家访 七3 王小明 教师节收到卡片", "record")],
)  # fmt: skip
def test_which_action_is_meant(typed: str, action: str) -> None:
    said = read(typed)
    assert (said.action, said.doubts) == (action, ())


def test_a_talk_with_a_teacher() -> None:
    assert parts("/走访 教师 李梅 电话 带两个班 诉求：少开会") == {
        "kind": "教师", "teacher": "李梅", "method": "电话", "text": "带两个班", "words": "少开会",
    }  # fmt: skip
    assert parts("/visit teacher @Li Mei: tired") == {
        "kind": "teacher",
        "teacher": "@Li",
        "text": "Mei: tired",
    }


@pytest.mark.parametrize(
    ("rest", "understood"),
    [("Wang Xiaoming lives with his grandmother", {"text": "lives with his grandmother"}),
     ("Wang Xiaoming by phone last Friday, shy", {"method": "by phone", "day": "last Friday", "text": "shy"}),
     ("Wang Xiaoming phone, shy", {"method": "phone", "text": "shy"}),
     ("Wang Xiaoming Phone", {"method": "Phone"}),
     ("Wang Xiaoming phone rang all evening", {"text": "phone rang all evening"}),
     ("Wang Xiaoming refused because of illness", {"result": "refused", "text": "refused because of illness"}),
     ("Wang Xiaoming shy request: a club mood: low", {"text": "shy", "words": "a club", "mood": "low"})],
)  # fmt: skip
def test_in_english(rest: str, understood: dict[str, str]) -> None:
    said = parts(f"/visit G7-3 {rest}")
    assert (said.pop("class_"), said.pop("student")) == ("G7-3", "Wang Xiaoming")
    assert said == understood


@pytest.mark.parametrize(
    ("typed", "kind", "span", "field", "near"),
    [("/进度 七年级 abc", "leftover", "abc", None, ()),
     ("/我是 李梅", "leftover", "李梅", None, ()),
     ("/家访 七3 王小明 方试=电话", "label", "方试", None, ("method",)),
     ("/家访 方试=电话 七3 王小明", "label", "方试", None, ("method",)),
     ("/家访 七3 王小明 内向 诉球：晚托", "label", "诉球", None, ("words",)),
     ("/家访 七3 王小明 诉求：晚托 性个：内向", "label", "性个", None, ("character",)),
     ("/visit 7-3 Li shy, reqest: a club", "label", "reqest", None, ("words",)),
     ("/家访 V12 稳重 方式=电话", "label", "方式", "method", ()),
     ("/家访 七3 王小明 方式=飞鸽", "choice", "飞鸽", "method", ()),
     ("/家访 七3 王小明 方式=电花", "choice", "电花", "method", ("phone",)),
     ("/家访 七3 王小明 日期=昨晚上", "value", "昨晚上", "day", ()),
     ("/家访 七3 王小明 日期=9-31", "value", "9-31", "day", ()),
     ("/家访 七3 王小明 9-31", "value", "9-31", "day", ()),
     ("/家访 班级=某班 王小明", "value", "某班", "class_", ())],
)  # fmt: skip
def test_what_is_not_understood_is_doubted(
    typed: str, kind: str, span: str, field: str | None, near: tuple[str, ...]
) -> None:
    (doubt,) = read(typed).doubts
    assert (doubt.kind, doubt.span.of(typed), doubt.field, doubt.near) == (kind, span, field, near)


def test_a_value_that_cannot_be_read_is_given_and_a_choice_is_not() -> None:
    assert "method" not in read("/家访 七3 王小明 方式=飞鸽").given
    for typed in ("9-31", "日期=9-31"):
        assert parts(f"/家访 七3 王小明 {typed}")["day"] == "9-31"
    assert parts("/家访 班级=某班 王小明")["class_"] == "某班"


@pytest.mark.parametrize(
    "text",
    [
        "奶奶说：要晚托",
        "家长：希望多交流",
        "妈妈：好",
        "爸爸：=",
        "food: too salty",
        "时间：晚上八点",
        "学校：太远",
        "注意:无",
    ],
)
def test_ordinary_words_before_a_colon_are_no_mistyped_labels(text: str) -> None:
    for rest in (f" {text}", f" 诉求：{text}", f" 内向，{text}"):
        assert read(f"/家访 七3 王小明{rest}").doubts == ()


def test_a_choice_is_read_by_any_of_its_words() -> None:
    for typed in ("上门", "方式=上门", "方式=home", "at home", "AT　HOME", "方式=入户"):
        assert choice_of(read(f"/家访 七3 王小明 {typed}").given, "method", LEXICON) == "home"
    assert choice_of(read("/家访 七3 王小明").given, "method", LEXICON) is None
    twice = read("/家访 七3 王小明 上门 方式=电话").given
    assert choice_of(twice, "method", LEXICON) == "phone"


def test_the_number_of_a_visit() -> None:
    assert [visit_number(text) for text in ("V12", "v 12", "１２", "ｖ12", "x", "")] == [12] * 4 + [
        None
    ] * 2


@pytest.mark.parametrize(
    ("rest", "understood"),
    [
        (
            "影片 家长 120人 活动中心",
            {"form": "影片", "audience": "家长", "people": "120人", "text": "活动中心"},
        ),
        ("家长，影片，约120名", {"audience": "家长", "form": "影片", "people": "约120名"}),
        (
            "读书 学生 七3 45人 昨天",
            {"form": "读书", "audience": "学生", "unit": "七3", "people": "45人", "day": "昨天"},
        ),
        ("影片 120名家长", {"form": "影片", "people": "120名", "audience": "家长"}),
        (
            "film 120 parents at the hall",
            {"form": "film", "people": "120", "audience": "parents", "text": "at the hall"},
        ),
        ("人数：120 影片", {"people": "120", "form": "影片"}),
        # More than a class or a grade is a unit only behind its label.
        ("影片 总务处", {"form": "影片", "text": "总务处"}),
        ("影片 单位：总务处", {"form": "影片", "unit": "总务处"}),
        ("讲座 两位老师主持", {"form": "讲座", "text": "两位老师主持"}),
        ("T3 家长很满意", {"talk_number": "T3", "text": "家长很满意"}),
        ("编号：3 很好", {"talk_number": "3", "text": "很好"}),
    ],
)
def test_a_talk_is_read(rest: str, understood: dict[str, str]) -> None:
    assert parts(f"/宣讲 {rest}") == understood


@pytest.mark.parametrize(
    ("rest", "understood"),
    [
        (
            "蔡平 9-5 七3 王小明",
            {"leader": "蔡平", "day": "9-5", "class_": "七3", "student": "王小明"},
        ),
        (
            "蔡平 七3 王小明 9-5",
            {"leader": "蔡平", "class_": "七3", "student": "王小明", "day": "9-5"},
        ),
        ("蔡平 5号 七3 12号", {"leader": "蔡平", "day": "5号", "class_": "七3", "student": "12号"}),
        ("蔡平 七3 12号 5号", {"leader": "蔡平", "class_": "七3", "student": "12号", "day": "5号"}),
        (
            "9-5 蔡平 7-3 no. 12",
            {"day": "9-5", "leader": "蔡平", "class_": "7-3", "student": "no. 12"},
        ),
        ("蔡平 周五19:30 七3", {"leader": "蔡平", "day": "周五19:30", "class_": "七3"}),
        ("蔡平 周五 晚上七点半 七3", {"leader": "蔡平", "day": "周五 晚上七点半", "class_": "七3"}),
        (
            "蔡平 周五 七年级 宣讲",
            {"leader": "蔡平", "day": "周五", "class_": "七年级", "matter": "宣讲"},
        ),
        ("A7 取消", {"arrangement": "A7", "change": "取消"}),
    ],
)
def test_an_arrangement_is_read(rest: str, understood: dict[str, str]) -> None:
    assert parts(f"/安排 {rest}") == understood


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("/安排", "show"),
        ("/arrange  \n", "show"),
        ("/安排 A7", "call_off"),
        ("/安排A7 取消", "call_off"),
        ("/安排 蔡平", "plan"),
        ("/宣讲", "record"),
        ("/talkT3", "add"),
        ("/visit", "record"),
    ],
)
def test_the_bare_name_means_what_takes_nothing(typed: str, action: str) -> None:
    assert read(typed).action == action
