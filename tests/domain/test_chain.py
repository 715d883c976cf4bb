"""Who is told, who stands in, who is passed over and why, and who agrees to what is asked."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from domain.rules.around import Around, PassedOver, Place, Received, Sitting
from domain.rules.chain import about_head, alerted, approver_of, escalates, receivers
from domain.rules.plan import read_plan
from domain.rules.plan_base import Receiver
from domain.rules.policy import ROLES, Role
from domain.rules.rungs import rung_of

PLAN = read_plan(None)
CHAIN = PLAN.chain
NOBODY = frozenset[int]()
LIAISON, LEADER, DEPUTY, HEAD, OFFICE, TEACHER, WORKER, OTHER = range(1, 9)


def sits(*people: int) -> tuple[Sitting, ...]:
    return tuple(Sitting(one) for one in people)


def away(person: int, deputy: int | None = None) -> tuple[Sitting, ...]:
    return (Sitting(person, away=True, deputy=deputy),)


WHO = Around(
    responsible=sits(LEADER),
    teller=sits(TEACHER),
    liaison=sits(LIAISON),
    leader=sits(LEADER),
    working=sits(DEPUTY, WORKER),
    deputy_head=sits(DEPUTY),
    head=sits(HEAD),
    office=sits(OFFICE),
    leading_group=sits(HEAD, DEPUTY, LEADER),
)


def told(key: str, who: Around = WHO, barred: frozenset[int] = NOBODY) -> Received:
    """Who is told by that rung of the plan."""
    rung = rung_of(PLAN, key)
    return receivers(rung.to, who, barred, CHAIN, over=escalates(rung))


# --- the receiver proper ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "seat", "proper", "along"),
    [
        ("unclassified", "liaison", (LIAISON,), ()),
        ("unclaimed", "leader", (LEADER,), ()),
        ("assigned", "leader", (LEADER,), (DEPUTY,)),
        ("due_today", "responsible", (LEADER,), ()),
        ("overdue", "deputy_head", (DEPUTY,), (LEADER,)),
        ("overdue_to_head", "head", (HEAD,), (LEADER,)),
        ("supervised", "head", (HEAD,), (OFFICE, LEADER)),
        ("still_yours", "responsible", (LEADER,), ()),
        ("tell_family_again", "teller", (TEACHER,), ()),
        ("not_told", "office", (OFFICE,), ()),
        ("review_day", "responsible", (LEADER,), (HEAD,)),
    ],
)
def test_each_rung_reaches_whom_the_plan_names(
    key: str, seat: Place, proper: tuple[int, ...], along: tuple[int, ...]
) -> None:
    assert told(key) == Received(seat, proper, along)
    assert told(key).people == (*proper, *along)


def test_a_stand_in_receives_for_who_is_away() -> None:
    who = replace(WHO, deputy_head=away(DEPUTY, OTHER))
    assert told("overdue", who) == Received("deputy_head", (OTHER,), (LEADER,))


def test_nobody_in_the_seat_or_nobody_standing_in_passes_up_and_says_so() -> None:
    empty = replace(WHO, deputy_head=())
    assert told("overdue", empty) == Received(
        "head", (HEAD,), (LEADER,), (PassedOver("deputy_head", None, "nobody"),)
    )
    absent = replace(WHO, deputy_head=away(DEPUTY))
    assert told("overdue", absent).passed_over == (PassedOver("deputy_head", DEPUTY, "away"),)


def test_who_is_named_is_passed_over_and_so_is_who_stands_in_for_them() -> None:
    named = frozenset({DEPUTY})
    assert told("overdue", WHO, named) == Received(
        "head", (HEAD,), (LEADER,), (PassedOver("deputy_head", DEPUTY, "named"),)
    )
    absent = replace(WHO, deputy_head=away(DEPUTY, OTHER))
    assert told("overdue", absent, named).proper == (HEAD,)
    stand_in_named = told("overdue", absent, frozenset({OTHER}))
    assert stand_in_named.passed_over == (PassedOver("deputy_head", OTHER, "named"),)


def test_nobody_is_told_of_themselves_but_who_has_not_claimed_is_told_to() -> None:
    who = replace(WHO, responsible=sits(DEPUTY))
    assert told("overdue", who) == Received(
        "head", (HEAD,), (DEPUTY,), (PassedOver("deputy_head", DEPUTY, "responsible"),)
    )
    assert told("unclaimed").proper == (LEADER,)


def test_an_unanswered_question_goes_to_the_line_leader_or_over_the_claimer() -> None:
    outside = replace(WHO, responsible=sits(OTHER))
    assert told("no_answer", outside).proper == (LEADER,)
    assert told("no_answer").proper == (DEPUTY,)


def test_nobody_below_the_claimer_is_told_in_their_stead() -> None:
    """The head leads lines as well: over the head there is only the office."""
    heads_own = replace(WHO, responsible=sits(HEAD), leader=sits(HEAD))
    assert told("no_answer", heads_own) == Received(
        "office", (OFFICE,), (), (PassedOver("leader", HEAD, "responsible"),)
    )
    assert told("overdue_to_head", heads_own).proper == (OFFICE,)


def test_where_the_responsible_is_away_it_goes_over_their_seat() -> None:
    assert told("due_today", replace(WHO, responsible=away(LEADER))).proper == (DEPUTY,)
    assert told("due_today", replace(WHO, responsible=away(OTHER))).proper == (LEADER,)
    assert told("due_today", replace(WHO, responsible=away(LIAISON))).proper == (LEADER,)
    assert told("tell_family_again", replace(WHO, teller=away(TEACHER))).proper == (LIAISON,)


def test_about_the_head_it_goes_to_the_deputy_head_before_the_office() -> None:
    named = frozenset({HEAD})
    assert about_head(WHO, named)
    assert not about_head(WHO, frozenset({LEADER}))
    assert told("overdue_to_head", WHO, named) == Received(
        "deputy_head", (DEPUTY,), (LEADER,), (PassedOver("head", HEAD, "named"),)
    )
    without = replace(WHO, deputy_head=())
    assert told("overdue_to_head", without, named).proper == (OFFICE,)


def test_where_nobody_is_there_all_the_way_up_it_says_so() -> None:
    assert told("overdue", Around()) == Received(
        None,
        passed_over=(
            PassedOver("deputy_head", None, "nobody"),
            PassedOver("head", None, "nobody"),
            PassedOver("office", None, "nobody"),
            PassedOver("responsible", None, "nobody"),
        ),
    )


def test_a_chain_without_an_office_still_ends_there() -> None:
    short = with_(CHAIN, up=("leader", "head"))
    who = replace(WHO, head=())
    assert receivers(("leader",), replace(who, leader=()), NOBODY, short).proper == (OFFICE,)


# --- agreeing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asker", "roles", "approver"),
    [
        (TEACHER, {"teacher"}, LIAISON),
        (LIAISON, {"teacher", "liaison"}, LEADER),
        (LEADER, {"leader", "teacher"}, DEPUTY),
        (OTHER, {"leader"}, DEPUTY),
        (DEPUTY, {"leader", "deputy_head", "working"}, HEAD),
        (HEAD, {"leader", "head"}, DEPUTY),
        (OFFICE, {"office"}, DEPUTY),
        (WORKER, {"working", "teacher"}, DEPUTY),
    ],
)
def test_the_next_seat_up_agrees(asker: int, roles: set[Role], approver: int) -> None:
    assert approver_of(asker, frozenset(roles), WHO, NOBODY, CHAIN).proper == (approver,)


def test_nobody_agrees_to_what_they_ask_themselves() -> None:
    who = replace(WHO, deputy_head=sits(LEADER))
    found = approver_of(LEADER, frozenset({"leader"}), who, NOBODY, CHAIN)
    assert found == Received("head", (HEAD,), (), (PassedOver("deputy_head", LEADER, "asker"),))
    stands_in = replace(WHO, deputy_head=away(DEPUTY, LEADER))
    assert approver_of(LEADER, frozenset({"leader"}), stands_in, NOBODY, CHAIN).proper == (HEAD,)


def test_nobody_agrees_who_is_named_and_about_the_head_it_is_another_of_the_leading_group() -> None:
    leader = frozenset[Role]({"leader"})
    assert approver_of(LEADER, leader, WHO, frozenset({DEPUTY}), CHAIN).proper == (HEAD,)
    assert approver_of(LEADER, leader, WHO, frozenset({HEAD}), CHAIN).proper == (DEPUTY,)
    deputys = approver_of(DEPUTY, frozenset({"deputy_head"}), WHO, frozenset({HEAD}), CHAIN)
    assert (deputys.seat, deputys.proper) == ("leading_group", (LEADER,))


def test_the_second_reminder_goes_over_the_approver_and_never_to_who_asked() -> None:
    who = replace(WHO, approver=sits(DEPUTY), asker=sits(LEADER))
    assert told("approve_again", who).proper == (DEPUTY,)
    assert told("approve_up", who).proper == (HEAD,)
    heads = replace(WHO, approver=sits(DEPUTY), asker=sits(HEAD))
    assert told("approve_up", heads) == Received(
        "office", (OFFICE,), (), (PassedOver("head", HEAD, "asker"),)
    )


# --- danger -------------------------------------------------------------------------------------


def test_of_danger_all_are_told_and_who_is_named_is_skipped() -> None:
    first = PLAN.red_flags.first
    assert alerted(first, WHO, NOBODY, CHAIN) == Received("head", (HEAD, LEADER))
    assert alerted(first, WHO, frozenset({HEAD}), CHAIN) == Received(
        "leader", (LEADER,), (), (PassedOver("head", HEAD, "named"),)
    )
    assert alerted(first, replace(WHO, leader=sits(HEAD)), NOBODY, CHAIN).people == (HEAD,)
    assert alerted(first, replace(WHO, head=away(HEAD, OTHER)), NOBODY, CHAIN).people == (
        OTHER,
        LEADER,
    )


def test_of_danger_somebody_is_always_told() -> None:
    both = frozenset({HEAD, LEADER})
    assert alerted(PLAN.red_flags.first, WHO, both, CHAIN).people == (DEPUTY,)
    assert alerted(PLAN.red_flags.then, WHO, both, CHAIN).people == (DEPUTY,)


# --- whatever the roster ------------------------------------------------------------------------

PEOPLE = st.integers(1, 8)
SITTINGS = st.builds(Sitting, PEOPLE, st.booleans(), st.none() | PEOPLE)
SEATED = st.lists(SITTINGS, max_size=3).map(tuple)
ROSTERS = st.builds(
    Around,
    **{
        one.name: SEATED
        for one in fields(Around)
        if one.name not in ("privy", "recorder", "unreached")
    },
)
BARRED = st.frozensets(PEOPLE, max_size=4)
TO = st.lists(st.sampled_from(get_args(Receiver)), min_size=1, max_size=3, unique=True).map(tuple)


@given(TO, ROSTERS, BARRED, st.booleans())
def test_it_ends_with_somebody_or_says_that_nobody_is_there(
    to: tuple[Receiver, ...], who: Around, barred: frozenset[int], over: bool
) -> None:
    found = receivers(to, who, barred, CHAIN, over=over)
    assert (found.seat is None) == (not found.proper)
    assert found.proper or found.passed_over
    assert not set(found.people) & barred
    assert len(set(found.people)) == len(found.people)
    if found.seat is None:
        assert any(one.role == "office" for one in found.passed_over)
    if over:
        busy = {p for one in who.responsible for p in (one.person, one.present)}
        assert not set(found.proper) & busy


@given(PEOPLE, st.frozensets(st.sampled_from(ROLES), max_size=4), ROSTERS, BARRED)
def test_the_approver_is_never_the_asker_nor_named(
    asker: int, roles: frozenset[Role], who: Around, barred: frozenset[int]
) -> None:
    found = approver_of(asker, roles, who, barred, CHAIN)
    assert asker not in found.people
    assert not set(found.people) & barred
    assert found.proper or found.passed_over


@given(ROSTERS, BARRED)
def test_danger_reaches_somebody_who_is_there_and_nobody_who_is_named(
    who: Around, barred: frozenset[int]
) -> None:
    found = alerted(PLAN.red_flags.first, who, barred, CHAIN)
    assert not set(found.people) & barred
    offices = {one.present for one in who.office if one.person not in barred} - barred - {None}
    assert found.people or not offices


@given(ROSTERS, BARRED, st.sampled_from([rung.key for rung in PLAN.rungs]))
def test_who_is_passed_over_for_cause_has_a_person_and_an_empty_seat_has_none(
    who: Around, barred: frozenset[int], key: str
) -> None:
    for one in told(key, who, barred).passed_over:
        assert (one.person is None) == (one.why == "nobody")


@given(TO, ROSTERS, BARRED, SEATED, SEATED, st.booleans())
def test_no_reminder_of_a_red_flag_reaches_anybody_who_does_not_know_of_it(
    to: tuple[Receiver, ...],
    who: Around,
    barred: frozenset[int],
    privy: Any,
    recorder: Any,
    over: bool,
) -> None:
    who = replace(who, privy=privy, recorder=recorder)
    found = receivers(to, who, barred, CHAIN, over=over)
    know = {p for one in (*privy, *recorder) for p in (one.person, one.present)} - {None}
    stand_in = {
        one.present
        for place in fields(Around)
        if place.name not in ("privy", "recorder", "unreached")
        for one in getattr(who, place.name)
        if one.person in know
    }
    assert set(found.people) <= know | stand_in
    assert not set(found.people) & barred
    there = {one.present for one in privy if one.person not in barred} - barred - {None}
    assert found.proper or not there


@given(TO, ROSTERS, BARRED, st.frozensets(PEOPLE))
def test_nothing_goes_to_whom_nothing_can_be_told(
    to: tuple[Receiver, ...], who: Around, barred: frozenset[int], unreached: frozenset[int]
) -> None:
    found = receivers(to, replace(who, unreached=unreached), barred, CHAIN)
    assert not set(found.people) & unreached
    if not unreached:
        assert found == receivers(to, who, barred, CHAIN)


def test_who_has_no_account_is_passed_over_and_that_is_said() -> None:
    found = told("unclaimed", replace(WHO, unreached=frozenset({LEADER})))
    assert found.proper == (DEPUTY,)
    assert PassedOver("leader", LEADER, "no_account") in found.passed_over


def test_a_red_flag_s_reminder_passes_the_liaison_over_who_knows_nothing_of_it() -> None:
    found = told("unclassified", replace(WHO, privy=sits(HEAD, TEACHER)))
    assert found.proper == (HEAD,)
    alone = told("unclassified", replace(WHO, privy=(), recorder=sits(TEACHER)))
    assert (alone.seat, alone.proper) == ("recorder", (TEACHER,))


def test_of_those_who_know_of_a_red_flag_who_recorded_it_is_told_last() -> None:
    who = replace(WHO, head=(), privy=sits(LEADER), recorder=sits(TEACHER))
    assert told("overdue", replace(who, responsible=sits(OTHER))).proper == (LEADER,)
    assert told("overdue", who).proper == (TEACHER,)  # nobody is told of oneself
    alone = told("overdue", replace(who, recorder=away(TEACHER)))
    assert (alone.seat, alone.proper) == ("privy", (LEADER,))
    assert told("tell_family_again", who).proper == (TEACHER,)


def test_nobody_comes_to_agree_to_something_by_knowing_of_a_red_flag_alone() -> None:
    asked = replace(WHO, approver=sits(DEPUTY), asker=sits(LEADER), recorder=sits(TEACHER))
    known = replace(asked, head=(), privy=sits(DEPUTY, LEADER))
    again = told("approve_up", known)
    assert (again.seat, again.proper) == ("approver", (DEPUTY,))
    without = told("approve_up", replace(known, approver=away(DEPUTY), privy=sits(OTHER, LEADER)))
    assert (without.seat, without.proper) == ("privy", (OTHER,))
