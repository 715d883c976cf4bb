"""Takes in a list of families: who is new is added, who is known is brought in line with it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from commands.parsing.classes import ClassSaid
from domain.actions.family_list import take_family_list
from domain.actions.school import add_class
from domain.house import house
from domain.queries.family_list import ChildKnown, children_known, names_of_children
from domain.records import savepoint, today
from domain.sealing import SCHOOL_SCOPE, normalised, pinyin_of, scope_of_class
from service.lists.families import ChildRead, FamilyRead, read_families
from service.lists.family_changes import Taking, changes_of
from service.lists.faults import ListFault
from service.lists.matching import Matching, OnList, by_name, holders, settle_numbers
from service.lists.report import Taken

log = logging.getLogger(__name__)


async def take_families(file: Path) -> Taken:
    """Take the list in, all of it or nothing; ListFault when it can't be read."""
    taken = Taken()
    families = read_families(file, house().plan, taken.refused)
    async with savepoint():
        day = await today()
        taking = await _matched(families, day)
        changes = await changes_of(taking, day)
        await take_family_list(changes)
    _report(taking, {one.family for one in changes.known}, taken)
    log.info("families import: %s", taken.counts)
    return taken


# --- who is who ---------------------------------------------------------------------------


async def _matched(families: Sequence[FamilyRead], day: date) -> Taking:
    children = [child for family in families for child in family.children]
    said = sorted(
        {child.school_class for child in children}, key=lambda one: (one.grade, one.number)
    )
    classes = {one: await add_class(one.grade, one.number or 0, day) for one in said}
    rows = [_on_list(child, classes) for child in children]
    known = await children_known()
    matching = by_name(rows, known)
    settle_numbers(matching, known, await _corrected(children, matching, known))
    return Taking(families, children, classes, known, matching)


def _on_list(child: ChildRead, classes: Mapping[ClassSaid, int]) -> OnList:
    blind, name = house().blind, normalised(child.name)
    school_class = classes[child.school_class]
    return OnList(
        school_class=school_class,
        grade=child.school_class.grade,
        seat=child.seat,
        in_class=blind.token(scope_of_class(school_class), "name", name).hex(),
        in_school=blind.token(SCHOOL_SCOPE, "name", name).hex(),
    )


async def _corrected(
    children: Sequence[ChildRead], matching: Matching, known: Sequence[ChildKnown]
) -> Collection[int]:
    """The rows that have the number of a child whose name is theirs but for a slip."""
    doubtful = {
        place: child
        for place, child in holders(matching, known).items()
        if place not in matching.known
    }
    names = await names_of_children({child.id for child in doubtful.values()})
    return [
        place
        for place, child in doubtful.items()
        if child.id in names and _a_slip(names[child.id], children[place].name)
    ]


def _a_slip(before: str, after: str) -> bool:
    """Whether one name is the other misspelt: it sounds the same, or is a sign off after the first.

    >>> _a_slip("王晓明", "王小明"), _a_slip("张昌明", "张昌朋"), _a_slip("李雷", "王小明")
    (True, True, False)
    """
    one, other = normalised(before), normalised(after)
    if pinyin_of(one) == pinyin_of(other):
        return True
    return one[:1] == other[:1] and Levenshtein.distance(one, other) == 1


# --- what is said of it -------------------------------------------------------------------


def _report(taking: Taking, families: Collection[int], taken: Taken) -> None:
    """Count each row once; one is changed by what was said of its family, too."""
    matching = taking.matching
    for place, mend in matching.refused.items():
        taken.refused.append(taking.children[place].row.fault(*mend))
    for number, some in enumerate(taking.places()):
        of_family = taking.homes.get(number) in families
        for place in some:
            if place not in matching.known:
                taken.new += 1
            elif of_family or _is_changed(taking, place):
                taken.changed += 1
            else:
                taken.unchanged += 1
            taken.notes += _notes(taking, place)


def _is_changed(taking: Taking, place: int) -> bool:
    matching, child = taking.matching, taking.matching.known[place]
    return (
        place in matching.corrected
        or place in matching.moved
        or not child.listed
        or child.family in taking.joined
        or matching.seat(place) != child.seat
    )


def _notes(taking: Taking, place: int) -> list[ListFault]:
    """What may be a slip of the list, or of what is known; without any name."""
    row, matching = taking.children[place].row, taking.matching
    notes = []
    if place in matching.moved:
        notes.append(
            row.fault("这个孩子以前在别的班，已转到这个班", "moved here from another class")
        )
    if place in matching.corrected:
        notes.append(
            row.fault(
                "这个学号的姓名只差一点，当作同一个孩子，姓名已按名单改正",
                "the name that this number had was almost the same: taken for one child, "
                "and the name corrected",
            )
        )
    if place in matching.unseated:
        notes.append(
            row.fault(
                "这个学号以前是另一个孩子的；那个孩子和记录都还在，只是没有学号了",
                "this number was another child's, who is kept, with all records, without a number",
            )
        )
    return notes
