"""What a person is still being asked about."""

from __future__ import annotations

import json
from typing import Any

from domain.models import Draft
from domain.queries.opening import opened
from domain.records import now


async def draft_of(person: int) -> dict[str, Any] | None:
    """The person's draft as it was kept; None when there is none or its hour is over."""
    draft = await Draft.get_or_none(person_id=person).select_related("key")
    if draft is None or draft.expires_at <= await now():
        return None
    content = opened(draft, "content", draft.key)
    found: dict[str, Any] | None = json.loads(content) if content else None
    return found
