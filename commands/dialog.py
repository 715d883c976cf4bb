"""A message being answered: commands carried out one by one, questions asked, kept and taken up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from chat.words import languages, words
from commands.doubts import doubted, unknown
from commands.drafts import Draft, FillingDraft, Reread, Waiting, hinted, taken_for
from commands.hinting import as_meant, tells_of_a_home
from commands.mentions import take_mentioned
from commands.mornings import story_meant
from commands.parsing.messages import read_message
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from commands.parsing.said import CommandSaid, Said, UnknownCommand
from commands.replies import added, resumed, the_one_answered
from commands.table import ANSWERS, COMMANDS, MEANT, lexicon
from commands.turn import OFFER, Echo, Filling, Place, Question, Told, Turn
from domain.actions.drafts import drop_draft, keep_draft
from domain.errors import Refusal
from domain.notices.asking import Dropped, Pointer, ToldPrivately, TooMany
from domain.notices.fixing import VisitFixed
from domain.notices.problems_intake import RedFlagAdvice
from domain.notices.refusals import NotAllowed
from domain.notices.visits import NameInGroup, VisitRecorded
from domain.queries.people import Asker
from domain.queries.students import any_named_in
from domain.records import savepoint
from domain.rules.policy import may, row, usable, who_may

# Nobody waits longer for the answers to one message.
_MOST_AT_ONCE = 20
_GAP = re.compile(r"[\s,，。;；!！?？、:：]*")


@dataclass(frozen=True)
class Spoken:
    """A message to answer: None for a picture and the like; `addressed` to the bot or not.

    `mentioned` are the people it calls by @, on platforms that take their names out of the text.
    """

    text: str | None
    group: bool
    addressed: bool
    room_unit: int | None = None
    place: Place | None = None
    mentioned: tuple[int, ...] = ()


@dataclass
class Answer:
    """What to tell the speaker, in order, and the typed text that it echoes."""

    told: list[Told] = field(default_factory=list)
    echo: Echo = field(default_factory=Echo)

    @property
    def admitted(self) -> tuple[int, ...]:
        """The newcomers who were let in, in order."""
        return tuple(one.admits for one in self.told if one.admits is not None)


@dataclass
class Dialog:
    """One message being answered: what waited before it, and what waits after it."""

    spoken: Spoken
    asker: Asker
    loaded: Waiting
    answer: Answer = field(default_factory=Answer)
    questions: list[Draft] = field(default_factory=list)
    recorded: list[int] = field(default_factory=list)
    with_open: list[int] = field(default_factory=list)
    fixed: list[int] = field(default_factory=list)
    hints: bool = False

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
        if not self.spoken.group and (story := await story_meant(self.asker.person, text)):
            await self.carry_out(story, in_group=False)
            return
        chosen = the_one_answered(questions, text, COMMANDS, lexicon())
        meant = resumed(chosen.draft, text, COMMANDS, lexicon()) if chosen else None
        if chosen is not None and meant is not None:
            doubtful = chosen.draft if chosen.others else None
            more = number_of(text) is None
            await self.answer_one(chosen.draft, meant, more=more, doubtful=doubtful)
        elif adds := added(self.before.visits, text, COMMANDS["visit"], lexicon()):
            await self.carry_out(adds, in_group=self.spoken.group)
        else:
            digits = plain(text).strip().isdigit() and not questions
            self.tell(Told(Pointer(heard="nothing_open" if digits else "talk")))

    async def answer_one(
        self,
        draft: Draft,
        meant: Filling | Reread,
        *,
        more: bool = True,
        doubtful: Draft | None = None,
    ) -> None:
        """Go on with that question; when it is settled, ask the newest of the others again."""
        rest = [one for one in self.before.questions if one is not draft]
        self.before = Waiting(visits=self.before.visits)
        await self.go_on(meant, in_group=self.spoken.group and more)
        if doubtful is not None:
            self.tell(Told(taken_for(doubtful)))
        while rest and not self.questions:
            last = rest.pop()
            await self.go_on(last.filling if isinstance(last, FillingDraft) else last.message)
        self.questions = [*rest, *self.questions]

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
        for done, one in enumerate(said):
            if done == _MOST_AT_ONCE:
                self.tell(Told(TooMany(done=done, left=len(said) - done)))
                return
            if isinstance(one, UnknownCommand):
                self.look_at(as_meant(one, message, lexicon()), message)
                self.ask(*unknown(one, message, self.answer.echo, lexicon()))
            elif isinstance(one, CommandSaid):
                await self.command(one, message, alone=len(said) == 1)

    async def command(self, said: CommandSaid, message: Reread, *, alone: bool) -> None:
        """One command; a stretch that may be mistyped is asked about first.

        `alone`: it is the whole message, so that whoever the message calls is meant by it.
        """
        for doubt in said.doubts:
            settled = doubt.kind == "value" or doubt.span.of(message.text) in message.settled
            if not settled:
                self.look_at(said, message)
                self.ask(*doubted(said, doubt, message, self.answer.echo, lexicon()))
                return
        filling = _filling(said)
        filling.gap = _gap(said, message.text)
        if alone:
            action = COMMANDS[said.command].action(said.action)
            await take_mentioned(filling, action, self.spoken.mentioned)
        await self.carry_out(filling, in_group=message.in_group)

    async def carry_out(self, filling: Filling, *, in_group: bool) -> None:
        """The command's own answer; what it still needs waits as a question."""
        turn = self.turn(filling)
        if filling.command in MEANT:
            filling.action = await MEANT[filling.command](turn)
        tells = tells_of_a_home(turn)
        if not may(self.asker.standing, filling.command, filling.action):
            who = who_may(filling.command, filling.action)
            understood = turn.understood()
            # Of a command that one may use otherwise, only this is refused.
            other = usable(self.asker.standing, [filling.command])
            action = filling.action if other else None
            refused = NotAllowed(
                command=filling.command, who=who, action=action, understood=understood
            )
            self.tell(Told(refused))
            self.hints = self.hints or (in_group and tells)
            return
        self.tell(*await self.told_by(turn))
        # Which of several names is a child's may be known only now.
        hint = in_group and not filling.hinted and (tells or tells_of_a_home(turn))
        filling.hinted = filling.hinted or hint
        self.hints = self.hints or hint

    def turn(self, filling: Filling) -> Turn:
        """The command as this person says it here."""
        return Turn(
            asker=self.asker,
            filling=filling,
            command=COMMANDS[filling.command],
            lexicon=lexicon(),
            room="group" if self.spoken.group else "direct",
            room_unit=self.spoken.room_unit,
            place=self.spoken.place,
            echo=self.answer.echo,
        )

    async def told_by(self, turn: Turn) -> list[Told]:
        """What the command tells, where it may be told; a question is kept."""
        try:
            async with savepoint():
                told = list(await ANSWERS[turn.filling.command](turn))
        except Question as question:
            self.questions.append(FillingDraft(turn.filling, question.asked, question.options))
            return self.in_room([Told(question.notice)], alone=question.private)
        except Refusal as refusal:
            return [Told(refusal.notice)]
        offers = [one.offer for one in told if one.offer is not None]
        self.questions += [FillingDraft(one.filling, OFFER, one.options) for one in offers]
        for one in told:
            if isinstance(one.notice, VisitRecorded):
                self.recorded.append(one.notice.visit)
                self.with_open += [one.notice.visit] * bool(one.notice.open_questions)
            elif isinstance(one.notice, VisitFixed):
                self.fixed.append(one.notice.visit)
        alone = row(turn.filling.command, turn.filling.action).room == "one_to_one"
        return self.in_room(told, alone=alone)

    def in_room(self, told: list[Told], *, alone: bool) -> list[Told]:
        """What is not for groups goes to the asker alone, and the group hears so."""
        if self.spoken.group and alone:
            return [Told(ToldPrivately()), *(replace(one, private=True) for one in told)]
        return told

    # --- what stands in a group -----------------------------------------------------------

    def look_at(self, said: CommandSaid | None, message: Reread) -> None:
        """What isn't carried out stands in the group all the same."""
        if message.in_group and said is not None:
            self.hints = self.hints or tells_of_a_home(self.turn(_filling(said)))

    async def hint(self, *, command: bool) -> None:
        """Ask once, one-to-one, to recall a message of a group that tells of a child.

        A command with the name of a child on the lists is such a message, wherever it stands.
        """
        if not self.spoken.group or any(
            isinstance(one.notice, RedFlagAdvice) for one in self.answer.told
        ):
            # That one asks it, too.
            return
        if not self.hints and not (command and await any_named_in(self.spoken.text or "")):
            return
        numbers = tuple(dict.fromkeys((*self.recorded, *self.fixed)))
        self.tell(
            Told(NameInGroup(visit=next(iter(numbers), None), others=numbers[1:]), private=True)
        )
        if command:
            self.questions = [hinted(one) for one in self.questions]

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
    name = said.given.get("student") or said.given.get("department")
    words = said.given.get("text") or said.given.get("grounds")
    gap = text[name[-1].span.end : words[0].span.start] if name and words else ""
    return gap if gap and _GAP.fullmatch(gap) else "\n"


def _filling(said: CommandSaid) -> Filling:
    filling = Filling(said.command, said.action)
    filling.take(said.given)
    return filling


@cache
def _cancelling() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.cancel.words"))
