"""Who answers for a problem: its department's line leader, or who first has to look at it.

By the roster of the day, whoever stands in included (the plan, annex 3: 联系条线).
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.rules.around import Around, PassedOver, Place, Seated
from domain.rules.chain import about_head, climb
from domain.rules.plan_clock import Chain


@dataclass(frozen=True)
class Answering:
    """Who answers for a problem, in which seat; None where nobody is there, all the way up.

    `sees` are the grade's line leaders, who are told of it too. `passed_over` says who would have
    answered for it before.
    """

    person: int | None
    seat: Place | None
    sees: tuple[int, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


def answering_for(
    who: Around,
    barred: frozenset[int],
    chain: Chain,
    *,
    classified: bool,
    grade_leaders: Seated = (),
) -> Answering:
    """Who answers for it: `who.leader` is the line leader of its category's department.

    Without a category yet it is the grade's liaison, else the working group (its head first). What
    names the head is the deputy head's. Nobody who is named (`barred`) ever answers for it.
    """
    found = climb(_way(who, barred, chain, classified=classified), who, barred, {})
    person = found.proper[0] if found.proper else None
    return Answering(
        person,
        found.seat,
        tuple(one for one in _looking_on(grade_leaders, barred) if one != person),
        found.passed_over,
    )


def _way(
    who: Around, barred: frozenset[int], chain: Chain, *, classified: bool
) -> tuple[Place, ...]:
    if about_head(who, barred):
        # The office knows the number only, so that it comes last.
        return ("deputy_head", "leading_group", "office")
    first: tuple[Place, ...] = ("leader",) if classified else ("liaison", "working")
    above = chain.up[chain.up.index("leader") + 1 :] if "leader" in chain.up else chain.up
    return (*first, *(role for role in above if role not in (*first, "office")), "office")


def _looking_on(grade_leaders: Seated, barred: frozenset[int]) -> tuple[int, ...]:
    """Who leads the grade today; not who is named, nor who stands in for them."""
    there = (one.present for one in grade_leaders if one.person not in barred)
    return tuple(dict.fromkeys(one for one in there if one is not None and one not in barred))
