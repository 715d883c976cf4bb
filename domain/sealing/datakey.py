"""One key that locks and unlocks bytes; it is used in memory and never written anywhere."""

from __future__ import annotations

import secrets
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.sealing.faults import Tampered

AES_256_GCM: Final = 1  # the first byte of all that is sealed; 2 is kept for SM4-GCM
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


class StaysInMemory:
    """What holds a key can't be copied, stored or queued: pickling and copying raise TypeError."""

    __slots__ = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError("what holds a key never leaves the process")


class DataKey(StaysInMemory):
    """An unwrapped key of 256 bits, which can't be printed either."""

    __slots__ = ("_cipher",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._cipher = AESGCM(secret)

    def __repr__(self) -> str:
        return "<DataKey>"

    def lock(self, plain: bytes, bound: bytes) -> bytes:
        """Nonce, ciphertext and tag; `bound` isn't in them, but must be the same to unlock."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, bound)

    def unlock(self, box: bytes, bound: bytes) -> bytes:
        """What `lock` was given; raises `Tampered` if anything differs."""
        if len(box) < NONCE_BYTES + TAG_BYTES:
            raise Tampered("shorter than anything sealed")
        try:
            return self._cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound)
        except InvalidTag:
            raise Tampered("not what was sealed here") from None
