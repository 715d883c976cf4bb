"""Why a day is the day it is, in a few words: a holiday, more days, a record that came late."""

from __future__ import annotations

from collections.abc import Iterator

from chat.wording import names
from chat.words import Words
from domain.notices.views_problems_story import WhySeen


def why(words: Words, whys: tuple[WhySeen, ...]) -> str | None:
    """日期说明：第 15 天是 10月7日（国庆假期），不顺延；提醒提前到 9月30日（调休上班）."""
    reasons = words.text("join.reasons").join(_reasons(words, whys))
    return words.text("why", reasons=reasons) if reasons else None


def _reasons(words: Words, whys: tuple[WhySeen, ...]) -> Iterator[str]:
    worked = {one.day for one in whys if one.code == "made_up"}
    moved = {one.day for one in whys if one.meant is not None}
    stays = next((one for one in whys if one.code == "due_at_rest"), None)
    for one in whys:
        # That a day is worked is said behind what was moved to it.
        if one.code == "made_up" and one.day in moved:
            continue
        said = _reason(words, one, told=stays is not None and stays.rest == one.rest)
        both = one.meant is not None and one.day in worked
        yield words.text("why.and_made_up", said=said) if both else said


def _reason(words: Words, one: WhySeen, *, told: bool) -> str:
    """One of them; `told`: that nobody works then was told just before."""
    if one.code in ("late", "extended"):
        return words.plural(
            f"why.{one.code}",
            one.days,
            day=names.day_short(words, one.day),
            who=names.person(words, one.by),
        )
    return words.text(
        f"why.{one.code}.told" if told and one.code == "earlier" else f"why.{one.code}",
        day=names.day_short(words, one.day),
        meant=names.day_short(words, one.meant) if one.meant else "",
        rest=_rest(words, one.rest),
        n=one.days,
        year=one.day.year,
    )


def _rest(words: Words, rest: str | None) -> str:
    """国庆假期; a holiday that we have no words for is a holiday."""
    key = f"rest.{rest}"
    return words.text(key if words.has(key) else "rest.holiday")
