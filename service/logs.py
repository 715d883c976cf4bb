"""Writes the log: what happened, to which message, when; never a word that anybody typed.

Our own lines hold ids and counts only. What a library has to say may quote anything, so of its
lines only the template and the place are kept, and of every error its kind and its place.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from domain.errors import without_words
from domain.trail import current_trail

OURS = ("service", "commands", "workers", "chat", "domain")
# What would end a line, or tell a terminal what to do.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

log = logging.getLogger(__name__)


def keep_logs(stream: TextIO, *, each_message: bool = False) -> None:
    """Write the log to that stream and nowhere else: a JSON object a line, for a person a line.

    `each_message` also tells what went well. May be called again to change its mind.
    """
    lines = Lines(stream)
    lines.setFormatter(ForPeople() if stream.isatty() else ForMachines())
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO if each_message else logging.NOTSET)
    # Python's own ways of reporting an error would print its words.
    sys.excepthook = _ended
    threading.excepthook = lambda end: _ended(end.exc_type, end.exc_value, end.exc_traceback)
    sys.unraisablehook = lambda end: _ended(end.exc_type, end.exc_value, end.exc_traceback)


def _ended(
    kind: type[BaseException], error: BaseException | None, _where: TracebackType | None
) -> None:
    """Nobody caught it."""
    facts = without_words(error) if error else {"fault": kind.__name__}
    log.critical("ended by a fault: %s", kind.__name__, extra={"facts": facts})


class Lines(logging.StreamHandler[TextIO]):
    """Writes lines; what goes wrong in writing them is not told: it would be told with them."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the library's name
        """Let the line be lost."""


class ForMachines(logging.Formatter):
    """A JSON object a line, in ASCII, so that every collector and every pipe takes it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(_told(record), default=str)


class ForPeople(logging.Formatter):
    """A line to be read, and below it where an error arose."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or several."""
        told = _told(record)
        at, level, logger = (told.pop(name) for name in ("at", "level", "logger"))
        event, message, where = told.pop("event"), told.pop("message", None), told.pop("where", [])
        about = f" [{message}]" if message else ""
        facts = "".join(
            f" {name}={value}" for name, value in told.items() if value not in (None, [])
        )
        line = _CONTROL.sub("?", f"{at} {level} {logger}{about} {event}{facts}")
        return "\n".join([line, *(f"    {_CONTROL.sub('?', place)}" for place in where)])


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """All that may be known of a line: nothing of it was typed by anybody."""
    told = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
    }
    if message := current_trail():
        told["message"] = message
    if record.exc_info and (error := record.exc_info[1]) is not None:
        told |= without_words(error)
    facts = getattr(record, "facts", None)
    return told | (dict(facts) if _is_ours(record) and isinstance(facts, Mapping) else {})


def _event(record: logging.LogRecord) -> str:
    place = f"{record.filename}:{record.lineno} {record.funcName}"
    if not _is_ours(record):
        # With arguments the text is a template that stands so in the code; without them it may be
        # a sentence that was put together before, from whatever.
        return f"{record.msg} ({place})" if record.args and isinstance(record.msg, str) else place
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  a line that can't be put together is no reason to fail
        return place


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS
