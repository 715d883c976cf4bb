"""The numbered choices of a question, each as this reader calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from chat.message import Choice
from chat.wording import names
from chat.wording.seats import seat_seen
from chat.words import Words
from domain.notices.views import Child, Namesake, OptionSeen, SeatSeen, UnitName, View

CALLED: dict[str, Callable[[Words, str], str]] = {
    "command": names.command,
    "field": names.label,
    "choice": lambda words, value: names.choice(words, *value.split(".", 1)),
    "person": names.person,
    # One who is on the list no more; any other is a Child.
    "student": lambda words, _: words.text("child.someone"),
    "day": lambda words, value: names.day(words, date.fromisoformat(value)),
    "word": lambda words, value: words.text(f"option.{value}"),
}


def choices(words: Words, view: View, options: tuple[OptionSeen, ...]) -> tuple[Choice, ...]:
    """What can be picked, in the order in which it is numbered."""
    labels = [option_label(words, option, private=view.private) for option in options]
    return tuple(
        Choice(label=_told_apart(words, label, option, labels), say=option.say)
        for label, option in zip(labels, options, strict=True)
    )


def _told_apart(words: Words, label: str, option: OptionSeen, labels: list[str]) -> str:
    """Two children of one name in one class are told apart by their numbers."""
    child = option.value
    if labels.count(label) < 2 or not isinstance(child, Child) or child.seat is None:
        return label
    seat = words.text("child.seat", seat=child.seat)
    return words.text("child.and_seat", child=label, seat=seat)


def option_label(words: Words, option: OptionSeen, *, private: bool) -> str:
    """What a choice is called by its kind; KeyError for a kind that we don't know."""
    if isinstance(option.value, Child):
        return names.child(words, option.value, private=private)
    if isinstance(option.value, Namesake):
        return _namesake(words, option.value)
    if isinstance(option.value, SeatSeen):
        return seat_seen(words, option.value)
    if isinstance(option.value, UnitName):
        return names.unit(words, option.value)
    return CALLED[option.kind](words, option.value)


def _namesake(words: Words, person: Namesake) -> str:
    """李梅（七(3)班 教师）; who has no seat is known by the name alone."""
    if person.seat is None:
        return person.name
    return words.text("person.of", person=person.name, seat=seat_seen(words, person.seat))


def pick_hint(words: Words, view: View, options: tuple[OptionSeen, ...]) -> str | None:
    """How to answer; nothing when there is nothing to pick."""
    return words.text(here(view, "pick")) if options else None


def here(view: View, key: str) -> str:
    """The key of what is said here: in a group, an answer must call us by name."""
    return key if view.private else f"{key}_in_group"
