"""Lets everybody on the roster into the console, with a group a grade and one for the leaders."""

from __future__ import annotations

from chat.console.names import APP, PLATFORM
from domain.actions.school import add_account, add_room
from domain.queries.people import all_names
from domain.queries.units import all_units

_LEADERS_CHAT, _LEADERS_TITLE = "leaders", "领导小组群"


async def let_everybody_in() -> None:
    """In the console a person is called by the number; accounts elsewhere play no part there.

    Doing it again lets in whoever has come since.
    """
    for number in await all_names():
        await add_account(number, PLATFORM, APP, str(number))
    for unit in await all_units():
        if unit.grade is not None:
            await add_room(PLATFORM, APP, f"grade-{unit.grade}", f"{unit.name}群", unit.id)
        elif unit.kind == "school":
            await add_room(PLATFORM, APP, _LEADERS_CHAT, _LEADERS_TITLE, unit.id)
