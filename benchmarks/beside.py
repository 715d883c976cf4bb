"""Runs something in a process of its own beside us, until we need it no more."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

# The longest a process may take to say that it is ready (seconds).
_PATIENCE = 30

Say = Callable[[Any], None]


@contextmanager
def beside(run: Callable[..., None], *given: Any) -> Iterator[Any]:
    """Start `run(*given, say)` in a new process; what it says when it is ready, then its end.

    RuntimeError when it says nothing.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_run, args=(run, given, there), daemon=True)
    process.start()
    try:
        if not here.poll(_PATIENCE):
            raise RuntimeError(f"{run.__module__} did not start")
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _run(run: Callable[..., None], given: tuple[Any, ...], ready: Connection) -> None:
    run(*given, ready.send)
