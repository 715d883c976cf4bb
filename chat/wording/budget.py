"""How an admin is told that a platform's month is running out."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DUE, message
from chat.words import Words
from domain.notices.views_budget import BudgetLowSeen


def budget_low(view: BudgetLowSeen, words: Words) -> Message:
    """How much is used, what happens now, and what would help."""
    stage = "spent" if view.spent else "low"
    return message(
        view,
        words.text(
            f"BudgetLow.{stage}",
            platform=names.platform(words, view.platform),
            kind=words.text(f"BudgetLow.kind.{view.kind}"),
            used=view.used,
            quota=view.quota,
        ),
        None if view.spent else words.text("BudgetLow.forecast", forecast=view.forecast),
        words.text(f"BudgetLow.{stage}.next"),
        sign=DUE,
    )
