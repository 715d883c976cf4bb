"""How far the visiting has come: in short on a receipt, in full when asked for."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names, shares
from chat.wording.frame import TELL, message
from chat.words import Words
from domain.notices.values import Count, Forecast
from domain.notices.views import ClassName, CoveredSeen
from domain.notices.views_looking import CoverageSeen


def on_receipt(
    words: Words, covered: tuple[CoveredSeen, ...], this: ClassName | None
) -> str | None:
    """The class in families, then the units above it in percent, as one line."""
    if not covered:
        return None
    return words.text("join.clauses").join(_in_short(words, entry, this) for entry in covered)


def _in_short(words: Words, entry: CoveredSeen, this: ClassName | None) -> str:
    unit, count = names.unit(words, entry.unit), entry.count
    if count.families == 0:
        return words.text("covered.empty", unit=unit)
    if entry.unit.class_name is not None:
        key = "covered.this_class" if entry.unit.class_name == this else "covered.class"
        return words.text(key, unit=unit, visited=count.visited, families=count.families)
    share = shares.share_of(count.visited, count.families)
    shown = shares.percent(words, share, count.minimum)
    if count.minimum is None:
        return words.text("covered.no_minimum", unit=unit, share=shown)
    minimum = shares.minimum_percent(words, count.minimum)
    if shares.passes(share, count.minimum):
        return words.text("covered.passed", unit=unit, share=shown, minimum=minimum)
    if count.forecast is None:
        return words.text("covered.below", unit=unit, share=shown, minimum=minimum)
    return words.text(
        "covered.on_the_way",
        unit=unit,
        share=shown,
        minimum=minimum,
        day=names.day_short(words, count.forecast.by),
        forecast=_reached(words, count.forecast, count.minimum),
    )


def _reached(words: Words, forecast: Forecast, minimum: float | None) -> str:
    return shares.percent(words, shares.exactly(forecast.share), minimum)


def coverage_shown(view: CoverageSeen, words: Words) -> Message:
    """A unit's families: seen, heard otherwise, the minimum, the pace, and who must not wait."""
    unit, count = names.unit(words, view.unit), view.count
    if count.families == 0:
        return message(view, words.text("CoverageShown.empty", unit=unit), sign=TELL)
    share = shares.percent(words, shares.share_of(count.visited, count.families), count.minimum)
    return message(
        view,
        words.text(
            "CoverageShown.title",
            unit=unit,
            visited=count.visited,
            families=words.plural("count.families", count.families),
            share=share,
        ),
        _asked(words, view),
        _minimum(words, count) or _minima_of_parts(words, view.parts),
        _otherwise_heard(words, count),
        _forecast(words, count),
        _special(words, count),
        _term(words, count),
        _parts(words, view.parts),
        sign=TELL,
    )


def _asked(words: Words, view: CoverageSeen) -> str | None:
    """That these families aren't those of the unit that was asked about: it has none."""
    if view.asked is None:
        return None
    return words.text("CoverageShown.asked", unit=names.unit(words, view.asked))


def _minimum(words: Words, count: Count) -> str | None:
    if count.minimum is None:
        return None
    share = shares.share_of(count.visited, count.families)
    key = "passed" if shares.passes(share, count.minimum) else "below"
    minimum = shares.minimum_percent(words, count.minimum)
    return words.text(f"CoverageShown.{key}", minimum=minimum)


def _minima_of_parts(words: Words, parts: tuple[CoveredSeen, ...]) -> str:
    """A unit without a minimum of its own: which of its parts have not passed theirs."""
    counted = [part for part in parts if part.count.families]
    minima = {part.count.minimum for part in counted}
    below = names.joined(
        words, (names.unit(words, part.unit) for part in counted if _is_below(part.count))
    )
    if not minima - {None}:
        return words.text("CoverageShown.no_minimum")
    (minimum, *others) = minima
    if minimum is None or others:
        # They differ, or some have none: no one number tells what is asked of all.
        return words.text(
            "CoverageShown.parts_below" if below else "CoverageShown.parts", units=below
        )
    key = "CoverageShown.parts_below_same" if below else "CoverageShown.parts_same"
    return words.text(key, units=below, minimum=shares.minimum_percent(words, minimum))


def _is_below(count: Count) -> bool:
    share = shares.share_of(count.visited, count.families)
    return count.minimum is not None and not shares.passes(share, count.minimum)


def _otherwise_heard(words: Words, count: Count) -> str | None:
    if not count.refused and not count.by_phone:
        return None
    return words.text("CoverageShown.heard", refused=count.refused, by_phone=count.by_phone)


def _forecast(words: Words, count: Count) -> str | None:
    """Where the pace leads, with the numbers it was worked out from."""
    forecast = count.forecast
    if forecast is None:
        return None
    needed = forecast.needed_per_week
    return words.text(
        "CoverageShown.forecast" if needed is None else "CoverageShown.forecast_short",
        days=words.plural("count.days", forecast.days),
        seen=words.plural("count.families", forecast.seen),
        day=names.day_short(words, forecast.by),
        share=_reached(words, forecast, count.minimum),
        needed=needed,
    )


def _special(words: Words, count: Count) -> str | None:
    if not count.special:
        return None
    key = "special_due" if count.special_due else "special"
    return words.text(f"CoverageShown.{key}", special=count.special, due=count.special_due)


def _term(words: Words, count: Count) -> str | None:
    """Every family once in its own three years (the plan)."""
    if not count.never and not count.term_over:
        return None
    if not count.term_over:
        return words.text("CoverageShown.never", never=count.never)
    return words.text("CoverageShown.term", never=count.never, over=count.term_over)


def _parts(words: Words, parts: tuple[CoveredSeen, ...]) -> str | None:
    """The parts of the unit, on as few lines as the phone needs."""
    if not parts:
        return None
    return words.text("join.wide").join(_part(words, part) for part in parts)


def _part(words: Words, part: CoveredSeen) -> str:
    unit, count = names.unit(words, part.unit), part.count
    if count.families == 0:
        return words.text("covered.empty", unit=unit)
    share = shares.share_of(count.visited, count.families)
    return words.text(
        "CoverageShown.part",
        unit=unit,
        visited=count.visited,
        families=count.families,
        share=shares.percent(words, share, count.minimum),
    )
