"""Where each role sits, and whether one person holds it there or several."""

from __future__ import annotations

from typing import Literal

from domain.rules.policy import Role

# These are replaced; all others are added and removed.
ONE_HOLDER: frozenset[Role] = frozenset({"leader", "liaison", "head", "deputy_head"})
# Their seats are the whole school's, so that no unit need be said.
OF_THE_SCHOOL: frozenset[Role] = frozenset({"head", "deputy_head", "working", "admin"})
# Without anybody here nobody could mend the roster, or decide.
NEVER_EMPTY: frozenset[Role] = frozenset({"head", "admin"})

PlaceKind = Literal["school", "unit", "class"]


def sits_in(role: Role, place: PlaceKind) -> bool:
    """Whether that role can have its seat there: a liaison in a unit, a teacher in a class too."""
    if role in OF_THE_SCHOOL:
        return place == "school"
    return place == "unit" or (role == "teacher" and place == "class")
