"""What can keep a backup from being made or used; the sentences are said at the door."""

from __future__ import annotations

from domain.errors import ZoufangError


class BackupFault(ZoufangError):
    """`code` tells what is wrong, `facts` fill its sentence's blanks; nothing was changed."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
