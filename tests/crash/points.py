"""Counts the places at which a program that waits can die, and lets it die at one of them.

Three kinds of places are counted, in the order in which they come:

- `await`: an `await`, `async with` or `async for` of our own code is about to begin, or the end of
  an `async with`, such as a commit; whether or not it will have to wait;
- `asked`: what was begun has to wait for something outside, which was asked and hasn't answered;
- `answered`: the answer is there, and nobody has read it.

Between two of these nothing happens outside of the process, so that to die anywhere else comes to
the same as to die at the one or the other.
"""

from __future__ import annotations

import asyncio
import dis
import os
import signal
import sys
import types
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, cast

from tests.fixtures.waits import watched

Kind = Literal["await", "asked", "answered"]

ROOT = Path(__file__).parents[2]
# Whose awaits are counted one by one; those of libraries are counted when they wait.
OURS = tuple(
    f"{ROOT / folder}{os.sep}" for folder in ("service", "commands", "workers", "chat", "domain")
)
_AWAITS = frozenset(dis.opmap[name] for name in ("GET_AWAITABLE", "GET_ANEXT") if name in dis.opmap)


@dataclass(frozen=True)
class Point:
    """A place where it may die: of which kind, and which line of our own had begun to await last.

    `state` is how often what is outside, and outlives a death, had changed by then.
    """

    kind: Kind
    place: str
    state: int = 0


def die() -> None:
    """End at once: nothing is written, closed or said any more."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Counter:
    """Counts the points that are passed, and does `at_last` at the one of number `last`.

    `outside` says what is outside at this moment: anything that differs when that does.
    """

    last: int | None = None
    at_last: Callable[[], None] = die
    outside: Callable[[Kind], object] = lambda _kind: None
    ours: tuple[str, ...] = OURS
    points: list[Point] = field(default_factory=list)
    _place: str = ""
    _outside: object = None
    _state: int = 0

    def pass_by(self, kind: Kind, place: str) -> None:
        """One more; the number of the first is 0."""
        if len(self.points) == self.last:
            self.at_last()
        before, self._outside = self._outside, self.outside(kind)
        self._state += before != self._outside
        self.points.append(Point(kind, place, self._state))

    async def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do the work, counting, and what it begins beside itself as well.

        Python 3.13 doesn't show the first await of a function the first time that it runs: who
        counts does the work once before.
        """
        loop = asyncio.get_running_loop()
        loop.set_task_factory(self._beside)
        # Python 3.12 looks for steps only once a frame wants them.
        sys._getframe().f_trace_opcodes = True
        sys.settrace(self._called)
        try:
            return await self._waiting(work)
        finally:
            sys.settrace(None)
            loop.set_task_factory(None)

    def _beside(
        self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **named: Any
    ) -> asyncio.Task[Any]:
        async def watched() -> Any:
            return await self._waiting(work)

        return asyncio.Task(watched(), loop=loop, **named)

    # --- what waits -------------------------------------------------------------------------

    async def _waiting(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await watched(work, self._waits)

    def _waits(self) -> Callable[[], object]:
        place = self._place
        self.pass_by("asked", place)
        return partial(self.pass_by, "answered", place)

    # --- what is about to be awaited ----------------------------------------------------------

    def _called(self, frame: types.FrameType, event: str, arg: object) -> Any:
        del event, arg
        code = frame.f_code
        if not code.co_filename.startswith(self.ours) or not (awaits := _awaits(code)):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False

        # Called for each step of our code, so it does as little as it can.
        def stepped(frame: types.FrameType, _event: str, _arg: object) -> Any:
            if frame.f_lasti in awaits:
                self._begins(frame)
            return stepped

        return stepped

    def _begins(self, frame: types.FrameType) -> None:
        self._place = _place(frame)
        self.pass_by("await", self._place)


@cache
def _awaits(code: types.CodeType) -> frozenset[int]:
    """Where in this code something is awaited: each instruction takes two bytes, the first says which."""
    whole = code.co_code
    return frozenset(at for at in range(0, len(whole), 2) if whole[at] in _AWAITS)


def _place(frame: types.FrameType) -> str:
    file = Path(frame.f_code.co_filename)
    shown = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
    return f"{shown}:{cast('int', frame.f_lineno)}"
