"""Help: what you may say, on one screen; or one command with its parts."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.forms import example, form
from chat.wording.frame import TELL, message
from chat.words import Words
from domain.notices.values import FormField
from domain.notices.views_looking import HelpSeen

# In which group a command has its line on the one screen; what is in none is named in one line.
GROUPS: dict[str, tuple[str, ...]] = {
    "record": ("visit", "talk", "arrange", "undo", "fix"),
    "problems": ("issue", "classify", "claim", "solve", "told"),
    "look": ("todo", "coverage", "digest", "roster", "whoami"),
}
# The last line says how help itself is typed.
_SAID_ANYWAY = frozenset({"help"})
# Who works on a problem is told of these when it is time; here their names are enough.
IN_BRIEF = "problems"


def help_shown(view: HelpSeen, words: Words) -> Message:
    """All the commands of this person, or one of them."""
    if view.command is None:
        return _all_commands(view, words)
    return _one_command(view, words, view.command)


def _all_commands(view: HelpSeen, words: Words) -> Message:
    return message(
        view,
        words.text("HelpShown.title"),
        _phase(view, words),
        *(line for group in GROUPS for line in _group(view, words, group)),
        words.text("HelpShown.more", help=names.command(words, "help"), name=_first(view, words)),
        sign=TELL,
    )


def _phase(view: HelpSeen, words: Words) -> str | None:
    """What the school is at these days, and until when."""
    if view.phase is None or view.phase_end is None:
        return None
    return words.text(
        "HelpShown.phase",
        phase=words.text(f"phase.{view.phase}"),
        day=names.day_short(words, view.phase_end),
    )


def _group(view: HelpSeen, words: Words, group: str) -> tuple[str, ...]:
    """The heading and its commands, in the order in which the view gives them."""
    commands = [name for name in view.commands if name in GROUPS[group]]
    rest = [name for name in view.commands if _nowhere(name)] if group == IN_BRIEF else []
    if not commands and not rest:
        return ()
    heading = words.text(f"HelpShown.group.{group}")
    lines = [_command_line(words, name) for name in commands]
    if rest:
        named = names.joined(words, (names.command(words, name) for name in rest))
        lines.append(words.text("HelpShown.rest", commands=named))
    return (heading, *lines)


def _command_line(words: Words, name: str) -> str:
    return words.text(
        "HelpShown.line", command=names.command(words, name), summary=_summary(words, name)
    )


def _nowhere(command: str) -> bool:
    """Whether no group has a line for it."""
    lines = {name for members in GROUPS.values() for name in members}
    return command not in lines | _SAID_ANYWAY


def _summary(words: Words, command: str) -> str:
    return words.text(f"command.{command}.summary")


def _first(view: HelpSeen, words: Words) -> str:
    """A command to ask more about, as it is said without its slash."""
    command = view.commands[0] if view.commands else "help"
    return names.command(words, command).removeprefix("/")


def _one_command(view: HelpSeen, words: Words, command: str) -> Message:
    others = [f"/{name}" for name in words.names(f"command.{command}.names")[1:]]
    return message(
        view,
        words.text(
            "HelpShown.command",
            command=names.command(words, command),
            summary=_summary(words, command),
        ),
        words.text("HelpShown.also", names=names.joined(words, others)) if others else None,
        *(_example(view, words, command, action) for action in view.actions),
        _parts(words, view.form),
        sign=TELL,
        form=form(words, command, view.actions[0], view.form) if view.actions else None,
    )


def _example(view: HelpSeen, words: Words, command: str, action: str) -> str:
    """How an action is typed, and what it does where there are several."""
    typed = example(words, command, action, view.example_class, private=view.private)
    summary = f"command.{command}.{action}.summary"
    if not words.has(summary):
        return words.text("example", example=typed)
    return words.text("HelpShown.example", summary=words.text(summary), example=typed)


def _parts(words: Words, fields: tuple[FormField, ...]) -> str | None:
    """The labels of what it takes, with the values of those that have a few."""
    if not fields:
        return None
    return words.text(
        "HelpShown.parts", parts=names.joined(words, (_part(words, field) for field in fields))
    )


def _part(words: Words, field: FormField) -> str:
    label = names.label(words, field.name)
    if not field.choices:
        return label
    values = words.text("join.or").join(
        names.choice(words, field.name, value) for value in field.choices
    )
    return words.text("HelpShown.part", label=label, values=values)
