"""Writes docs/reference.md from what the program itself declares: `python -m tests.reference`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import run
from chat.platforms import PLATFORMS, Platform
from chat.wording.forms import example
from chat.words import Words, words
from commands.declarations import Action, Command, Field
from commands.table import COMMANDS
from domain.rules.policy import READING, ROLES, Role, Room, Row, Scope, Subject, row
from service import cli
from settings import DEMO, PREFIX, Settings
from tests import messages_page as messages
from tests import moves_page as moves

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"
ZH, EN = words("zh-CN"), words("en")

REACH = {
    Scope.NONE: "–",
    Scope.OWN: "own",
    Scope.UNIT: "unit",
    Scope.LINE: "line",
    Scope.SCHOOL: "school",
}
SAID: dict[Room, str] = {
    "in_full": "wherever it was asked",
    "receipt": "in a group as a receipt: a class and a number, no names of children, no words; "
    "one-to-one in full",
    "one_to_one": "one-to-one only; a group hears no more than that",
}
SUBJECTS: dict[Subject, str] = {
    "family": "names of children, what was said and seen at a family's",
    "teacher_talk": "what a teacher said in a talk",
    "talk": "what was noted of a talk about the strategy",
    "problem": "a problem, which otherwise doesn't exist for them",
}
HEAD = """\
# Reference

Made by `python -m tests.reference` from the commands, the words and the policy themselves; a test
sees to it that it is up to date. Don't edit it: what is wrong here is wrong there.
What comes next is named in the [README](../README.md); here stands only what there is.

## How a message is read

- A command begins with `/`, `／` or `、`. One-to-one, or addressed to the bot, its name is enough.
  No space is needed after a name: `/家访七3王小明`, `/visit7-3`.
- Names, labels and choices are understood in both languages, whichever a person is answered in.
- A part is told by its place where its kind allows, or by its label: `诉求：…`, `request: …`,
  `方式=电话`. Text runs to the next label. What is printed bold is needed;
  a teacher with one class may leave the class out.
- Several commands may stand in one message, each on a line of its own.
- What is missing is asked for, and the next message answers; a number picks from a choice.
"""


def reference() -> str:
    """The whole page."""
    page = "\n".join(
        [
            HEAD,
            *_part("Commands", *_commands()),
            *_part("Parts", *_parts()),
            *_part("Choices", *_choices()),
            *_part("Who may", *_who_may()),
            *_part("Settings", *_settings()),
            *_part("Platforms", *_platforms()),
            *_part("Command line", *_command_line()),
        ]
    )
    return re.sub(r"\n{3,}", "\n\n", page).rstrip() + "\n"


def _part(title: str, *lines: str) -> list[str]:
    return [f"## {title}", "", *lines, ""]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(heads)
    yield _line(["---"] * len(heads))
    yield from map(_line, rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _both(key: str) -> str:
    return " · ".join(spoken.text(key) for spoken in (ZH, EN))


def _code(entries: Iterable[str]) -> str:
    return " ".join(f"`{one}`" for one in dict.fromkeys(entries))


# --- commands -----------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    yield from _table(
        ["command", "中文", "English", "does"],
        (
            [
                f"[{command.name}](#{command.name})",
                _code(_slashed(ZH, command)),
                _code(_slashed(EN, command)),
                _both(f"command.{command.name}.summary"),
            ]
            for command in COMMANDS.values()
        ),
    )
    for command in COMMANDS.values():
        yield from ("", f"### {command.name}", "")
        for action in command.actions:
            yield from _action(command, action)


def _slashed(spoken: Words, command: Command) -> list[str]:
    return [f"/{name}" for name in spoken.names(f"command.{command.name}.names")]


def _action(command: Command, action: Action) -> Iterator[str]:
    key = f"command.{command.name}.{action.name}"
    if EN.has(f"{key}.summary"):
        yield from (f"**{_both(f'{key}.summary')}**", "")
    yield "```text"
    for spoken in (ZH, EN):
        yield example(spoken, command.name, action.name, None, private=True)
    yield from ("```", "")
    for title, parts in (("Takes", False), ("By label only", True)):
        named = [_part_name(field) for field in action.fields if field.labelled is parts]
        if named:
            yield f"- {title}: {', '.join(named)}."
    rule = row(command.name, action.name)
    yield from (f"- Who: {_reaches(rule)}.", f"- Said: {SAID[rule.room]}.", "")


def _part_name(field: Field) -> str:
    both = " · ".join(spoken.names(f"field.{field.name}.labels")[0] for spoken in (ZH, EN))
    return f"**{both}**" if field.required else both


def _parts() -> Iterator[str]:
    """Each part once: its labels and its meaning are the same in every command."""
    every = {
        field.name: None
        for command in COMMANDS.values()
        for action in command.actions
        for field in action.fields
    }
    yield from _table(["part", "中文", "English", "what to say"], map(_part_line, every))


def _part_line(name: str) -> list[str]:
    key = f"field.{name}"
    labels = [_code(spoken.names(f"{key}.labels")) for spoken in (ZH, EN)]
    return [f"`{name}`", *labels, _both(f"{key}.hint")]


def _reaches(rule: Row) -> str:
    """The roles that may, gathered by how far each reaches."""
    by_reach: dict[Scope, list[Role]] = {}
    for role in ROLES:
        by_reach.setdefault(rule.scopes[role], []).append(role)
    if set(by_reach) == {Scope.SCHOOL}:
        return "everyone on the roster"
    if set(by_reach) == {Scope.OWN}:
        return "everyone on the roster, each what is their own"
    may = [one for one in sorted(by_reach, reverse=True) if one > Scope.NONE]
    return "; ".join(f"{', '.join(map(_role, by_reach[one]))} ({REACH[one]})" for one in may)


def _role(role: Role) -> str:
    return EN.text(f"role.{role}")


def _choices() -> Iterator[str]:
    every: dict[str, dict[str, None]] = {}
    for command in COMMANDS.values():
        for action in command.actions:
            for field in action.fields:
                if field.choices:
                    every.setdefault(field.name, {}).update(dict.fromkeys(field.choices))
    for name, choices in every.items():
        yield from (f"**{name}** · {ZH.names(f'field.{name}.labels')[0]}", "")
        yield from _table(["choice", "中文", "English"], [_choice(name, one) for one in choices])
        yield ""


def _choice(field: str, choice: str) -> list[str]:
    key = f"choice.{field}.{choice}.words"
    return [choice, _code(ZH.names(key)), _code(EN.names(key))]


# --- who may ------------------------------------------------------------------------------


def _who_may() -> Iterator[str]:
    yield (
        "*own*: one's class, and what one recorded or took part in. *unit*: the department or grade "
        "one has the seat in. *line*: the units one answers for. Someone who stands in for another "
        "has their seats. The admin keeps it running and reads no personal text."
    )
    yield ""
    rules = [
        (f"/{command.name}: {action.name}", row(command.name, action.name).scopes)
        for command in COMMANDS.values()
        for action in command.actions
    ]
    rules += [(f"read {SUBJECTS[subject]}", scopes) for subject, scopes in READING.items()]
    yield from _table(
        ["", *(_both(f"role.{role}") for role in ROLES)],
        ([what, *(REACH[scopes[role]] for role in ROLES)] for what, scopes in rules),
    )


# --- settings, platforms, command line ----------------------------------------------------


def _settings() -> Iterator[str]:
    yield f"Read from the environment. The demo reads {_code(PREFIX + one for one in DEMO)} and"
    yield "says which others it ignores."
    yield ""
    yield from _table(
        ["setting", "unset", "what it sets"],
        (
            [f"`{PREFIX}{one.name.upper()}`", _unset(one.default), one.metadata["what"]]
            for one in fields(Settings)
        ),
    )


def _unset(value: object) -> str:
    if value is None or value == ():
        return "–"
    return "off" if value is False else f"`{value}`"


def _platforms() -> Iterator[str]:
    yield from _table(
        ["platform", "answers in the response", "groups", "buttons", "forms", "longest message"],
        (_platform(platform) for platform in PLATFORMS.values()),
    )


def _platform(platform: Platform) -> list[str]:
    can = (platform.answers_in_response, platform.groups, platform.buttons, platform.forms)
    longest = "any" if platform.max_text is None else f"{platform.max_text} characters"
    return [platform.name, *("yes" if one else "no" for one in can), longest]


def _command_line() -> Iterator[str]:
    said = run.HELP.replace("{program}", "`.venv/bin/zoufang`")
    about = dict(re.findall(r"(?m)^ {2}(\w+) +(.+)$", said))
    yield "From a fresh clone (on Windows `py run.py …`):"
    yield ""
    yield from _table(
        ["", "does"],
        ([f"`python3 run.py {word}`", about[word]] for word in about if word in run.offered()),
    )
    yield ""
    yield "The program itself. It ends with 0, with 1 and a sentence when it can't go on, and with 2"
    yield "for a command that it doesn't know."
    yield ""
    yield from _table(["", "", "does"], (line for name in _programs() for line in _program(name)))


def _programs() -> dict[str, argparse.ArgumentParser]:
    """The parts of the command line, by name."""
    (parts,) = (one for one in cli._parser()._actions if isinstance(one.choices, dict))
    return dict(parts.choices)


def _program(name: str) -> Iterator[list[str]]:
    yield from _described(f"zoufang {name}", _programs()[name])


def _described(typed: str, parser: argparse.ArgumentParser) -> Iterator[list[str]]:
    """A command with what it takes, or with the commands that it has in turn."""
    yield [f"`{typed}`", "", parser.description or ""]
    for option in parser._actions:
        if isinstance(option, argparse._SubParsersAction):
            for name, part in option.choices.items():
                yield from _described(f"{typed} {name}", part)
        elif option.dest != "help":
            taken = " ".join([*option.option_strings[:1], option.metavar or ""]).strip()
            yield ["", f"`{taken}`", option.help or ""]


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8", newline="\n")
    moves.PAGE.write_text(moves.moves_page(), encoding="utf-8", newline="\n")
    messages.PAGE.write_text(messages.messages_page(), encoding="utf-8", newline="\n")
    print(f"{PAGE}, {moves.PAGE} and {messages.PAGE} are written.")
