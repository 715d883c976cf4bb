"""Who may say that an account belongs to somebody: nobody gives away more than they have."""

from __future__ import annotations

from collections.abc import Iterable

from domain.rules.policy import Held, Role, Scope, Standing, Target, reaches, row

# Whom a unit's liaison knows and may let in; every other role reaches further than his own.
_KNOWN_TO_LIAISON: tuple[Role, ...] = ("teacher", "liaison")


def lets_in(standing: Standing, where: Target, whom: Iterable[Standing], *, rebind: bool) -> bool:
    """Whether somebody may let a newcomer in who knocked at `where`, as any one of `whom`.

    Whom nobody is named for is somebody new. A second account of the same person on one
    platform (`rebind`) is for the admin: it is how somebody else's name would be taken.
    """
    if "admin" in standing.roles:
        return True
    if rebind or not reaches(standing, row("roster", "bind").scopes, where):
        return False
    return binds_anybody(standing) or all(_within(standing, one) for one in whom)


def binds_anybody(standing: Standing) -> bool:
    """Whether the person may bind whichever account to whomever: the admin and the office."""
    scopes = row("roster", "bind").scopes
    return any(scopes[role] is Scope.SCHOOL for role in standing.roles)


def _within(standing: Standing, whom: Standing) -> bool:
    """Whether all that the other may do lies in the units of this one."""
    scopes = row("roster", "bind").scopes
    own = [seat for seat in whom.seats if seat.for_person is None]
    return all(
        seat.role in _KNOWN_TO_LIAISON and reaches(standing, scopes, target_of(seat))
        for seat in own
    )


def target_of(seat: Held) -> Target:
    """Where a seat is."""
    return Target(unit=seat.unit, grade=seat.grade, school_class=seat.school_class)
