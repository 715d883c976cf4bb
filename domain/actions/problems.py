"""Puts on the list what somebody asks for: it gets a number and its clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.actions.events import note_event
from domain.actions.sealing import key_of_family, new_row_key, sealed
from domain.clock import now, today
from domain.house import house
from domain.models import Problem, Voice
from domain.rules.dues import due, starts
from domain.sealing import new_seal_id


@dataclass(frozen=True)
class ProblemMade:
    """What was heard on `heard_on` (the school's date), where it arose and who spoke.

    `source` is how it came (visit, phone, letter …), `speaker` who spoke (parent, student,
    teacher, public). `answered` was answered there and then: that ends it.
    """

    by: int
    heard_on: date
    source: str
    speaker: str
    unit: int | None = None
    school_class: int | None = None
    answered: str | None = None


async def list_problem(made: ProblemMade, voice: int) -> Problem:
    """Make a problem of a voice that stands written; one that was answered at once is closed.

    The clock starts on the day the words were heard, or today when they were recorded too late
    (the plan's fifteen days; plan.toml `[clock]`).
    """
    clock = house().plan.clock
    start = starts(made.heard_on, await today(), clock)
    key, seal = await new_row_key(), new_seal_id()
    problem = await Problem.create(
        seal=seal,
        key_id=key.id,
        state="closed" if made.answered else "listed",
        heard_on=made.heard_on,
        started_on=start.day,
        due_at=due(start.day, clock),
        recorded_at=await now(),
        recorded_by_id=made.by,
        unit_id=made.unit,
        school_class_id=made.school_class,
        source=made.source,
        speaker=made.speaker,
        ending="on_the_spot" if made.answered else None,
        ended_at=await now() if made.answered else None,
    )
    await Voice.filter(id=voice).update(problem_id=problem.id, place=1, speaker=made.speaker)
    kind = "answer" if made.answered else "list"
    await note_event(problem, kind, made.by, made.answered, voice=voice)  # type: ignore[arg-type]
    return problem


@dataclass(frozen=True)
class WordsHeard:
    """Words that came without a visit: byte for byte, and the family that said them, if any."""

    by: int
    heard_on: date
    words: str
    source: str
    speaker: str
    family: int | None = None


async def write_words(heard: WordsHeard) -> int:
    """Write the words down as a voice of its own; returns its id."""
    key, seal = await key_of_family(heard.family), new_seal_id()
    voice = await Voice.create(
        seal=seal,
        key_id=key.id,
        family_id=heard.family,
        heard_on=heard.heard_on,
        recorded_at=await now(),
        recorded_by_id=heard.by,
        words=sealed(heard.words, Voice, "words", seal, key),
        source=heard.source,
        speaker=heard.speaker,
    )
    return voice.id
