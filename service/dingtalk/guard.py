"""Keeps a count of those who try the door without a key, and notices a key that is used twice."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256

# How many unsigned messages a peer may send in a minute before it is told to stop.
_MOST_A_MINUTE = 60
_MINUTE = 60.0
# No more peers and signatures than this are remembered, however many come.
_REMEMBERED = 4096


class Strangers:
    """Counts refusals by the peer's address, for a minute each."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def too_many(self, peer: str, at: float) -> bool:
        """One more from there at that time (seconds of any clock); whether that is too many."""
        since, count = self._seen.pop(peer, (at, 0))
        if at - since >= _MINUTE:
            since, count = at, 0
        self._seen[peer] = since, count + 1
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return count >= _MOST_A_MINUTE


class Signatures:
    """Which message each signature came with, as far as memory goes.

    DingTalk signs the time and not the message, so that two of one millisecond share a
    signature; more often it means that somebody puts words under one that was overheard.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[str, bytes] = OrderedDict()

    def reused(self, sign: str, body: bytes) -> bool:
        """Whether it came with another message before."""
        said = sha256(body).digest()
        before = self._seen.setdefault(sign, said)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return before != said
