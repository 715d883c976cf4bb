"""The facts of what we tell someone, as plain data for a program to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from domain.notices.values import Count
from domain.notices.views import Child, ClassName, UnitName, View
from domain.notices.views_problems import CategoryName

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# China has kept one time, without daylight saving, for longer than any record of ours.
_SCHOOL_TIME = timezone(timedelta(hours=8))
_ABOUT_THE_VIEW = frozenset(field.name for field in fields(View))


def facts(view: View) -> dict[str, Any]:
    """What this view tells, ready for JSON; how it is told (outcome, room …) is left out.

    Names are as the reader may see them: the view has decided that already.
    """
    return {name: value for name, value in _plain_fields(view) if name not in _ABOUT_THE_VIEW}


def _plain_fields(value: DataclassInstance) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        inner = getattr(value, field.name)
        # A unit's count reads as the unit's own: visited, not count.visited.
        if isinstance(inner, Count):
            yield from _plain_fields(inner)
        else:
            yield field.name, _plain(inner)


def _plain(value: Any) -> Any:
    if isinstance(value, ClassName | UnitName | Child | CategoryName):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be told")
        return value.astimezone(_SCHOOL_TIME).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return dict(_plain_fields(value))
    return value
