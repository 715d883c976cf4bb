"""Lets a child be found by name although no name is kept in readable form."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from domain.sealing.datakey import KEY_BYTES, StaysInMemory
from domain.sealing.names import normalised, pinyin_of

__all__ = [
    "SCHOOL_SCOPE",
    "BlindIndex",
    "Kind",
    "Token",
    "normalised",
    "pinyin_of",
    "scope_of_class",
]

Kind = Literal["name", "pinyin"]
TOKEN_BYTES: Final = 16
SCHOOL_SCOPE: Final = "school"


def scope_of_class(school_class: int) -> str:
    """The scope in which a child is found within one class."""
    return f"class:{school_class}"


@dataclass(frozen=True, slots=True)
class Token:
    """One entry of the index; `value` is what is stored and looked for."""

    scope: str
    kind: Kind
    value: bytes


class BlindIndex(StaysInMemory):
    """Tokens that say nothing to who hasn't the key, and nothing across scopes to who hasn't."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES:
            raise ValueError("a blind index needs a key of 32 bytes or more")
        self._key = key

    def __repr__(self) -> str:
        return "<BlindIndex>"

    def tokens_for(self, name: str, scopes: Iterable[str]) -> tuple[Token, ...]:
        """By name and by sound in each scope; a name without any letter has none."""
        spellings: tuple[tuple[Kind, str], ...] = (
            ("name", normalised(name)),
            ("pinyin", pinyin_of(name)),
        )
        return tuple(
            Token(scope, kind, self.token(scope, kind, value))
            for scope in scopes
            for kind, value in spellings
            if value
        )

    def token(self, scope: str, kind: Kind, value: str) -> bytes:
        """16 bytes; `value` is already `normalised`, or what `pinyin_of` gave."""
        # Each part after its length: ("7-1", "2…") must not meet ("7-12", "…").
        parts = [part.encode("utf-8", "surrogatepass") for part in (scope, kind, value)]
        message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return hmac.digest(self._key, message, "sha256")[:TOKEN_BYTES]
