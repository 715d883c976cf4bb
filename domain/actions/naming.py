"""Keeps what the recorder says of a name in the words: whether it is one of our people."""

from __future__ import annotations

from domain.actions.moving import held
from domain.models import ProblemNamed


async def settle_name(number: int, person: int, *, them: bool) -> bool:
    """Note it; False when the words don't name that person.

    Held until the transaction ends, so that nobody is told who has just been named.
    """
    await held(number)
    row = ProblemNamed.filter(problem_id=number, person_id=person)
    return bool(await row.update(confirmed=them))
