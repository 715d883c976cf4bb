"""/talk: somebody told others about the strategy, and it becomes a record."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Command, Field
from commands.parsing.values import number_behind
from commands.settling import ask_for, the_day, the_people
from commands.settling_values import the_choice, the_count
from commands.sorting import sort_note
from commands.turn import Question, Told, Turn
from commands.units import Meant, the_unit
from domain.actions.talks import TalkMade, add_to_talk, record_talk
from domain.errors import Refusal
from domain.notices.asking import Dropped
from domain.notices.refusals import NumberUnknown
from domain.notices.talks import TalkRecorded, TalkTwice
from domain.notices.values import FieldSaid, Option
from domain.queries.talks import same_talk, talk_of, target_of_talk
from domain.rules.policy import reaches, row

# Film, booklet and reading are the plan's (大宣讲); the other two are how schools tell besides.
FORMS = ("film", "booklet", "reading", "lecture", "meeting")
AUDIENCES = ("families", "students", "teachers", "party_members", "everyone")
LETTER = "T"

_WITH = Field("companions", "people", labelled=True)

COMMAND = Command(
    "talk",
    (
        Action(
            "record",
            (
                Field("form", "choice", required=True, choices=FORMS),
                Field("audience", "choice", required=True, choices=AUDIENCES),
                Field("people", "count"),
                Field("unit", "unit"),
                Field("day", "date"),
                Field("text", "text"),
                _WITH,
            ),
        ),
        Action(
            "add",
            (
                Field("talk_number", "number", required=True, letter=LETTER),
                Field("text", "text"),
                _WITH,
            ),
        ),
    ),
    open_texts=True,
)

AGAIN, ADD, DROP = "again", "add", "drop"


async def answer(turn: Turn) -> Sequence[Told]:
    """Record a talk, or add to one."""
    return await (_add(turn) if turn.filling.action == "add" else _record(turn))


async def _record(turn: Turn) -> Sequence[Told]:
    await sort_note(turn)
    form, audience = the_choice(turn, "form"), the_choice(turn, "audience")
    if form is None or audience is None:
        said = {"form": form, "audience": audience}
        raise ask_for(turn, *(name for name, value in said.items() if value is None))
    people, place, day = the_count(turn, "people"), await _place(turn), the_day(turn)
    made = TalkMade(
        by=turn.asker.person,
        form=form,
        audience=audience,
        day=day,
        people=people,
        unit=place.unit.id if place.unit else None,
        school_class=place.school_class.id if place.school_class else None,
        companions=await the_people(turn, "companions"),
        note=_note(turn),
    )
    if (twice := await _same_day(turn, made)) is not None:
        return await _added(turn, twice, made.note, made.companions)
    return [Told(TalkRecorded(talk=await record_talk(made), understood=turn.understood()))]


async def _place(turn: Turn) -> Meant:
    """Whose talk it was, if that was said: a film at the centre need be no class's."""
    said = turn.last("unit") is not None or turn.pick("unit") is not None
    return await the_unit(turn) if said else Meant()


def _note(turn: Turn) -> str | None:
    note = turn.text("text")
    if note is not None:
        turn.settle(FieldSaid("text", "recorded"))
    return note


async def _same_day(turn: Turn, made: TalkMade) -> int | None:
    """The talk to add to, when such a one is recorded already and the asker picked adding."""
    place = made.unit, made.school_class
    number = await same_talk(made.by, made.day, made.form, made.audience, *place)
    picked = turn.pick("talk_number")
    if number is None or picked == AGAIN:
        return None
    if picked == ADD:
        return number
    if picked == DROP:
        raise Refusal(Dropped())
    something = made.note or made.companions
    options = tuple(Option("word", word) for word in ((ADD, AGAIN) if something else (AGAIN, DROP)))
    notice = TalkTwice(talk=number, options=options, understood=turn.understood(recorded=False))
    raise Question(notice, "talk_number", options)


# --- adding -------------------------------------------------------------------------------


async def _add(turn: Turn) -> Sequence[Told]:
    number = number_behind(LETTER, turn.last("talk_number") or "")
    if number is None:
        raise ask_for(turn, "talk_number")
    turn.settle(FieldSaid("talk_number", "plain", number))
    if not await _may_add(turn, number):
        raise Refusal(NumberUnknown(letter=LETTER, number=number, understood=turn.understood()))
    note, companions = _note(turn), await the_people(turn, "companions")
    if note is None and not companions:
        raise ask_for(turn, "text")
    return await _added(turn, number, note, companions)


async def _may_add(turn: Turn, number: int) -> bool:
    talk = await talk_of(number)
    if talk is None:
        return False
    target = await target_of_talk(talk, turn.asker.person, turn.today)
    return reaches(turn.asker.standing, row("talk", "add").scopes, target)


async def _added(
    turn: Turn, number: int, note: str | None, companions: tuple[int, ...]
) -> Sequence[Told]:
    await add_to_talk(number, turn.asker.person, note, companions)
    said = {"text": note, "companions": companions}
    added = tuple(name for name, value in said.items() if value)
    return [Told(TalkRecorded(talk=number, added=added, understood=turn.understood()))]
