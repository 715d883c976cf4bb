"""Everything we can tell anyone, and how it looks to the one who reads it."""

# What the outbox keeps is read back by name, so every notice must be known.
from domain.notices import asking, looking, newcomers, refusals, undoing, visits

__all__ = ["asking", "looking", "newcomers", "refusals", "undoing", "visits"]
