"""How we call a class, a child, a unit, a person, a day, a share, a command or a field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from chat.words import Words
from domain.notices.views import Child, ClassName, UnitName

GRADE = "年级"
# What is left of a name that has been erased.
GONE = "*"


def class_name(words: Words, school_class: ClassName) -> str:
    """七(3)班, Class 3 of Grade 7: as it stands in a sentence."""
    return class_in_grade(words, school_class.grade, school_class.grade_name, school_class.number)


def class_in_grade(words: Words, number: int, name: str, class_number: int) -> str:
    """The same, for a class that there needn't be."""
    # 七(3)班, not 七年级(3)班, is how a class is written.
    short = name.removesuffix(GRADE) if _by_name(words) else grade(words, number, name)
    return words.text("class", grade=short, number=class_number)


def class_typed(words: Words, school_class: ClassName | None) -> str:
    """七3, 7-3: as it is typed in a command; a neutral class when there is none."""
    if school_class is None:
        return words.text("class.example")
    by_name = school_class.grade_name.removesuffix(GRADE)
    typed = by_name if _by_name(words) else school_class.grade
    return words.text("class.typed", grade=typed, number=school_class.number)


def grade_of(words: Words, school_class: ClassName | None) -> str:
    """七年级, Grade 7: the grade of a class; a neutral one when there is none."""
    if school_class is None:
        return words.text("grade.example")
    return grade(words, school_class.grade, school_class.grade_name)


def grade(words: Words, number: int, name: str) -> str:
    """七年级, Grade 7: the plan's name, or the number in languages that the plan isn't in."""
    return name if _by_name(words) else words.text("grade", number=number)


def _by_name(words: Words) -> bool:
    return words.text("grade.called_by") == "name"


def child(words: Words, who: Child | None, *, private: bool) -> str:
    """七(3)班 王小明 one-to-one; 七(3)班 12号 in a group, whatever else is known."""
    if who is None:
        return words.text("child.someone")
    alone = child_alone(words, who, private=private)
    return words.text("child", class_=class_name(words, who.class_name), child=alone)


def child_alone(words: Words, who: Child, *, private: bool) -> str:
    """王小明 or 12号, where the class has been named already."""
    if private and who.name is not None:
        return who.name
    if who.seat is not None:
        return words.text("child.seat", seat=who.seat)
    # A lone star is a name of which nothing is left to show.
    if who.masked is None or who.masked == GONE:
        return words.text("child.someone")
    return who.masked


def unit(words: Words, where: UnitName | None) -> str:
    """The unit's name; a grade, a class and the whole school have one in each language."""
    if where is None or where.kind == "school":
        return words.text("unit.school")
    if where.class_name is not None:
        return class_name(words, where.class_name)
    if where.kind == "class":
        return words.text("class.that")
    if where.grade is not None:
        return grade(words, where.grade, where.name)
    return where.name


def person(words: Words, name: str | None) -> str:
    """The name, or that there is nobody, or nobody whom we still know."""
    if name is None:
        return words.text("nobody")
    return words.text("person.someone") if name == GONE else name


def joined(words: Words, parts: Iterable[str]) -> str:
    """The parts as a list within a sentence."""
    return words.text("join.list").join(parts)


def people(words: Words, names: tuple[str, ...]) -> str:
    """The names as a list, or that there is nobody."""
    return joined(words, names) if names else words.text("nobody")


def day(words: Words, when: date) -> str:
    """9月5日 (周三), Wed 5 Sep."""
    weekday = words.text(f"weekday.{when.isoweekday()}")
    return words.text("day", month=_month(words, when), day=when.day, weekday=weekday)


def day_short(words: Words, when: date) -> str:
    """9月5日, 5 Sep: where the weekday would be too much."""
    return words.text("day.short", month=_month(words, when), day=when.day)


def day_of_year(words: Words, when: date) -> str:
    """2017年9月5日, 5 Sep 2017: for a day that may be long ago."""
    return words.text("day.year", year=when.year, month=_month(words, when), day=when.day)


def moment(words: Words, at: datetime, today: date) -> str:
    """8:03, on another day 9月2日 8:03 (at 8:03, on 2 Sep at 8:03); of the school's time zone."""
    time = words.text("time", hour=at.hour, minute=f"{at.minute:02d}")
    if at.date() == today:
        return words.text("moment.today", time=time)
    return words.text("moment", day=day_short(words, at.date()), time=time)


def _month(words: Words, when: date) -> str:
    return words.text(f"month.{when.month}")


def command(words: Words, name: str) -> str:
    """/家访, /visit: the command as it is typed in this language."""
    return "/" + words.names(f"command.{name}.names")[0]


def deed(words: Words, kind: str, record: int | None) -> str:
    """V12, or what was added to V12: what somebody did, by the record's number."""
    return words.text(f"deed.{kind}", number=record)


def label(words: Words, field: str) -> str:
    """诉求, request: what a field is called, which is also how it is typed."""
    return words.names(f"field.{field}.labels")[0]


def labels(words: Words, fields: Iterable[str]) -> str:
    """What the fields are called, as a list."""
    return joined(words, (label(words, field) for field in fields))


def choice(words: Words, field: str, value: str) -> str:
    """上门, at home: one of a field's values."""
    return words.text(f"choice.{field}.{value}")


def role(words: Words, name: str) -> str:
    """联络人, liaison."""
    return words.text(f"role.{name}")


def platform(words: Words, name: str) -> str:
    """钉钉, DingTalk: as people call it; its own name where we have no other."""
    key = f"choice.platform.{name}"
    return words.text(key) if words.has(key) else name
