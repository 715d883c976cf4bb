"""What a message is: a command, several, one that we don't have, or talk."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import commands
from chat.words import languages, words
from commands.declarations import Command
from commands.parsing.lexicon import build_lexicon
from commands.parsing.messages import read_message
from commands.parsing.plain import plain
from commands.parsing.said import CommandSaid, Said, Talk, UnknownCommand
from commands.table import MEANT

_DECLARED: list[Command] = [
    importlib.import_module(f"commands.{file.stem}").COMMAND
    for file in sorted(Path(commands.__file__).parent.glob("*.py"))
    if "\nCOMMAND = " in file.read_text(encoding="utf-8")
]
COMMANDS = {one.name: one for one in _DECLARED}
LEXICON = build_lexicon(COMMANDS)
PREFIXES = ("/", "／", "、")
CLASSES = {"zh-CN": "七3", "en": "7-3"}


def read(text: str, *, addressed: bool = False) -> tuple[Said, ...]:
    return read_message(text, addressed=addressed, lexicon=LEXICON)


def command(text: str, *, addressed: bool = False) -> CommandSaid:
    (said,) = read(text, addressed=addressed)
    assert isinstance(said, CommandSaid), said
    return said


def parts(said: CommandSaid) -> dict[str, str]:
    return {name: "|".join(part.text for part in given) for name, given in said.given.items()}


def examples() -> list[tuple[str, str, str]]:
    return [
        (name, action.name, words(language).text(key, class_=CLASSES[language], problem=57))
        for name, declared in COMMANDS.items()
        for action in declared.actions
        for language in languages()
        for key in [f"command.{name}.{action.name}.example"]
    ]


@pytest.mark.parametrize(("name", "action", "example"), examples())
def test_every_example_does_what_it_promises(name: str, action: str, example: str) -> None:
    assert example.startswith("/")
    head, _, rest = example[1:].partition(" ")
    latin = head.isascii() and rest[:1].isascii() and rest[:1].isalpha() and rest[:2] != "V1"
    spellings = [f"{prefix}{head} {rest}" for prefix in PREFIXES]
    spellings += [] if latin else [f"{prefix}{head}{rest}" for prefix in PREFIXES]
    spellings += [f"/ {head} {rest}", example.upper(), example.replace(" ", "　")]
    plain_example = command(example)
    for typed in spellings:
        said = command(typed)
        assert (said.command, said.doubts) == (name, ()), typed
        # Which action it is the records decide, for some.
        assert said.action == action or name in MEANT, typed
        assert set(said.given) == set(plain_example.given), typed
    assert command(f"{head} {rest}", addressed=True).command == name


def test_every_required_part_is_in_the_example() -> None:
    for name, action, example in examples():
        required = {f.name for f in COMMANDS[name].action(action).fields if f.required}
        assert required <= set(command(example).given), example


def test_the_line_that_the_design_promises() -> None:
    said = command("/visit 七3 王小明 奶奶照顾，内向 诉求：希望有晚托")
    assert (said.command, said.action, said.doubts) == ("visit", "record", ())
    assert parts(said) == {
        "class_": "七3", "student": "王小明", "text": "奶奶照顾，内向", "words": "希望有晚托",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(LEXICON.names))
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_name_is_understood_behind_every_prefix(prefix: str, name: str) -> None:
    for typed in (name, name.upper(), "".join(_wide(c) for c in name)):
        assert command(prefix + typed).command == LEXICON.names[name]
        assert command(f"{prefix}{typed} ").command == LEXICON.names[name]
        assert command(typed, addressed=True).command == LEXICON.names[name]


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter


@pytest.mark.parametrize(
    "typed",
    ["/家访七3王小明", "/visit七3王小明", "/家访七（3）班王小明", "/VISIT 703 王小明", "/visit703王小明",
     "/家访 7-3 王小明", "/visitG7-3 王小明", "／家访　七３　王小明", "\ufeff/家访 七3 王小明",
     "\u200b \u200e/家访 七3 王小明", "@走访助手 /家访 七3 王小明", "@走访助手\u2005/家访 七3 王小明",
     "@走访助手/家访 七3 王小明", "＠走访 、家访 七3 王小明", "@走访 @别人 /家访 七3 王小明",
     "/家访：七3，王小明", "/家访\n七3\n王小明", "/家访 七3、王小明。", "\n\n/家访 七3 王小明\n\n"],
)  # fmt: skip
def test_a_command_however_it_begins(typed: str) -> None:
    said = command(typed)
    assert said.command == "visit"
    assert list(said.given) == ["class_", "student"]
    assert parts(said)["student"] == "王小明"
    assert said.doubts == ()


@pytest.mark.parametrize(
    "typed",
    ["帮助", "帮助！", "?", "？", "help", "家访 七3", "家访七3 王小明", "家访703", "@走访 家访 七3", "进度七年级",
     "我是谁", "我是", "who am i", "Who  am I?", "visit 7-3 Li", "家访V12 性格：稳重"],
)  # fmt: skip
def test_a_bare_name_is_a_command_when_it_is_said_to_us(typed: str) -> None:
    assert isinstance(read(typed, addressed=True)[0], CommandSaid)
    assert read(typed) == (Talk(typed),)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "问题不大", "帮助一下", "我是李梅", "进度不错", "visitors are here", "好的", "1", "、", "、、", "、 。",
     "王小明", "12号", "家访的时候要注意什么", "@走访", "家庭：父母在外地", "helpful", "名册在哪里"],
)  # fmt: skip
def test_talk_is_talk_even_when_it_is_said_to_us(typed: str) -> None:
    assert read(typed, addressed=True) == (Talk(typed),)


def test_several_commands_stand_on_lines_of_their_own() -> None:
    text = "/家访 七3 王小明 内向\n奶奶照顾\n  /进度 七年级\r\n／帮助\n@走访 /待访"
    first, second, third = read(text)
    assert isinstance(first, CommandSaid)
    assert parts(first)["text"] == "内向\n奶奶照顾"
    assert isinstance(second, CommandSaid)
    assert (second.command, parts(second)) == ("coverage", {"unit": "七年级"})
    assert isinstance(third, CommandSaid)
    assert third.command == "help"


def test_a_line_without_a_known_name_is_text_of_the_one_before() -> None:
    for line in ("/没有这个", "家访 七4 李四", "//", "/", "/ 帮助", "看 /帮助", "/visits"):
        said = command(f"/家访 七3 王小明 诉求：晚托\n{line}\n完")
        assert parts(said)["words"] == f"晚托\n{line}\n完"


def test_a_command_in_the_midst_of_talk_is_quoted_and_not_meant() -> None:
    assert read("这样记：\n/家访 七3 王小明") == (Talk("这样记：\n/家访 七3 王小明"),)


@pytest.mark.parametrize(
    ("typed", "name", "near"),
    [("/vist 七3", "vist", "visit"), ("/visits", "visits", "visit"), ("/加访七3王小明", "加访", "visit"),
     ("/家放 七3", "家放", "visit"), ("/访家", "访家", "visit"), ("/jiafang 7-3", "jiafang", "visit"),
     ("/cov", "cov", "coverage"), ("/帮住", "帮住", "help"), ("/HLEP", "HLEP", "help"), ("/明册", "明册", "roster"),
     ("/查进度", "查进度", "coverage"), ("/呆访", "呆访", "todo"), ("/rooster x", "rooster", "roster")],
)  # fmt: skip
def test_a_mistyped_name_is_recognised(typed: str, name: str, near: str) -> None:
    (said,) = read(typed)
    assert isinstance(said, UnknownCommand)
    assert (said.typed, said.near[:1], said.name.of(typed)) == (name, (near,), name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("/", ""), ("/ ", ""), ("／\n", ""), ("//", "/"), ("/etc/passwd", "etc/passwd"), ("/://x", "://x"),
     ("/" + "x" * 9000, "x" * 9000), ("/吃饭", "吃饭")],
)  # fmt: skip
def test_a_name_that_is_like_none_suggests_none(typed: str, name: str) -> None:
    (said,) = read(typed, addressed=True)
    assert isinstance(said, UnknownCommand)
    assert (said.typed, said.near) == (name, ())


def test_known_commands_after_an_unknown_one_are_still_done() -> None:
    unknown, known = read("/加访 七3 王小明\n/进度 七年级")
    assert isinstance(unknown, UnknownCommand)
    assert unknown.span.of("/加访 七3 王小明\n/进度 七年级") == "/加访 七3 王小明\n"
    assert isinstance(known, CommandSaid)


FRAGMENTS = st.sampled_from(
    ["/", "／", "、", "visit", "家访", "帮助", " ", "\n", "　", "七3", "7-3", "9-3", "703", "12号", "王小明",
     "Li", "Mei", "诉求：", "方式=", "方试=", "日期：", "同行=", "类型=", "教师", "电话", "婉拒", "V12", "昨天",
     "@", "@走访 ", "：", "=", "，", "。", "\ufeff", "\u202e", "👨‍👩‍👧", "é", "\x00", "\ud83d", "性格：", "?", "高一"]
)  # fmt: skip
LETTERS = st.characters(exclude_categories=())
ANYTHING = st.text(LETTERS) | st.lists(FRAGMENTS | st.text(LETTERS, max_size=3)).map("".join)


@given(ANYTHING, st.booleans())
def test_whatever_is_typed_is_answered_and_every_part_is_where_it_says(
    text: str, addressed: bool
) -> None:
    for start in ("", "/家访 "):
        message = start + text
        said = read(message, addressed=addressed)
        assert said
        for one in said:
            if isinstance(one, CommandSaid):
                _check_places(one, message)
            elif isinstance(one, UnknownCommand):
                assert one.name.of(message) == one.typed
            else:
                assert one.text == message


def _check_places(said: CommandSaid, message: str) -> None:
    assert said.command in COMMANDS
    action = COMMANDS[said.command].action(said.action)
    for field, given_parts in said.given.items():
        assert action.field(field)
        for part in given_parts:
            assert part.text
            assert part.text == part.text.strip() == part.span.of(message)
            assert said.span.start <= part.span.start <= part.span.end <= said.span.end
    for doubt in said.doubts:
        assert said.span.start <= doubt.span.start < doubt.span.end <= said.span.end


@given(
    st.text(LETTERS) | st.lists(st.sampled_from("，。：=? \n/、晚托x\u200d👍é\u202e")).map("".join)
)
def test_words_are_kept_byte_for_byte(said: str) -> None:
    visit = LEXICON.actions["visit", "record"]
    message = f"/visit 七3 王小明 诉求：{said}"
    typed = plain(said)
    assume(not any(label in typed for label in visit.labels))
    assume(not any(f"{prefix}{name}" in typed for prefix in "/、" for name in LEXICON.names))
    given_words = command(message).given.get("words", ())
    assert [part.text for part in given_words] == ([said.strip()] if said.strip() else [])


@pytest.mark.parametrize(
    "said",
    ["希望" * 10_000, "שלום עולם " * 1000 + "x", "👨‍👩‍👧‍👦" * 2000, "a\u0301" * 5000, "第一行\n\n\n第二行",
     "“我说：要晚托，= 好吗？”", "https://例.cn/?date=9-3&kind=home", "：：：", "  中间  空格  ", "\x00\ud800"],
)  # fmt: skip
def test_long_and_odd_words_are_kept_too(said: str) -> None:
    for message in (f"/家访 七3 王小明 诉求：{said}", f"/家访 七3 王小明\n诉求={said}\n性格：内向"):
        assert parts(command(message))["words"] == said.strip()


@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        "、",
        "@",
        "@a ",
        "诉求：",
        "a：",
        "方试=",
        " ",
        "/visit\n",
        "\n/visit",
        "王、",
        "方式=x ",
        "七",
        "?",
    ],
)
def test_twenty_thousand_of_anything_are_read(piece: str) -> None:
    for start in ("", "/家访 ", "/家访 七3 王小明 同行："):
        assert read(start + piece * (20_000 // len(piece)), addressed=True)


def test_a_line_of_a_chinese_list_is_no_command() -> None:
    (said,) = read("/家访 七3 14号 诉求：他说很多\n、撤销\n、进度\n谢谢")
    assert isinstance(said, CommandSaid)
    assert said.given["words"][0].text == "他说很多\n、撤销\n、进度\n谢谢"
