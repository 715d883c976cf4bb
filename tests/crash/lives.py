"""Lets a process die at a point and another come after it, and tells what is otherwise then.

Each life is a process of its own, forked from this one, which has everything loaded and runs
neither a loop nor a thread.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.crash.databases import Copies
from tests.crash.looking import (
    Look,
    broken,
    brought,
    differences,
    looked,
    noted,
    read,
    unsaid_answers,
)
from tests.crash.outside import outside
from tests.crash.points import Counter, Point
from tests.crash.post import Letter, Post
from tests.crash.scenarios import Scenario
from tests.crash.stage import Stage, a_minute_later, chats, on_dingtalk
from tests.fixtures.house import START, School

# A life that takes longer hangs (seconds).
PATIENCE = 60


class Unlived(Exception):
    """A life that was to end by itself didn't, or not well: how it ended."""


@dataclass(frozen=True)
class Ended:
    """How a life ended: by SIGKILL at its point, with what it tells, or with what went wrong."""

    killed: bool = False
    told: Any = None
    wrong: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a death at the point of that number came to.

    `wrong` is empty when all is as if nobody had died; `again` is how many letters came twice,
    which a death between bringing and noting explains.
    """

    number: int
    wrong: tuple[str, ...] = ()
    again: int = 0


@dataclass
class Lives:
    """Lives a scenario again and again, each time on a copy of the same records.

    `calm` and `letters` are what there is when nobody dies.
    """

    scenario: Scenario
    copies: Copies
    source: str
    people: dict[str, int]
    calm: Look = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    _noted: int = 0

    def __post_init__(self) -> None:
        self._ready = _name("ready")

    # --- the whole --------------------------------------------------------------------------

    def points(self) -> list[Point]:
        """Make the records ready and live once without any death: where one could die."""
        asyncio.run(self._warm())
        self._noted = told(in_a_child(self._prepared()))
        name, post = self._begun()
        points = told(in_a_child(self._counted(name, post)))
        second = told(in_a_child(self._second(name, post, ask_first=True)))
        self.calm, self.letters = second["look"], post.letters()
        if second["wrong"]:
            raise Unlived(f"without any death: {second['wrong']}")
        if not any(row[0] == self.scenario.leaves for row in self.calm["outbox"]):
            raise Unlived(f"no {self.scenario.leaves} among {self.calm['outbox']}")
        if self.scenario.letters not in {None, sum(one.how == "brought" for one in self.letters)}:
            raise Unlived(f"not in {self.scenario.letters}: {self.letters}")
        return [Point(*one) for one in points]

    def die_at(self, number: int) -> Outcome:
        """Die there, come back, and compare.

        Who asked asks again, at every other point only after what was left over is done.
        """
        name, post = self._begun()
        first = in_a_child(self._first(name, post, Counter(last=number)))
        if not first.killed:
            return Outcome(number, (f"it lived: {first}",))
        second = in_a_child(self._second(name, post, ask_first=number % 2 == 0))
        if second.told is None:
            return Outcome(number, (f"nobody could come after it: {second}",))
        return self._compared(number, second.told, post.letters())

    def forget(self) -> None:
        """Leave nothing of what was made ready."""
        told(in_a_child(self.copies.drop(self._ready)))

    def _compared(self, number: int, second: dict[str, Any], letters: list[Letter]) -> Outcome:
        wrong = [*second["wrong"], *differences(self.calm, second["look"])]
        found = read(self.letters, letters)
        wrong += [f"never came: {one}" for one in found.lost]
        if len(found.again) > second["unmarked"]:
            wrong += [f"came again without a reason: {one}" for one in found.again]
        if len(found.answers) > second["unsaid"]:
            wrong += [f"was brought though it had been said: {one}" for one in found.answers]
        return Outcome(number, tuple(wrong), len(found.again))

    def _begun(self) -> tuple[str, Post]:
        name = _name("life")
        paper = self.copies.folder / f"{name}.letters"
        return name, Post(paper, chats(self.scenario.gone))

    # --- what each process does ---------------------------------------------------------------

    async def _warm(self) -> None:
        """Live once in this very process, so that all that is loaded late is there for the others."""
        name, post = self._begun()
        await self.copies.copy(self.source, name)
        async with self.copies.opened(name):
            await self._made_ready()
            await Counter().run(self.scenario.act(self._stage(post)))
            await looked()
        await self.copies.drop(name)
        post.file.unlink(missing_ok=True)

    async def _prepared(self) -> int:
        """Make the records ready; how many notices were noted as brought before it begins."""
        await self.copies.copy(self.source, self._ready)
        async with self.copies.opened(self._ready):
            await self._made_ready()
            return await noted()

    async def _made_ready(self) -> None:
        stage = self._stage(Post(self.copies.folder / f"{self._ready}.letters"))
        await stage.school.move_to(START)
        await on_dingtalk(stage.school)
        await self.scenario.before(stage)

    async def _counted(self, name: str, post: Post) -> list[tuple[str, str, int]]:
        """Where the first could die."""
        with outside(self.copies, name, post.file) as seen:
            counter = Counter(outside=seen)
            await self._first(name, post, counter)
        return [(one.kind, one.place, one.state) for one in counter.points]

    async def _first(self, name: str, post: Post, counter: Counter) -> None:
        await self.copies.copy(self._ready, name)
        async with self.copies.opened(name):
            await counter.run(self.scenario.act(self._stage(post)))

    async def _second(self, name: str, post: Post, *, ask_first: bool) -> dict[str, Any]:
        """Whoever comes after it: hears what is sent again, and does what is due."""
        a_minute_later()
        before = len(brought(post.letters()))
        stage = self._stage(post)
        async with self.copies.opened(name):
            unmarked, unsaid = before - (await noted() - self._noted), await unsaid_answers()
            if not ask_first:
                await stage.turns()
            answers = await self.scenario.hear(stage)
            await stage.turns()
            look, wrong = await looked(), await broken()
        await self.copies.drop(name)
        look["answers"] = answers
        return {
            "look": look,
            "wrong": wrong,
            "unmarked": unmarked,
            "unsaid": 0 if ask_first else unsaid,
        }

    def _stage(self, post: Post) -> Stage:
        return Stage(School(self.people, {}, ""), post)


_numbers = count()


def _name(what: str) -> str:
    return f"{what}_{os.getpid()}_{next(_numbers)}"


def told(ended: Ended) -> Any:
    if ended.killed or ended.wrong:
        raise Unlived(str(ended.wrong or "it died without having to"))
    return ended.told


def in_a_child(work: Coroutine[Any, Any, Any]) -> Ended:
    """Do it in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(PATIENCE)
        _lived(work, writing)
    work.close()
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        how = signal.Signals(os.WTERMSIG(status))
        killed = how == signal.SIGKILL
        return Ended(killed=killed, wrong="" if killed else f"ended by {how.name}")
    return Ended(**json.loads(said))


def _lived(work: Coroutine[Any, Any, Any], writing: int) -> None:
    """Live, tell, and end without any of what the parent has to do at its end."""
    try:
        said = {"told": asyncio.run(work)}
    except BaseException:  # noqa: BLE001  whatever it is, the parent is to know
        said = {"wrong": traceback.format_exc()}
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(json.dumps(said).encode())
    os._exit(0)
