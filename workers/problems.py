"""Looks after a problem: fires what has come due of its reminders, and plans the next look."""

from __future__ import annotations

from datetime import datetime

from domain.actions.moving import held
from domain.actions.rungs import Firing, fire
from domain.actions.timers import timer_done
from domain.queries.people import holders_of
from domain.queries.rungs import next_look, reached_of
from domain.records import by_itself, today


async def look_after(timer: int, problem: int, due: datetime) -> None:
    """Fire each rung that is reached, whose reason holds at this very moment.

    While we look, the problem is ours: whoever moves it does so before or after, and has it
    looked at again.
    """
    async with by_itself():
        await held(problem)
        while (found := await reached_of(problem)) is not None:
            firing = Firing(found.rung, found.to, found.coming.instead_of)
            await fire(problem, firing, await holders_of("admin", await today()))
        await timer_done(timer, due, await next_look(problem))
