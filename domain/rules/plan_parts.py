"""The parts of the plan that say what: school, phases, grades, visits, categories, lists, law."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.rules.plan_base import Days, MonthDay, Named, Part, Share, Text, Texts, UnitKind

QuestionKey = Literal["situation", "character", "learning", "targets", "mood", "revision"]
GradeKind = Literal["base", "transition", "graduating"]
PhaseKey = Literal["visit", "put_right", "make_last"]
Level = Literal["school", "bureau"]
Basis = Literal[
    "consent",
    "contract",
    "statutory_duty",
    "emergency",
    "public_interest",
    "disclosed",
    "other_law",
]


class School(Named, frozen=True):
    """The school; `bureau` hears what it can't solve, `committee` sets the minimum share."""

    root: Text
    bureau: Text
    committee: Text
    root_en: str = ""
    root_aliases: tuple[Text, ...] = ()


class Campaign(Named, frozen=True):
    """The activities being carried out; `year` is the deployment's, the plan names months only."""

    year: Annotated[int, Meta(ge=2000, le=2100)]
    strands: Texts
    prohibitions: tuple[Text, ...] = ()


class Phase(Named, frozen=True):
    """A phase (the plan, part 3), from `start` to `end`, both days included."""

    start: date
    end: date


class Phases(Part, frozen=True):
    """The three phases; the second and third run throughout (the plan, part 3)."""

    visit: Phase
    put_right: Phase
    make_last: Phase


class SchoolYear(Part, frozen=True):
    """`first_day` is the day, "MM-DD", on which classes move up a grade."""

    first_day: MonthDay


class Vacation(Named, frozen=True):
    """A school vacation, both days included."""

    start: date
    end: date


class Grade(Named, frozen=True):
    """A grade (7 to 12) and what its families are asked (the plan, 走访了解; mapping our own).

    `minimum` is the share of families, 0 to 1, that must be exceeded: a share that equals it has
    not reached it; None means that no minimum is set. `targets` says which targets are meant: its
    own next school, or the 学考 and 选考 exams.
    """

    grade: Annotated[int, Meta(ge=7, le=12)]
    kind: GradeKind
    questions: tuple[QuestionKey, ...]
    aliases: tuple[Text, ...] = ()
    targets: Literal["next_school", "exams"] | None = None
    minimum: Share | None = None


class Visits(Part, frozen=True):
    """How often families are seen: years (the plan, 家访), and days (ours).

    `forecast_days` is how many days back the pace is measured (ours).
    """

    all_within_years: Annotated[int, Meta(ge=1, le=12)]
    special_every_days: Days
    forecast_days: Days


class Category(Named, frozen=True):
    """One of the 5 + 6 (the plan, 分类化解问题) and the department it belongs to (ours)."""

    key: Text
    level: Level
    department: Text
    aliases: tuple[Text, ...] = ()


class ItemList(Named, frozen=True):
    """One of the five lists (the plan, 解放思想大讨论), the discussion it ends, who gives to it."""

    key: Text
    discussion: Text
    by: Annotated[tuple[UnitKind, ...], Meta(min_length=1)]
    headings: Texts
    aliases: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()


class Retention(Part, frozen=True):
    """For how many days personal text is kept, per kind (ours); plan.toml says from when.

    The logs' least is the law's: six months (网络安全法 第二十一条).
    """

    visits: Days
    problems: Days
    families: Days
    lessons: Days
    heard: Days
    waiting: Days
    deliveries: Annotated[int, Meta(ge=180, le=36500)]
    digests: Days
    read_log: Annotated[int, Meta(ge=180, le=36500)]
    backups: Days


class Purpose(Part, frozen=True):
    """Why personal data may be handled for this (个人信息保护法 第十三条); counsel confirms it."""

    key: Text
    name: Text
    basis: Basis
    law: Text
