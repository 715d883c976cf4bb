"""Whether a message is from DingTalk: its signature, and how old that is.

The signature covers the time and not the message (the vendor's page on receiving robot messages),
so whoever sees one may put any message under it as long as it is fresh: hence a short age.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from chat.dingtalk.values import DingtalkValues
from chat.errors import Forged

# Milliseconds since 1970; int() alone would read 1_577… and １５７７… too.
_TIMESTAMP = re.compile(r"[0-9]{13}", re.ASCII)


def verify(
    timestamps: Sequence[str], signs: Sequence[str], values: DingtalkValues, now: datetime
) -> None:
    """Raise Forged, with a reason for the log, unless there is one good and fresh signature."""
    if len(timestamps) != 1 or len(signs) != 1:
        raise Forged("unsigned")
    if not _TIMESTAMP.fullmatch(timestamps[0]):
        raise Forged("no time")
    # Bytes, since comparing text that isn't ASCII is an error; and all of them, so that how long
    # it takes tells nothing.
    given = signs[0].encode("utf-8", "surrogateescape")
    good = [hmac.compare_digest(given, signature(timestamps[0], one)) for one in values.secrets]
    if not any(good):
        raise Forged("wrong signature")
    if abs(now.timestamp() - int(timestamps[0]) / 1000) > values.max_age:
        raise Forged("stale")


def signature(timestamp: str, secret: str) -> bytes:
    """What DingTalk puts into the header `sign`.

    >>> signature("1577262236757", "this is a secret")
    b'DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA='
    """
    said = f"{timestamp}\n{secret}".encode()
    return b64encode(hmac.digest(secret.encode(), said, "sha256"))
