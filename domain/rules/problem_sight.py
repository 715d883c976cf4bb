"""Who may know of a problem: for everyone else there is no such number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.rules.policy import READING, Role, Scope, Standing, Target, reaches


@dataclass(frozen=True)
class Sight:
    """What decides who may know of a problem, as ids.

    `places` are where it arose and who answers for it. `heard_by` are those who recorded a voice
    of it, also one that came with a problem merged into it. `barred` are those whom it names;
    `privy` those who were alerted of a red flag, claimed it or work on it; `asked` those who are
    asked to agree to something about it; `about_head`: it names the head of the leading group.
    """

    recorded_by: int
    responsible: int | None
    handed_to: int | None
    places: tuple[Target, ...]
    heard_by: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    privy: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    red_flag: bool = False
    about_head: bool = False

    @property
    def concerned(self) -> frozenset[int]:
        """Those who have to do with it themselves, wherever they sit."""
        people = {self.recorded_by, self.responsible, self.handed_to}
        people |= self.heard_by | self.asked | self.privy
        return frozenset(person for person in people if person is not None)


def sees(standing: Standing, sight: Sight) -> bool:
    """Whether the person may know of it at all.

    Whom it names is denied it whatever else they are; a red flag is for those who have to do with
    it alone.
    """
    if standing.person in sight.barred:
        return False
    if not sight.concerned.isdisjoint(acts_for(standing)):
        return True
    scopes = READING["problem"]
    if sight.about_head:
        # The office works for the head: of what names them it knows the number only.
        scopes = {**scopes, "office": Scope.NONE}
    return not sight.red_flag and reaches_any(standing, scopes, sight.places)


def acts_for(standing: Standing) -> frozenset[int]:
    """The person, and everybody in whose place they stand today."""
    absent = {seat.for_person for seat in standing.seats if seat.for_person is not None}
    return frozenset({standing.person} | absent)


def reaches_any(
    standing: Standing, scopes: Mapping[Role, Scope], places: tuple[Target, ...]
) -> bool:
    """Whether any of the person's seats reaches where it arose or who answers for it."""
    return any(reaches(standing, scopes, place) for place in places)


def knows_who_told(standing: Standing, sight: Sight) -> bool:
    """Whether the person may know whose words they are: who recorded them, and the office."""
    mine = standing.person == sight.recorded_by
    return mine or (sees(standing, sight) and "office" in standing.roles)


def knows_whose(standing: Standing, sight: Sight, recorder: int) -> bool:
    """Whether the person may know whose voice it is: who recorded it, or stands in; the office."""
    if standing.person in sight.barred:
        return False
    return recorder in acts_for(standing) or knows_who_told(standing, sight)


def may_claim(standing: Standing, sight: Sight) -> bool:
    """Whether a leader may take it at all: any ordinary one, of a red flag who was alerted."""
    if standing.person in sight.barred:
        return False
    return not sight.red_flag or not sight.privy.isdisjoint(acts_for(standing))
