"""Finds, for each child of a list, which known child it is, by tokens of names and by numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.queries.family_list import ChildKnown
from service.lists.faults import Mend


@dataclass(frozen=True)
class OnList:
    """A child as its row has it: the class by id, the name by its tokens in class and school."""

    school_class: int
    grade: int
    seat: int | None
    in_class: str
    in_school: str


@dataclass
class Matching:
    """Which known child each row is, by the row's place in the list; who isn't there is new."""

    rows: Sequence[OnList]
    known: dict[int, ChildKnown] = field(default_factory=dict)
    refused: dict[int, Mend] = field(default_factory=dict)
    # Whom refused rows may have meant: they stay as they are.
    held: list[ChildKnown] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    corrected: set[int] = field(default_factory=set)
    # The number is this row's now, of which this child was the holder.
    unseated: dict[int, ChildKnown] = field(default_factory=dict)

    @property
    def open(self) -> list[int]:
        """The rows that are nobody's yet."""
        return [place for place in range(len(self.rows)) if place not in self.taken]

    @property
    def taken(self) -> Collection[int]:
        """The rows about which there is nothing left to find."""
        return self.known.keys() | self.refused.keys()

    def free(self, known: Iterable[ChildKnown]) -> list[ChildKnown]:
        """The known children who are no row's yet."""
        taken = {child.id for child in (*self.known.values(), *self.held)}
        return [child for child in known if child.id not in taken]

    def seat(self, place: int) -> int | None:
        """The number that the row's child will have: the list's, else the one it has there."""
        row, child = self.rows[place], self.known.get(place)
        if row.seat is None and child is not None and child.school_class == row.school_class:
            return child.seat
        return row.seat


def by_name(rows: Sequence[OnList], known: Sequence[ChildKnown]) -> Matching:
    """By name and number, then by name in the class, then by name from another class.

    A name counts only where it can be no other child's.
    """
    matching = Matching(rows)
    _same(matching, known)
    _in_class(matching, known)
    _from_another_class(matching, known)
    return matching


def _same(matching: Matching, known: Sequence[ChildKnown]) -> None:
    seats = {(child.school_class, child.seat): child for child in known if child.seat is not None}
    for place, row in enumerate(matching.rows):
        child = row.seat is not None and seats.get((row.school_class, row.seat))
        if child and row.in_class in child.tokens:
            matching.known[place] = child


def _in_class(matching: Matching, known: Sequence[ChildKnown]) -> None:
    for places, children in _groups(matching, known, lambda row: row.in_class):
        listed = [child for child in children if child.listed]
        # Whom a teacher recorded and the list didn't know is that child, if it can be no other.
        candidates = listed or children
        if len(places) == 1 and len(candidates) == 1:
            matching.known[places[0]] = candidates[0]
        elif listed:
            matching.refused.update(dict.fromkeys(places, _which(listed)))
            matching.held += listed


def _which(children: Sequence[ChildKnown]) -> Mend:
    numbers = sorted(child.seat for child in children if child.seat is not None)
    zh = "、".join(f"{number}号" for number in numbers) or "没有学号"
    en = ", ".join(map(str, numbers)) or "without a number"
    return (
        f"这个班记录里已有同名的孩子（{zh}），请先按记录里的学号导入一次",
        f"the class has that name already ({en}); import the list once with those numbers",
    )


def _from_another_class(matching: Matching, known: Sequence[ChildKnown]) -> None:
    """Of the same grade only, and out of a class that the list covers: there it would stand."""
    grades = {row.school_class: row.grade for row in matching.rows}
    here = [child for child in known if child.listed and child.school_class in grades]
    for places, children in _groups(matching, here, lambda row: row.in_school):
        if len(places) != 1:
            continue
        row = matching.rows[places[0]]
        of_grade = [one for one in children if grades[one.school_class] == row.grade]
        if len(of_grade) == 1:
            matching.known[places[0]] = of_grade[0]
            matching.moved.add(places[0])


def _groups(
    matching: Matching, known: Iterable[ChildKnown], token: Callable[[OnList], str]
) -> Iterable[tuple[list[int], list[ChildKnown]]]:
    """The rows and the children, of those still open, that bear one name."""
    children: Mapping[str, list[ChildKnown]] = defaultdict(list)
    for child in matching.free(known):
        for one in child.tokens:
            children[one].append(child)
    places: dict[str, list[int]] = defaultdict(list)
    for place in matching.open:
        places[token(matching.rows[place])].append(place)
    return [(some, children[name]) for name, some in places.items() if name in children]


# --- numbers ------------------------------------------------------------------------------


def holders(matching: Matching, known: Sequence[ChildKnown]) -> dict[int, ChildKnown]:
    """For rows whose number is that of a known child who is no row's: that child."""
    seats = {
        (child.school_class, child.seat): child
        for child in matching.free(known)
        if child.seat is not None
    }
    wanted = {
        place: (row.school_class, row.seat)
        for place, row in enumerate(matching.rows)
        if place not in matching.refused
    }
    return {place: seats[seat] for place, seat in wanted.items() if seat in seats}


def settle_numbers(
    matching: Matching, known: Sequence[ChildKnown], corrected: Collection[int]
) -> None:
    """Give each row its number; the rows of `corrected` are the holder's, under a mended name.

    Another holder keeps all but the number. A row is refused where its number stays another's.
    """
    for place, child in holders(matching, known).items():
        if place in corrected and place not in matching.known:
            matching.known[place] = child
            matching.corrected.add(place)
    while clashes := _clashes(matching):
        matching.refused.update(clashes)
        matching.held += [matching.known.pop(place) for place in clashes if place in matching.known]
    matching.unseated = holders(matching, known)


def _clashes(matching: Matching) -> dict[int, Mend]:
    """Rows whose number stays another child's: its own row gives it no other."""
    staying = [
        child
        for place, child in matching.known.items()
        if matching.seat(place) == child.seat and matching.rows[place].seat is None
    ]
    kept = {(child.school_class, child.seat) for child in (*staying, *matching.held)}
    wanted: dict[tuple[int, int | None], int] = {
        (row.school_class, row.seat): place
        for place, row in enumerate(matching.rows)
        if row.seat is not None and place not in matching.refused
    }
    mend = (
        "这个学号在记录里是另一个孩子的，名单里那个孩子没写学号，请给两人都写上学号",
        "that number is another child's, whose row has no number; write the numbers of both",
    )
    return {wanted[seat]: mend for seat in kept & wanted.keys()}
