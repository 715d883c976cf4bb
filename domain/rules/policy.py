"""One table of who may do what, where it may be said, and what a person may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, get_args

Role = Literal["teacher", "liaison", "leader", "working", "office", "deputy_head", "head", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


class Scope(IntEnum):
    """How far a role reaches, from nothing to the whole school."""

    NONE = 0
    OWN = 1  # one's own class, and what one recorded or took part in
    UNIT = 2  # the units one has this seat in, with the classes of a grade
    LINE = 3  # the units one answers for as a leader
    SCHOOL = 4


Room = Literal["in_full", "receipt", "one_to_one"]


@dataclass(frozen=True)
class Row:
    """A row of the table: an action of a command, how far each role may use it, and where.

    `in_full` is said wherever it was asked; `receipt` is said in a group without names or
    words; `one_to_one` goes to the person alone, and the group is told only that.
    """

    command: str
    action: str
    scopes: Mapping[Role, Scope]
    room: Room


def _all(scope: Scope) -> Mapping[Role, Scope]:
    return dict.fromkeys(ROLES, scope)


_READING: Mapping[Role, Scope] = {
    "teacher": Scope.OWN,
    "liaison": Scope.UNIT,
    "leader": Scope.LINE,
    "working": Scope.SCHOOL,
    "office": Scope.SCHOOL,
    "deputy_head": Scope.SCHOOL,
    "head": Scope.SCHOOL,
    # The admin keeps the machine running and reads no personal text.
    "admin": Scope.NONE,
}

_ROSTER: Mapping[Role, Scope] = {
    **_all(Scope.NONE),
    "office": Scope.SCHOOL,
    "deputy_head": Scope.SCHOOL,
    "head": Scope.SCHOOL,
    "admin": Scope.SCHOOL,
}

_LEAVE: Mapping[Role, Scope] = {
    **_all(Scope.OWN),
    "liaison": Scope.UNIT,
    "office": Scope.SCHOOL,
    "deputy_head": Scope.SCHOOL,
    "head": Scope.SCHOOL,
    "admin": Scope.SCHOOL,
}

_FIXING: Mapping[Role, Scope] = {
    **_all(Scope.OWN),
    "liaison": Scope.UNIT,
    "office": Scope.SCHOOL,
}

_CONFIRMING: Mapping[Role, Scope] = {
    **_all(Scope.NONE),
    "liaison": Scope.UNIT,
    "office": Scope.SCHOOL,
    "admin": Scope.SCHOOL,
}
_ARRANGING: Mapping[Role, Scope] = {**_READING, "teacher": Scope.NONE}

# Who answers for it, and those whose line or office it is.
_LINE: Mapping[Role, Scope] = {**_READING, "teacher": Scope.NONE}
# Leaders take problems, outside of their line, too (the plan, 认领).
_CLAIMING: Mapping[Role, Scope] = {
    **_all(Scope.NONE),
    "leader": Scope.SCHOOL,
    "deputy_head": Scope.SCHOOL,
    "head": Scope.SCHOOL,
}

POLICY: tuple[Row, ...] = (
    # Everyone goes into classes and homes (the plan, 走访宣讲), so everyone may record.
    Row("visit", "record", _all(Scope.SCHOOL), "receipt"),
    Row("visit", "teacher", _all(Scope.SCHOOL), "receipt"),
    Row("visit", "add", _all(Scope.OWN), "receipt"),
    # Whoever recorded it, who arranges the visits of the grade, and who keeps the lists.
    Row("fix", "visit", _FIXING, "receipt"),
    Row("fix", "void", _FIXING, "receipt"),
    Row("fix", "talk", _FIXING, "receipt"),
    # One's own deeds, and nobody else's.
    Row("undo", "take_back", _all(Scope.OWN), "receipt"),
    Row("talk", "record", _all(Scope.SCHOOL), "receipt"),
    Row("talk", "add", _all(Scope.OWN), "receipt"),
    # Departments and grades arrange their leader's visits and talks (the plan, annex 3).
    Row("arrange", "plan", _ARRANGING, "receipt"),
    Row("arrange", "show", _ARRANGING, "one_to_one"),
    Row("arrange", "call_off", _ARRANGING, "receipt"),
    # Everybody hears people, so everybody may record what they ask for.
    Row("issue", "list", _READING, "one_to_one"),
    Row("issue", "mine", _all(Scope.OWN), "one_to_one"),
    Row("issue", "record", _all(Scope.SCHOOL), "receipt"),
    # Whoever may know of it (rules/problem_sight.py), one-to-one.
    Row("issue", "show", _all(Scope.OWN), "one_to_one"),
    Row("issue", "named", _all(Scope.OWN), "one_to_one"),
    # Who arranges there, the line, and the whole school's; who recorded it, until somebody has.
    Row("classify", "set", {**_READING, "admin": Scope.OWN}, "receipt"),
    Row("classify", "awaited", _ARRANGING, "one_to_one"),
    # Whoever answers for it, and whoever works on it.
    Row("note", "write", _all(Scope.OWN), "receipt"),
    # Whoever answers for it asks; whoever is asked answers.
    Row("extend", "ask", _all(Scope.OWN), "receipt"),
    Row("approve", "agree", _all(Scope.OWN), "receipt"),
    Row("decline", "decline", _all(Scope.OWN), "receipt"),
    Row("refer", "ask", _LINE, "receipt"),
    # The bureau writes to the office.
    Row("bureau", "answer", {**_all(Scope.NONE), "office": Scope.SCHOOL}, "receipt"),
    Row("merge", "merge", _LINE, "receipt"),
    Row("split", "split", _LINE, "receipt"),
    Row("park", "park", {**_all(Scope.OWN), "leader": Scope.LINE}, "receipt"),
    # A mistake: whoever made it, the liaison there, the office.
    Row(
        "withdraw",
        "withdraw",
        {**_all(Scope.OWN), "liaison": Scope.UNIT, "office": Scope.SCHOOL},
        "receipt",
    ),
    Row("claim", "take", _CLAIMING, "receipt"),
    Row("claim", "awaited", _CLAIMING, "one_to_one"),
    # Whoever answers for it.
    Row("mine", "still", _all(Scope.OWN), "receipt"),
    Row("assign", "hand", _all(Scope.OWN), "receipt"),
    Row("return", "give_back", _all(Scope.OWN), "receipt"),
    Row("solve", "solve", _all(Scope.OWN), "receipt"),
    # Whoever recorded the words, and the office.
    Row("told", "answer", _all(Scope.OWN), "receipt"),
    # Counts of families are the school's common business.
    Row("coverage", "show", _all(Scope.SCHOOL), "in_full"),
    # Who answers for something gets one; the office and the heads may read a leader's (ours).
    Row(
        "digest",
        "show",
        {
            **_all(Scope.NONE),
            "leader": Scope.OWN,
            "working": Scope.OWN,
            "office": Scope.SCHOOL,
            "deputy_head": Scope.SCHOOL,
            "head": Scope.SCHOOL,
        },
        "one_to_one",
    ),
    # Whom to see next names special families.
    Row("todo", "show", _READING, "one_to_one"),
    Row("roster", "show", _all(Scope.SCHOOL), "in_full"),
    # Who sits where is known to all; those who answer for the roster change it.
    Row("roster", "add", _ROSTER, "in_full"),
    Row("roster", "check", {**_ROSTER, "working": Scope.SCHOOL}, "in_full"),
    # Who sat where since when, and who changed it; absences are filtered where they are asked for.
    Row("roster", "history", _all(Scope.SCHOOL), "in_full"),
    # Everyone says when they are away themselves; that they are, and who stands in, all may know.
    Row("roster", "leave", _LEAVE, "in_full"),
    Row("roster", "remove", _ROSTER, "in_full"),
    Row("roster", "set", _ROSTER, "in_full"),
    # A liaison lets in who asks in his unit and binds its groups; what more it takes stands in
    # rules/letting_in.py.
    Row("roster", "bind", _CONFIRMING, "receipt"),
    Row("roster", "decline", _CONFIRMING, "receipt"),
    Row("whoami", "show", _all(Scope.OWN), "in_full"),
    Row("help", "show", _all(Scope.OWN), "in_full"),
)

Subject = Literal["family", "teacher_talk", "talk", "problem"]

# The table's other half: whose personal text a role may read.
READING: Mapping[Subject, Mapping[Role, Scope]] = {
    "family": _READING,
    # What a teacher confided is for those who heard it and the two heads.
    "teacher_talk": {
        **_all(Scope.OWN),
        "deputy_head": Scope.SCHOOL,
        "head": Scope.SCHOOL,
        "admin": Scope.NONE,
    },
    "talk": _READING,
    # The line, the liaison, office, working group and heads; who is named in it is left out before.
    "problem": _READING,
}


@dataclass(frozen=True)
class Held:
    """A seat as of today: the role, and its unit (with the grade, if it is one) or class."""

    role: Role
    unit: int | None = None
    grade: int | None = None
    school_class: int | None = None
    root: bool = False
    for_person: int | None = None


@dataclass(frozen=True)
class Standing:
    """A person and all seats held today, those stood in for included."""

    person: int
    seats: tuple[Held, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, wherever."""
        return frozenset(seat.role for seat in self.seats)


@dataclass(frozen=True)
class Target:
    """What is asked about: a class with its grade, or a unit; `own` if it is one's own deed."""

    unit: int | None = None
    grade: int | None = None
    school_class: int | None = None
    own: bool = False


def row(command: str, action: str) -> Row:
    """The row of an action; KeyError when the table has none."""
    for entry in POLICY:
        if (entry.command, entry.action) == (command, action):
            return entry
    raise KeyError((command, action))


def may(standing: Standing, command: str, action: str) -> bool:
    """Whether any of the person's roles may use the action at all."""
    scopes = row(command, action).scopes
    return any(scopes[role] > Scope.NONE for role in standing.roles)


def who_may(command: str, action: str) -> tuple[Role, ...]:
    """The roles that may use the action, in the table's order."""
    scopes = row(command, action).scopes
    return tuple(role for role in ROLES if scopes[role] > Scope.NONE)


def usable(standing: Standing, commands: Iterable[str]) -> tuple[str, ...]:
    """Those of `commands` of which the person may use at least one action."""
    return tuple(
        name
        for name in commands
        if any(entry.command == name and may(standing, name, entry.action) for entry in POLICY)
    )


def reaches(standing: Standing, scopes: Mapping[Role, Scope], target: Target) -> bool:
    """Whether any of the person's seats reaches the target under `scopes`."""
    return any(_seat_reaches(seat, scopes[seat.role], target) for seat in standing.seats)


def _seat_reaches(seat: Held, scope: Scope, target: Target) -> bool:
    if scope is Scope.NONE:
        return False
    if scope is Scope.SCHOOL or target.own:
        return True
    if seat.school_class is not None:
        # A seat in a class, whatever the role, reaches no further than the class.
        return seat.school_class == target.school_class
    if scope is Scope.OWN:
        return False
    same_unit = seat.unit is not None and seat.unit == target.unit
    return seat.root or same_unit or (seat.grade is not None and seat.grade == target.grade)
