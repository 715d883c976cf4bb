"""I8: the story of all problems is one chain without a gap, and its past never changes."""

from __future__ import annotations

from domain.queries.audit import Kept, verify
from tests.stateful.life import Life


async def the_story_is_whole(life: Life) -> None:
    """As it was looked at after the step before, with what was added since."""
    seen = await verify(life.kept)
    assert seen.fault is None, f"the chain is {seen.fault} at {seen.at}"
    if seen.events:
        life.kept = Kept(seen.events, seen.digest)
