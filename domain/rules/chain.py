"""Who is told: the seat a rung names, who stands in there, and who is next up where nobody can."""

from __future__ import annotations

from collections.abc import Mapping

from domain.rules.around import Around, PassedOver, Place, Received, Seated, Sitting, Why
from domain.rules.plan_base import Receiver
from domain.rules.plan_clock import Chain, Rung
from domain.rules.policy import Role

# Where it goes on upwards from those who have no seat of their own in the chain: a leader who
# claims outside the own line is asked after with the line leader (逐级).
_ABOVE: Mapping[Place, Role] = {
    "teller": "liaison",
    "responsible": "leader",
    "approver": "deputy_head",
    "working": "deputy_head",
    "leading_group": "head",
}

# Several sit here side by side: who is part of it is passed over alone.
_GROUPS: frozenset[Place] = frozenset({"working", "office", "leading_group"})


def escalates(rung: Rung) -> bool:
    """Whether it goes over the head of the responsible, who then can't be its receiver."""
    return rung.ladder in ("due", "answer") and rung.to[0] != "responsible"


def receivers(
    to: tuple[Receiver, ...],
    who: Around,
    barred: frozenset[int],
    chain: Chain,
    *,
    over: bool = False,
) -> Received:
    """Who is told: the first of `to`, or the next up who can be; the others of `to` along.

    Of a red flag only those are told who know of it already (`who.privy`); where none of them is
    on the way up, others of them are. `barred` are those named in the problem. With `over` (see
    `escalates`) the responsible isn't the receiver proper: nobody is told of oneself.
    """
    first, *others = to
    start = () if first == "next_up" else (first,)
    way = (*start, *_above("approver" if first == "next_up" else first, who, chain))
    busy = _busy(first, who, over=over)
    found = climb(way, who, barred, busy)
    if not found.proper and who.privy is not None:
        people = _those_who_know(first, who, barred, busy)
        found = Received(*people, passed_over=found.passed_over)
    tried = [_try(place, who, barred, {}) for place in others]
    along = dict.fromkeys(person for people, _ in tried for person in people)
    return Received(
        found.seat,
        found.proper,
        tuple(person for person in along if person not in found.proper),
        (*found.passed_over, *(one for _, gone in tried for one in gone)),
    )


def _those_who_know(
    first: Receiver, who: Around, barred: frozenset[int], busy: Mapping[int, Why]
) -> tuple[Place | None, tuple[int, ...]]:
    """Nobody up the chain may be told of a red flag: those who know must see to it.

    Who was asked to agree is asked once more. Who recorded it can do little about the rest.
    """
    places: tuple[Place, ...] = ("privy", "recorder")
    if first == "next_up":
        places = ("approver", "privy")
        busy = {person: why for person, why in busy.items() if why != "approver"}
    for place in places:
        people, _ = _try(place, who, barred, busy)
        if people:
            return place, people
    # Better to be told of oneself than that nobody is told.
    people, _ = _try("privy", who, barred, {})
    return ("privy" if people else None), people


def approver_of(
    asker: int, roles: frozenset[Role], who: Around, barred: frozenset[int], chain: Chain
) -> Received:
    """Who agrees to what the asker asks: the next seat up from the highest of the asker's `roles`.

    For the head it is the deputy head. Never the asker, who may sit in several seats, and nobody
    who is named.
    """
    way = _over_roles(roles, chain)
    if about_head(who, barred):
        # The office knows the number only.
        way = (*(place for place in way if place != "office"), "leading_group", "office")
    return climb(way, who, barred, {asker: "asker"})


def alerted(
    to: tuple[Receiver, ...], who: Around, barred: frozenset[int], chain: Chain
) -> Received:
    """Who is told of danger: all of `to` at once, those named in it left out.

    `who.leader` is here the line leader of the department that the plan's red flags name. Where
    none of `to` is there, the leading group is told, and the office last of all.
    """
    tried = [(place, *_try(place, who, barred, {})) for place in to]
    people = tuple(dict.fromkeys(person for _, there, _ in tried for person in there))
    if not people:
        return receivers(("leading_group",), who, barred, chain)
    seat = next(place for place, there, _ in tried if there)
    return Received(seat, people, passed_over=tuple(one for *_, gone in tried for one in gone))


def about_head(who: Around, barred: frozenset[int]) -> bool:
    """Whether the problem names the head: it is then the deputy head's."""
    return any(sitting.person in barred for sitting in who.head)


def climb(
    way: tuple[Place, ...], who: Around, barred: frozenset[int], busy: Mapping[int, Why]
) -> Received:
    """The first place of the way where somebody can be told, and who was passed over on it.

    `busy` are those who can't be told of it since they are part of it. Whoever is passed over for
    that isn't answered for by somebody below them.
    """
    passed: list[PassedOver] = []
    rest = list(_round_the_head(way, who, barred))
    while rest:
        place = rest.pop(0)
        people, gone = _try(place, who, barred, busy)
        passed += gone
        if people:
            return Received(place, people, passed_over=tuple(passed))
        seats = _seats_of({one.person for one in gone if one.person in busy}, who, rest)
        rest = rest[max(seats, default=-1) + 1 :]
    return Received(passed_over=tuple(passed))


def _round_the_head(
    way: tuple[Place, ...], who: Around, barred: frozenset[int]
) -> tuple[Place, ...]:
    """The way, with the deputy head behind a head who is named, before the office."""
    if "head" not in way or "deputy_head" in way or not about_head(who, barred):
        return way
    behind = way.index("head") + 1
    return (*way[:behind], "deputy_head", *way[behind:])


def _try(
    place: Place, who: Around, barred: frozenset[int], busy: Mapping[int, Why]
) -> tuple[tuple[int, ...], list[PassedOver]]:
    """Who can be told in that place, and who sits there and can't."""
    seated = who.of(place)
    people: list[int] = []
    gone = [] if seated else [PassedOver(place, None, "nobody")]
    for sitting in seated:
        person, why = _present(sitting, who, barred, busy)
        if why is None:
            people.append(person)
        else:
            gone.append(PassedOver(place, person, why))
    return tuple(dict.fromkeys(people)), gone


def _present(
    sitting: Sitting, who: Around, barred: frozenset[int], busy: Mapping[int, Why]
) -> tuple[int, Why | None]:
    """Who acts for that seat; or who doesn't, and why: nobody stands in where one is involved.

    Who stands in for somebody knows what they know.
    """
    present = sitting.present
    for person in (sitting.person, sitting.person if present is None else present):
        if person in barred:
            return person, "named"
        if person in busy:
            return person, busy[person]
    if present is None:
        return sitting.person, "away"
    if not _may_know(sitting, who):
        return present, "not_privy"
    return present, "no_account" if present in who.unreached else None


def _may_know(sitting: Sitting, who: Around) -> bool:
    if who.privy is None:
        return True
    return not _persons((*who.privy, *who.recorder)).isdisjoint({sitting.person, sitting.present})


def _busy(first: Receiver, who: Around, *, over: bool) -> dict[int, Why]:
    busy: dict[int, Why] = {}
    if over:
        busy |= dict.fromkeys(_persons(who.responsible), "responsible")
    if first in ("approver", "next_up"):
        busy |= dict.fromkeys(_persons(who.asker), "asker")
    if first == "next_up":
        busy |= dict.fromkeys(_persons(who.approver), "approver")
    return busy


def _persons(seated: Seated) -> set[int]:
    """Those who sit there, and those who stand in."""
    both = (one for sitting in seated for one in (sitting.person, sitting.present))
    return {one for one in both if one is not None}


def _above(place: Place, who: Around, chain: Chain) -> tuple[Place, ...]:
    """The seats above a place, or above the highest seat of those who are there."""
    if place == "office":
        return ()
    if place in _leading(chain):
        return _from(chain, _leading(chain).index(place) + 1)
    if place in ("responsible", "teller", "approver"):
        seats = _seats_of({one.person for one in who.of(place)}, who, _leading(chain))
        if seats:
            return _from(chain, max(seats) + 1)
    return _from(chain, _index(chain, _ABOVE.get(place, "liaison")))


def _over_roles(roles: frozenset[Role], chain: Chain) -> tuple[Place, ...]:
    """The seats above the highest of the roles; the office works to the heads and isn't one."""
    if "head" in roles:
        return ("deputy_head", "office")
    held = [place for place, role in enumerate(_leading(chain)) if role in roles]
    if held:
        return _from(chain, held[-1] + 1)
    below: Role = "deputy_head" if roles & {"office", "working"} else "liaison"
    return _from(chain, _index(chain, below))


def _leading(chain: Chain) -> list[Place]:
    """The chain as far as its seats are above each other; the office is beside them."""
    return [role for role in chain.up if role != "office"]


def _seats_of(people: set[int | None], who: Around, places: list[Place]) -> list[int]:
    """At which of the places any of the people has a seat above others."""
    return [
        index
        for index, place in enumerate(places)
        if place not in _GROUPS and any(one.person in people for one in who.of(place))
    ]


def _index(chain: Chain, role: Role) -> int:
    """Where the role stands in the chain, 0 when the plan leaves it out."""
    seats = _leading(chain)
    return seats.index(role) if role in seats else 0


def _from(chain: Chain, start: int) -> tuple[Place, ...]:
    """The chain from there on; above all of it is the office."""
    return (*_leading(chain)[start:], "office")
