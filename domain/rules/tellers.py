"""Who tells a family what was done: whoever recorded its words; the office for what was sent in."""

from __future__ import annotations

# Letters, the head's mailbox, mail, petitions and what the web brought: nobody at school knows
# who wrote, but the office.
OFFICE_SOURCES = frozenset({"mailbox", "email", "letter", "petition", "web"})


def told_by_office(source: str | None) -> bool:
    """Whether the office tells who spoke; else whoever recorded the words does."""
    return source in OFFICE_SOURCES
