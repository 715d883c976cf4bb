"""Chains the events of problems, so that none can be changed or taken out unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.clock import now
from domain.models import ChainHead, ProblemEvent
from domain.timing import look_at_problems

_HEAD = 1
_noted: ContextVar[list[int] | None] = ContextVar("noted", default=None)


@asynccontextmanager
async def chained(*, looking: bool = False) -> AsyncIterator[None]:
    """Within a transaction: what happened is chained as the last thing that it does.

    The head of the chain is locked last, so that no two transactions wait for each other. Each
    problem to which something happened is looked at again at once, since its next reminder may
    have moved; unless it is `looking` itself that made it happen, which plans what comes next.
    """
    noted: list[int] = []
    token = _noted.set(noted)
    try:
        yield
    finally:
        _noted.reset(token)
    if noted and not looking:
        await look_at_problems(noted, await now())
    if noted:
        await _chain()


def event_noted(problem: int) -> None:
    """An event of that problem waits for its place; RuntimeError where none is given."""
    noted = _noted.get()
    if noted is None:
        raise RuntimeError("an event outside of `chained` would never be chained")
    noted.append(problem)


async def _chain() -> None:
    # Those of others can't be seen before they are chained; those of a savepoint that was undone
    # are gone.
    events = await ProblemEvent.filter(number__isnull=True).order_by("id")
    if not events:
        return
    head = await _head()
    for event in events:
        head.number += 1
        event.number, event.previous = head.number, head.digest
        event.digest = head.digest = event_digest(event)
        await event.save(update_fields=["number", "previous", "digest"])
    await head.save()


async def _head() -> ChainHead:
    """The head, ours until the transaction ends; made when the first event comes."""
    head = await ChainHead.select_for_update().get_or_none(id=_HEAD)
    if head is not None:
        return head
    try:
        async with in_transaction():
            await ChainHead.create(id=_HEAD)
    except IntegrityError:
        pass  # somebody else's first event came at the same moment
    return await ChainHead.select_for_update().get(id=_HEAD)


def event_digest(event: ProblemEvent) -> str:
    """SHA-256, as hex, over all that an event says and the digest before it."""
    said = [
        event.number,
        event.previous,
        event.problem_id,
        event.kind,
        event.state,
        event.by_id,
        event.at.astimezone(UTC).isoformat(),
        event.details,
        event.text_digest,
    ]
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def salted_digest(salt: str, text: str) -> str:
    """SHA-256, as hex, of a text that nobody can guess without its salt."""
    return hashlib.sha256(f"{salt}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
