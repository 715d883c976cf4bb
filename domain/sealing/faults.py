"""What can go wrong with keys and sealed words, said so that somebody can mend it."""

from __future__ import annotations

from domain.errors import ZoufangError
from domain.sealing.fault_words import WORDS


class SealingError(ZoufangError):
    """Something sealed can't be made or read."""


class Tampered(SealingError):
    """The bytes aren't what was sealed in this place with this key; trying again won't help."""


class KeyMissing(SealingError):
    """A data key was wrapped by a key that isn't in the settings; put that key back."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"no key named {key_id!r} in the settings")
        self.key_id = key_id


class KeyFault(SealingError):
    """The keys as set can't be used; its sentence tells the admin what to mend, never a key."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def sentence(self, language: str = "en") -> str:
        """What to mend, in Chinese for any `zh…`, otherwise in English."""
        chinese, english = WORDS[self.code]
        return (chinese if language.startswith("zh") else english).format(**self.facts)

    def __str__(self) -> str:
        return self.sentence("en")
