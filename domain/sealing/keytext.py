"""Reads the keys that an admin pasted into the settings, and makes new ones to paste."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from typing import Final

from domain.sealing.datakey import KEY_BYTES
from domain.sealing.faults import KeyFault

ENCRYPTION_KEYS: Final = "ZOUFANG_ENCRYPTION_KEYS"
SECRET_KEY: Final = "ZOUFANG_SECRET_KEY"  # noqa: S105 - the name of the setting
# Too short to hold a key, so that a key pasted where its id belongs is never shown in a sentence.
KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,16}")
SECRET_LENGTH: Final = 32
_VARIETY: Final = 12


def generate_keys() -> str:
    """One new key as `id:base64`, a line to paste."""
    return f"k{secrets.token_hex(2)}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def generate_secret() -> str:
    """A new SECRET_KEY, a line to paste."""
    return secrets.token_urlsafe(KEY_BYTES)


def parse_keys(text: str, where: str = ENCRYPTION_KEYS) -> Mapping[str, bytes]:
    """Keys by id in the order given, newest first; raises `KeyFault`, which shows no key."""
    keys: dict[str, bytes] = {}
    parts = [part.strip() for part in text.split(",")]
    for position, part in enumerate(filter(None, parts), start=1):
        key_id, secret = _parse_key(part, position, where)
        if key_id in keys:
            raise KeyFault("twice", where=where, key=key_id)
        for other, known in keys.items():
            if secrets.compare_digest(known, secret):
                raise KeyFault("same", where=where, key=key_id, other=other)
        keys[key_id] = secret
    if not keys:
        raise KeyFault("empty", where=where)
    return keys


def _parse_key(part: str, position: int, where: str) -> tuple[str, bytes]:
    key_id, colon, encoded = (piece.strip() for piece in part.partition(":"))
    if not colon:
        raise KeyFault("form", where=where, position=position)
    if not KEY_ID.fullmatch(key_id):
        raise KeyFault("bad_id", where=where, position=position)
    secret = _decoded(encoded)
    if secret is None:
        raise KeyFault("base64", where=where, key=key_id)
    if len(secret) != KEY_BYTES:
        raise KeyFault("length", where=where, key=key_id, length=len(secret))
    if _plain(secret):
        raise KeyFault("weak", where=where, key=key_id)
    return key_id, secret


def _decoded(encoded: str) -> bytes | None:
    """Either alphabet of base64, with or without its padding."""
    standard = encoded.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _plain(secret: bytes) -> bool:
    """Zeros, a repeated word and the like: 32 random bytes never hold fewer than 12 values."""
    return len(set(secret)) < _VARIETY


def parse_secret(text: str, where: str = SECRET_KEY) -> bytes:
    """SECRET_KEY as bytes; a guessable one is refused, since what is derived from it is stored."""
    text = text.strip()
    if len(text) < SECRET_LENGTH or _plain(text.encode()):
        raise KeyFault("short_secret", where=where)
    return text.encode()
