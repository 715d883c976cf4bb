"""The morning's message that a person got today, as they saw it."""

from __future__ import annotations

from domain.models import Delivery, Draft
from domain.notices.base import notice_from
from domain.notices.bundles import BUNDLE
from domain.notices.views_rungs import ReminderBundleSeen
from domain.queries.seen import seen_by
from domain.records import today
from domain.rules.calendar import school_day
from domain.rules.questions import asked_at


async def bundle_of_today(person: int) -> ReminderBundleSeen | None:
    """The last one of this day, if nothing has been asked of the person since; else None."""
    told = Delivery.filter(person_id=person, entry__notice=BUNDLE)
    row = await told.order_by("-at", "-id").first().prefetch_related("entry")
    if row is None or school_day(row.at) != await today():
        return None
    # A question whose hour is over is no longer open, and still the last that was asked.
    asked = await Draft.get_or_none(person_id=person, question=True)
    if asked is not None and asked_at(asked.expires_at) >= row.at:
        return None
    entry = row.entry
    view = await seen_by(notice_from(entry.notice, entry.facts), person, occasion=entry.key)
    return view if isinstance(view, ReminderBundleSeen) else None
