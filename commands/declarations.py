"""What a command is: its name and the parts one may say; their words are in chat/words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

FieldType = Literal[
    "class",  # a school class: 七3, 七(3)班, 703, 初一3班, 7-3
    "student",  # a child by name, pinyin or seat number (12号)
    "person",  # one of the school's people, by name, pinyin, title or @mention
    "people",  # several of them, separated by 、 or a space
    "unit",  # a department, a grade, a class, or 全校
    "choice",  # one of Field.choices, said by any of its words
    "date",  # a day: 昨天, 上周五, 9-3, 30号
    "start",  # from which day on: 自9-10, 下周一起, from 10 Sep
    "days",  # days that lie ahead: 9-10到9-20, 明天起3天, 下周一到周三
    "length",  # so many days: 5天, 一周
    "count",  # how many people: 120人, 一百二十人
    "number",  # the number of a record behind Field.letter: V12, T3
    "problem",  # the number of a problem: #57, 57
    "problems",  # several of them: 57 58
    "voice",  # a voice of a problem by its number: #57-2; the problem's alone: #57
    "newcomer",  # the number of somebody who asks to be let in: N3
    "account",  # a platform and an account there: dingtalk:manager01
    "whom",  # one of the school's people, or a unit
    "record",  # the number of any record: V12
    "command",  # the name of a command
    "text",  # whatever was said, byte for byte
]


@dataclass(frozen=True)
class Field:
    """One part of a command.

    `labelled` parts are only ever said with their label (诉求：…); the others are also
    understood by their place, in the order in which the action lists them. A `loose` label
    needs no colon: 代理孙茜, deputy Sun Qian; a `glued` one doesn't in Chinese: 诉求希望有晚托.
    `letter` stands before a record's number. With `day_behind` a day may stand right behind a
    choice: 改到9-8.
    """

    name: str
    type: FieldType
    required: bool = False
    choices: tuple[str, ...] = ()
    labelled: bool = False
    loose: bool = False
    glued: bool = False
    letter: str = "V"
    day_behind: bool = False


@dataclass(frozen=True)
class Action:
    """One thing a command can do, with the parts it takes.

    It is meant when its first part is said first, or when the choice `told_by` stands among
    other words: 七年级 联系领导 蔡平.
    """

    name: str
    fields: tuple[Field, ...] = ()
    told_by: str | None = None

    def field(self, name: str) -> Field | None:
        """The part of that name, or None when this action has none."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        """Asked some ten times for each message."""
        return {field.name: field for field in self.fields}


@dataclass(frozen=True)
class Command:
    """A slash command by its canonical English name; the first action is the usual one.

    `open_texts`: what is said in its texts is nobody's home, so that it may stand in a group.
    """

    name: str
    actions: tuple[Action, ...]
    open_texts: bool = False

    def action(self, name: str) -> Action:
        """The action of that name; KeyError when there is none."""
        for action in self.actions:
            if action.name == name:
                return action
        raise KeyError(name)
