"""Everything we can tell anyone, and how it looks to the one who reads it."""

# What the outbox keeps is read back by name, so every notice must be known.
from domain.notices import (
    arrangements,
    asking,
    fixing,
    leaves,
    looking,
    newcomers,
    refusals,
    roster,
    roster_looking,
    talks,
    undoing,
    visits,
)

__all__ = [
    "arrangements",
    "asking",
    "fixing",
    "leaves",
    "looking",
    "newcomers",
    "refusals",
    "roster",
    "roster_looking",
    "talks",
    "undoing",
    "visits",
]
