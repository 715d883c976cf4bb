"""Remembers a few keys that were just used, and forgets one the moment it is destroyed."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from domain.sealing.datakey import DataKey


class Unwrapped:
    """The keys used last, by their wrapped bytes; safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._keys: OrderedDict[bytes, DataKey] = OrderedDict()
        self._dropped: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def get(self, wrapped: bytes) -> DataKey | None:
        with self._lock:
            found = self._keys.get(wrapped)
            if found is not None:
                self._keys.move_to_end(wrapped)
            return found

    def keep(self, wrapped: bytes, key: DataKey) -> None:
        with self._lock:
            # Another thread may have read the row just before it was destroyed, and unwrapped it
            # just after: what was dropped once is never kept again.
            if sha256(wrapped).digest() in self._dropped:
                return
            self._keys[wrapped] = key
            if len(self._keys) > self._limit:
                self._keys.popitem(last=False)

    def drop(self, wrapped: bytes) -> None:
        with self._lock:
            self._keys.pop(wrapped, None)
            # By its hash: the wrapped bytes themselves would still give the key away.
            self._dropped[sha256(wrapped).digest()] = None
            if len(self._dropped) > self._limit:
                self._dropped.popitem(last=False)
