"""Everything that can be told is told in every language, briefly, and no child in a group."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import domain.notices
from chat.harmless import GAP, inert
from chat.message import Message
from chat.platforms import PLATFORMS
from chat.wording import WORDING, compose, names
from chat.wording.frame import ASK, DONE, DUE, REFUSE, TELL
from chat.words import languages, words
from domain.notices.base import NOTICES
from domain.notices.views import Child, View
from tests.chat.samples import (
    CHOICES,
    CLASS,
    COVERAGES,
    HELPS,
    NAME,
    OTHER_NAME,
    SAID,
    SAMPLES,
    TODOS,
    VISITS,
    WHOAMIS,
)

LANGUAGES = languages()
# Lists are as long as what they list.
LISTS = {
    "ProblemStory",
    "ClaimsAwaited",
    "ProblemsListed",
    "ArrangementsShown",
    "HelpShown",
    "ReminderBundle",
    "RosterChecked",
    "RosterHistory",
    "RosterShown",
    "TodoShown",
    "WeeklyDigest",
}

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_notice = pytest.mark.parametrize("notice", SAMPLES)


def text_of(view: View, language: str) -> str:
    message = compose(view, language)
    return "\n".join((message.title, *message.lines, *(choice.label for choice in message.choices)))


# A notice's base class is never told; nor is a refusal without its own name.
TOLD = {name for name in NOTICES if name != "Refused"}


def test_every_notice_is_worded_and_has_a_sample() -> None:
    assert domain.notices.__name__.startswith("domain")
    assert TOLD == set(WORDING) == set(SAMPLES)
    assert all(view.notice == name for name, views in SAMPLES.items() for view in views)


def test_a_notice_without_words_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        compose(replace(VISITS[0], notice="Unheard"), "en")


def test_a_language_we_do_not_speak_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        compose(VISITS[0], "tlh")


def worded(notice: str) -> Iterator[tuple[View, str, Message]]:
    """Each of its samples in each language."""
    for view, language in product(SAMPLES[notice], LANGUAGES):
        yield view, language, compose(view, language)


@each_notice
def test_every_notice_is_said_on_every_platform(notice: str) -> None:
    for view, _, message in worded(notice):
        for platform in PLATFORMS.values():
            assert platform.payload(view, message, "chat"), view
        assert message.title.split()[1:], view
        assert all(line.strip() for line in message.lines), message


@each_notice
def test_one_sign_at_the_head_tells_the_outcome(notice: str) -> None:
    for view, _, message in worded(notice):
        signs = {"ok": {DONE, TELL, DUE}, "refuse": {REFUSE}}.get(view.outcome, {ASK})
        assert message.title[0] in signs, message
        rest = "".join((message.title[1:], *message.lines))
        assert not {ASK, DONE, DUE, REFUSE, TELL} & set(rest), message


@pytest.mark.parametrize("notice", sorted(SAMPLES.keys() - LISTS))
def test_what_is_no_list_fits_six_lines(notice: str) -> None:
    for view, _, message in worded(notice):
        assert getattr(view, "parts", ()) or 1 + len(message.lines) <= 6, message


@each_notice
def test_in_a_group_there_is_no_child_by_name_and_no_family_s_words(notice: str) -> None:
    for view, language, _ in worded(notice):
        # Even where a view in full were shown in a group by mistake.
        shown = text_of(replace(view, private=False), language)
        for secret in (NAME, OTHER_NAME, SAID):
            assert secret not in shown, shown


@each_language
@pytest.mark.parametrize("notice", ["ChoiceAsked", "StudentUnknown"])
def test_in_a_group_a_name_that_was_typed_is_not_said_again(language: str, notice: str) -> None:
    view = replace(SAMPLES[notice][0], typed="顾南星")
    assert "顾南星" in text_of(view, language)
    assert "顾南星" not in text_of(replace(view, private=False), language)


def test_one_to_one_there_are_the_name_and_the_words() -> None:
    for language in LANGUAGES:
        shown = text_of(VISITS[1], language)
        assert NAME in shown
        assert SAID in shown


@each_notice
def test_nobody_is_shouted_at(notice: str) -> None:
    for view, language, _ in worded(notice):
        shown = text_of(view, language)
        assert not set("!！") & set(shown), shown


ODD = (
    "{",
    "{0}",
    "{visit}",
    "%s %(n)s %",
    "a\nb\r\n\tc",
    "“”\"'\\",
    "\u200f\u202eאב",
    "😀" * 5000,
    "é" * 20_000,
)


def with_text(text: str) -> Iterator[View]:
    """All that somebody may have typed, wherever it is said again."""
    yield replace(VISITS[1], words=text)
    yield replace(VISITS[2], words=text)
    yield replace(VISITS[0], student=Child(CLASS, 12, text))
    yield replace(VISITS[5], companions=(text,))
    yield replace(CHOICES[0], typed=text)
    yield replace(SAMPLES["StudentUnknown"][0], typed=text)
    yield replace(SAMPLES["DayUnreadable"][0], typed=text)
    yield replace(WHOAMIS[0], person=text)
    yield from (replace(view, typed=text) for view in SAMPLES["DidYouMean"] if view.typed)


@given(st.text())
@example("".join(ODD))
@example(".AA")
def test_whatever_was_typed_is_said_as_it_looked(text: str) -> None:
    for language in LANGUAGES:
        for view in with_text(text):
            # What only works together with the words around it is parted too, unseen.
            looks = text_of(view, language).replace(GAP, "")
            assert inert(text).replace(GAP, "") in looks, view.notice


def test_coverage_tells_the_arithmetic_of_its_forecast() -> None:
    lines = compose(COVERAGES[0], "zh-CN").lines
    assert lines[0] == "要求高于 33%，还没到。"
    assert lines[1] == "婉拒 2，电话或微信 3，都算听到。"
    assert lines[2] == "按近 19 天走访 12 户，9月15日到 41%；每周再多 9 户才过线。"


def coverage_of(view: View, language: str) -> str:
    return compose(view, language).lines[0]


def test_a_unit_without_a_minimum_says_which_of_its_parts_are_not_there_yet() -> None:
    whole = [view for view in COVERAGES if view.parts and view.count.minimum is None]
    same, each, passed, some = (replace(view, asked=None) for view in whole)
    assert coverage_of(same, "zh-CN") == "各年级要求高于 33%，还没到：七年级、高二年级。"
    assert coverage_of(same, "en") == (
        "Each grade must be above 33 %. Not there yet: Grade 7, Grade 11."
    )
    assert coverage_of(each, "zh-CN") == "还没到各自的最低比例：七年级、高二年级。"
    assert coverage_of(each, "en") == "Not there yet, each by its own minimum: Grade 7, Grade 11."
    assert coverage_of(passed, "zh-CN") == "各年级要求高于 33%，都已达到。"
    assert coverage_of(passed, "en") == "Each grade must be above 33 %, and all are."
    assert coverage_of(some, "zh-CN") == "定了最低比例的年级都已达到。"
    assert coverage_of(some, "en") == "All grades that have a minimum are above it."
    for language in LANGUAGES:
        parts = (replace(one, count=replace(one.count, minimum=None)) for one in same.parts)
        view = replace(same, parts=tuple(parts))
        assert coverage_of(view, language) == words(language).text("CoverageShown.no_minimum")


def test_nothing_that_was_recorded_sounds_as_if_it_were_not() -> None:
    for view in SAMPLES["Pointer"]:
        assert "没有记录" not in text_of(view, "zh-CN")
        assert "nothing is recorded" not in text_of(view, "en")


def test_the_classes_there_are_are_told_in_ranges() -> None:
    view, *_ = SAMPLES["ClassImpossible"]
    assert "1–3、5、7–8 班" in compose(view, "zh-CN").title
    assert "1–3, 5, 7–8" in compose(view, "en").title


def test_an_asked_field_brings_a_form_in_the_reader_s_language() -> None:
    form = compose(SAMPLES["FieldsAsked"][0], "en").form
    assert form is not None
    assert (form.command, form.action) == ("visit", "record")
    method = next(line for line in form.fields if line.name == "method")
    assert [(choice.value, choice.label) for choice in method.choices][2] == ("phone", "by phone")
    assert [line.name for line in form.fields if line.required] == ["class_", "student"]


def test_the_next_command_is_ready_to_copy() -> None:
    asked = compose(SAMPLES["FieldsAsked"][0], "zh-CN")
    assert any("/家访 七3 " in line for line in asked.lines)
    todo = compose(TODOS[0], "zh-CN")
    assert todo.lines[-1].endswith(f"/家访 七3 {NAME} …")
    receipt = compose(VISITS[2], "en")
    assert receipt.lines[-1] == "situation: …  character: …"


def test_what_is_shown_in_a_group_is_typed_without_a_name() -> None:
    for language in LANGUAGES:
        for view in (SAMPLES["FieldsAsked"][0], SAMPLES["Pointer"][1], HELPS[2]):
            shown = text_of(replace(view, private=False), language)
            assert "王小明" not in shown
            assert "Xiaoming" not in shown


def test_help_fits_one_screen_and_names_each_command() -> None:
    for language in LANGUAGES:
        message = compose(HELPS[0], language)
        assert len(message.lines) <= 15
        for command in HELPS[0].commands:
            typed = names.command(words(language), command)
            assert any(typed in line for line in message.lines)


def test_choices_are_numbered_and_the_last_is_the_way_out() -> None:
    message: Message = compose(SAMPLES["StudentUnknown"][0], "zh-CN")
    assert [choice.say for choice in message.choices] == ["1", "2", "3"]
    assert message.choices[-1].label == "不在名单上，照样记"
