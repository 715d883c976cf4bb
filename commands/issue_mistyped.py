"""/issue 八年纪: one word that sounds like a unit may be a slip, and is asked about first."""

from __future__ import annotations

from commands.parsing.near import near
from commands.parsing.plain import plain
from commands.turn import Question, Turn
from domain.notices.asking import DidYouMean
from domain.notices.values import Option
from domain.queries.units import all_units

# What was picked of it: a unit's id, or that the word was what somebody said.
MEANT, AS_SAID = "meant", "keep_as_text"
# A longer word says something of its own.
_LONGEST = 8


async def ask_if_mistyped(turn: Turn) -> None:
    """Ask when the whole message is one word that is near to a unit's name, and is none."""
    said = turn.filling.texts
    words = said.get("words", [])
    if turn.pick(MEANT) or set(said) != {"words"} or len(words) != 1:
        return
    word = plain(words[0]).strip()
    if not word or len(word) > _LONGEST or len(word.split()) > 1:
        return
    units = {
        plain(name): unit.id
        for unit in await all_units()
        if unit.kind != "school"
        for name in (unit.name, *unit.aliases)
    }
    found = dict.fromkeys(units[name] for name in near(word, units))
    if not found:
        return
    options = (*(Option("unit", one) for one in list(found)[:3]), Option("word", AS_SAID))
    notice = DidYouMean(
        what="unit",
        typed=turn.echo.keep(words[0].strip()),
        options=options,
        field="unit",
        understood=turn.understood(),
    )
    raise Question(notice, MEANT, options)
