"""A command, a label or a word that we don't know: what may have been meant."""

from __future__ import annotations

from commands.drafts import Reread, TypoDraft
from commands.parsing.lexicon import Lexicon
from commands.parsing.near import glued_to
from commands.parsing.said import CommandSaid, Doubt, Span, UnknownCommand
from commands.turn import Echo, Told
from domain.notices.asking import DidYouMean, Pointer
from domain.notices.values import Option, Understood

# What is to be taken back must be known: without its number it would be something else.
_NEVER_ANYHOW = "undo"
_KEEP_AS_TEXT, _LEAVE_OUT = "keep_as_text", "leave_out"

Asked = tuple[Told, TypoDraft | None]
# What is offered, and what to read instead; None is to read it as it stands.
_Choices = list[tuple[Option, str | None]]


def unknown(said: UnknownCommand, message: Reread, echo: Echo, lexicon: Lexicon) -> Asked:
    """A command that we don't have: those it may be."""
    if not said.typed:
        return Told(Pointer(heard="empty")), None
    options = tuple(Option("command", name) for name in said.near)
    told = Told(DidYouMean(what="command", typed=echo.keep(said.typed), options=options))
    instead = tuple(_with_the_rest(said.typed, name, lexicon) for name in said.near)
    return told, _typo(said.span, said.name, instead, message) if instead else None


def _with_the_rest(typed: str, command: str, lexicon: Lexicon) -> str:
    """加访王小明 is /visit, and a name glued to it."""
    names = [name for name, canonical in lexicon.names.items() if canonical == command]
    glued = (glued_to(typed, name) for name in names)
    return f"{command} {next((rest for rest in glued if rest), '')}".strip()


def doubted(
    said: CommandSaid, doubt: Doubt, message: Reread, echo: Echo, lexicon: Lexicon
) -> Asked:
    """A label or a value that we don't know: those it may be, or text after all."""
    choices = _choices(said, doubt, lexicon)
    notice = DidYouMean(
        what="label" if doubt.kind == "label" else "value",
        typed=echo.keep(doubt.span.of(message.text)),
        options=tuple(option for option, _ in choices),
        field=doubt.field or (doubt.near[0] if doubt.near else None),
        understood=Understood(said.command, said.action),
    )
    instead = tuple(read_as for _, read_as in choices)
    choice = doubt.field if doubt.kind == "choice" else None
    return Told(notice), _typo(said.span, doubt.span, instead, message, choice)


def _choices(said: CommandSaid, doubt: Doubt, lexicon: Lexicon) -> _Choices:
    if doubt.kind == "leftover" and said.command == _NEVER_ANYHOW:
        return []
    if doubt.kind == "leftover":
        return [(Option("word", _LEAVE_OUT), None)]
    if doubt.kind == "choice":
        field = lexicon.commands[said.command].action(said.action).field(doubt.field or "")
        known = field.choices if field else ()
        return [(Option("choice", f"{doubt.field}.{one}"), one) for one in doubt.near or known]
    labels = lexicon.actions[said.command, said.action].labels
    meant: _Choices = [
        (Option("field", one), next(label for label, name in labels.items() if name == one))
        for one in doubt.near
    ]
    return [*meant, (Option("word", _KEEP_AS_TEXT), None)]


def _typo(
    whole: Span,
    where: Span,
    instead: tuple[str | None, ...],
    message: Reread,
    choice: str | None = None,
) -> TypoDraft:
    """Only this command is read again: others of the message have been carried out."""
    alone = Reread(whole.of(message.text), message.settled, message.in_group)
    start, end = where.start - whole.start, where.end - whole.start
    return TypoDraft(alone, start, end, instead, choice)
