"""/help: what you may ask, on one screen."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Command, Field
from commands.parsing.near import near
from commands.turn import Question, Told, Turn, form_of
from domain.house import house
from domain.notices.asking import DidYouMean
from domain.notices.looking import HelpShown
from domain.notices.values import Option
from domain.rules.policy import usable

COMMAND = Command("help", (Action("show", (Field("about", "command"),)),))


async def answer(turn: Turn) -> Sequence[Told]:
    """Show the asker's commands, or one of them with all it takes."""
    names = usable(turn.asker.standing, turn.lexicon.commands)
    said = turn.pick("about") or turn.last("about")
    about = _named(turn, str(said)) if said else None
    phases = house().plan.phases_on(turn.today)
    command = turn.lexicon.commands[about] if about else None
    notice = HelpShown(
        commands=names,
        command=about,
        actions=tuple(action.name for action in command.actions) if command else (),
        form=form_of(command.actions[0]) if command else (),
        phase=phases[0] if phases else None,
        phase_end=house().plan.phase(phases[0]).end if phases else None,
        example_class=turn.example_class,
        understood=turn.understood(),
    )
    return [Told(notice)]


def _named(turn: Turn, said: str) -> str:
    word = said.strip().lstrip("/／、").casefold()
    if word in turn.lexicon.names:
        return turn.lexicon.names[word]
    meant = dict.fromkeys(turn.lexicon.names[one] for one in near(word, turn.lexicon.names))
    options = tuple(Option("command", name) for name in list(meant)[:3])
    notice = DidYouMean(
        what="command", typed=turn.echo.keep(said), options=options, understood=turn.understood()
    )
    raise Question(notice, "about", options)
