"""What follows when problems were recorded: danger is told, whoever classifies hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from commands.turn import Filling, Offer, Told, Turn
from domain.actions.alerting import alert
from domain.actions.listing import tell_listed
from domain.notices.problems_intake import NamedAsked, RedFlagAdvice
from domain.notices.values import Option
from domain.queries.alerting import who_is_alerted
from domain.queries.alike import Alike, alike_to
from domain.queries.answering_for import who_answers
from domain.queries.liaisons import liaison_there
from domain.queries.people import holders_of
from domain.queries.problem_people import unsettled_names
from domain.queries.problems import problem_of
from domain.rules.first_look import Request

# From here on (0 to 1) it is asked whether the first suggestion is right.
_SURE = 0.5
RIGHT, ANOTHER, THEM, NAMESAKE = "right", "another", "them", "namesake"


@dataclass(frozen=True)
class Recorded:
    """A problem that was just recorded, of which words, and where it arose."""

    problem: int
    request: Request
    unit: int | None
    closed: bool = False


@dataclass(frozen=True)
class Followed:
    """What the receipt asks and offers beside, and what else is told, one-to-one."""

    asks: bool = False
    alike: Alike = field(default_factory=Alike)
    offer: Offer | None = None
    told: tuple[Told, ...] = ()


async def follow(turn: Turn, recorded: Sequence[Recorded], *, offers: bool) -> Followed:
    """Tell whom each concerns; with `offers` ask of the only one what it is about."""
    told = [one for each in recorded for one in await _told(turn, each)]
    only = recorded[0] if len(recorded) == 1 else None
    if only is None or only.closed or only.request.look.flags or not offers:
        return Followed(told=tuple(told))
    look, person = only.request.look, turn.asker.person
    text = "\n".join(only.request.words)
    alike = await alike_to(only.problem, only.unit, text, turn.asker.standing)
    # A name is settled first; and who is asked about what is hardly likelier than not learns to
    # say yes to anything.
    sure = bool(look.suggested) and look.suggested[0].confidence >= _SURE
    asks = sure and all(one == person for one in look.named)
    return Followed(asks, alike, _offer(only.problem, alike, asks=asks), tuple(told))


def _offer(problem: int, alike: Alike, *, asks: bool) -> Offer | None:
    words = tuple(Option("word", word) for word in ((RIGHT, ANOTHER) if asks else ()))
    options = (*words, *(Option("problem", one) for one in alike.known))
    filling = Filling("classify", "set", texts={"problem": [str(problem)]})
    return Offer(filling, options) if options else None


async def _told(turn: Turn, one: Recorded) -> list[Told]:
    if one.request.look.flags:
        told = [await _danger(turn, one.problem)]
    elif one.closed:
        return []
    else:
        await _news(turn, one)
        told = []
    asked = await next_name(turn, one.problem) if one.request.look.named else None
    return [*told, asked] if asked else told


# --- danger -------------------------------------------------------------------------------


async def _danger(turn: Turn, number: int) -> Told:
    """Those who must know are alerted at once; who recorded it hears what to do, alone."""
    problem = await problem_of(number)
    assert problem is not None
    people = await alert(number, await who_is_alerted(problem, turn.today))
    others = tuple(one for one in people if one != turn.asker.person)
    in_group = turn.room == "group"
    return Told(RedFlagAdvice(problem=number, told=others, in_group=in_group), private=True)


# --- news ---------------------------------------------------------------------------------


async def _news(turn: Turn, one: Recorded) -> None:
    """Whoever has to classify it hears of it; what names the head goes to the deputy head."""
    if not one.request.look.named:
        liaison = await liaison_there(one.unit, turn.today)
        await tell_listed(one.problem, turn.asker.person, liaison)
        return
    problem = await problem_of(one.problem)
    assert problem is not None
    person = (await who_answers(problem, turn.today)).person
    heads = set(await holders_of("head", turn.today))
    about_head = not heads.isdisjoint(problem.sight.barred)
    await tell_listed(one.problem, turn.asker.person, person, about_head=about_head)


# --- names --------------------------------------------------------------------------------


async def next_name(turn: Turn, problem: int) -> Told | None:
    """One name at a time; a further one counts as named until it is denied."""
    others = [one for one in await unsettled_names(problem) if one != turn.asker.person]
    if not others:
        return None
    filling = Filling("issue", "named", texts={"problem": [str(problem)]})
    filling.picks["person"] = others[0]
    options = tuple(Option("word", word) for word in (THEM, NAMESAKE))
    notice = NamedAsked(problem=problem, person=others[0])
    return Told(notice, private=True, offer=Offer(filling, options))
