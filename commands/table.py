"""All slash commands, in the order in which help shows them, and the words they are known by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from types import ModuleType

from commands import (
    approve,
    arrange,
    assign,
    bureau,
    claim,
    classify,
    coverage,
    decline,
    digest,
    extend,
    fix,
    help,  # noqa: A004  it is /help
    issue,
    merge,
    mine,
    note,
    park,
    refer,
    return_,
    roster,
    solve,
    split,
    talk,
    todo,
    told,
    undo,
    visit,
    whoami,
    withdraw,
)
from commands.declarations import Command
from commands.parsing.lexicon import Lexicon, build_lexicon
from commands.turn import Told, Turn

# To add a command: its file, and its line here.
_FILES: tuple[ModuleType, ...] = (
    visit,
    talk,
    arrange,
    undo,
    fix,
    todo,
    coverage,
    issue,
    classify,
    claim,
    mine,
    assign,
    issue,
    note,
    return_,
    solve,
    told,
    extend,
    approve,
    decline,
    refer,
    bureau,
    merge,
    split,
    park,
    withdraw,
    digest,
    roster,
    whoami,
    help,
)

COMMANDS: Mapping[str, Command] = {file.COMMAND.name: file.COMMAND for file in _FILES}
ANSWERS: Mapping[str, Callable[[Turn], Awaitable[Sequence[Told]]]] = {
    file.COMMAND.name: file.answer for file in _FILES
}
# Of these only the records can tell which action a message means.
MEANT: Mapping[str, Callable[[Turn], Awaitable[str]]] = {
    file.COMMAND.name: file.meant for file in _FILES if hasattr(file, "meant")
}


@cache
def lexicon() -> Lexicon:
    """The words of all commands, gathered at the first message."""
    return build_lexicon(COMMANDS)
