"""Tells a change of the roster to those whom it concerns, each once, and not to who made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.actions.outbox import Address, put
from domain.models import Account, RosterChange
from domain.notices.base import Notice
from domain.notices.roster import SeatGiven, SeatTaken, SeatTold


async def tell_of_seats(
    rows: Sequence[RosterChange], by: int, watchers: Iterable[int]
) -> tuple[int, ...]:
    """Tell who gets a seat, who loses one, and the watchers; returns whom."""
    changes = tuple(row.id for row in rows)
    notices: dict[int, Notice] = {}
    for row in rows:
        if row.action != "remove" and row.person_id is not None:
            notices[row.person_id] = SeatGiven(changes=(row.id,))
    for row in rows:
        loser = row.person_id if row.action == "remove" else row.before_id
        if loser is not None and loser not in notices:
            theirs = tuple(one.id for one in rows if loser in (one.person_id, one.before_id))
            notices[loser] = SeatTaken(changes=theirs)
    for watcher in watchers:
        notices.setdefault(watcher, SeatTold(changes=changes))
    return await tell_each(notices, by, f"roster:{changes[0]}")


async def tell_each(notices: dict[int, Notice], by: int, key: str) -> tuple[int, ...]:
    """Tell each their notice; who has no account can't be told, and nothing waits for them."""
    others = [person for person in notices if person != by]
    rows = await Account.filter(person_id__in=others).values_list("person_id", flat=True)
    reached = {int(str(person)) for person in rows}
    told = tuple(person for person in others if person in reached)
    for person in told:
        await put(notices[person], Address(person=person), f"{key}:{person}")
    return told
