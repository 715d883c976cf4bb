"""Records a problem that came without a visit: by phone, by letter, in the street."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.actions.deeds import note_deed
from domain.actions.problems import ProblemMade, WordsHeard, list_problem, write_words
from domain.house import house
from domain.models import ProblemEvent
from domain.records import today
from domain.rules.dues import starts
from domain.rules.first_look import Request


@dataclass(frozen=True)
class ProblemSaid:
    """What was heard on `heard_on` (the school's date), byte for byte, and all that is known of it.

    `requests` is what its words tell at first look: one, for it is one message.
    """

    by: int
    words: str
    heard_on: date
    source: str
    speaker: str
    unit: int | None = None
    school_class: int | None = None
    family: int | None = None
    answered: str | None = None
    summary: str | None = None
    requests: tuple[Request, ...] = ()

    @property
    def request(self) -> Request:
        """The words with what they tell."""
        return self.requests[0] if self.requests else Request((self.words,))

    @property
    def is_answered(self) -> bool:
        """Whether it is over already; danger never is because somebody answered."""
        return bool(self.answered) and not self.request.look.flags


@dataclass(frozen=True)
class ProblemKept:
    """Its number, how many days too late it was recorded, and by which deed."""

    problem: int
    late_by: int
    deed: int


async def record_problem(said: ProblemSaid) -> ProblemKept:
    """Write the words down as a voice and make a problem of it."""
    heard = WordsHeard(said.by, said.heard_on, said.words, said.source, said.speaker, said.family)
    voices = [await write_words(heard)]
    voices += [await write_words(replace(heard, words=text)) for text in said.request.noted]
    made = ProblemMade(
        by=said.by,
        heard_on=said.heard_on,
        source=said.source,
        speaker=said.speaker,
        unit=said.unit,
        school_class=said.school_class,
        answered=said.answered,
        summary=said.summary,
        look=said.request.look,
    )
    problem = await list_problem(made, *voices)
    event = await ProblemEvent.filter(problem_id=problem.id).order_by("id").first()
    assert event is not None
    deed = await note_deed(said.by, "problem.list", problem.id, event=event.id)
    late = starts(said.heard_on, await today(), house().plan.clock).late_by
    return ProblemKept(problem.id, late, deed)
