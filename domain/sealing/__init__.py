"""How families' words are locked away, so that only who has the school's keys can read them."""

from domain.sealing.blind import (
    SCHOOL_SCOPE,
    BlindIndex,
    Token,
    normalised,
    pinyin_of,
    scope_of_class,
)
from domain.sealing.datakey import DataKey
from domain.sealing.faults import KeyFault, KeyMissing, SealingError, Tampered
from domain.sealing.keyfile import Keys, key_file_of, keys_beside
from domain.sealing.keyring import Keyring
from domain.sealing.keytext import generate_keys, generate_secret, parse_keys, parse_secret
from domain.sealing.replies import open_reply, seal_reply
from domain.sealing.sealed import Place, Sealed, new_seal_id, open_sealed, seal

__all__ = [
    "SCHOOL_SCOPE",
    "BlindIndex",
    "DataKey",
    "KeyFault",
    "KeyMissing",
    "Keyring",
    "Keys",
    "Place",
    "Sealed",
    "SealingError",
    "Tampered",
    "Token",
    "generate_keys",
    "generate_secret",
    "key_file_of",
    "keys_beside",
    "new_seal_id",
    "normalised",
    "open_reply",
    "open_sealed",
    "parse_keys",
    "parse_secret",
    "pinyin_of",
    "scope_of_class",
    "seal",
    "seal_reply",
]
