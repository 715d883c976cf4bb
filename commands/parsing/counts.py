"""How many people, as one writes it: 120人, 一百二十人, 约50名, 120 people."""

from __future__ import annotations

import re

from commands.parsing.numerals import number_of
from commands.parsing.plain import plain

_NUMERAL = r"\d{1,9}|[〇零一二三四五六七八九两廿卅十百千万]{1,15}"
_WHO = r"(?:家长|家庭|学生|同学|教师|老师|教职工|党员|师生)"
_COUNT = re.compile(
    r"(?:约|大约|大概|近|(?:about|around|some|nearly) )?"
    rf"(?P<number>{_NUMERAL})"
    # 120人, 120名家长; but 两位老师主持 is no attendance.
    rf"(?:[多余来几]? ?(?:人次|人|名|位)(?=参加|到场|观看|{_WHO}?(?:[\s,、。;!?)]|\Z))"
    r"|\+? (?:people|persons?|attendees|participants)(?![a-z])"
    # 120 parents: the number ends before the word that says who they were.
    r"|(?= (?:famil(?:y|ies)|parents?|students?|pupils?|teachers?|staff|party members?)(?![a-z])))"
)


def count_end(said: str, pos: int, end: int | None = None) -> int | None:
    """Where the number of people ends that stands at that place of a plain text."""
    match = _COUNT.match(said, pos, len(said) if end is None else end)
    return match.end() if match else None


def parse_count(text: str) -> int | None:
    """The number of people that the whole text says, with or without 人; None when it says none.

    >>> parse_count("一百二十人"), parse_count("约50名"), parse_count("120 people")
    (120, 50, 120)
    """
    said = " ".join(plain(text).split())
    match = _COUNT.fullmatch(said)
    return number_of(match["number"] if match else said)
