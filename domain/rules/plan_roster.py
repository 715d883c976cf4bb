"""The parts of the plan that say who: the departments, the two groups, the lines."""

from __future__ import annotations

from typing import Literal

from domain.rules.plan_base import Named, Part, Text, Texts, UnitKind


class Department(Named, frozen=True):
    """A department of annex 3, or a party branch."""

    aliases: tuple[Text, ...] = ()
    kind: Literal["department", "branch"] = "department"


class Group(Part, frozen=True):
    """The leading group (annex 1) or the working group (annex 2)."""

    head: Text
    deputy_head: Text
    members: tuple[Text, ...] = ()


class Line(Part, frozen=True):
    """A line of annex 3: a leader, the departments and the grade he or she answers for."""

    leader: Text
    departments: tuple[Text, ...] = ()
    grade: int | None = None


class Posts(Part, frozen=True):
    """A person's posts (annex 1)."""

    name: Text
    posts: Texts


class Roster(Part, frozen=True):
    """Annexes 1 to 3, loaded once into an empty database; `office` is the office's department."""

    office: Text
    leading_group: Group
    working_group: Group
    lines: tuple[Line, ...] = ()
    posts: tuple[Posts, ...] = ()


class Unit(Named, frozen=True):
    """A department, branch or grade, or the school as their root; `grade` for grades alone."""

    kind: UnitKind
    aliases: tuple[Text, ...] = ()
    grade: int | None = None
