"""A command's form, with its labels and choices in the reader's language, and an example."""

from __future__ import annotations

from chat.message import Form, FormChoice, FormLine
from chat.wording import names
from chat.words import Words
from domain.notices.values import FormField
from domain.notices.views import ClassName


def form(words: Words, command: str, action: str, fields: tuple[FormField, ...]) -> Form | None:
    """The form of one action; None when it takes nothing."""
    if not fields:
        return None
    return Form(command, action, tuple(_line(words, field) for field in fields))


def _line(words: Words, field: FormField) -> FormLine:
    return FormLine(
        name=field.name,
        label=names.label(words, field.name),
        type=field.type,
        required=field.required,
        choices=tuple(
            FormChoice(names.choice(words, field.name, value), value) for value in field.choices
        ),
    )


def example(
    words: Words,
    command: str,
    action: str,
    school_class: ClassName | None,
    *,
    private: bool,
    problem: str | None = None,
) -> str:
    """How this action is typed, with a class or grade of the reader's own, or the very problem."""
    key = f"command.{command}.{action}.example"
    # What we show in a group is what people will type there: no child's name.
    if not private and words.has(f"{key}_in_group"):
        key = f"{key}_in_group"
    return words.text(
        key,
        class_=names.class_typed(words, school_class),
        unit=names.grade_of(words, school_class),
        visit=words.text("visit.example"),
        problem=problem or words.text("problem.example"),
    )
