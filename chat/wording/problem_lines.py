"""A problem in a few words or on one line: what it is about, how urgent it is, with whom it is."""

from __future__ import annotations

from dataclasses import replace

from chat.columns import narrowed
from chat.wording import names
from chat.words import Words
from domain.notices.views_problems import CategoryName, ProblemLine

# Of these an answer is still due.
OWED = frozenset({"listed", "claimed", "assigned", "referral_asked"})

# Somebody is at it, who is named.
_IN_HAND = frozenset({"claimed", "assigned"})
# How much room there is on a line for what a problem is about (columns).
_GIST = 20


def called(words: Words, number: int, line: ProblemLine | None, *, private: bool) -> str:
    """#57 晚托: the number, and one-to-one also what it is about."""
    if not private or line is None or line.gist is None:
        return words.text("problem", problem=number)
    return words.text("problem.about", problem=number, gist=line.gist)


def category(words: Words, name: CategoryName | None) -> str:
    """The category's name; another language's where the plan has one."""
    if name is None:
        return words.text("category.none")
    return words.text(f"category.{name.level}", name=category_alone(words, name))


def category_alone(words: Words, name: CategoryName) -> str:
    """The name alone, where it is plain whose it is."""
    if words.text("grade.called_by") == "name" or not name.name_en:
        return name.name
    return name.name_en


def time_left(words: Words, line: ProblemLine) -> str | None:
    """第 6 天，9月18日 17:00 前办结; None where no answer is due any more, or not now."""
    if line.state not in OWED:
        return None
    over = line.day_of - line.days
    if over > 0:
        return words.plural("problem.overdue", over, due=names.day(words, line.due.date()))
    return words.text(
        "problem.due",
        day=line.day_of,
        days=line.days,
        due=names.day(words, line.due.date()),
        hour=line.due.hour,
        minute=f"{line.due.minute:02d}",
    )


def state_of(words: Words, line: ProblemLine) -> str:
    """How far it is, in a word or two: 待认领, 已并入 #41, 已了结：已解释，未认可."""
    ended = f"state.closed.{line.ending}"
    if line.state == "closed" and words.has(ended):
        return words.text(ended)
    if line.state == "merged":
        return words.text("state.merged.with", into=line.merged_into)
    return words.text(f"state.{line.state}")


def problem_line(words: Words, line: ProblemLine, *, private: bool) -> str:
    """#57 晚托　剩 9 天　蔡平: on one line of a phone what it is, how urgent, with whom."""
    with_whom = line.responsible if line.state in _IN_HAND else None
    return _in_a_line(words, line, with_whom or state_of(words, line), private=private)


def waiting_line(words: Words, line: ProblemLine, *, private: bool) -> str:
    """#57 晚托　剩 9 天　七(3)班: of what waits it matters where it arose."""
    return _in_a_line(words, line, _place(words, line), private=private)


def _in_a_line(words: Words, line: ProblemLine, last: str, *, private: bool) -> str:
    """Who may not read what it is about is told where it arose."""
    about = narrowed(line.gist, _GIST) if private and line.gist else None
    first = called(words, line.problem, replace(line, gist=about), private=private)
    bare = () if about else (_place(words, line), category(words, line.category))
    parts = dict.fromkeys((first, *bare, days_left(words, line), last))
    return words.text("join.wide").join(part for part in parts if part)


def _place(words: Words, line: ProblemLine) -> str:
    return names.class_name(words, line.class_) if line.class_ else names.unit(words, line.unit)


def days_left(words: Words, line: ProblemLine) -> str | None:
    """剩 9 天, or 超 2 天; None where no answer is due any more, or not now."""
    if line.state not in OWED:
        return None
    left = line.days - line.day_of
    if left == 0:
        return words.text("problem.today")
    return words.plural("problem.left" if left > 0 else "problem.over", abs(left))
