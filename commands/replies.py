"""How the next message answers what is being asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chat.words import languages, words
from commands.declarations import Action, Command
from commands.drafts import Draft, FillingDraft, Reread, TypoDraft
from commands.parsing.classes import parse_class, parse_seat
from commands.parsing.dates import is_a_day
from commands.parsing.lexicon import Lexicon
from commands.parsing.numerals import number_of
from commands.parsing.people import split_people
from commands.parsing.plain import plain
from commands.parsing.reply import fields_of, labelled_only, pick_of, says_nothing, yes_or_no
from commands.parsing.said import Parts
from commands.turn import Filling
from domain.notices.values import Option

# What a person may say whole, beside the field that was asked about.
_TOGETHER = ("class_", "student")
# Any word may be one of these.
_ANY_WORD = ("whom",)
# Which of the choices a yes or a no is.
_SAYS = {"right": True, "another": False, "them": True, "namesake": False, "new_colleague": True}
# A number beyond the choices is a slip of the finger; a larger one may be a number in class.
_ONE_DIGIT = 9


@dataclass(frozen=True)
class Answered:
    """The open question that a reply answers; `others` might have been meant as well."""

    draft: Draft
    others: bool


def the_one_answered(
    questions: Sequence[Draft], reply: str, commands: Mapping[str, Command], lexicon: Lexicon
) -> Answered | None:
    """Of several open questions the newest that the reply fits, else the newest that takes it."""
    newest_first = list(reversed(questions))
    fitting = [one for one in newest_first if _fits(one, reply, commands, lexicon)]
    taking = fitting or newest_first
    return Answered(taking[0], others=len(taking) > 1) if taking else None


def _fits(draft: Draft, reply: str, commands: Mapping[str, Command], lexicon: Lexicon) -> bool:
    """Whether the reply is what was asked for: one of the choices, or a value of the field."""
    if isinstance(draft, TypoDraft):
        return _mended(draft, reply, lexicon) not in (None, draft.message)
    if draft.asked is None:
        return False
    if _picked(draft.options, reply, lexicon) is not None:
        return True
    name, command = draft.asked.partition(":")[0], commands[draft.filling.command]
    action = command.action(draft.filling.action)
    field = action.field(name)
    if field is None or (number_of(reply) is not None and draft.options):
        return False
    said = reply.strip()
    if field.type == "text" or _in_place(draft.filling, name, said) is not None:
        return True
    parts, _doubts = fields_of(said, command, action, lexicon)
    return name in parts or (name in _TOGETHER and _any(parts, _TOGETHER))


def resumed(
    draft: Draft, reply: str, commands: Mapping[str, Command], lexicon: Lexicon
) -> Filling | Reread | None:
    """What the reply makes of the draft; None when it doesn't answer it."""
    if isinstance(draft, TypoDraft):
        return _mended(draft, reply, lexicon)
    if draft.asked is None:
        return None
    picked = _picked(draft.options, reply, lexicon)
    if picked is not None:
        draft.filling.picks[draft.asked] = picked.value
        return draft.filling
    return _answered(draft, draft.asked, reply.strip(), commands[draft.filling.command], lexicon)


def added(visits: Sequence[int], reply: str, visit: Command, lexicon: Lexicon) -> Filling | None:
    """A message of labels alone adds to the visit that was just recorded; None for any other.

    With several of them, or none, it is left open to which.
    """
    parts = labelled_only(reply, visit, visit.action("add"), lexicon)
    if parts is None or (not visits and set(parts) <= {"text"}):
        return None
    filling = Filling("visit", "add")
    filling.take(parts)
    if len(visits) == 1:
        filling.put("visit", f"V{visits[0]}")
    return filling


# --- a choice -----------------------------------------------------------------------------


def _picked(options: tuple[Option, ...], reply: str, lexicon: Lexicon) -> Option | None:
    """By its number, by the choice's own words, by yes or no where that says which."""
    number = pick_of(reply, len(options))
    if number is not None:
        return options[number - 1]
    said = plain(reply).strip()
    for one in options:
        if one.kind == "word" and said in _called(f"option.{one.value}"):
            return one
    decided = yes_or_no(reply, lexicon)
    if decided is None:
        return None
    # A 好的 is no order to record a child that nobody knows; 对吗？ and 是本校这位吗？ 是 answers.
    for one in options:
        if one.kind == "word" and _SAYS.get(str(one.value)) is decided:
            return one
    only = options[0] if len(options) == 1 and options[0].kind != "word" else None
    return only if decided else None


@cache
def _called(key: str) -> frozenset[str]:
    return frozenset(plain(words(language).text(key)) for language in languages())


def _beyond(reply: str) -> bool:
    number = number_of(reply)
    return number is not None and number <= _ONE_DIGIT


def _mended(draft: TypoDraft, reply: str, lexicon: Lexicon) -> Reread | None:
    """The command with what was meant; asked again when the number is none of the choices."""
    number, decided = pick_of(reply, len(draft.instead)), yes_or_no(reply, lexicon)
    if number is None and draft.instead and decided:
        number = 1
    if number is not None:
        return _read_as(draft, draft.instead[number - 1])
    said = plain(reply).strip()
    kept = said in _called("option.keep_as_text") | _called("option.leave_out")
    if None in draft.instead and (kept or decided is False):
        return _read_as(draft, None)
    if said in draft.instead or (draft.choice and lexicon.choice(draft.choice, reply)):
        return _read_as(draft, reply.strip())
    return draft.message if _beyond(reply) else None


def _read_as(draft: TypoDraft, instead: str | None) -> Reread:
    text, settled, in_group = draft.message.text, draft.message.settled, draft.message.in_group
    if instead is None:
        return Reread(text, (*settled, draft.typed), in_group)
    return Reread(text[: draft.start] + instead + text[draft.end :], settled, in_group)


# --- a field ------------------------------------------------------------------------------


def _answered(
    draft: FillingDraft, asked: str, reply: str, command: Command, lexicon: Lexicon
) -> Filling | None:
    """The reply fills what was asked, and whatever else it says."""
    filling, (name, _, typed) = draft.filling, asked.partition(":")
    action = command.action(filling.action)
    if (value := _in_place(filling, name, reply)) is not None:
        filling.put(name, value)
        return filling
    if draft.options and (_beyond(reply) or yes_or_no(reply, lexicon) is False):
        return filling
    if action.field(name) is None:
        # There is nothing but the choices.
        return None
    if labelled := labelled_only(reply, command, action, lexicon):
        _take(filling, labelled, action)
        return filling
    parts, _doubts = fields_of(reply, command, action, lexicon)
    if typed and name not in parts:
        instead = "" if says_nothing(reply, lexicon) else reply
        names = split_people("、".join(filling.texts[name]))
        filling.put(name, "、".join(instead if one == typed else one for one in names))
        return filling
    return _with_parts(filling, name, reply, parts, action)


def _in_place(filling: Filling, name: str, reply: str) -> str | None:
    """A reply that is nothing but the value of what was asked."""
    if name in ("class_", "unit") and (number := _class_number(filling, name, reply)):
        return number
    if name == "student":
        return reply if parse_seat(reply) and not _beyond(reply) else None
    return reply if name == "day" and is_a_day(reply) else None


def _class_number(filling: Filling, name: str, reply: str) -> str | None:
    """A bare 3 or 3班 completes the grade that was said before."""
    said = (filling.texts.get(name) or [""])[-1]
    # A mere 七 is a grade once a class is what was asked for.
    before = parse_class(said) or parse_class(f"{said}年级")
    number = number_of(plain(reply).strip().removesuffix("班"))
    return f"{before.grade}{number:02d}" if before and number and number < 100 else None


def _with_parts(filling: Filling, name: str, reply: str, parts: Parts, action: Action) -> Filling:
    """七3 王小明 奶奶照顾 says more than was asked; what says none of it is the answer itself."""
    field = action.field(name)
    if field is not None and field.type == "text":
        if any(_said_before(filling, action, key) for key in parts):
            # 属排课问题 after 教学管理处 is the reason that was asked for, and no other department.
            filling.put(name, *filling.texts.get(name, ()), reply)
            return filling
        given = {key: said for key, said in parts.items() if key != "text"}
        _take(filling, given, action)
        more = [one.text for one in parts.get("text", ())] if given else [reply]
        filling.put(name, *filling.texts.get(name, ()), *more)
    elif name in parts or (name in _TOGETHER and _any(parts, _TOGETHER)):
        _take(filling, parts, action)
    else:
        filling.put(name, reply)
    return filling


def _said_before(filling: Filling, action: Action, name: str) -> bool:
    """Whether a part that any word may be was said already."""
    field = action.field(name)
    return field is not None and field.type in _ANY_WORD and bool(filling.texts.get(name))


def _any(parts: Parts, names: Iterable[str]) -> bool:
    return any(name in parts for name in names)


def _take(filling: Filling, parts: Parts, action: Action) -> None:
    """What was said again replaces a name or a day; to a text it is added."""
    for name, given in parts.items():
        field = action.field(name)
        more = [one.text for one in given]
        before = filling.texts.get(name, []) if field and field.type == "text" else []
        filling.put(name, *before, *(one for one in more if one not in before))
