"""Keeps the address for late answers to a message under lock, without a key row of its own.

It is as good as a key to the chat, but nobody's personal text: it need not be erased with a family,
and is of no use after an hour and a half. So one key, made from the school's secret, does for all.
"""

from __future__ import annotations

from typing import Final

from domain.sealing.datakey import DataKey
from domain.sealing.keyring import Keyring
from domain.sealing.sealed import Place, Sealed, open_sealed, seal

_PURPOSE: Final = "reply address"


def seal_reply(url: str, keyring: Keyring, row: str) -> Sealed:
    """Lock the address for the row of that seal id."""
    return seal(url, DataKey(keyring.derived(_PURPOSE)), _place(row))


def open_reply(sealed: Sealed, keyring: Keyring, row: str) -> str:
    """The address; raises `Tampered` when it isn't what was sealed there."""
    return open_sealed(sealed, DataKey(keyring.derived(_PURPOSE)), _place(row))


def _place(row: str) -> Place:
    return Place("heard", "reply_to", row)
