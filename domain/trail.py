"""Which message the work at hand is for, so that every line of the log can say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2s

_trail: ContextVar[str | None] = ContextVar("trail", default=None)


def current_trail() -> str | None:
    """The message that is being carried out or brought in this task or thread."""
    return _trail.get()


@contextmanager
def trail(message: str) -> Iterator[None]:
    """Everything logged within, in tasks that start within too, belongs to that message."""
    token = _trail.set(message)
    try:
        yield
    finally:
        _trail.reset(token)


def heard_trail(platform: str, key: str) -> str:
    """The id of a message that was heard; a repeat has the same one.

    Of its key only a digest: some platforms' keys hold the sender.

    >>> heard_trail("console", "m1")
    'heard:console:d96dbafd3d'
    """
    return f"heard:{platform}:{blake2s(key.encode(), digest_size=5).hexdigest()}"


def told_trail(entry: int) -> str:
    """The id of a notice on its way: the number of its outbox row."""
    return f"outbox:{entry}"


def fired_trail(timer: int) -> str:
    """The id of what happens by itself: the number of its timer."""
    return f"timer:{timer}"
