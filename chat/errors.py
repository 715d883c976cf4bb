"""What can go wrong between a platform and us, and what to do about each."""

from __future__ import annotations


class ChatError(Exception):
    """A platform and we did not understand each other."""


class Forged(ChatError):
    """The message is not from the platform it names: refuse it (401) and record nothing."""


class Unreadable(ChatError):
    """The message is genuine, but not of the shape agreed on: refuse it (400) and say why.

    `key` is that of the sentence which says so in the caller's language.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Unsupported(ChatError):
    """The message is genuine and of a kind that we don't know: answer 200 and do nothing."""


class Outsider(ChatError):
    """The message is genuine, and its sender is not one of the school's own organisation."""


class QuotaUsedUp(ChatError):
    """Something was said to us, and the platform kept what: the school's quota is used up."""


class NotDelivered(ChatError):
    """The platform didn't take what we said.

    `for_good`: it never will, so give up and say so. Otherwise try again, not before
    `retry_after` seconds if the platform named a time; `for_all`: that time is meant for whatever
    we would send there, not for this alone.
    """

    def __init__(
        self,
        why: str,
        *,
        for_good: bool,
        retry_after: float | None = None,
        for_all: bool = False,
    ) -> None:
        super().__init__(why)
        self.for_good = for_good
        self.retry_after = retry_after
        self.for_all = for_all
