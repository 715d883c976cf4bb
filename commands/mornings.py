"""A bare number after the morning's message: the story of what stands there."""

from __future__ import annotations

from chat.wording.reminders import story_numbers
from commands.parsing.plain import plain
from commands.turn import Filling
from domain.queries.told_today import bundle_of_today

# A phone shows fewer lines than that.
_DIGITS = 2


async def story_meant(person: int, reply: str) -> Filling | None:
    """/issue 57 for that number; None when the message says something else or has no such line."""
    said = plain(reply).strip()
    if not said.isascii() or not said.isdigit() or len(said) > _DIGITS:
        return None
    bundle = await bundle_of_today(person)
    problems = story_numbers(bundle) if bundle else ()
    place = int(said) - 1
    if not 0 <= place < len(problems):
        return None
    return Filling("issue", "show", texts={"problem": [str(problems[place])]})
