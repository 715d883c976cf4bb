"""What a notice and a view are, and how a notice is kept as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import msgspec

from domain.notices.values import Outcome, Reason, Understood

NOTICES: dict[str, type[Notice]] = {}


# When somebody is told: at any hour; at once as long as it isn't an hour or a day of rest, else
# next morning; or next morning in any case, with all else of that morning in one message.
Pace = Literal["now", "prompt", "bundled"]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What we can tell someone, as ids, counts and dates: never a name, never a quote."""

    outcome: ClassVar[Outcome] = "ok"
    reason: ClassVar[Reason | None] = None
    pace: ClassVar[Pace] = "prompt"

    understood: Understood | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        NOTICES[cls.__name__] = cls

    @property
    def asks(self) -> bool:
        """Whether somebody is to do something about it; what only tells may wait."""
        return False

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
