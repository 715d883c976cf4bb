"""/talk: somebody told others about the strategy, and it becomes a record."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.declarations import Action, Command, Field
from commands.of_others import may_fix_talk, talk_of_others
from commands.parsing.counts import count_end, parse_count
from commands.parsing.plain import plain
from commands.parsing.record_numbers import number_behind
from commands.settling import ask_for, the_day, the_people
from commands.settling_values import the_choice, the_count
from commands.sorting import sort_note
from commands.turn import Question, Told, Turn
from commands.units import Meant, the_unit
from domain.actions.fixing_talks import TalkFix, fix_talk
from domain.actions.talks import TalkMade, add_to_talk, record_talk
from domain.errors import Refusal
from domain.notices.asking import Dropped
from domain.notices.refusals import NumberUnknown
from domain.notices.talks import TalkFixed, TalkFixOffered, TalkRecorded, TalkTwice, TalkUnchanged
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
                Field("people", "count", labelled=True),
                _WITH,
            ),
        ),
    ),
    open_texts=True,
)

AGAIN, ADD, DROP = "again", "add", "drop"
FIX_PEOPLE, AS_NOTE = "fix_people", "as_note"
# What people write before the number that should have stood there.
_SAID_BEFORE = re.compile(
    r"^(?:应该?是|应为|其实是?|实际是?|是|改成|改为|一?共|总共|人数"
    r"|it was|should be|was|number|people)"
    r"[\s:]*(?:人数|一?共|是)?[\s:]*"
)


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
    if (fixed := await _fix_instead(turn, number)) is not None:
        return fixed
    if turn.last("people") is not None and turn.text("text") is None:
        turn.filling.put("text", turn.last("people") or "")
    note, companions = _note(turn), await the_people(turn, "companions")
    if note is None and not companions:
        raise ask_for(turn, "text")
    return await _added(turn, number, note, companions)


async def _fix_instead(turn: Turn, number: int) -> Sequence[Told] | None:
    """34人 alone reads like how many came: whoever may put that right is asked."""
    labelled = the_count(turn, "people")
    people = labelled or _how_many(turn.text("text") or "")
    talk = await talk_of(number)
    if people is None or talk is None or turn.pick("people") == AS_NOTE:
        return None
    if not await may_fix_talk(turn, talk):
        if labelled is None:
            return None
        raise await talk_of_others(turn, talk)
    if turn.pick("people") != FIX_PEOPLE:
        options = (Option("word", FIX_PEOPLE), Option("word", AS_NOTE))
        offered = TalkFixOffered(
            talk=number, people=people, options=options, understood=turn.understood()
        )
        raise Question(offered, "people", options)
    turn.settle(FieldSaid("people", "plain", people))
    kept = await fix_talk(TalkFix(number, turn.asker.person, {"people": people}))
    if kept is None:
        raise Refusal(TalkUnchanged(talk=number, understood=turn.understood()))
    fixed = TalkFixed(talk=number, deed=kept.deed, told=kept.told, understood=turn.understood())
    return [Told(fixed)]


def _how_many(text: str) -> int | None:
    """34人, 共34人, 人数：34, 应该是34人."""
    said = _SAID_BEFORE.sub("", plain(text).strip())
    bare = said != plain(text).strip() and said.isdecimal()
    return parse_count(said) if bare or count_end(said, 0) == len(said) else None


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
