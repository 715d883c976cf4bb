"""Looks at what somebody wrote before it is recorded: what it asks for, whom it endangers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.actions.visits import Learnt
from domain.house import house
from domain.queries.lessons import lessons_learnt
from domain.queries.people import all_names
from domain.rules.first_look import Known, Request, requests
from domain.rules.red_flags import red_flags


async def requests_in(
    words: Sequence[str], noted: Iterable[str], known: Known | None = None
) -> tuple[Request, ...]:
    """What becomes a problem: each of the words, and whatever else danger is read in.

    `known` is looked up when it isn't given.
    """
    flags = house().plan.red_flags
    dangerous = [text for text in noted if red_flags(text, flags)]
    if not words and not dangerous:
        # Most visits: nothing is asked of the database for them.
        return ()
    return requests(words, dangerous, known or await what_is_known())


async def what_is_known() -> Known:
    """What words are looked at with, as it is now."""
    return Known(await lessons_learnt(), await all_names(), house().plan.red_flags)


async def looked_at(learnt: Learnt, known: Known | None = None) -> Learnt:
    """The same, with what of it becomes problems."""
    texts = (learnt.text, learnt.answered, learnt.talk, *learnt.answers.values())
    noted = [text for text in texts if text]
    return replace(learnt, requests=await requests_in(learnt.words, noted, known))
