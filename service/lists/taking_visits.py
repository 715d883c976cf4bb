"""Takes in a list of past visits: each row once, however often the list is brought."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from commands.first_looks import looked_at, what_is_known
from domain.actions.alerting import alert
from domain.actions.visit_list import take_visit_list
from domain.actions.visits import VisitMade
from domain.chaining import chained
from domain.house import house
from domain.queries.alerting import not_alerted_yet, who_is_alerted
from domain.queries.classes import all_classes
from domain.queries.family_list import ChildKnown, children_known
from domain.queries.people_list import PersonKnown, people_known
from domain.queries.problems import problem_of
from domain.queries.visit_list import VisitListed, rows_imported, visits_listed
from domain.records import savepoint, today
from domain.rules.classes import class_of_grade
from domain.sealing import normalised, scope_of_class
from service.lists.faults import ListFault, refusing
from service.lists.people import AccountSaid
from service.lists.report import Taken
from service.lists.visits import ChildSaid, Known, Meant, PersonSaid, VisitRead, read_visits, whom

log = logging.getLogger(__name__)
# A key of its own, so that what is kept of a row says nothing of it.
_PURPOSE = "imported rows"


async def take_visits(file: Path) -> Taken:
    """Take the list in, all of it or nothing; ListFault when it can't be read."""
    taken = Taken()
    async with savepoint(), chained():
        day = await today()
        read = read_visits(file, house().plan, day, taken.refused)
        rows = _meant(read, await _known(day), day, taken)
        await _take(rows, taken)
        danger = await _alert(day)
    if danger:
        taken.notes.append(_danger(file, danger))
    log.info("visits import: %s", taken.counts)
    return taken


def _danger(file: Path, problems: Sequence[int]) -> ListFault:
    """By their numbers alone: the words aren't for a terminal."""
    numbers = [f"#{number}" for number in problems]
    return ListFault(
        file,
        None,
        f"有 {len(numbers)} 条读到危险的信号（{'、'.join(numbers)}），已发给该知道的领导，"
        "和当场记的一样马上告知；请再当面说一声",
        f"danger was read in {len(numbers)} of them ({', '.join(numbers)}); those who must know "
        "are told at once, as when it is typed. Please speak to them, too",
    )


async def _alert(day: date) -> list[int]:
    """What a list tells of danger is told at once, as if it had been typed."""
    found = []
    for number in await not_alerted_yet():
        problem = await problem_of(number)
        assert problem is not None
        await alert(number, await who_is_alerted(problem, day))
        found.append(number)
    return found


def _meant(
    read: Iterable[VisitRead], known: Known[int, ChildKnown], day: date, taken: Taken
) -> list[VisitMade]:
    rows = []
    for visit in read:
        with refusing(taken.refused):
            if visit.day > day:
                raise visit.row.fault(
                    f"{visit.day} 在今天（{day}）以后，还没有发生",
                    f"{visit.day} is after today ({day}): it hasn't happened yet",
                )
            rows.append(_made(visit, whom(visit, known)))
    return rows


def _made(visit: VisitRead, meant: Meant[int, ChildKnown]) -> VisitMade:
    return VisitMade(
        by=meant.by,
        kind=visit.kind,
        method=visit.method,
        result=visit.result,
        day=visit.day,
        companions=tuple(one for one in dict.fromkeys(meant.companions) if one != meant.by),
        student=meant.child.id if meant.child else None,
        family=meant.child.family if meant.child else None,
        school_class=meant.child.school_class if meant.child else None,
        teacher=meant.teacher,
        learnt=visit.learnt,
    )


async def _take(rows: Sequence[VisitMade], taken: Taken) -> None:
    """What was taken in before, or stands in the records otherwise, is left alone."""
    by_digest = {_digest(_of_made(made)): made for made in rows}
    before = await rows_imported(by_digest)
    recorded = await visits_listed({made.day for made in rows})
    otherwise = {_digest(_of_listed(visit)): visit.id for visit in recorded}
    known = {one: otherwise[one] for one in by_digest if one in otherwise and one not in before}
    new = {one: made for one, made in by_digest.items() if one not in before and one not in known}
    look = await what_is_known()
    looked = {
        one: replace(made, learnt=await looked_at(made.learnt, look)) for one, made in new.items()
    }
    await take_visit_list(looked, known)
    taken.new += len(new)
    taken.unchanged += len(rows) - len(new)


# --- whom the rows mean -------------------------------------------------------------------


async def _known(day: date) -> Known[int, ChildKnown]:
    children = _Children(await children_known(), await all_classes(), day)
    people: dict[str, list[PersonKnown]] = {}
    for person in await people_known(day):
        people.setdefault(normalised(person.name), []).append(person)

    def called(said: PersonSaid) -> Sequence[int]:
        found = people.get(normalised(said.name), [])
        return [one.id for one in found if said.account is None or _has(one, said.account)]

    return Known(called, children.meant)


def _has(person: PersonKnown, account: AccountSaid) -> bool:
    return account in {AccountSaid(one.platform, one.user) for one in person.accounts}


class _Children:
    """The children by class, found by number and by the token of their name."""

    def __init__(
        self,
        children: Iterable[ChildKnown],
        classes: Mapping[tuple[str, int, int], int],
        day: date,
    ) -> None:
        self._classes, self._today = classes, day
        self._by_class: dict[int, list[ChildKnown]] = {}
        for child in children:
            self._by_class.setdefault(child.school_class, []).append(child)

    def meant(self, said: ChildSaid, day: date) -> Sequence[ChildKnown]:
        """In the class that was called so on the day of the visit, else that is called so today.

        A list of the last school year has its names; one of these days may have today's.
        """
        for on in dict.fromkeys((day, self._today)):
            found = self._in_class(said, on)
            if found:
                return found
        return ()

    def _in_class(self, said: ChildSaid, on: date) -> Sequence[ChildKnown]:
        first_day = house().plan.school_year_first_day
        stage, year = class_of_grade(said.school_class.grade, on, first_day)
        school_class = self._classes.get((stage, year, said.school_class.number or 0))
        if school_class is None:
            return ()
        children = self._by_class.get(school_class, [])
        if not said.name:
            return [child for child in children if child.seat == said.seat]
        scope = scope_of_class(school_class)
        token = house().blind.token(scope, "name", normalised(said.name)).hex()
        called = [child for child in children if token in child.tokens]
        # The number tells two of one name apart; else it may be an earlier one.
        return [child for child in called if child.seat == said.seat] if called[1:] else called


# --- the same visit -----------------------------------------------------------------------


def _of_made(made: VisitMade) -> list[object]:
    learnt = made.learnt
    said = {"text": learnt.text, "talk": learnt.talk, "answered": learnt.answered, **learnt.answers}
    return _of(made, {name: [text] for name, text in said.items() if text}, learnt.words)


def _of_listed(visit: VisitListed) -> list[object]:
    said = {name: texts for name, texts in visit.said.items() if name != "words"}
    return _of(visit, said, visit.said.get("words", []))


def _of(
    visit: VisitMade | VisitListed, said: Mapping[str, Sequence[str]], words: Iterable[str]
) -> list[object]:
    """All that makes a visit another one; how texts are spaced doesn't."""
    return [
        visit.day.isoformat(),
        visit.by,
        sorted(set(visit.companions)),
        [visit.kind, visit.method, visit.result],
        visit.student,
        visit.teacher,
        sorted((name, _spaced("\n".join(texts))) for name, texts in said.items()),
        [_spaced(one) for one in words],
    ]


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _digest(parts: Sequence[object]) -> str:
    key = house().keyring.derived(_PURPOSE)
    return hmac.digest(key, json.dumps(parts).encode(), "sha256").hex()
