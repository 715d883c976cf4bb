"""Which of a command's actions is meant: /visit V12 adds, /visit 教师 is a talk with a teacher."""

from __future__ import annotations

import re

from commands.declarations import Action, Command, Field
from commands.parsing.lexicon import Lexicon
from commands.parsing.said import Span
from commands.parsing.values import READERS, Scan, after_label, end_of

_SKIP = re.compile(r"[\s,、:]*")
_SPACE = re.compile(r"\s*")
_NOTHING = re.compile(r"[\s,。;!?、:.~…]*")
_WORD = re.compile(r"[^\s,、:=]+")


def choose_action(
    message: str, said: str, span: Span, command: Command, lexicon: Lexicon
) -> Action:
    """The action whose first part is what was said first (V12, 教师); else the usual one.

    Of a command that also does something when nothing is said, the bare name means that.
    """
    start = end_of(_SKIP, said, span.start, span.end)
    if start == span.end:
        bare = (action for action in command.actions if not action.fields)
        return next(bare, command.actions[0])
    for action in command.actions[1:]:
        scan = Scan(message, said, span.end, lexicon.actions[command.name, action.name], lexicon)
        if action.told_by is not None:
            # What is told of a problem begins with its number: else it is what somebody said.
            begun = action.fields[0].type != "problem" or READERS["problem"](
                scan, action.fields[0], start
            )
            told = bool(begun) and _tells(scan, action, action.field(action.told_by), start)
        else:
            told = bool(action.fields) and _opens(scan, action.fields[0], start)
        if told:
            return action
    return command.actions[0]


def _opens(scan: Scan, first: Field, start: int) -> bool:
    """Whether the action's first part is there: at the head or, for a choice, by its label."""
    if first.type not in ("number", "problem", "problems", "choice"):
        return False
    end = READERS[first.type](scan, first, start)
    if end is not None and (first.type != "problem" or _is_all(scan, start, end)):
        return True
    labels = [scan.words.label_here.match(scan.said, start, scan.end)]
    if first.type == "choice":
        labels.extend(scan.words.label_ahead.finditer(scan.said, start, scan.end))
    return any(
        label is not None
        and scan.words.labels[label[1]] == first.name
        and after_label(scan, first, end_of(_SPACE, scan.said, label.end(), scan.end)) is not None
        for label in labels
    )


def _is_all(scan: Scan, start: int, end: int) -> bool:
    """Whether a bare number is all that was said: 703 灯坏了 begins with a class."""
    return scan.said[start] == "#" or end_of(_NOTHING, scan.said, end, scan.end) == scan.end


def _tells(scan: Scan, action: Action, field: Field | None, start: int) -> bool:
    """Whether the choice stands with what it is said of: 七年级 联系领导 alone is a question.

    Of a record it is said right behind the number: V12 作废.
    """
    if field is not None and action.fields[0].type == "number":
        behind = READERS["number"](scan, action.fields[0], start)
        if behind is None:
            return False
        pos = end_of(_SKIP, scan.said, behind, scan.end)
        return READERS[field.type](scan, field, pos) is not None
    words = [match.start() for match in _WORD.finditer(scan.said, start, scan.end)]
    return any(
        field is not None
        and READERS[field.type](scan, field, pos) is not None
        and len(words) > (2 if place else 1)
        for place, pos in enumerate(words)
    )
