"""Puts a text under lock for one place in one record, and opens it only there."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from domain.sealing.datakey import AES_256_GCM, DataKey
from domain.sealing.faults import Tampered

_HEAD: Final = bytes([AES_256_GCM])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text belongs; `row` is the row's random seal id, set before the insert."""

    table: str
    column: str
    row: str

    def __post_init__(self) -> None:
        # A row without its seal id would share one place with every other such row.
        if not (self.table and self.column and self.row):
            raise ValueError("a place needs its table, its column and the row's seal id")

    def bound(self) -> bytes:
        """The place as bytes; each part goes after its length, so that no two places agree."""
        parts = [part.encode() for part in (self.table, self.column, self.row)]
        return b"zoufang text" + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A text under lock, as it is stored: format byte, nonce, then the words and their tag."""

    data: bytes

    def __repr__(self) -> str:
        return "<Sealed>"


def new_seal_id() -> str:
    """A row's own random name of 128 bits, in hex."""
    return secrets.token_hex(16)


def seal(text: str, key: DataKey, place: Place) -> Sealed:
    """Lock a text for its place; every code point comes back, lone surrogates included."""
    plain = text.encode("utf-8", "surrogatepass")
    return Sealed(_HEAD + key.lock(plain, _HEAD + place.bound()))


def open_sealed(sealed: Sealed, key: DataKey, place: Place) -> str:
    """The text as it was typed; raises `Tampered` for another key or place, or changed bytes."""
    if sealed.data[:1] != _HEAD:
        raise Tampered("sealed in a form that isn't known")
    plain = key.unlock(sealed.data[1:], _HEAD + place.bound())
    return plain.decode("utf-8", "surrogatepass")
