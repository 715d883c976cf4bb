"""What somebody else recorded: who may see it hears whose it is and who may change it."""

from __future__ import annotations

from collections.abc import Mapping

from commands.turn import Turn
from domain.errors import Refusal
from domain.notices.refusals import RecordOfOthers, Yours
from domain.queries.arrangements import ArrangementFound, may_arrange
from domain.queries.talks import TalkFound, target_of_talk
from domain.queries.visits import VisitFound, target_of
from domain.rules.policy import READING, ROLES, Role, Scope, Subject, Target, reaches, row

# --- visits -------------------------------------------------------------------------------


def may_fix_visit(turn: Turn, visit: VisitFound, grade: int | None) -> bool:
    """One's own record; else by the seat, for who may also read what stands there.

    The class is left out: a class teacher's seat gives no hand in what others recorded there.
    """
    own = visit.recorded_by == turn.asker.person
    target = Target(grade=grade, own=own)
    reads = own or reaches(turn.asker.standing, READING[_subject(visit)], target)
    return reads and reaches(turn.asker.standing, row("fix", "visit").scopes, target)


def may_add_to_visit(turn: Turn, visit: VisitFound, grade: int | None) -> bool:
    """Those who went, and who teaches the class."""
    target = target_of(visit, grade, turn.asker.person)
    return reaches(turn.asker.standing, row("visit", "add").scopes, target)


def sees_visit(turn: Turn, visit: VisitFound, grade: int | None) -> bool:
    """Whether the asker knows of it anyway: went along, or may read it."""
    if turn.asker.person in visit.went:
        return True
    target = target_of(visit, grade, turn.asker.person)
    return reaches(turn.asker.standing, READING[_subject(visit)], target)


def visit_of_others(turn: Turn, visit: VisitFound, grade: int | None) -> Refusal:
    """Whose it is, what the asker may do with it, and who may correct it."""
    can: dict[Yours, bool] = {
        "fix": may_fix_visit(turn, visit, grade),
        "add": may_add_to_visit(turn, visit, grade),
    }
    return _of_others(turn, ("V", visit.id, visit.recorded_by), can, _fixers(_subject(visit)))


def _subject(visit: VisitFound) -> Subject:
    return "teacher_talk" if visit.kind == "teacher" else "family"


def _fixers(subject: Subject) -> tuple[Role, ...]:
    """Who may correct what others recorded: who reaches it by the seat, and may read it."""
    fixing, reading = row("fix", "visit").scopes, READING[subject]
    return tuple(role for role in ROLES if min(fixing[role], reading[role]) > Scope.OWN)


def _of_others(
    turn: Turn,
    record: tuple[str, int, int],
    can: Mapping[Yours, bool],
    who: tuple[Role, ...],
) -> Refusal:
    letter, number, by = record
    notice = RecordOfOthers(
        letter=letter,
        number=number,
        by=by,
        command=turn.command.name,
        yours=tuple(name for name, may in can.items() if may),
        who=who,
        understood=turn.understood(),
    )
    return Refusal(notice)


# --- talks --------------------------------------------------------------------------------


async def may_fix_talk(turn: Turn, talk: TalkFound) -> bool:
    """One's own record; else by the seat in the unit where it was."""
    place = await target_of_talk(talk, turn.asker.person, turn.today)
    own = talk.recorded_by == turn.asker.person
    target = Target(unit=place.unit, grade=place.grade, own=own)
    return reaches(turn.asker.standing, row("fix", "talk").scopes, target)


async def sees_talk(turn: Turn, talk: TalkFound) -> bool:
    """Whether the asker held it too, or may read what was noted of it."""
    target = await target_of_talk(talk, turn.asker.person, turn.today)
    return target.own or reaches(turn.asker.standing, READING["talk"], target)


async def talk_of_others(turn: Turn, talk: TalkFound) -> Refusal:
    """Whose it is, what the asker may do with it, and who may correct it."""
    target = await target_of_talk(talk, turn.asker.person, turn.today)
    adds = reaches(turn.asker.standing, row("talk", "add").scopes, target)
    can: dict[Yours, bool] = {"fix": await may_fix_talk(turn, talk), "add": adds}
    return _of_others(turn, ("T", talk.id, talk.recorded_by), can, _fixers("talk"))


# --- arrangements -------------------------------------------------------------------------


async def sees_arrangement(turn: Turn, found: ArrangementFound) -> bool:
    """The leader, who stands in, who arranged it, and whoever may arrange for that leader."""
    if turn.asker.person in (found.leader, found.deputy, found.arranged_by):
        return True
    return await may_arrange(turn.asker.standing, found.leader, turn.today)


def arrangement_of_others(turn: Turn, found: ArrangementFound) -> Refusal:
    """Whose it is: who sees it may call it off, as long as it is to come."""
    can: dict[Yours, bool] = {"call_off": not found.over}
    return _of_others(turn, ("A", found.id, found.arranged_by), can, ())
