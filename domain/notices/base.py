"""What a notice and a view are, and how a notice is kept as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from domain.notices.values import Outcome, Reason, Understood

NOTICES: dict[str, type[Notice]] = {}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What we can tell someone, as ids, counts and dates: never a name, never a quote."""

    outcome: ClassVar[Outcome] = "ok"
    reason: ClassVar[Reason | None] = None

    understood: Understood | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        NOTICES[cls.__name__] = cls

    @property
    def about(self) -> str | None:
        """The missing field or the suggested command, for those notices that have one."""
        return None


def notice_facts(notice: Notice) -> dict[str, Any]:
    """The notice as JSON values, the way the outbox keeps it."""
    facts = msgspec.to_builtins(notice)
    assert isinstance(facts, dict)
    return facts


def notice_from(name: str, facts: dict[str, Any]) -> Notice:
    """The notice that `notice_facts` wrote; fields added since then take their defaults."""
    return msgspec.convert(facts, NOTICES[name], strict=False)
