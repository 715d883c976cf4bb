"""From a message to the command that answers it, and from a reply to what was being asked."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from chat.words import languages, words
from commands import coverage, help, roster, todo, visit, whoami  # noqa: A004  it is /help
from commands.declarations import Command
from commands.doubts import doubted, unknown
from commands.drafts import Draft, FillingDraft, Reread, TypoDraft, Waiting, waiting_from
from commands.parsing.lexicon import Lexicon, build_lexicon
from commands.parsing.messages import read_message
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from commands.parsing.said import CommandSaid, Said, Talk, UnknownCommand
from commands.replies import added, resumed
from commands.turn import Echo, Filling, Question, Told, Turn
from domain.actions.drafts import drop_draft, keep_draft
from domain.errors import Refusal
from domain.notices.told import (
    Dropped,
    NameInGroup,
    NotAllowed,
    Pointer,
    ToldPrivately,
    VisitRecorded,
)
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
# What nobody sees and a keyboard or a copied text leaves behind.
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*")

_GAP = re.compile(r"[\s,，。;；!！?？、:：]*")


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
    if spoken.text is None or _UNSEEN.fullmatch(spoken.text):
        return Answer([Told(Pointer(heard="empty" if spoken.text is not None else "not_text"))])
    said = read_message(spoken.text, addressed=spoken.addressed, lexicon=lexicon())
    if isinstance(said[0], Talk) and not spoken.addressed:
        return Answer([Told(Pointer(heard="talk"))])
    dialog = _Dialog(spoken, asker, waiting_from(await draft_of(asker.person)))
    if isinstance(said[0], Talk):
        await dialog.reply(spoken.text)
    elif (meant := _command_meant(said, dialog.before)) is not None:
        await dialog.answer_first(meant)
    else:
        # Who types a command has turned to something else: an open question is given up.
        dialog.before = Waiting(visits=dialog.before.visits)
        await dialog.commands(said, Reread(spoken.text, in_group=spoken.group))
    await dialog.keep()
    return dialog.answer


def _command_meant(said: Sequence[Said], waiting: Waiting) -> Reread | None:
    """The bare name of a command, when we asked which one was meant."""
    only, first = said[0], waiting.questions[0] if waiting.questions else None
    if not isinstance(only, CommandSaid) or not isinstance(first, TypoDraft) or len(said) > 1:
        return None
    if only.given or only.doubts:
        return None
    offered = [(one or "").split(" ")[0] for one in first.instead]
    if only.command not in offered:
        return None
    meant = resumed(first, str(offered.index(only.command) + 1), COMMANDS, lexicon())
    return meant if isinstance(meant, Reread) else None


@cache
def _cancelling() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.cancel.words"))


@dataclass
class _Dialog:
    """One message being answered: what waited before it, and what waits after it."""

    spoken: Spoken
    asker: Asker
    loaded: Waiting
    answer: Answer = field(default_factory=Answer)
    questions: list[Draft] = field(default_factory=list)
    recorded: list[int] = field(default_factory=list)
    with_open: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = self.loaded

    # --- a reply --------------------------------------------------------------------------

    async def reply(self, text: str) -> None:
        """A message that is no command answers what was being asked, if it was said to us."""
        questions = self.before.questions
        if questions and plain(text).strip() in _cancelling():
            self.before = Waiting(visits=self.before.visits)
            self.tell(Told(Dropped()))
            return
        meant = resumed(questions[0], text, COMMANDS, lexicon()) if questions else None
        if meant is not None:
            await self.answer_first(meant, more=number_of(text) is None)
        elif adds := added(self.before.visits, text, COMMANDS["visit"], lexicon()):
            await self.carry_out(adds, in_group=self.spoken.group)
        else:
            digits = plain(text).strip().isdigit() and not questions
            self.tell(Told(Pointer(heard="nothing_open" if digits else "talk")))

    async def answer_first(self, meant: Filling | Reread, *, more: bool = True) -> None:
        """Go on with the first question; when it is settled, ask the next one again."""
        rest = self.before.questions[1:]
        self.before = Waiting(visits=self.before.visits)
        await self.go_on(meant, in_group=self.spoken.group and more)
        while rest and not self.questions:
            first, *others = rest
            rest = tuple(others)
            await self.go_on(first.filling if isinstance(first, FillingDraft) else first.message)
        self.questions += rest

    async def go_on(self, meant: Filling | Reread, *, in_group: bool = False) -> None:
        """Carry out a command that waited."""
        if isinstance(meant, Filling):
            await self.carry_out(meant, in_group=in_group)
        else:
            said = read_message(meant.text, addressed=True, lexicon=lexicon())
            await self.commands(said, meant)

    # --- commands -------------------------------------------------------------------------

    async def commands(self, said: Sequence[Said], message: Reread) -> None:
        """Each command of the message, on its own and in order."""
        for one in said:
            if isinstance(one, UnknownCommand):
                self.ask(*unknown(one, message, self.answer.echo, lexicon()))
            elif isinstance(one, CommandSaid):
                await self.command(one, message)

    async def command(self, said: CommandSaid, message: Reread) -> None:
        """One command; a stretch that may be mistyped is asked about first."""
        for doubt in said.doubts:
            settled = doubt.kind == "value" or doubt.span.of(message.text) in message.settled
            if not settled:
                self.ask(*doubted(said, doubt, message, self.answer.echo, lexicon()))
                return
        filling = Filling(said.command, said.action)
        filling.take(said.given)
        filling.gap = _gap(said, message.text)
        await self.carry_out(filling, in_group=message.in_group)

    async def carry_out(self, filling: Filling, *, in_group: bool) -> None:
        """The command's own answer; what it still needs waits as a question."""
        turn = self.turn(filling)
        if not may(self.asker.standing, filling.command, filling.action):
            who = who_may(filling.command, filling.action)
            understood = turn.understood()
            self.tell(Told(NotAllowed(command=filling.command, who=who, understood=understood)))
            return
        hint = in_group and not filling.hinted and _tells_of_a_home(turn)
        filling.hinted = filling.hinted or hint
        told = await self.told_by(turn)
        self.tell(*told)
        if hint:
            recorded = (one.notice for one in told if isinstance(one.notice, VisitRecorded))
            number = next((notice.visit for notice in recorded), None)
            self.tell(Told(NameInGroup(visit=number), private=True))

    def turn(self, filling: Filling) -> Turn:
        """The command as this person says it here."""
        return Turn(
            asker=self.asker,
            filling=filling,
            command=COMMANDS[filling.command],
            lexicon=lexicon(),
            room="group" if self.spoken.group else "direct",
            room_unit=self.spoken.room_unit,
            echo=self.answer.echo,
        )

    async def told_by(self, turn: Turn) -> list[Told]:
        """What the command tells, where it may be told; a question is kept."""
        try:
            async with savepoint():
                told = list(await _ANSWERS[turn.filling.command](turn))
        except Question as question:
            self.questions.append(FillingDraft(turn.filling, question.asked, question.options))
            return self.in_room([Told(question.notice)], alone=question.private)
        except Refusal as refusal:
            return [Told(refusal.notice)]
        for one in told:
            if isinstance(one.notice, VisitRecorded):
                self.recorded.append(one.notice.visit)
                self.with_open += [one.notice.visit] * bool(one.notice.open_questions)
        alone = row(turn.filling.command, turn.filling.action).room == "one_to_one"
        return self.in_room(told, alone=alone)

    def in_room(self, told: list[Told], *, alone: bool) -> list[Told]:
        """What is not for groups goes to the asker alone, and the group hears so."""
        if self.spoken.group and alone:
            return [Told(ToldPrivately()), *(Told(one.notice, private=True) for one in told)]
        return told

    # --- what waits -----------------------------------------------------------------------

    def tell(self, *told: Told) -> None:
        """Add to the answer."""
        self.answer.told += told

    def ask(self, told: Told, draft: Draft | None) -> None:
        """Add a question to the answer, and keep it."""
        self.tell(told)
        if draft is not None:
            self.questions.append(draft)

    async def keep(self) -> None:
        """Keep what is asked now, and which visit labels alone would add to: the last one's."""
        if self.loaded and self.before is self.loaded and not (self.questions or self.recorded):
            return
        # A reply that answers nothing leaves the question open.
        questions = (*self.questions, *self.before.questions)
        visits = tuple(self.with_open) if self.recorded else self.before.visits
        waiting = Waiting(questions, visits)
        if waiting:
            await keep_draft(self.asker.person, waiting.as_data(), question=bool(questions))
        else:
            await drop_draft(self.asker.person)


def _gap(said: CommandSaid, text: str) -> str:
    """What stands between a name and the text, when nothing else does."""
    name, words = said.given.get("student"), said.given.get("text")
    gap = text[name[-1].span.end : words[0].span.start] if name and words else ""
    return gap if gap and _GAP.fullmatch(gap) else "\n"


def _tells_of_a_home(turn: Turn) -> bool:
    """Whether a child's name or what was said and seen stands there, and not in a class list."""
    texts = any(turn.text(one.name) for one in turn.action.fields if one.type == "text")
    return texts or visit.names_a_child(turn)
