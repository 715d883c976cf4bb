"""How long a question that we asked stays open, and from that when it was asked."""

from __future__ import annotations

from datetime import datetime, timedelta

# By the school's clock.
OPEN_FOR = timedelta(hours=1)


def asked_at(expires_at: datetime) -> datetime:
    """When a question was asked that stays open until then.

    >>> asked_at(datetime(2018, 9, 5, 9, 30))
    datetime.datetime(2018, 9, 5, 8, 30)
    """
    return expires_at - OPEN_FOR
