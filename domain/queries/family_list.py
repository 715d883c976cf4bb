"""What is known of the children and families that a list speaks of; names stay closed but a few."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from domain.models import Family, Student, StudentToken
from domain.queries.opening import opened


@dataclass(frozen=True)
class ChildKnown:
    """A child by id: where it sits, whether the school's list has it, the tokens of its name."""

    id: int
    family: int
    school_class: int
    seat: int | None
    listed: bool
    tokens: frozenset[str]


@dataclass(frozen=True)
class FamilyKnown:
    """What is written of a family as a whole; None where nothing is, or it was erased."""

    id: int
    special: bool
    reason: str | None
    wishes: str | None


async def children_known() -> tuple[ChildKnown, ...]:
    """All children, by id."""
    tokens: dict[int, set[str]] = {}
    for student, token in await StudentToken.all().values_list("student_id", "token"):
        tokens.setdefault(int(str(student)), set()).add(str(token))
    rows = (
        await Student.all()
        .order_by("id")
        .values_list("id", "family_id", "school_class_id", "seat_number", "listed")
    )
    return tuple(
        ChildKnown(
            child, family, school_class, seat, bool(listed), frozenset(tokens.get(child, ()))
        )
        for child, family, school_class, seat, listed in rows
    )


async def families_known(families: Collection[int]) -> dict[int, FamilyKnown]:
    """What is written of these families, opened."""
    rows = await Family.filter(id__in=families).prefetch_related("key")
    return {
        row.id: FamilyKnown(
            row.id,
            row.special,
            opened(row, "special_reason", row.key),
            opened(row, "wishes", row.key),
        )
        for row in rows
    }


async def names_of_children(children: Collection[int]) -> dict[int, str]:
    """The names of these children; those that were erased are left out."""
    rows = await Student.filter(id__in=children).prefetch_related("family__key")
    names = {row.id: opened(row, "name", row.family.key) for row in rows}
    return {child: name for child, name in names.items() if name is not None}
