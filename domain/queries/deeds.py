"""What a person did last by a command, and could take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.models import Deed


@dataclass(frozen=True)
class DeedFound:
    """A deed by id: what was done, to which record, when, and when it was taken back."""

    id: int
    kind: str
    record: int | None
    at: datetime
    undone_at: datetime | None


async def last_deed(person: int) -> DeedFound | None:
    """The person's last deed that isn't taken back, be it one that can't be."""
    deeds = Deed.filter(person_id=person, undone_at__isnull=True)
    return _found(await deeds.order_by("-id").first())


async def last_deed_on(person: int, kinds: Iterable[str], record: int) -> DeedFound | None:
    """The person's last deed on that record that stands; else the last that was taken back."""
    deeds = Deed.filter(person_id=person, kind__in=list(kinds), record_id=record)
    standing = await deeds.filter(undone_at__isnull=True).order_by("-id").first()
    return _found(standing or await deeds.order_by("-id").first())


def _found(row: Deed | None) -> DeedFound | None:
    return DeedFound(row.id, row.kind, row.record_id, row.at, row.undone_at) if row else None
