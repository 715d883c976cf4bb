"""I4: nothing is told before it is due, nor at rest unless it is danger or an answer."""

from __future__ import annotations

from domain.house import SCHOOL_TIME
from domain.models import Delivery, ProblemEvent
from domain.notices.base import NOTICES
from domain.rules.calendar import is_working
from domain.rules.plan_clock import RED_FLAG
from tests.stateful.life import Life

# The plan's own hours.
_NIGHT_FROM, _NIGHT_UNTIL, _MORNING = (21, 30), (6, 30), (7, 30)


async def nothing_early(life: Life) -> None:
    """Of what is new since it was looked at last."""
    since = life.looked_up_to("early delivery")
    rows = await Delivery.filter(id__gt=since, in_response=False).prefetch_related("entry")
    for row in rows:
        told, at = row.entry, row.at.astimezone(SCHOOL_TIME)
        assert row.at >= told.available_at, f"{told.notice} for {told.available_at} came at {at}"
        if NOTICES[told.notice].pace != "now" and told.heard_id is None:
            quiet = not _NIGHT_UNTIL <= (at.hour, at.minute) < _NIGHT_FROM
            assert not quiet, f"{told.notice} came in the night, at {at}"
            assert told.notice == "ReminderBundle" or is_working(at.date()), (
                f"{told.notice} came on a day of rest, {at}"
            )
    life.look_up_to("early delivery", (row.id for row in rows))
    since = life.looked_up_to("early rung")
    events = await ProblemEvent.filter(id__gt=since, kind="rung")
    for event in events:
        at = event.at.astimezone(SCHOOL_TIME)
        if event.details["rung"] != RED_FLAG:
            assert is_working(at.date()), f"{event.details} fired on a day of rest, {at}"
            assert (at.hour, at.minute) >= _MORNING, f"{event.details} fired at {at}"
    life.look_up_to("early rung", (event.id for event in events))
