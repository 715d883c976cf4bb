"""What one reader may see, in one room, at one moment: all masking and opening is done here."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date

from tortoise.expressions import Q

from domain.models import (
    Arrangement,
    Correction,
    Heard,
    Newcomer,
    ReadLog,
    SchoolClass,
    Seat,
    Student,
    Talk,
    TalkNote,
    Visit,
    VisitAnswer,
    Voice,
)
from domain.notices.values import Covered, Option, Span, UnitRef
from domain.notices.views import (
    Child,
    ClassName,
    CoveredSeen,
    Namesake,
    OptionSeen,
    SeatSeen,
    UnitName,
)
from domain.queries.classes import class_name
from domain.queries.opening import opened
from domain.queries.people import names_of, seats_on
from domain.queries.units import all_units, units_by_id
from domain.records import now
from domain.rules.letting_in import lets_in
from domain.rules.masking import masked
from domain.rules.policy import READING, Standing, Subject, Target, reaches
from domain.rules.problem_sight import Sight


@dataclass(frozen=True)
class VisitText:
    """The personal text of a visit, opened."""

    text: str | None = None
    words: str | None = None
    talk: str | None = None
    answered: str | None = None
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KnockSeen:
    """Somebody who knocked; `name` is None for who may not let them in, and once it is settled."""

    name: str | None
    platform: str
    in_group: bool
    unit: int | None
    settled: bool


@dataclass
class Eyes:
    """A reader's eyes: `standing` is None in a group, where the room itself reads.

    `occasion` names what is being said, so that one reading is logged once. What they looked up
    they know for as long as this one thing is said; what they read they note in the end.
    """

    standing: Standing | None
    today: date
    occasion: str
    heard: int | None
    sights: dict[int, Sight] = field(default_factory=dict)
    _classes: dict[int, ClassName | None] = field(default_factory=dict)
    _students: dict[int, Student] = field(default_factory=dict)
    _read: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Whether it is said one-to-one."""
        return self.standing is not None

    def may_read(self, subject: Subject, target: Target) -> bool:
        """Whether the reader's seats reach the personal text of the target; a room never may."""
        return self.standing is not None and reaches(self.standing, READING[subject], target)

    # --- names ----------------------------------------------------------------------------

    async def person(self, person: int | None) -> str | None:
        """The name of one of the school's people."""
        if person is None:
            return None
        return (await names_of({person})).get(person, "*")

    async def people(self, people: tuple[int, ...]) -> tuple[str, ...]:
        """Their names, in the same order."""
        names = await names_of(set(people))
        return tuple(names.get(person, "*") for person in people)

    async def class_name(self, school_class: int | None) -> ClassName | None:
        """What a class is called today."""
        if school_class is None:
            return None
        if school_class not in self._classes:
            row = await SchoolClass.get_or_none(id=school_class)
            self._classes[school_class] = class_name(row, self.today) if row else None
        return self._classes[school_class]

    async def unit(self, ref: UnitRef) -> UnitName:
        """What a unit is called today; the whole school when none is named."""
        if ref.school_class is not None:
            name = await self.class_name(ref.school_class)
            return UnitName("class", str(name), name.grade if name else None, name)
        units = await units_by_id()
        chosen = units.get(ref.unit or 0) or next(u for u in units.values() if u.kind == "school")
        return chosen.seen

    async def units(self, ids: tuple[int, ...]) -> tuple[UnitName, ...]:
        """What these units are called, in the same order."""
        known = {unit.id: unit.seen for unit in await all_units()}
        return tuple(known[one] for one in ids if one in known)

    async def covered(self, counts: tuple[Covered, ...]) -> tuple[CoveredSeen, ...]:
        """Counts with the names of their units."""
        return tuple(
            [CoveredSeen(unit=await self.unit(one.unit), count=one.count) for one in counts]
        )

    # --- children -------------------------------------------------------------------------

    async def child(self, student: int, *, own: bool = False) -> Child | None:
        """A child by name for who may read it, by seat number or masked for everyone else.

        `own`: the reader went to see the child.
        """
        children = await self.children((student,), own=own)
        return children.get(student)

    async def children(self, students: tuple[int, ...], *, own: bool = False) -> dict[int, Child]:
        """The same for several, and one line in the log for each name that is shown."""
        unknown = [one for one in students if one not in self._students]
        if unknown:
            rows = Student.filter(id__in=unknown).select_related("family__key", "school_class")
            self._students |= {row.id: row for row in await rows}
        seen = {
            one: self._child(self._students[one], own=own)
            for one in students
            if one in self._students
        }
        for student, child in seen.items():
            if child.name is not None:
                self.note_reading("student", student, "name")
        return seen

    def _child(self, row: Student, *, own: bool) -> Child:
        named = class_name(row.school_class, self.today)
        target = Target(grade=named.grade, school_class=row.school_class_id, own=own)
        name = opened(row, "name", row.family.key)
        readable = name is not None and self.may_read("family", target)
        return Child(
            named,
            row.seat_number,
            name if readable else None,
            None if row.seat_number is not None else masked(name or ""),
        )

    # --- what was said --------------------------------------------------------------------

    async def visit_text(
        self, visit: Visit, target: Target, voices: tuple[int, ...] = ()
    ) -> VisitText:
        """The personal text of a visit, for who may read it; the reading is logged.

        Its words are those of `voices`, a line each, or of all its voices when none are named.
        What was taken back isn't said again.
        """
        subject: Subject = "teacher_talk" if visit.kind == "teacher" else "family"
        if visit.undone_at is not None or not self.may_read(subject, target):
            return VisitText()
        key = visit.key
        which = {"id__in": voices} if voices else {"visit_id": visit.id}
        heard = Voice.filter(undone_at__isnull=True, **which)
        rows = await heard.select_related("key").order_by("id")
        words = [opened(voice, "words", voice.key) for voice in rows]
        said = {column: opened(visit, column, key) for column in ("text", "talk", "answered")}
        answers = VisitAnswer.filter(visit_id=visit.id, undone_at__isnull=True)
        for row in await answers.order_by("id"):
            more = opened(row, "text", key)
            said[row.question] = "\n".join(filter(None, (said.get(row.question), more))) or None
        found = VisitText(
            text=said.pop("text"),
            words="\n".join(filter(None, words)) or None,
            talk=said.pop("talk"),
            answered=said.pop("answered"),
            answers={question: answer for question, answer in said.items() if answer},
        )
        shown = [name for name, value in asdict(found).items() if value]
        if shown:
            self.note_reading("visit", visit.id, " ".join(shown))
        return found

    async def void_grounds(self, visit: Visit, target: Target) -> str | None:
        """Why a visit is void, for who may read what was noted of it; the reading is logged."""
        subject: Subject = "teacher_talk" if visit.kind == "teacher" else "family"
        if not self.may_read(subject, target):
            return None
        rows = Correction.filter(record="visit", record_id=visit.id, column="void")
        row = await rows.order_by("-id").prefetch_related("key").first()
        grounds = opened(row, "after_text", row.key) if row else None
        if grounds:
            self.note_reading("visit", visit.id, "void")
        return grounds

    async def newcomer(self, number: int) -> KnockSeen:
        """Who knocked, for one who may let them in; that the name was shown is logged."""
        row = await Newcomer.get_or_none(id=number).prefetch_related("key", "unit")
        if row is None:
            return KnockSeen(None, "", in_group=False, unit=None, settled=True)
        at = Target(unit=row.unit.id, grade=row.unit.grade) if row.unit else Target()
        over = row.outcome is not None or row.expires_at <= await now()
        may = self.standing is not None and lets_in(self.standing, at, (), rebind=False)
        name = opened(row, "name", row.key) if may and not over else None
        if name is not None:
            self.note_reading("newcomer", number, "name")
        return KnockSeen(name, row.platform, in_group=row.group, unit=row.unit_id, settled=over)

    async def talk_note(self, talk: Talk, target: Target) -> str | None:
        """What is noted of a talk, a line each time, for who may read it; the reading is logged."""
        if not self.may_read("talk", target):
            return None
        more = await TalkNote.filter(talk_id=talk.id, undone_at__isnull=True).order_by("id")
        notes = [opened(talk, "note", talk.key), *(opened(row, "text", talk.key) for row in more)]
        return await self._shown("talk", talk.id, "\n".join(filter(None, notes)))

    async def arranged_note(self, arrangement: Arrangement, target: Target) -> str | None:
        """What is noted of something arranged, likewise."""
        if not self.may_read("family", target):
            return None
        note = opened(arrangement, "note", arrangement.key)
        return await self._shown("arrangement", arrangement.id, note)

    async def _shown(self, record: str, record_id: int, note: str | None) -> str | None:
        if note:
            self.note_reading(record, record_id, "note")
        return note or None

    async def typed(self, span: Span | None) -> str | None:
        """What was typed, for the one who typed it; None in a group and when it is erased."""
        if span is None or not self.private or self.heard is None:
            return None
        row = await Heard.get_or_none(id=self.heard).prefetch_related("key")
        text = opened(row, "typed", row.key) if row else None
        return None if text is None else text[span.start : span.end]

    async def options(self, options: tuple[Option, ...]) -> tuple[OptionSeen, ...]:
        """The numbered choices as this reader may see them; the number picks."""
        seen = [
            OptionSeen(one.kind, await self._option(one), one.say or str(place))
            for place, one in enumerate(options, 1)
        ]
        names = [one.value for one in seen if one.kind == "person"]
        return tuple(
            [
                replace(one, value=await self._namesake(str(one.value), int(option.value)))
                if one.kind == "person" and names.count(one.value) > 1
                else one
                for one, option in zip(seen, options, strict=True)
            ]
        )

    async def _option(self, option: Option) -> str | Child | UnitName | SeatSeen:
        value = option.value
        if option.kind == "student":
            return await self.child(int(value)) or "*"
        if option.kind == "seat":
            return await self._seat(await Seat.get(id=value))
        if option.kind == "person":
            return await self.person(int(value)) or "*"
        if option.kind == "unit":
            return await self.unit(UnitRef(unit=int(value)))
        if option.kind == "school_class":
            return await self.unit(UnitRef(school_class=int(value)))
        return str(value)

    async def _namesake(self, name: str, person: int) -> Namesake:
        """With the first of the person's seats, which tells two of one name apart."""
        seats = await seats_on(self.today, Q(person_id=person))
        return Namesake(name, await self._seat(seats[0]) if seats else None)

    async def _seat(self, seat: Seat) -> SeatSeen:
        unit = await self.unit(UnitRef(seat.unit_id, seat.school_class_id))
        return SeatSeen(role=seat.role, unit=unit, for_person=None)

    def note_reading(self, record: str, record_id: int, columns: str) -> None:
        """Remember that this is shown, for the log."""
        self._read.setdefault((record, record_id), columns)

    async def log_readings(self) -> None:
        """Write down what was read, before any of it is said; once for each occasion."""
        if not self._read:
            return
        assert self.standing is not None
        at = await now()
        readings = [
            ReadLog(
                person_id=self.standing.person,
                record=record,
                record_id=number,
                columns=columns,
                occasion=self.occasion,
                at=at,
            )
            for (record, number), columns in self._read.items()
        ]
        await ReadLog.bulk_create(readings, ignore_conflicts=True)
