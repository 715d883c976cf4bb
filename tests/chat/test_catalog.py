"""What we can say: every language has all of it, and what a person typed is never looked at."""

from __future__ import annotations

import re
from importlib.resources import files
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.words import Words, languages, words
from chat.words.catalog import read_words

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
# Not sentences: what people type may differ from language to language.
TYPED = (".names", ".labels", ".words")


def a_catalog(entries: str) -> Words:
    return read_words("en", BytesIO((HEADER + entries).encode()))


def test_the_schools_own_language_comes_first() -> None:
    assert languages() == ("zh-CN", "en")


def test_every_language_says_the_same_things() -> None:
    for language in languages():
        assert words(language).keys == words(languages()[0]).keys


def test_every_language_leaves_the_same_blanks() -> None:
    first, *others = (words(language) for language in languages())
    for key in sorted(first.keys):
        if not key.endswith(TYPED):
            assert all(other.blanks(key) == first.blanks(key) for other in others), key


@pytest.mark.parametrize("language", languages())
def test_no_key_stands_twice_in_a_file(language: str) -> None:
    text = files("chat.words").joinpath(f"{language}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert set(keys) == words(language).keys


def test_a_language_that_we_dont_have_is_refused() -> None:
    for language in ("fr", "", "../words/en", "zh-CN.po"):
        with pytest.raises(KeyError):
            words(language)


def test_a_key_that_isnt_there_is_a_fault_and_not_a_text() -> None:
    english = words("en")
    for missing in ("no.such.key", ""):
        assert not english.has(missing)
        for ask in (english.text, english.names, english.blanks):
            with pytest.raises(KeyError):
                ask(missing)
        with pytest.raises(KeyError):
            english.plural(missing, 1)


def test_an_underscore_in_a_name_is_a_space() -> None:
    assert "at home" in words("en").names("choice.method.home.words")
    assert words("zh-CN").names("command.visit.names")[0] == "家访"


@given(st.text())
def test_what_fills_a_blank_is_never_looked_at(said: str) -> None:
    asked = a_catalog('msgid "x"\nmsgstr "[{said}] of {key}"')
    assert asked.text("x", said=said, key="{said}") == f"[{said}] of {{said}}"


def test_doubled_braces_are_braces() -> None:
    assert a_catalog('msgid "x"\nmsgstr "{{a}} {a}"').text("x", a="{b}") == "{a} {b}"


def test_a_blank_that_is_not_filled_is_a_fault() -> None:
    with pytest.raises(KeyError, match="said"):
        a_catalog('msgid "x"\nmsgstr "{said}"').text("x", other=1)


@pytest.mark.parametrize("blank", ["{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>9}"])
def test_a_blank_is_only_ever_a_name(blank: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        a_catalog(f'msgid "x"\nmsgstr "{blank}"').text("x", a=1)


def test_plurals_fit_their_number() -> None:
    open_points = a_catalog(
        'msgid "x"\nmsgid_plural "x"\nmsgstr[0] "{n} point of {who}"\nmsgstr[1] "{n} points of {who}"'
    )
    assert open_points.has("x")
    assert open_points.blanks("x") == {"n", "who"}
    assert open_points.plural("x", 1, who="A") == "1 point of A"
    assert open_points.plural("x", 0, who="A") == "0 points of A"
    with pytest.raises(KeyError):
        open_points.text("x")


def test_what_is_empty_or_not_sure_isnt_said() -> None:
    unsure = a_catalog('msgid "x"\nmsgstr ""\n\n#, fuzzy\nmsgid "y"\nmsgstr "perhaps"')
    assert unsure.keys == frozenset()
