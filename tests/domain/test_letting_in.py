"""Nobody lets in who could do more than they could themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.letting_in import binds_anybody, lets_in
from domain.rules.policy import READING, ROLES, Held, Role, Scope, Standing, Target, row

GRADE = Target(unit=7, grade=7)
LIAISON = Standing(1, (Held("liaison", unit=7, grade=7),))
PLACES = (
    {"unit": 7, "grade": 7},
    {"school_class": 73, "grade": 7},
    {"unit": 8, "grade": 8},
    {"school_class": 81, "grade": 8},
    {"unit": 20},
    {"unit": 1, "root": True},
)
seats = st.builds(
    lambda role, place: Held(role, **place), st.sampled_from(ROLES), st.sampled_from(PLACES)
)
people = st.lists(seats, max_size=3).map(lambda held: Standing(2, tuple(held)))


def one(role: Role) -> Standing:
    return Standing(1, (Held(role, unit=1, root=True),))


def test_who_may_let_in_somebody_new() -> None:
    able = {role for role in ROLES if lets_in(one(role), GRADE, (), rebind=False)}
    assert able == {"liaison", "office", "admin"}
    assert {role for role in ROLES if binds_anybody(one(role))} == {"office", "admin"}
    assert {role for role in ROLES if lets_in(one(role), GRADE, (), rebind=True)} == {"admin"}


def test_a_liaison_lets_in_teachers_of_the_own_grade_and_no_other() -> None:
    for role in ROLES:
        for place in PLACES:
            whom = Standing(2, (Held(role, **place),))
            own = role in ("teacher", "liaison") and place.get("grade") == 7
            assert lets_in(LIAISON, GRADE, [whom], rebind=False) is own, (role, place)


def test_nowhere_is_nobodys_liaisons() -> None:
    assert not lets_in(LIAISON, Target(), (), rebind=False)
    assert not lets_in(LIAISON, Target(unit=8, grade=8), (), rebind=False)


@given(st.lists(people, max_size=3))
def test_whom_a_liaison_lets_in_reads_no_more_than_he(whom: list[Standing]) -> None:
    if not lets_in(LIAISON, GRADE, whom, rebind=False):
        return
    for person in whom:
        for seat in person.seats:
            assert READING["family"][seat.role] <= READING["family"]["liaison"]
            assert row("roster", "bind").scopes[seat.role] < Scope.SCHOOL
            assert seat.grade == 7


@given(people, people)
def test_one_more_whom_it_may_be_makes_nothing_easier(by: Standing, whom: Standing) -> None:
    if lets_in(by, GRADE, [whom], rebind=False):
        assert lets_in(by, GRADE, (), rebind=False)
    if lets_in(by, GRADE, [whom], rebind=True):
        assert lets_in(by, GRADE, [whom], rebind=False)
