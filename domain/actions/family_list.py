"""Brings the children and families in line with the school's list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from domain.actions.school import (
    ChildListed,
    FamilyListed,
    Home,
    add_children,
    add_families,
    index_children,
)
from domain.actions.sealing import row_key, sealed
from domain.models import Family, Student, StudentToken, Visit, Voice, WrappedKey

# So many ids a statement.
_BATCH = 500


@dataclass(frozen=True)
class ChildChange:
    """A child as the list has it; `name` is None where it stays as it is.

    A child who changes class or family needs its name, to be found and sealed there.
    """

    student: int
    family: int
    school_class: int
    seat: int | None
    listed: bool = True
    name: str | None = None


@dataclass(frozen=True)
class FamilyChange:
    """A family as the list has it, None where nothing was said."""

    family: int
    special: bool | None = None
    reason: str | None = None
    wishes: str | None = None


@dataclass(frozen=True)
class ListChanges:
    """All that the list changes: who is new, who joins a known family, who is another than before.

    `joined` are (the family that goes, the one it becomes part of); the children of the first are
    among `children`. `unseated` are children whose number is another's now.
    """

    families: tuple[FamilyListed, ...] = ()
    siblings: tuple[tuple[int, ChildListed], ...] = ()
    children: tuple[ChildChange, ...] = ()
    known: tuple[FamilyChange, ...] = ()
    joined: tuple[tuple[int, int], ...] = ()
    unseated: tuple[int, ...] = ()


async def take_family_list(changes: ListChanges) -> None:
    """Write them down; what a number was another's before is free first."""
    await _unseat([*changes.unseated, *(one.student for one in changes.children)])
    for change in changes.known:
        await _change_family(change)
    for child in changes.children:
        await _change_child(child)
    for gone, into in changes.joined:
        await _join(gone, into)
    if changes.siblings:
        homes = {family: await _home(family) for family in {one for one, _ in changes.siblings}}
        await add_children([(homes[family], child, True) for family, child in changes.siblings])
    if changes.families:
        await add_families(changes.families)


async def _unseat(students: Sequence[int]) -> None:
    for start in range(0, len(students), _BATCH):
        some: Collection[int] = students[start : start + _BATCH]
        await Student.filter(id__in=some).update(seat_number=None)


async def _home(family: int) -> Home:
    row = await Family.get(id=family)
    assert row.key_id is not None
    return Home(family, await row_key(row.key_id))


async def _change_family(change: FamilyChange) -> None:
    row = await Family.get(id=change.family)
    key = (await _home(change.family)).key
    if change.special is not None:
        row.special = change.special
    if change.reason is not None:
        row.special_reason = sealed(change.reason, Family, "special_reason", row.seal, key)
    if change.wishes is not None:
        row.wishes = sealed(change.wishes, Family, "wishes", row.seal, key)
    await row.save(update_fields=["special", "special_reason", "wishes"])


async def _change_child(change: ChildChange) -> None:
    values: dict[str, Any] = {
        "family_id": change.family,
        "school_class_id": change.school_class,
        "seat_number": change.seat,
        "listed": change.listed,
    }
    if change.name is not None:
        row = await Student.get(id=change.student)
        key = (await _home(change.family)).key
        values["name"] = sealed(change.name, Student, "name", row.seal, key)
        await StudentToken.filter(student_id=change.student).delete()
        child = ChildListed(change.school_class, change.seat, change.name)
        await index_children([(change.student, child)])
    await Student.filter(id=change.student).update(**values)


async def _join(gone: int, into: int) -> None:
    """Make one family of two: its visits and voices keep the key that they were sealed under."""
    family = await Family.get(id=gone)
    await Visit.filter(family_id=gone).update(family_id=into)
    await Voice.filter(family_id=gone).update(family_id=into)
    await family.delete()
    key = family.key_id
    used = await Visit.filter(key_id=key).exists() or await Voice.filter(key_id=key).exists()
    if key is not None and not used:
        await WrappedKey.filter(id=key).delete()
