"""I3: whatever is open is looked at again at an instant that stands in a timer."""

from __future__ import annotations

from datetime import timedelta

from tortoise.connection import get_connection

from domain.models import Timer
from domain.queries.watching import wrongly_timed
from domain.rules.problem_states import ENDED
from domain.timing import PROBLEM
from tests.stateful.life import Life

# Each problem has a reminder within this time, whatever it waits for.
_FAR = timedelta(days=400)


async def open_ones_have_a_next_look(life: Life) -> None:
    """None without a timer, none whose timer is empty, none that lets a reminder pass."""
    rows = await get_connection("default").execute_query_dict("SELECT id, state FROM problem")
    timers = {one.subject: one.due_at for one in await Timer.filter(duty=PROBLEM)}
    for row in rows:
        if row["state"] in ENDED:
            continue
        due = timers.get(row["id"])
        assert due is not None, f"#{row['id']} is {row['state']}, and nothing looks after it"
        assert due < life.clock.now + _FAR, f"#{row['id']} is looked at in {due - life.clock.now}"
    wrong = (await wrongly_timed(0, 1000)).wrong
    assert not wrong, f"their timers let a reminder pass: {wrong}"
