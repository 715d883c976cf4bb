"""The school's own keys: they lock the key of each family, and change without touching a record."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Final

from domain.sealing.blind import BlindIndex
from domain.sealing.check import check_line, read_check
from domain.sealing.datakey import AES_256_GCM, KEY_BYTES, DataKey, StaysInMemory
from domain.sealing.derive import derived
from domain.sealing.faults import KeyFault, KeyMissing, Tampered
from domain.sealing.keytext import KEY_ID, SECRET_LENGTH
from domain.sealing.unwrapped import Unwrapped

_WRAP: Final = b"zoufang wrap"
_CHECK: Final = b"zoufang check"
_PURPOSE: Final = b"zoufang purpose "


class Keyring(StaysInMemory):
    """Key-encrypting keys by id, newest first, and the secret that other keys are derived from."""

    def __init__(self, keys: Mapping[str, bytes], secret: bytes, *, remembered: int = 1024) -> None:
        if not keys or not all(map(KEY_ID.fullmatch, keys)):
            raise ValueError("a keyring needs keys with good ids")
        if any(len(key) != KEY_BYTES for key in keys.values()) or len(secret) < SECRET_LENGTH:
            raise ValueError("a keyring needs keys of 32 bytes and a secret of at least 32")
        self._newest = next(iter(keys))
        # A key never works in two ways: one derived key wraps, another proves that it is the same.
        self._wrapping = {name: DataKey(derived(key, _WRAP)) for name, key in keys.items()}
        self._checks = {name: _check(key, name) for name, key in keys.items()}
        self._secret = secret
        # A remembered key takes 2.5 kB and saves 4 µs: a thousand is plenty.
        self._unwrapped = Unwrapped(remembered)

    def __repr__(self) -> str:
        return f"<Keyring {', '.join(self._wrapping)}>"

    @property
    def newest(self) -> str:
        """The id of the key that new data keys are wrapped with."""
        return self._newest

    def new_key(self) -> tuple[DataKey, bytes]:
        """A fresh data key and its wrapped form, which is what may be stored."""
        plain = secrets.token_bytes(KEY_BYTES)
        wrapped = self._wrap(plain)
        key = DataKey(plain)
        self._unwrapped.keep(wrapped, key)
        return key, wrapped

    def _wrap(self, plain: bytes) -> bytes:
        """Format byte, length of the id, the id, then the locked data key."""
        head = bytes([AES_256_GCM, len(self._newest)]) + self._newest.encode()
        return head + self._wrapping[self._newest].lock(plain, _WRAP + head)

    def unwrap(self, wrapped: bytes) -> DataKey:
        """The data key; raises `KeyMissing` when its key isn't set, `Tampered` when changed."""
        found = self._unwrapped.get(wrapped)
        if found is None:
            found = DataKey(self._plain(wrapped))
            self._unwrapped.keep(wrapped, found)
        return found

    def _plain(self, wrapped: bytes) -> bytes:
        name = self.key_id(wrapped)
        if name not in self._wrapping:
            raise KeyMissing(name)
        head, box = wrapped[: 2 + len(name)], wrapped[2 + len(name) :]
        plain = self._wrapping[name].unlock(box, _WRAP + head)
        if len(plain) != KEY_BYTES:
            raise Tampered("not a data key")
        return plain

    @staticmethod
    def key_id(wrapped: bytes) -> str:
        """Which key wrapped it, as written at its head; it is proved only by `unwrap`."""
        length = int.from_bytes(wrapped[1:2], "big")
        name = wrapped[2 : 2 + length].decode("ascii", "replace")
        known_form = wrapped[:1] == bytes([AES_256_GCM])
        if not known_form or len(name) != length or not KEY_ID.fullmatch(name):
            raise Tampered("not a wrapped key")
        return name

    def forget(self, wrapped: bytes) -> None:
        """Drop the unwrapped key from memory now: call it when the wrapped one is destroyed."""
        self._unwrapped.drop(wrapped)

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same data key under the newest key; unchanged bytes when it already is."""
        plain = self._plain(wrapped)
        if self.key_id(wrapped) == self._newest:
            return wrapped
        # The old form is on its way out: destroying the new one later must leave nothing behind.
        self.forget(wrapped)
        return self._wrap(plain)

    def check_value(self) -> str:
        """What the database keeps to know its keys again; store it anew after each good start."""
        return check_line(_check(self._secret, "the secret"), self._checks)

    def matches(self, stored: str) -> bool:
        """Whether `problems` finds none."""
        return self.problems(stored) is None

    def problems(self, stored: str, in_use: Iterable[str] = ()) -> KeyFault | None:
        """Why this ring can't serve the database that keeps `stored`, or None.

        The secret must be the same; a key known by its id must be the same; and the key that the
        database last wrote with must be here, as must the keys that `in_use` names (the ids its
        wrapped keys carry). Older keys may be gone, newer ones may have come: that is rotation.
        """
        try:
            secret, known = read_check(stored)
        except KeyFault as fault:
            return fault
        if not secrets.compare_digest(secret, _check(self._secret, "the secret")):
            return KeyFault("wrong_secret")
        for name in known:
            if name in self._checks and not secrets.compare_digest(known[name], self._checks[name]):
                return KeyFault("wrong_key", key=name)
        needed = [next(iter(known)), *in_use]
        gone = [name for name in dict.fromkeys(needed) if name not in self._checks]
        return KeyFault("not_given", key=", ".join(gone)) if gone else None

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes of its own for each purpose, made from the secret."""
        return derived(self._secret, _PURPOSE + purpose.encode())

    def blind_index(self) -> BlindIndex:
        """The index by which a child is found without its name being kept."""
        return BlindIndex(self.derived("blind index"))


def _check(secret: bytes, name: str) -> str:
    """Proves a secret without helping to find it: 128 bits of a one-way derivation."""
    return derived(secret, _CHECK + b" " + name.encode(), 16).hex()
