"""What isn't even HTTP is refused by the library, and counted instead of filling the log."""

from __future__ import annotations

import logging

from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError

from service.measures import MALFORMED


class _Counted(logging.Filter):
    """Anybody can send rubbish as often as they like: a line of the log each would be theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is worth writing."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError | RequestPayloadError):
            return True
        MALFORMED.inc()
        return False


_COUNTED = _Counted()


def count_malformed() -> None:
    """From now on; said twice it is the same."""
    logging.getLogger("aiohttp.server").addFilter(_COUNTED)
