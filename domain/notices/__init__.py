"""Everything we can tell anyone, and how it looks to the one who reads it."""
