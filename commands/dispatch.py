"""From a message to the command that answers it, and from a reply to what was being asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from chat.words import languages, words
from commands import coverage, help, roster, todo, visit, whoami
from commands.declarations import Command
from commands.drafts import Draft, FillingDraft, OpenDraft, Reread, TypoDraft, draft_from, resumed
from commands.parsing.lexicon import Lexicon, build_lexicon
from commands.parsing.messages import read_message
from commands.parsing.plain import plain
from commands.parsing.said import CommandSaid, Doubt, Said, Span, Talk, UnknownCommand
from commands.turn import Echo, Filling, Question, Told, Turn
from domain.actions.drafts import drop_draft, keep_draft
from domain.errors import Refusal
from domain.notices.base import Notice
from domain.notices.told import (
    DidYouMean,
    Dropped,
    NotAllowed,
    Pointer,
    ToldPrivately,
    VisitRecorded,
)
from domain.notices.values import Option, OptionKind
from domain.queries.drafts import draft_of
from domain.queries.people import Asker
from domain.records import savepoint
from domain.rules.policy import may, row, who_may

# To add a command: its file, and its line here, in the order in which help shows them.
_FILES: tuple[ModuleType, ...] = (visit, todo, coverage, roster, whoami, help)

COMMANDS: Mapping[str, Command] = {file.COMMAND.name: file.COMMAND for file in _FILES}
_ANSWERS: Mapping[str, Callable[[Turn], Awaitable[Sequence[Told]]]] = {
    file.COMMAND.name: file.answer for file in _FILES
}
_KEEP_AS_TEXT = "keep_as_text"


@cache
def lexicon() -> Lexicon:
    """The words of all commands, gathered at the first message."""
    return build_lexicon(COMMANDS)


@dataclass(frozen=True)
class Spoken:
    """A message to answer: None for a picture and the like; `addressed` to the bot or not."""

    text: str | None
    group: bool
    addressed: bool
    room_unit: int | None = None


@dataclass
class Answer:
    """What to tell the speaker, in order, and the typed text that it echoes."""

    told: list[Told] = field(default_factory=list)
    echo: Echo = field(default_factory=Echo)


async def dispatch(spoken: Spoken, asker: Asker) -> Answer:
    """Carry out all that a message says; every message has an answer."""
    answer = Answer()
    if spoken.text is None or not plain(spoken.text).strip():
        answer.told.append(Told(Pointer(heard="empty" if spoken.text is not None else "not_text")))
        return answer
    said = read_message(spoken.text, addressed=spoken.addressed, lexicon=lexicon())
    if isinstance(said[0], Talk):
        answer.told += await _reply(spoken.text, spoken, asker, answer.echo)
    else:
        # Who types a command has turned to something else: an open question is given up.
        await drop_draft(asker.person, questions_only=True)
        answer.told += await _commands(said, Reread(spoken.text), spoken, asker, answer.echo)
    return answer


# --- a reply ------------------------------------------------------------------------------


async def _reply(text: str, spoken: Spoken, asker: Asker, echo: Echo) -> list[Told]:
    """A message that is no command answers what was being asked, if it was said to us."""
    data = await draft_of(asker.person) if spoken.addressed else None
    if data is None:
        return [Told(_pointer(text, spoken))]
    if plain(text).strip() in _cancelling():
        await drop_draft(asker.person)
        return [Told(Dropped())]
    meant = resumed(draft_from(data), text, COMMANDS, lexicon())
    if meant is None:
        return [Told(_pointer(text, spoken))]
    await drop_draft(asker.person)
    if isinstance(meant, Filling):
        return await _carried_out(meant, spoken, asker, echo)
    said = read_message(meant.text, addressed=True, lexicon=lexicon())
    return await _commands(said, meant, spoken, asker, echo)


@cache
def _cancelling() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.cancel.words"))


def _pointer(text: str, spoken: Spoken) -> Pointer:
    bare_number = plain(text).strip().isdigit() and spoken.addressed
    return Pointer(heard="nothing_open" if bare_number else "talk")


# --- commands -----------------------------------------------------------------------------


async def _commands(
    said: Sequence[Said], message: Reread, spoken: Spoken, asker: Asker, echo: Echo
) -> list[Told]:
    """Each command of the message, on its own and in order."""
    told: list[Told] = []
    for one in said:
        if isinstance(one, CommandSaid):
            told += await _command(one, message, spoken, asker, echo)
        elif isinstance(one, UnknownCommand):
            told.append(await _unknown(one, message, asker, echo))
    return told


async def _command(
    said: CommandSaid, message: Reread, spoken: Spoken, asker: Asker, echo: Echo
) -> list[Told]:
    for doubt in said.doubts:
        settled = doubt.kind == "value" or doubt.span.of(message.text) in message.settled
        if not settled:
            return [await _doubted(said, doubt, message, asker, echo)]
    filling = Filling(said.command, said.action)
    filling.take(said.given)
    return await _carried_out(filling, spoken, asker, echo)


async def _carried_out(
    filling: Filling, spoken: Spoken, asker: Asker, echo: Echo
) -> list[Told]:
    """The command's own answer; what it still needs waits as a draft."""
    turn = Turn(
        asker=asker,
        filling=filling,
        command=COMMANDS[filling.command],
        lexicon=lexicon(),
        room="group" if spoken.group else "direct",
        room_unit=spoken.room_unit,
        echo=echo,
    )
    if not may(asker.standing, filling.command, filling.action):
        who = who_may(filling.command, filling.action)
        return [Told(NotAllowed(command=filling.command, who=who, understood=turn.understood()))]
    try:
        async with savepoint():
            told = list(await _ANSWERS[filling.command](turn))
    except Question as question:
        await _keep(asker, FillingDraft(filling, question.asked, question.options))
        return [Told(question.notice)]
    except Refusal as refusal:
        return [Told(refusal.notice)]
    await _keep_open(told, asker)
    return _in_room(told, filling, spoken)


async def _keep(asker: Asker, draft: Draft) -> None:
    question = not isinstance(draft, OpenDraft)
    await keep_draft(asker.person, draft.as_data(), question=question)


async def _keep_open(told: list[Told], asker: Asker) -> None:
    """The stage's questions that are still open may be answered one-to-one, by label alone."""
    for one in told:
        if isinstance(one.notice, VisitRecorded) and one.notice.open_questions:
            await _keep(asker, OpenDraft(one.notice.visit))


def _in_room(told: list[Told], filling: Filling, spoken: Spoken) -> list[Told]:
    """What the policy keeps out of groups goes to the asker alone, and the group hears so."""
    if spoken.group and row(filling.command, filling.action).room == "one_to_one":
        return [Told(ToldPrivately()), *(Told(one.notice, private=True) for one in told)]
    return told


# --- not understood -----------------------------------------------------------------------


async def _unknown(said: UnknownCommand, message: Reread, asker: Asker, echo: Echo) -> Told:
    """A command that we don't have: those it may be."""
    if not said.typed:
        return Told(Pointer(heard="empty"))
    instead = tuple(said.near)
    if instead:
        await _keep(asker, _typo(said.span, said.name, instead, message))
    options = tuple(Option("command", name) for name in said.near)
    return Told(DidYouMean(what="command", typed=echo.keep(said.typed), options=options))


async def _doubted(
    said: CommandSaid, doubt: Doubt, message: Reread, asker: Asker, echo: Echo
) -> Told:
    """A label or a value that we don't know: those it may be, or text after all."""
    typed = doubt.span.of(message.text)
    kind: OptionKind = "choice" if doubt.kind == "choice" else "field"
    values = [f"{doubt.field}.{one}" if kind == "choice" else one for one in doubt.near]
    options = tuple(Option(kind, value) for value in values)
    instead: tuple[str | None, ...] = tuple(doubt.near)
    if doubt.kind == "label":
        instead = tuple(_label(said, one) for one in doubt.near)
    if doubt.kind != "choice":
        options, instead = (*options, Option("word", _KEEP_AS_TEXT)), (*instead, None)
    await _keep(asker, _typo(said.span, doubt.span, instead, message))
    notice: Notice = DidYouMean(
        what="label" if doubt.kind == "label" else "value",
        typed=echo.keep(typed),
        options=options,
        field=doubt.field or (doubt.near[0] if doubt.near else None),
    )
    return Told(notice)


def _typo(whole: Span, where: Span, instead: tuple[str | None, ...], message: Reread) -> TypoDraft:
    """Only this command is read again: others of the message have been carried out."""
    start, end = where.start - whole.start, where.end - whole.start
    return TypoDraft(whole.of(message.text), start, end, instead, message.settled)


def _label(said: CommandSaid, field_name: str) -> str:
    """A label by which the parser knows the field."""
    labels = lexicon().actions[(said.command, said.action)].labels
    return next(label for label, name in labels.items() if name == field_name)
