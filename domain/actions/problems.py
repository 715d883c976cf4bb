"""Puts on the list what somebody asks for: it gets a number and its clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.actions.events import note_event
from domain.actions.sealing import RowKey, key_of_family, new_row_key, sealed
from domain.clock import now, today
from domain.house import house
from domain.models import Problem, ProblemNamed, Voice
from domain.rules.dues import due, starts
from domain.rules.first_look import NOT_LOOKED_AT, FirstLook
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
    summary: str | None = None
    look: FirstLook = NOT_LOOKED_AT

    @property
    def is_over(self) -> bool:
        """Whether it was answered there and then; danger never is over by that."""
        return bool(self.answered) and not self.look.flags


async def list_problem(made: ProblemMade, *voices: int) -> Problem:
    """Make a problem of voices that stand written; one that was answered at once is closed.

    The clock starts on the day the words were heard, or today when they were recorded too late
    (the plan's fifteen days; plan.toml `[clock]`).
    """
    clock = house().plan.clock
    start = starts(made.heard_on, await today(), clock)
    key, seal = await new_row_key(), new_seal_id()
    problem = await Problem.create(
        seal=seal,
        key_id=key.id,
        state="closed" if made.is_over else "listed",
        heard_on=made.heard_on,
        started_on=start.day,
        due_at=due(start.day, clock),
        recorded_at=await now(),
        recorded_by_id=made.by,
        unit_id=made.unit,
        school_class_id=made.school_class,
        source=made.source,
        speaker=made.speaker,
        ending="on_the_spot" if made.is_over else None,
        ended_at=await now() if made.is_over else None,
        **_seen_at_first(made, seal, key),
    )
    for place, voice in enumerate(voices, 1):
        heard = {"problem_id": problem.id, "place": place, "speaker": made.speaker}
        await Voice.filter(id=voice).update(source=made.source, **heard)
    await _note_named(problem, made)
    kind = "answer" if made.is_over else "list"
    first = {"voice": voices[0]} if voices else {}
    await note_event(problem, kind, made.by, made.answered, **first)  # type: ignore[arg-type]
    return problem


def _seen_at_first(made: ProblemMade, seal: str, key: RowKey) -> dict[str, Any]:
    """What its words told before anybody read them; what quotes them is sealed."""
    look = made.look
    texts = {
        "summary": made.summary,
        "because": "\n".join(look.because),
        "flag_words": "\n".join(dict.fromkeys(flag.word for flag in look.flags)),
    }
    columns = {name: sealed(text, Problem, name, seal, key) for name, text in texts.items() if text}
    kinds = list(dict.fromkeys(flag.kind for flag in look.flags))
    suggested = [[one.category, round(one.confidence, 3)] for one in look.suggested]
    return {"suggested": suggested, "red_flag": bool(kinds), "flags": kinds, **columns}


async def _note_named(problem: Problem, made: ProblemMade) -> None:
    """Whom the words name is kept from it until somebody says that a namesake is meant.

    Who recorded it knows it anyway.
    """
    named = [person for person in made.look.named if person != made.by]
    if named:
        rows = [ProblemNamed(problem_id=problem.id, person_id=person) for person in named]
        await ProblemNamed.bulk_create(rows)


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
