"""All the words that people may type, gathered once from the commands and from every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from chat.words import Words, languages, words
from commands.declarations import Action, Command, Field
from commands.parsing.part_words import PartWords, part_words
from commands.parsing.plain import plain

# How parts are told apart by their place. What can only be one thing is tried first; a name
# or a unit can be any word. A number in class (12号) comes before a date (30号), and a class
# before both (7-3), unless the action takes its date first. Names are told apart by their order.
_PLACES = (
    ("account",),
    ("newcomer",),
    ("length",),
    ("count",),
    ("problem", "problems", "voice"),
    ("class",),
    ("number",),
    ("record",),
    ("seat",),
    ("choice",),
    ("date",),
    ("start",),
    ("days",),
    ("unit",),
    ("student", "person"),
    ("whom",),
    ("command",),
)
_DATE_FIRST = (("date",), *(hows for hows in _PLACES if hows != ("date",)))
_SEPARATOR = r"[ \t]*[:=]"
# What may stand before a label within a text; no label begins in the middle of a word.
_BEFORE = r"(?<=[\s,。;!?、)\]】」』》”’…~\u200b-\u200f\u2060\ufeff])"
# What must follow a word that stands for itself.
_AFTER = r"(?=[\s,。;!?、)]|\Z)"
# Or a day right behind it: 改到9-8.
_AFTER_OR_DAY = r"(?=[\s,。;!?、)\d周星礼下明后本这]|\Z)"
# A choice that must be said may be said as a label is: 联系领导：蔡平.
_AFTER_NEEDED = r"(?=[\s,。;!?、):=]|\Z)"
# Never over the end of a line: a page of empty lines must not be read from each of them.
_INDENT = r"(?:[^\S\n\r\u2028\u2029]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff])*"
# /visits isn't /visit; but a number or class may be glued to it: /visitV12, /visitG7-3.
_NO_MORE_LETTERS = r"(?!(?![vgta]\d)[a-z_]|-[a-z])"
# Right before its name: a further line is a command only beyond doubt.
# 、 begins a line of many a Chinese list, so there it is text.
_PREFIX = r"/"


@dataclass(frozen=True)
class ActionWords:
    """The words of one action, ready to be looked for."""

    labels: Mapping[str, str]  # label -> the name of its field
    label_here: re.Pattern[str]
    label_ahead: re.Pattern[str]
    choices: Mapping[str, re.Pattern[str]]  # the name of a field -> any word of its choices
    places: tuple[tuple[str, Field], ...]  # how to read, and what for, in the order to try
    text: Field | None  # what takes the rest


@dataclass(frozen=True)
class Lexicon:
    """The words of all commands in all languages, each made plain (parsing.plain)."""

    commands: Mapping[str, Command]
    names: Mapping[str, str]  # a command's name as typed -> its canonical name
    name_here: re.Pattern[str]
    line_ahead: re.Pattern[str]  # a further line that is a command
    choices: Mapping[str, Mapping[str, str]]  # field -> word -> choice
    actions: Mapping[tuple[str, str], ActionWords]
    parts: Mapping[str, PartWords]  # by command
    yes: frozenset[str]
    no: frozenset[str]
    nothing: frozenset[str]

    def choice(self, field: str, text: str) -> str | None:
        """The choice of that field which the text is a word for, in any language."""
        return self.choices.get(field, {}).get(" ".join(plain(text).split()))


def build_lexicon(commands: Mapping[str, Command]) -> Lexicon:
    """Gather the words of these commands; ValueError when one of them means two things.

    KeyError names the words that a language lacks.
    """
    spoken = tuple(words(language) for language in languages())
    names = _names(commands.values(), spoken)
    fields = [field for c in commands.values() for action in c.actions for field in action.fields]
    choices = _choices(fields, spoken)
    name = _any_of(names, after_latin=_NO_MORE_LETTERS)
    actions = {
        (command.name, action.name): _action_words(command, action, spoken)
        for command in commands.values()
        for action in command.actions
    }
    return Lexicon(
        commands=MappingProxyType(dict(commands)),
        names=MappingProxyType(names),
        name_here=re.compile(name),
        line_ahead=re.compile(
            rf"(?<=[\n\r\u2028\u2029]){_INDENT}(?P<prefix>{_PREFIX})(?P<name>{name})"
        ),
        choices=MappingProxyType(choices),
        actions=MappingProxyType(actions),
        parts=MappingProxyType(
            {
                command.name: part_words(
                    command,
                    choices,
                    {one.name: actions[command.name, one.name].labels for one in command.actions},
                )
                for command in commands.values()
            }
        ),
        yes=_all_of("reply.yes.words", spoken),
        no=_all_of("reply.no.words", spoken),
        nothing=_all_of("reply.nothing.words", spoken),
    )


def _names(commands: Iterable[Command], spoken: tuple[Words, ...]) -> dict[str, str]:
    pairs = (
        (plain(name), command.name)
        for command in commands
        for name in (command.name, *_said(f"command.{command.name}.names", spoken))
    )
    return _unique("the commands", pairs)


def _choices(fields: Iterable[Field], spoken: tuple[Words, ...]) -> dict[str, dict[str, str]]:
    """By field and not by action: 上门 is the same method wherever it is asked."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for field in dict.fromkeys(fields):
        pairs.setdefault(field.name, []).extend(
            (plain(word), choice)
            for choice in field.choices
            for word in (choice, *_said_for(field, choice, spoken))
        )
    return {name: _unique(f"the choices of {name}", said) for name, said in pairs.items() if said}


def _action_words(command: Command, action: Action, spoken: tuple[Words, ...]) -> ActionWords:
    where = f"{command.name} {action.name}"
    placed = [field for field in action.fields if not field.labelled]
    labels = _labels(where, action, spoken)
    label = f"({_any_of(labels)}){_after_label(action, labels, spoken)}" if labels else r"(?!)()"
    return ActionWords(
        labels=MappingProxyType(labels),
        label_here=re.compile(label),
        label_ahead=re.compile(_BEFORE + label),
        choices=MappingProxyType(_choice_patterns(where, action, spoken)),
        places=_places(placed),
        text=next((field for field in placed if field.type == "text"), None),
    )


def _places(placed: list[Field]) -> tuple[tuple[str, Field], ...]:
    """How to read each field by its place, in the order to try."""
    with_text = any(field.type == "text" for field in placed)
    declared = [(how, field) for field in placed for how in _hows(field, with_text=with_text)]
    hows = [how for how, _ in declared]
    date_first = {"date", "class"} <= set(hows) and hows.index("date") < hows.index("class")
    ranks = _DATE_FIRST if date_first else _PLACES
    return tuple(one for rank in ranks for one in declared if one[0] in rank)


def _after_label(action: Action, labels: Mapping[str, str], spoken: tuple[Words, ...]) -> str:
    """A colon; or a mere space, which is all that a voice typed in leaves: 诉求 希望有晚托.

    Only for labels of Chinese words that mean nothing else here: 教师 is a kind of visit too.
    A loose label takes the space in any language, and in Chinese not even that: 代理孙茜; nor
    does a glued one: 诉求希望有晚托, 诉求是有晚托.
    """
    choices = {
        plain(word)
        for field in action.fields
        for choice in field.choices
        for word in _said_for(field, choice, spoken)
    }
    loose = {field.name for field in action.fields if field.loose}
    glued_to = loose | {field.name for field in action.fields if field.glued}
    loosely = [label for label in labels if labels[label] in loose]
    spaced = [label for label in labels if not label.isascii() and label not in choices]
    glued = [label for label in spaced if labels[label] in glued_to]
    after = [_SEPARATOR]
    if spaced or loosely:
        after.append(rf"(?:{_behind([*spaced, *loosely])})[ \t]+")
    if glued:
        after.append(rf"(?:{_behind(glued)})(?:是(?!否)(?:{_SEPARATOR})?)?")
    return f"(?:{'|'.join(after)})"


def _behind(labels: Iterable[str]) -> str:
    return "|".join(f"(?<={re.escape(label)})" for label in labels)


def _labels(where: str, action: Action, spoken: tuple[Words, ...]) -> dict[str, str]:
    pairs = (
        (plain(label), field.name)
        for field in action.fields
        for label in _said(f"field.{field.name}.labels", spoken)
    )
    return _unique(f"the labels of {where}", pairs)


def _choice_patterns(
    where: str, action: Action, spoken: tuple[Words, ...]
) -> dict[str, re.Pattern[str]]:
    """A choice's own name (method=home) isn't among these: it counts after its label only."""
    fields = {
        field: [plain(word) for c in field.choices for word in _said_for(field, c, spoken)]
        for field in action.fields
        if field.choices
    }
    by_place = {field: said for field, said in fields.items() if not field.labelled}
    _unique(
        f"the choices of {where}",
        ((word, field.name) for field, said in by_place.items() for word in said),
    )
    return {
        field.name: re.compile(rf"(?:{_any_of(said)}){_after(field)}")
        for field, said in fields.items()
    }


def _after(field: Field) -> str:
    if field.day_behind:
        return _AFTER_OR_DAY
    return _AFTER_NEEDED if field.required else _AFTER


def _hows(field: Field, *, with_text: bool) -> tuple[str, ...]:
    """Beside a text only what is surely a unit is one: a class or a grade."""
    if field.type == "unit" and with_text:
        return ("class",)
    return ("seat", "student") if field.type == "student" else (field.type,)


def _said(key: str, spoken: tuple[Words, ...]) -> Iterator[str]:
    for language in spoken:
        yield from language.names(key)


def _said_for(field: Field, choice: str, spoken: tuple[Words, ...]) -> Iterator[str]:
    return _said(f"choice.{field.name}.{choice}.words", spoken)


def _all_of(key: str, spoken: tuple[Words, ...]) -> frozenset[str]:
    return frozenset(plain(word) for word in _said(key, spoken))


def _unique(what: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    known: dict[str, str] = {}
    for word, meaning in pairs:
        if known.setdefault(word, meaning) != meaning:
            raise ValueError(f"{what}: {word} is both {known[word]} and {meaning}; rename one")
    return known


def _any_of(said: Iterable[str], after_latin: str = "") -> str:
    """A pattern for any of the words, the longest first; a space in one may be several."""
    longest_first = sorted(set(said), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") + (after_latin if word[-1:].isascii() else "")
        for word in longest_first
    )
