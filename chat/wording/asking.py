"""What we ask back: a part that is missing, which of several, or what was meant."""

from __future__ import annotations

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.forms import example, form
from chat.wording.frame import TELL, message
from chat.wording.options import choices, here, pick_hint
from chat.words import Words
from domain.notices.values import FormField
from domain.notices.views import AskedSeen, ChoiceSeen, PlainSeen, TakenForSeen

PEOPLE = ("student", "person")
# Choices that go on without mending anything.
WAYS_OUT = ("not_on_list", "new_colleague", "keep_as_text", "leave_out")


def fields_asked(view: AskedSeen, words: Words) -> Message:
    """What is missing, by name, an example, and that the bare answer is enough."""
    asked = tuple(field for field in view.form if field.name in view.missing)
    key = "FieldsAsked.unread" if view.unread else "FieldsAsked.title"
    return message(
        view,
        words.text(key, missing=names.labels(words, view.missing)),
        words.text(
            "example",
            example=example(
                words,
                view.command,
                view.action,
                view.example_class,
                private=view.private,
                problem=_problem(view),
            ),
        ),
        _bare_reply(view, words),
        choices=_values(words, asked),
        form=form(words, view.command, view.action, view.form),
    )


def _problem(view: AskedSeen) -> str | None:
    """The problem that was named already, so that what we show can be copied."""
    said = view.understood or {}
    return next((said[name] for name in ("problem", "voice") if name in said), None)


def _bare_reply(view: AskedSeen, words: Words) -> str:
    """That the missing part alone is enough, and what it may look like when it is one."""
    if view.missing == ("student",) and not view.private:
        return words.text("FieldsAsked.reply_student_in_group")
    if len(view.missing) != 1:
        return words.text(here(view, "FieldsAsked.reply_with_these"))
    return words.text(here(view, "FieldsAsked.reply"), hint=_hint(view, words))


def _hint(view: AskedSeen, words: Words) -> str:
    """What to say in the field; an action may want another than is usual, as a day to come."""
    field = view.missing[0]
    own = f"command.{view.command}.{view.action}.{field}.hint"
    return words.text(own if words.has(own) else f"field.{field}.hint")


def _values(words: Words, asked: tuple[FormField, ...]) -> tuple[Choice, ...]:
    """The values of the one part that is missing, each said by its own name."""
    if len(asked) != 1:
        return ()
    labels = (names.choice(words, asked[0].name, value) for value in asked[0].choices)
    return tuple(Choice(label=label, say=label) for label in labels)


# What is asked when the note says something that a field should have said.
_PLAIN_QUESTIONS = {
    "result": "ChoiceAsked.result",
    "method": "ChoiceAsked.method",
    "day": "ChoiceAsked.day",
    "seat": "ChoiceAsked.seat",
    "days": "ChoiceAsked.days",
}


def choice_asked(view: ChoiceSeen, words: Words) -> Message:
    """What was typed fits several, and which they are."""
    count, typed = len(view.options), _typed(view)
    if view.field in _PLAIN_QUESTIONS:
        title = words.text(_PLAIN_QUESTIONS[view.field])
    elif typed is None:
        field = names.label(words, view.field or "student")
        title = words.plural("ChoiceAsked.unsaid", count, field=field)
    else:
        people = all(option.kind in PEOPLE for option in view.options)
        key = "ChoiceAsked.people" if people else "ChoiceAsked.title"
        title = words.plural(key, count, typed=typed)
    return _pick(view, words, title)


def _typed(view: ChoiceSeen) -> str | None:
    """What was typed; a child's name that was typed in a group isn't said again there."""
    return None if view.field == "student" and not view.private else view.typed


def _pick(view: ChoiceSeen, words: Words, title: str) -> Message:
    return message(
        view,
        title,
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def student_unknown(view: ChoiceSeen, words: Words) -> Message:
    """No such child in the class: the nearest, or as not on the list."""
    where = (
        words.text("class.that") if view.class_ is None else names.class_name(words, view.class_)
    )
    typed = _typed(view)
    key = "StudentUnknown.title" if typed is not None else "StudentUnknown.unsaid"
    title = words.text(key, class_=where, typed=typed)
    return message(view, title, _meant(view, words), choices=choices(words, view, view.options))


def _meant(view: ChoiceSeen, words: Words) -> str:
    """That one of these may be meant; without any, where to look."""
    if all(option.value in WAYS_OUT for option in view.options) and view.options:
        return words.text(here(view, "pick"))
    if view.options:
        return words.text(here(view, "pick_meant"))
    if view.what == "person":
        return words.text(here(view, "DidYouMean.person.again"))
    return words.text("pick_nothing", help=names.command(words, "help"))


def did_you_mean(view: ChoiceSeen, words: Words) -> Message:
    """A word that we don't know, and those near it; without any, where to look."""
    field = names.label(words, view.field) if view.field else ""
    typed, key = _typed(view), f"DidYouMean.{_unknown(view, words)}"
    if typed is None:
        title = words.text(f"{key}.unsaid", field=field)
    else:
        title = words.text(key, typed=typed, field=field)
    return message(view, title, _meant(view, words), choices=choices(words, view, view.options))


def _unknown(view: ChoiceSeen, words: Words) -> str:
    """What it is that we don't know; a label may be known, and of no use here."""
    if view.what == "value" and view.field is None:
        return "leftover"
    if view.what == "label" and view.field and view.typed is not None:
        known = {label.casefold() for label in words.names(f"field.{view.field}.labels")}
        return "label_elsewhere" if view.typed.casefold() in known else "label"
    return view.what


def dropped(view: PlainSeen, words: Words) -> Message:
    """Given up, as the person wished."""
    return message(view, words.text("Dropped.title"))


def taken_for(view: TakenForSeen, words: Words) -> Message:
    """Which of several open questions was answered."""
    if view.command is None or not view.field:
        return message(view, words.text("TakenFor.mistyped"), sign=TELL)
    command, field = names.command(words, view.command), names.label(words, view.field)
    return message(view, words.text("TakenFor.title", command=command, field=field), sign=TELL)


def told_privately(view: PlainSeen, words: Words) -> Message:
    """To the group: the answer is where only the one who asked can read it."""
    return message(view, words.text("ToldPrivately.title"))


def pointer(view: PlainSeen, words: Words) -> Message:
    """Nothing to do in this message: how one says something, and where the rest stands."""
    typed = example(words, "visit", "record", None, private=view.private)
    return message(
        view,
        words.text(f"Pointer.{view.heard}"),
        None if view.heard == "nothing_open" else words.text("example", example=typed),
        words.text("Pointer.help", help=names.command(words, "help")),
    )
