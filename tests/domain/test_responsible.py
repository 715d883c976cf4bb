"""Who answers for a problem: by category, by grade, by leave, by who is named in it."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.around import Around, PassedOver, Sitting
from domain.rules.plan import read_plan
from domain.rules.responsible import Answering, answering_for

CHAIN = read_plan(None).chain
NOBODY = frozenset[int]()
LIAISON, LEADER, DEPUTY, HEAD, OFFICE, GRADE, WORKER, OTHER = range(1, 9)


def sits(*people: int) -> tuple[Sitting, ...]:
    return tuple(Sitting(one) for one in people)


def away(person: int, deputy: int | None = None) -> tuple[Sitting, ...]:
    return (Sitting(person, away=True, deputy=deputy),)


WHO = Around(
    liaison=sits(LIAISON),
    leader=sits(LEADER),
    working=sits(DEPUTY, WORKER),
    deputy_head=sits(DEPUTY),
    head=sits(HEAD),
    office=sits(OFFICE),
    leading_group=sits(HEAD, DEPUTY, LEADER),
)


def answers(
    who: Around = WHO, *named: int, classified: bool = True, grade: tuple[Sitting, ...] = ()
) -> Answering:
    return answering_for(who, frozenset(named), CHAIN, classified=classified, grade_leaders=grade)


def test_the_departments_line_leader_answers_and_the_grades_sees_it() -> None:
    assert answers(grade=sits(GRADE)) == Answering(LEADER, "leader", (GRADE,))
    assert answers(grade=sits(LEADER)) == Answering(LEADER, "leader")


def test_the_stand_in_answers_while_the_leader_is_away() -> None:
    assert answers(replace(WHO, leader=away(LEADER, OTHER))).person == OTHER
    assert answers(grade=away(GRADE, OTHER)).sees == (OTHER,)


def test_away_with_nobody_standing_in_the_next_seat_up_answers() -> None:
    assert answers(replace(WHO, leader=away(LEADER))) == Answering(
        DEPUTY, "deputy_head", (), (PassedOver("leader", LEADER, "away"),)
    )
    assert answers(replace(WHO, leader=(), deputy_head=())).person == HEAD


def test_who_is_named_neither_answers_for_it_nor_sees_it() -> None:
    assert answers(WHO, LEADER) == Answering(
        DEPUTY, "deputy_head", (), (PassedOver("leader", LEADER, "named"),)
    )
    assert answers(replace(WHO, leader=away(LEADER, OTHER)), LEADER).person == DEPUTY
    assert answers(WHO, LEADER, DEPUTY).person == HEAD
    assert answers(WHO, GRADE, grade=away(GRADE, OTHER)).sees == ()
    assert answers(WHO, OTHER, grade=away(GRADE, OTHER)).sees == ()


def test_without_a_category_the_grades_liaison_answers_else_the_working_groups_head() -> None:
    assert answers(classified=False) == Answering(LIAISON, "liaison")
    assert answers(replace(WHO, liaison=()), classified=False) == Answering(
        DEPUTY, "working", (), (PassedOver("liaison", None, "nobody"),)
    )
    assert answers(replace(WHO, liaison=()), DEPUTY, classified=False).person == WORKER
    alone = replace(WHO, liaison=(), working=())
    assert answers(alone, classified=False).seat == "deputy_head"


def test_about_the_head_the_deputy_head_answers_whatever_the_category() -> None:
    assert answers(WHO, HEAD) == Answering(DEPUTY, "deputy_head")
    assert answers(WHO, HEAD, classified=False).person == DEPUTY
    both = answers(WHO, HEAD, DEPUTY)
    assert (both.seat, both.person) == ("leading_group", LEADER)


def test_where_nobody_is_there_it_says_so() -> None:
    found = answers(Around())
    assert (found.person, found.seat) == (None, None)
    assert [one.role for one in found.passed_over] == ["leader", "deputy_head", "head", "office"]


PEOPLE = st.integers(1, 8)
SEATED = st.lists(st.builds(Sitting, PEOPLE, st.booleans(), st.none() | PEOPLE), max_size=3).map(
    tuple
)
ROSTERS = st.builds(Around, **{one.name: SEATED for one in fields(Around)})


@given(ROSTERS, st.frozensets(PEOPLE, max_size=5), st.booleans(), SEATED)
def test_nobody_answers_who_is_named_and_everyone_passed_over_is_told_of(
    who: Around, named: frozenset[int], classified: bool, grade: tuple[Sitting, ...]
) -> None:
    found = answering_for(who, named, CHAIN, classified=classified, grade_leaders=grade)
    assert found.person not in named
    assert not set(found.sees) & named
    assert found.person not in found.sees
    assert (found.person is None) == (found.seat is None)
    assert found.person is not None or found.passed_over
