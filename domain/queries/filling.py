"""What every view says of its notice, and of what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.notices.base import Notice
from domain.notices.values import FieldSaid, Understood, UnitRef
from domain.queries.scope import Eyes


async def base(notice: Notice, eyes: Eyes) -> dict[str, Any]:
    understood = notice.understood
    return {
        "notice": type(notice).__name__,
        "outcome": notice.outcome,
        "about": notice.about,
        "reason": notice.reason,
        "private": eyes.private,
        "understood": await _understood(understood, eyes) if understood else None,
    }


async def _understood(understood: Understood, eyes: Eyes) -> dict[str, str]:
    seen = {"command": understood.command, "action": understood.action}
    for field in understood.fields:
        value = await _field(field, eyes)
        if value is not None:
            seen[field.name] = value
    return seen


async def _field(field: FieldSaid, eyes: Eyes) -> str | None:
    if field.kind == "typed":
        return await eyes.typed(field.span)
    if field.value is None or field.kind == "plain":
        return None if field.value is None else str(field.value)
    number = int(field.value)
    if field.kind == "class":
        return str(await eyes.class_name(number))
    if field.kind == "unit":
        return str(await eyes.unit(UnitRef(unit=number)))
    if field.kind == "person":
        return await eyes.person(number)
    child = await eyes.child(number)
    return str(child) if child else None


def with_recorded(
    shared: dict[str, Any], notice: Notice, said: Mapping[str, str | None]
) -> dict[str, Any]:
    """The same, with what was understood and stands in the record itself, as the reader sees it."""
    understood = notice.understood
    if understood is None:
        return shared
    recorded = {one.name for one in understood.fields if one.kind == "recorded"}
    more = {name: text for name, text in said.items() if name in recorded and text is not None}
    return shared | {"understood": {**shared["understood"], **more}}
