"""Carries out what a newcomer typed, once they are let in: as theirs, and told to them alone."""

from __future__ import annotations

import logging

from commands.dispatch import Answer, dispatch
from commands.knocking import waited
from domain.actions.newcomers import forget_words
from domain.actions.outbox import Address, put
from domain.errors import log_fault
from domain.notices.asking import ToldPrivately
from domain.notices.refusals import NotRecorded
from domain.queries.newcomers import NewcomerFound, message_kept, newcomer_of
from domain.queries.people import speaker
from domain.records import savepoint, today

log = logging.getLogger(__name__)


async def carry_out_waiting(admitted: tuple[int, ...]) -> None:
    """What these newcomers typed runs now, within the message that let them in; then it is gone.

    One of them may let in another by it.
    """
    numbers = list(admitted)
    while numbers:
        found = await newcomer_of(numbers.pop(0))
        if found is None or found.person is None:
            continue
        numbers += await _carried_out(found, found.person)
        await forget_words(found.id)


async def _carried_out(found: NewcomerFound, person: int) -> tuple[int, ...]:
    """Whom it let in; a fault undoes it alone, and they are asked to send it again."""
    kept = await message_kept(found.id)
    if kept is None:
        return ()
    to = Address(person=person, platform=found.platform)
    try:
        async with savepoint():
            spoken = waited(kept, found.platform, found.app)
            answer = await dispatch(spoken, await speaker(person, await today()))
            await _tell(found.id, answer, to)
            return answer.admitted
    except Exception as error:  # noqa: BLE001  whatever it is, they are let in all the same
        log_fault(log, f"what newcomer {found.id} had typed", error)
        await put(NotRecorded(), to, f"newcomer:{found.id}:failed")
        return ()


async def _tell(number: int, answer: Answer, to: Address) -> None:
    for place, one in enumerate(answer.told):
        # The group where it was typed a day ago hears nothing of it now.
        if not isinstance(one.notice, ToldPrivately):
            await put(one.notice, to, f"newcomer:{number}:{place}")
