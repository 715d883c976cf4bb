"""Whom a message calls by @: where a command wants a person and none is named, it is they."""

from __future__ import annotations

from commands.declarations import Action
from commands.turn import Filling
from domain.queries.people import names_of

_WANT_A_PERSON = ("person", "whom")


async def take_mentioned(filling: Filling, action: Action, people: tuple[int, ...]) -> None:
    """Fill the first part that wants a person and has none with the first who was called.

    Some platforms take the name out of the text, so that nothing stands in its place. Companions
    are never filled: whoever went along may read what was said, and a call may be for any reason.
    """
    open_parts = (
        one.name
        for one in action.fields
        if one.type in _WANT_A_PERSON and one.name not in filling.texts
    )
    part = next(open_parts, None)
    if part is None or not people:
        return
    name = (await names_of({people[0]}))[people[0]]
    filling.put(part, name)
    filling.picks[f"{part}:{name}"] = people[0]
