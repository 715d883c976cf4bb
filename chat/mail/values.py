"""What it takes to send mail: a server, who we are there, and what we call ourselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# From the first byte; after a greeting, refused without it; after a greeting, where it is offered.
Tls = Literal["at_once", "must", "may"]


@dataclass(frozen=True, kw_only=True)
class MailValues:
    """The server, and the account by which it takes mail of ours; without a user it asks nobody.

    `sender` is the address that stands above our letters.
    """

    host: str
    port: int
    sender: str
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)
