"""/told: what a family said when it was told what was done, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.parsing.record_numbers import voice_number
from commands.problem_numbers import seen_problem
from commands.settling import ask_for
from commands.settling_values import the_choice
from commands.turn import Question, Told, Turn
from commands.whose_move import not_yours, only_from
from domain.actions.hearing_back import HeardBack, hear_back
from domain.errors import Refusal
from domain.notices.problems_in_hand import VoicesAsked, VoiceUnknown
from domain.notices.values import FieldSaid, Option
from domain.queries.answering_for import who_answers
from domain.queries.people import holders_of
from domain.queries.problem_people import head_for, next_up, tells
from domain.queries.problems import ProblemFound, VoiceFound, voices_of
from domain.rules.problem_sight import acts_for
from domain.rules.satisfaction import DISSATISFIED, NOT_REACHED, SATISFACTIONS, settled

COMMAND = Command(
    "told",
    (
        Action(
            "answer",
            (
                Field("voice", "voice", required=True),
                Field(
                    "satisfaction", "choice", required=True, choices=(*SATISFACTIONS, NOT_REACHED)
                ),
                Field("said", "text"),
            ),
        ),
    ),
)


async def answer(turn: Turn) -> Sequence[Told]:
    """One of the four words is needed, and never guessed from others; 未联系上 counts a try."""
    problem = await _problem(turn)
    voices = await voices_of(problem.id)
    voice = await _voice(turn, problem, voices)
    satisfaction = the_choice(turn, "satisfaction")
    if satisfaction is None:
        # What a family says of the school is not asked in a group.
        raise ask_for(turn, "satisfaction", private=True)
    words = turn.text("said")
    if words is not None:
        turn.settle(FieldSaid("said", "recorded"))
    unhappy = satisfaction == DISSATISFIED
    heard = HeardBack(
        voice=voice.id,
        place=next(one.place for one in voices if one.id == voice.id),
        satisfaction=satisfaction,
        words=words,
        others=tuple(one.id for one in voices if one.id != voice.id),
        claims=await _claims(turn, problem) if unhappy else None,
        up=await next_up(problem, turn.today) if unhappy else None,
        head=await head_for(problem, turn.asker.person, turn.today) if unhappy else None,
    )
    receipt = await hear_back(problem.id, turn.asker.person, heard)
    return [Told(replace(receipt, understood=turn.understood()))]


async def _claims(turn: Turn, problem: ProblemFound) -> int | None:
    """Who answers for what nobody has claimed, such as what the bureau answered."""
    if problem.responsible is not None:
        return None
    return (await who_answers(problem, turn.today)).person


async def _problem(turn: Turn) -> ProblemFound:
    """The problem, which has been answered: before that there is nothing to tell."""
    number = voice_number(turn.last("voice") or "")
    if number is None:
        raise ask_for(turn, "voice")
    turn.settle(FieldSaid("voice", "plain", "-".join(str(one) for one in number if one)))
    problem = await seen_problem(turn, number[0])
    while problem.merged_into is not None:
        # Its voices are told, each with its own number, where they are heard now.
        problem = await seen_problem(turn, problem.merged_into)
    only_from(turn, problem, "told")
    return problem


async def _voice(turn: Turn, problem: ProblemFound, voices: tuple[VoiceFound, ...]) -> VoiceFound:
    """The asker's own voice, or one of those the office tells; of several it is asked which."""
    mine = await _mine(turn, problem, voices)
    if not mine:
        raise Refusal(not_yours(turn, problem, "told", await _tellers(turn, problem, voices)))
    if isinstance(picked := turn.pick("voice"), int):
        return next(one for one in mine if one.id == picked)
    if place := (voice_number(turn.last("voice") or "") or (0, None))[1]:
        return _at(turn, problem, mine, place)
    open_ones = [one for one in mine if not settled(one.satisfaction, one.tries)] or mine
    if len(open_ones) == 1:
        return open_ones[0]
    options = tuple(Option("voice", one.id) for one in open_ones)
    ids = tuple(one.id for one in open_ones)
    notice = VoicesAsked(problem=problem.id, voices=ids, understood=turn.understood())
    raise Question(notice, "voice", options, private=True)


def _at(turn: Turn, problem: ProblemFound, mine: list[VoiceFound], place: int) -> VoiceFound:
    found = [one for one in mine if one.place == place]
    if not found:
        notice = VoiceUnknown(
            problem=problem.id,
            place=place,
            places=tuple(one.place for one in mine),
            understood=turn.understood(),
        )
        raise Refusal(notice)
    return found[0]


async def _mine(
    turn: Turn, problem: ProblemFound, voices: tuple[VoiceFound, ...]
) -> list[VoiceFound]:
    """Those that are the asker's to tell; else, for the office, all of them."""
    standing = turn.asker.standing
    office = "office" in standing.roles
    own = [one for one in voices if tells(acts_for(standing), one, problem, office=office)]
    mine = own or (list(voices) if office else [])
    return await _as_numbered(turn, problem, mine)


async def _as_numbered(
    turn: Turn, problem: ProblemFound, mine: list[VoiceFound]
) -> list[VoiceFound]:
    """Of one that was merged those are meant that came with it, by the numbers they had there."""
    number = (voice_number(turn.last("voice") or "") or (problem.id,))[0]
    if number == problem.id:
        return mine
    places = {one.id: one.place for one in await voices_of(number)}
    return [replace(one, place=places[one.id]) for one in mine if one.id in places]


async def _tellers(
    turn: Turn, problem: ProblemFound, voices: tuple[VoiceFound, ...]
) -> tuple[int, ...]:
    recorders = [one.recorded_by for one in voices if one.recorded_by not in problem.sight.barred]
    return tuple(dict.fromkeys(recorders)) or await holders_of("office", turn.today)
