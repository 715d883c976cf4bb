"""The words are complete in every language, and things are called as people call them."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chat
from chat import wording
from chat.wording import names, shares
from chat.words import Words, languages, words
from domain.notices.views import Child
from tests.chat.samples import CLASS, EVERY, NAME, ROLES, SENIOR, TODAY

LANGUAGES = languages()
SCHOOLS_OWN, *OTHERS = LANGUAGES
ROOT = Path(chat.__file__).parent.parent
# What people may type, and what commands and fields are called, commands ask for.
COMMANDS_OWN = ("command.", "field.", "choice.", "reply.")

each_other = pytest.mark.parametrize("language", OTHERS)


@each_other
def test_every_language_has_the_same_keys(language: str) -> None:
    assert words(language).keys == words(SCHOOLS_OWN).keys


@each_other
def test_every_language_has_the_same_blanks(language: str) -> None:
    ours, theirs = words(SCHOOLS_OWN), words(language)
    for key in ours.keys & theirs.keys:
        assert ours.blanks(key) == theirs.blanks(key), key


@each_other
def test_every_language_has_plural_forms_for_the_same_keys(language: str) -> None:
    assert words(language)._plurals == words(SCHOOLS_OWN)._plurals


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language: str) -> None:
    spoken = words(language)
    texts = (spoken._catalog.gettext(key) for key in spoken._texts)
    assert not [text for text in texts if set("!！") & set(text)]


ENGLISH = words("en")
# A number, and what there is so much of.
COUNTED = r"{number} (?:(?:more|earlier|special) )?(\w+)"
# No numbers of what follows, or never one: minutes that are settled, what is said of several only.
NEVER_ONE = frozenset(
    {
        *("UndoTooLate.title", "UndoTooLate.unsaid", "NothingToUndo.what", "RecordOfOthers.undo"),
        *("ReminderBundle.title", "ReminderBundle.title.numbered", "rung.left"),
        *("BudgetLow.low", "BudgetLow.spent", "NewcomerAsks.yes_rebind", "reminder.due.left"),
    }
)


@cache
def many() -> frozenset[str]:
    """The words our own plural forms have for several and not for one: days, families, were."""
    found: set[str] = set()
    for key in ENGLISH._plurals:
        one, several = (
            set(re.findall(r"\w+", ENGLISH._catalog.ngettext(key, key, n))) for n in (1, 2)
        )
        found |= several - one
    return frozenset(word for word in found if word.endswith("s")) | {"people", "are", "were"}


def counted(number: str, text: str) -> list[str]:
    return [word for word in re.findall(COUNTED.format(number=number), text) if word in many()]


def test_english_counts_nothing_without_a_form_for_one() -> None:
    assert {"days", "families", "visits"} <= many()
    texts = {key: ENGLISH._catalog.gettext(key) for key in ENGLISH._texts - NEVER_ONE}
    assert {key: text for key, text in texts.items() if counted(r"\{\w+\}", text)} == {}


def ones(value: Any) -> Any:
    """The same view in which whatever is counted is one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return 1
    if isinstance(value, tuple):
        return tuple(map(ones, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    # What something is called is no count, nor is a quota.
    kept = {"stage", "grade", "entry", "number", "seat", "day_of", "problem", "quota", "used"}
    facts = {
        one.name: ones(getattr(value, one.name))
        for one in fields(value)
        if one.init and one.name not in kept
    }
    return replace(value, **facts)


def test_of_one_thing_english_speaks_as_of_one() -> None:
    said = [wording.compose(ones(view), "en") for view in EVERY]
    lines = {
        line
        for one in said
        for line in (one.title, *one.lines, *(choice.label for choice in one.choices))
    }
    assert {line for line in lines if counted(r"(?<![\w#.:/%-])1", line)} == set()


class Asked:
    """Words that remember what they were asked for, and passed for."""

    def __init__(self, language: str) -> None:
        self._words = words(language)
        self.keys: set[str] = set()

    def has(self, key: str) -> bool:
        return self._words.has(key)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._words, name)

        def asked(key: str, *rest: Any, **blanks: Any) -> Any:
            self.keys.add(key)
            return method(key, *rest, **blanks)

        return asked


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """All keys that are asked for when everything there is to tell is told in every language."""
    keys: set[str] = set()
    for language in LANGUAGES:
        asked = Asked(language)
        monkeypatch.setattr(wording, "words", lambda _, asked=asked: asked)
        for view in EVERY:
            wording.compose(view, language)
        for days in range(366):
            names.day(asked, date(2018, 1, 1) + timedelta(days=days))
        for role in ROLES:
            names.role(asked, role)
        keys |= asked.keys
    return keys


def test_no_key_is_missing(asked: set[str]) -> None:
    for language in LANGUAGES:
        assert asked <= words(language).keys


def test_no_key_is_unused(asked: set[str]) -> None:
    ours = {key for key in words(SCHOOLS_OWN).keys if not key.startswith(COMMANDS_OWN)}
    # What is said elsewhere stands there as it is.
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("service", "commands", "workers", "chat")
        for file in (ROOT / folder).rglob("*.py")
    )
    assert not {key for key in ours - asked if f'"{key}"' not in code}


def test_asking_for_a_key_that_is_not_there_is_an_error() -> None:
    spoken: Words = words(SCHOOLS_OWN)
    with pytest.raises(KeyError):
        spoken.text("no.such.key")


def test_a_class_a_child_and_a_day_are_called_as_people_call_them() -> None:
    chinese, english = words("zh-CN"), words("en")
    assert names.class_name(chinese, CLASS) == "七(3)班"
    assert names.class_name(chinese, SENIOR) == "高二(12)班"
    assert names.class_name(english, CLASS) == "Class 3 of Grade 7"
    assert names.class_name(english, SENIOR) == "Class 12 of Grade 11"
    assert names.class_typed(chinese, CLASS) == "七3"
    assert names.class_typed(english, SENIOR) == "11-12"
    assert names.child(chinese, Child(CLASS, 12, NAME), private=True) == f"七(3)班 {NAME}"
    assert names.child(chinese, Child(CLASS, 12, NAME), private=False) == "七(3)班 12号"
    assert names.child(chinese, Child(CLASS, 12, None), private=True) == "七(3)班 12号"
    assert (
        names.child(english, Child(CLASS, 12, None), private=False) == "Class 3 of Grade 7, no. 12"
    )
    assert names.day(chinese, TODAY) == "9月5日 (周三)"
    assert names.day(english, TODAY) == "Wed 5 Sep"
    assert names.day_of_year(english, date(2017, 1, 2)) == "2 Jan 2017"


@pytest.mark.parametrize(
    ("visited", "families", "minimum", "shown"),
    [
        (108, 400, 0.33, "27%"),
        (329, 1000, 0.33, "32%"),
        (33, 100, 0.33, "33%"),  # reached is strictly above
        (133, 400, 0.33, "33.2%"),  # 33.25: above, and seen to be
        (34, 100, 0.33, "34%"),
        (3301, 10_000, 0.33, "33.01%"),
        (33, 100, None, "33%"),
        (999, 1000, None, "99%"),
        (400, 400, 0.33, "100%"),
        (0, 400, 0.33, "0%"),
        (29, 100, 0.29, "29%"),  # 0.29 * 100 is a little less than 29 in floating point
    ],
)
def test_a_share_is_never_shown_on_the_wrong_side_of_the_minimum(
    visited: int, families: int, minimum: float | None, shown: str
) -> None:
    share = shares.share_of(visited, families)
    assert shares.percent(words("zh-CN"), share, minimum) == shown


@given(st.integers(1, 3000), st.integers(0, 3000), st.integers(0, 1000))
def test_a_share_looks_above_the_minimum_just_when_it_is(
    families: int, visited: int, minimum: int
) -> None:
    visited = min(visited, families)
    least = minimum / 1000
    share = shares.share_of(visited, families)
    looks = float(shares.percent(words("zh-CN"), share, least).rstrip("%"))
    assert (looks > float(shares.minimum_percent(words("zh-CN"), least).rstrip("%"))) == (
        visited * 1000 > minimum * families
    )
