"""What mail is called among the ways to people."""

from __future__ import annotations

PLATFORM = "mail"
