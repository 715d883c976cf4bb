"""Makes one key per purpose out of one secret, so that no key is used for two things."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derived(secret: bytes, label: bytes, length: int = 32) -> bytes:
    """HKDF-SHA256 without salt (RFC 5869): another label gives an unrelated key."""
    return HKDF(SHA256(), length, salt=None, info=label).derive(secret)
