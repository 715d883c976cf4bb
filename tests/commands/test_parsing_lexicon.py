"""A word that people may type means one thing, and the program doesn't start when it means two."""

from __future__ import annotations

from io import BytesIO

import pytest

from chat.words.catalog import read_words
from commands.declarations import Action, Command, Field
from commands.parsing import lexicon
from commands.parsing.lexicon import build_lexicon

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
SAID = {
    "command.go.names": "走 走访",
    "command.stay.names": "留",
    "field.how.labels": "方式",
    "field.why.labels": "原因 why",
    "choice.how.home.words": "上门",
    "choice.how.phone.words": "电话",
    "choice.why.illness.words": "病",
    "reply.yes.words": "对",
    "reply.no.words": "不",
    "reply.nothing.words": "无",
}
GO = Command(
    "go",
    (
        Action(
            "go",
            (
                Field("how", "choice", choices=("home", "phone")),
                Field("why", "choice", choices=("illness",)),
            ),
        ),
    ),
)
COMMANDS = {"go": GO, "stay": Command("stay", (Action("stay"),))}


def with_words(monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    """Speak one language, whose words are these but for the changed ones."""
    said = SAID | {key.replace("__", "."): text for key, text in changed.items()}
    entries = "".join(f'\nmsgid "{key}"\nmsgstr "{text}"\n' for key, text in said.items())
    catalog = read_words("xx", BytesIO((HEADER + entries).encode()))
    monkeypatch.setattr(lexicon, "languages", lambda: ("xx",))
    monkeypatch.setattr(lexicon, "words", lambda _: catalog)


def test_each_word_has_its_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    with_words(monkeypatch)
    known = build_lexicon(COMMANDS)
    assert known.names == {"go": "go", "走": "go", "走访": "go", "stay": "stay", "留": "stay"}
    assert known.actions["go", "go"].labels == {"方式": "how", "原因": "why", "why": "why"}
    assert known.choice("how", "电话") == known.choice("how", "ＰＨＯＮＥ") == "phone"
    assert known.choice("how", "病") is None


@pytest.mark.parametrize(
    "changed",
    [
        {"command__stay__names": "留 走访"},
        {"command__stay__names": "ＧＯ"},
        {"field__why__labels": "方式"},
        {"choice__how__phone__words": "上门"},
        {"choice__why__illness__words": "病 电话"},
    ],
)
def test_a_word_with_two_meanings_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    with_words(monkeypatch, **changed)
    with pytest.raises(ValueError, match="is both"):
        build_lexicon(COMMANDS)


@pytest.mark.parametrize("key", ["command.stay.names", "field.why.labels", "choice.how.home.words"])
def test_a_command_without_its_words_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    with_words(monkeypatch, **{key: ""})
    with pytest.raises(KeyError, match=key):
        build_lexicon(COMMANDS)
