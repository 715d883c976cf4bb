"""Looks whether the chain of all events is whole: none changed, none taken out, no end cut off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.chaining import event_digest, salted_digest
from domain.models import ChainHead, ProblemEvent
from domain.queries.opening import opened
from domain.sealing import Tampered

# How many events are looked at in one go.
_BATCH = 1000

Fault = Literal["missing", "changed", "text", "unchained", "cut_off", "other_past"]


@dataclass(frozen=True)
class Verified:
    """What the look at the chain came to.

    `events` were looked at, the text of `erased` of them is gone, as it may be. `digest` is the
    last one's: who keeps it with `events` can tell later whether the past is still the same.
    `fault` is what is wrong with the event of number `at`, the first bad one.
    """

    events: int
    erased: int
    digest: str
    fault: Fault | None = None
    at: int | None = None


@dataclass(frozen=True)
class Kept:
    """The number and the digest that an earlier look printed, kept outside of the database."""

    number: int
    digest: str


async def verify(kept: Kept | None = None) -> Verified:
    """Go along the chain from its beginning, to the first bad row or to its end."""
    erased, number, digest = 0, 0, ""
    while rows := await _next(number):
        for event in rows:
            fault = _fault_of(event, number + 1, digest)
            if fault is None and kept and event.number == kept.number:
                fault = "other_past" if event.digest != kept.digest else None
            if fault is not None:
                return Verified(number, erased, digest, fault, number + 1)
            number, digest = number + 1, event.digest or ""
            erased += event.text_digest is not None and event.key is None
    return await _end(Verified(number, erased, digest), kept)


async def _next(after: int) -> list[ProblemEvent]:
    rows = ProblemEvent.filter(number__gt=after).order_by("number").limit(_BATCH)
    return await rows.prefetch_related("key")


def _fault_of(event: ProblemEvent, number: int, before: str) -> Fault | None:
    if event.number != number:
        return "missing"
    if event.previous != before or event.digest != event_digest(event):
        return "changed"
    return None if _text_is_its_own(event) else "text"


def _text_is_its_own(event: ProblemEvent) -> bool:
    """Whether the text beside the event is the one that it was written with; or none any more."""
    if event.key is None:
        return True
    try:
        text, salt = opened(event, "text", event.key), opened(event, "salt", event.key)
    except Tampered:
        return False
    if text is None or salt is None:
        return event.text_digest is None
    return salted_digest(salt, text) == event.text_digest


async def _end(seen: Verified, kept: Kept | None) -> Verified:
    """The chain ends where its head says, and after what was kept; nothing stands beside it."""
    head = await ChainHead.get_or_none(id=1)
    ends = (head.number, head.digest) if head else (0, "")
    fault: Fault | None = None
    if ends != (seen.events, seen.digest) or (kept and kept.number > seen.events):
        fault = "cut_off"
    elif await ProblemEvent.filter(number__isnull=True).exists():
        fault = "unchained"
    at = seen.events + 1 if fault else None
    return Verified(seen.events, seen.erased, seen.digest, fault, at)
