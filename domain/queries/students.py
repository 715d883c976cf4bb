"""Finds a child by name, sound or seat number, without a name being stored in the open."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from domain.house import house
from domain.models import Student, StudentToken, Visit
from domain.queries.opening import opened
from domain.queries.people import people_called
from domain.sealing import SCHOOL_SCOPE, normalised, pinyin_of, scope_of_class

# How alike (0 to 100) a name must be to be offered, by its signs or by its sound.
_NEAR = 50
_MOST_NEAR = 3


@dataclass(frozen=True)
class StudentFound:
    """A child by id, with the family, the class and the seat number."""

    id: int
    family: int
    school_class: int
    seat: int | None


async def student_of(student: int) -> StudentFound:
    """The child of that id; DoesNotExist when there is none."""
    return _found(await Student.get(id=student))


async def student_in_seat(school_class: int, seat: int) -> StudentFound | None:
    """The child with that seat number in the class."""
    row = await Student.get_or_none(school_class_id=school_class, seat_number=seat)
    return _found(row) if row else None


async def students_called(
    said: str, school_class: int | None, *, sound: bool = True
) -> tuple[StudentFound, ...]:
    """Those of a class (None: of the school) whom a name fits, else those whom its sound does."""
    scope = SCHOOL_SCOPE if school_class is None else scope_of_class(school_class)
    blind = house().blind
    by_name = await _with_token(blind.token(scope, "name", normalised(said)))
    if by_name or not sound or not (spoken := pinyin_of(said)):
        return by_name
    return await _with_token(blind.token(scope, "pinyin", spoken))


async def _with_token(token: bytes) -> tuple[StudentFound, ...]:
    rows = await Student.filter(tokens__token=token.hex()).order_by("school_class_id", "id")
    return tuple(_found(row) for row in await _known(rows))


async def _known(rows: list[Student]) -> list[Student]:
    """Without children on no list of whom no visit tells any more: their name was a slip."""
    unlisted = [row.id for row in rows if not row.listed]
    if not unlisted:
        return rows
    told = await Visit.filter(student_id__in=unlisted, undone_at__isnull=True).order_by("id")
    known = {visit.student_id for visit in told}
    return [row for row in rows if row.listed or row.id in known]


def _found(row: Student) -> StudentFound:
    return StudentFound(row.id, row.family_id, row.school_class_id, row.seat_number)


async def students_near(said: str, school_class: int) -> tuple[StudentFound, ...]:
    """The children of a class whose names are most like what was said; opens the class's names."""
    of_class = Student.filter(school_class_id=school_class).order_by("id")
    rows = await _known(await of_class.prefetch_related("family__key"))
    names = {row.id: opened(row, "name", row.family.key) or "" for row in rows}
    by_id = {row.id: row for row in rows}
    wanted, sound = normalised(said), pinyin_of(said)
    scores = {
        child: max(fuzz.ratio(wanted, normalised(name)), 0.9 * fuzz.ratio(sound, pinyin_of(name)))
        for child, name in names.items()
        if name
    }
    best = sorted(scores, key=lambda child: -scores[child])[:_MOST_NEAR]
    return tuple(_found(by_id[child]) for child in best if scores[child] >= _NEAR)


# --- a name within a text -----------------------------------------------------------------

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WITH_DOTS = re.compile(r"[\u3400-\u9fff]+(?:[·•‧・][\u3400-\u9fff]+)+")
_LATIN = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_SIGNS, _WORDS = (2, 3, 4), (1, 2, 3)
# A single word that is shorter is no name typed in one (wangxiaoming).
_SHORTEST_WORD = 6
# What anybody types into a group is far shorter.
_LOOKED_AT = 4000
_BATCH = 500


async def any_named_in(text: str) -> bool:
    """Whether the name of a child stands anywhere in a text, and it is no colleague's too."""
    for name in await children_named_in(text):
        if not await people_called(name):
            return True
    return False


async def children_named_in(text: str) -> tuple[str, ...]:
    """The names of children that stand in a text, as they stand there or normalised.

    Whole names only: what merely sounds like one would be every other word.
    """
    blind, read = house().blind, text[:_LOOKED_AT]
    by_token = {blind.token(SCHOOL_SCOPE, "name", one).hex(): one for one in _names_within(read)}
    for name in _spelt_within(read):
        for kind in ("name", "pinyin"):
            by_token[blind.token(SCHOOL_SCOPE, kind, name).hex()] = name
    tokens = list(by_token)
    found: list[str] = []
    for start in range(0, len(tokens), _BATCH):
        rows = await StudentToken.filter(token__in=tokens[start : start + _BATCH]).order_by("id")
        found += [by_token[row.token] for row in rows]
    return tuple(dict.fromkeys(found))


def _names_within(text: str) -> set[str]:
    """All that may be a name in Chinese signs: each stretch of a few, and those with dots."""
    names = {normalised(one) for one in _WITH_DOTS.findall(text)}
    for run in _HAN.findall(text):
        names |= {run[i : i + n] for n in _SIGNS for i in range(len(run) - n + 1)}
    return names


def _spelt_within(text: str) -> set[str]:
    """The same in letters: wang xiaoming, Tom Smith."""
    words = [normalised(one) for one in _LATIN.findall(text)]
    runs = {"".join(words[i : i + n]) for n in _WORDS[1:] for i in range(len(words) - n + 1)}
    return runs | {one for one in words if len(one) >= _SHORTEST_WORD}
