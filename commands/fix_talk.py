"""/fix T3: a talk that was recorded wrongly is put right, and shows that it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commands.declarations import Action, Field
from commands.numbered import the_talk
from commands.settling import the_day
from commands.settling_values import the_choice, the_count
from commands.talk import AUDIENCES, FORMS, LETTER
from commands.turn import Question, Told, Turn
from commands.units import the_unit
from domain.actions.fixing_talks import TalkFix, fix_talk
from domain.errors import Refusal
from domain.notices.talks import TalkFixAsked, TalkFixed, TalkUnchanged

TALK = Action(
    "talk",
    (
        Field("talk_number", "number", required=True, letter=LETTER),
        Field("people", "count"),
        Field("form", "choice", choices=FORMS),
        Field("audience", "choice", choices=AUDIENCES),
        Field("day", "date"),
        Field("unit", "unit"),
    ),
)


async def talk(turn: Turn) -> Sequence[Told]:
    """Put a talk right, in as many parts as were said."""
    number = await the_talk(turn)
    codes = await _codes(turn)
    if not codes:
        raise Question(TalkFixAsked(talk=number, understood=turn.understood()), "people")
    kept = await fix_talk(TalkFix(number, turn.asker.person, codes))
    if kept is None:
        raise Refusal(TalkUnchanged(talk=number, understood=turn.understood()))
    return [
        Told(TalkFixed(talk=number, deed=kept.deed, told=kept.told, understood=turn.understood()))
    ]


async def _codes(turn: Turn) -> dict[str, Any]:
    codes: dict[str, Any] = {}
    for name in ("form", "audience"):
        if (chosen := the_choice(turn, name)) is not None:
            codes[name] = chosen
    if (people := the_count(turn, "people")) is not None:
        codes["people"] = people
    if turn.last("day") is not None:
        codes["day"] = the_day(turn)
    if turn.last("unit") is not None or turn.pick("unit") is not None:
        codes["place"] = (await the_unit(turn)).ref
    return codes
