"""How we tell what reached us, and an admin what stands still and where to look."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DUE, message
from chat.words import Words
from domain.notices.views_running import BackupFailedSeen, EveningReceiptSeen, PartStoppedSeen


def part_stopped(view: PartStoppedSeen, words: Words) -> Message:
    """What doesn't happen, since when, and what to do."""
    since = (
        names.moment(words, view.since, view.today)
        if view.since and view.today
        else words.text("PartStopped.start")
    )
    return message(
        view,
        words.text(f"PartStopped.{view.part}", since=since, count=view.count),
        words.text(f"PartStopped.{view.part}.mend"),
        sign=DUE,
    )


def evening_receipt(view: EveningReceiptSeen, words: Words) -> Message:
    """What is with us, and what to do about what is missing."""
    counts = (
        (view.visits, "EveningReceipt.visits"),
        (view.talks, "EveningReceipt.talks"),
        (view.problems, "EveningReceipt.problems"),
    )
    what = names.joined(words, [words.plural(key, n) for n, key in counts if n])
    return message(
        view,
        words.text("EveningReceipt.title", what=what),
        words.text("EveningReceipt.missing"),
    )


def backup_failed(view: BackupFailedSeen, words: Words) -> Message:
    """Of which night, and how to make one by hand."""
    why = f"BackupFailed.{view.why}"
    return message(
        view,
        words.text("BackupFailed.title", day=names.day(words, view.day)),
        words.text(why if words.has(why) else "BackupFailed.other"),
        words.text("BackupFailed.mend"),
        sign=DUE,
    )
