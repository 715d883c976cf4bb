"""How we speak in the morning of families to see, of the pace, and of a phase's end."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names, shares
from chat.wording.frame import DUE, message
from chat.words import Words
from domain.notices.views_mornings import BehindPaceSeen, PhaseEndingSeen, SpecialDueSeen


def special_due(view: SpecialDueSeen, words: Words) -> Message:
    """How many, where, and how to see which."""
    title = words.plural("SpecialDue.title", view.due, unit=names.unit(words, view.unit))
    return message(view, title, words.text("SpecialDue.next"), sign=DUE)


def behind_pace(view: BehindPaceSeen, words: Words) -> Message:
    """Where it stands, where it leads, and how many more a week it takes."""
    count, forecast = view.covered.count, view.covered.count.forecast
    minimum = count.minimum
    assert forecast is not None
    assert minimum is not None
    assert forecast.needed_per_week is not None
    share = shares.share_of(count.visited, count.families)
    return message(
        view,
        words.plural(
            "BehindPace.title",
            forecast.needed_per_week,
            unit=names.unit(words, view.covered.unit),
            share=shares.percent(words, share, minimum),
            minimum=shares.minimum_percent(words, minimum),
            day=names.day_short(words, forecast.by),
            forecast=shares.percent(words, shares.exactly(forecast.share), minimum),
        ),
        words.text("BehindPace.next"),
        sign=DUE,
    )


def phase_ending(view: PhaseEndingSeen, words: Words) -> Message:
    """Which one, when, and what is missing."""
    below = names.joined(words, (names.unit(words, unit) for unit in view.below))
    missing = [words.text("PhaseEnding.below", units=below)] if below else []
    if view.open:
        missing.append(words.plural("PhaseEnding.open", view.open, overdue=view.overdue))
    return message(
        view,
        words.text(
            "PhaseEnding.title",
            phase=words.text(f"phase.{view.phase}"),
            day=names.day_short(words, view.end),
            days=words.plural("count.days", view.days),
        ),
        words.text("join.clauses").join(missing) if missing else words.text("PhaseEnding.nothing"),
        sign=DUE,
    )
