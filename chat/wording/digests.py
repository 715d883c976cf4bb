"""The weekly digest: what needs the reader, what the week came to, what families said."""

from __future__ import annotations

from collections.abc import Iterator

from chat.message import Message
from chat.wording import names, shares
from chat.wording.frame import TELL, message
from chat.wording.problem_lines import called
from chat.words import Words
from domain.notices.values import Count
from domain.notices.views import CoveredSeen
from domain.notices.views_digests import (
    DigestUnknownSeen,
    NeedSeen,
    WeekImpossibleSeen,
    WeeklyDigestSeen,
)

# So many grades have a line each.
_FEW = 2
# A phone shows so many lines below the title; so much of what waits is shown in any case.
_LINES = 11
_LEAST = 2


def weekly_digest(view: WeeklyDigestSeen, words: Words) -> Message:
    """First what waits for the reader, with the command to type; then the week in numbers."""
    week = [line for line in _week_lines(view, words) if line]
    waiting = _waiting(view, words, room=_LINES - len(week))
    return message(view, _title(view, words), *_cut([*waiting, *week], words), sign=TELL)


def _title(view: WeeklyDigestSeen, words: Words) -> str:
    units = names.joined(words, (names.unit(words, unit) for unit in view.units))
    key = "WeeklyDigest.so_far" if view.so_far else "WeeklyDigest.title"
    number = int(view.week.split("-W")[1])
    units = units or words.text("WeeklyDigest.school")
    if view.person is not None:
        units = words.text("WeeklyDigest.whose", person=view.person, units=units)
    return words.text(key, week=number, units=units)


def _waiting(view: WeeklyDigestSeen, words: Words, room: int) -> list[str]:
    """What waits, in so many lines; what has none of its own is counted, and stands in the list."""
    lines = [line for need in view.needs if (line := _need(need, view, words))]
    more = view.needs_in_all - len(view.needs)
    if len(lines) + bool(more) > room:
        kept = max(_LEAST, room - 1)
        more += len(lines[kept:])
        lines = lines[:kept]
    key = "WeeklyDigest.more" if view.person is None else "WeeklyDigest.more.whose"
    return [*lines, words.text(key, n=more)] if more > 0 else lines


def _cut(lines: list[str], words: Words) -> list[str]:
    """What a phone has room for, and how much it hasn't: the least pressing stands last."""
    if len(lines) <= _LINES:
        return lines
    kept = lines[: _LINES - 1]
    return [*kept, words.plural("WeeklyDigest.cut", len(lines) - len(kept))]


def _week_lines(view: WeeklyDigestSeen, words: Words) -> Iterator[str | None]:
    yield _overdue(view, words)
    yield _week(view, words)
    yield _share(view, words)
    yield from _coverage(view, words)
    yield words.text("WeeklyDigest.special", n=view.special_due) if view.special_due else None
    own = "WeeklyDigest.own" if view.person is None else "WeeklyDigest.own.whose"
    yield words.text(
        own,
        visits=words.plural("count.visits", view.own_visits),
        talks=words.plural("count.talks", view.own_talks),
        all=words.plural("count.talks", view.talks),
    )
    yield words.plural("WeeklyDigest.hidden", view.hidden) if view.hidden else None
    if view.suggested:
        yield words.text("WeeklyDigest.suggested", right=view.right, all=view.suggested)
    for month in view.months:
        yield words.text(
            "WeeklyDigest.month",
            platform=words.text(f"choice.platform.{month.platform}"),
            api=words.plural("count.calls", month.api),
            api_forecast=month.api_forecast,
            messages=words.plural("count.messages", month.messages),
            messages_forecast=month.messages_forecast,
        )
    if view.voices and view.private:
        said = names.joined(words, (words.text("problem.text", text=one) for one in view.voices))
        yield words.text("WeeklyDigest.voices", said=said)


def _need(need: NeedSeen, view: WeeklyDigestSeen, words: Words) -> str | None:
    if need.line is None or not view.private:
        return None
    problem = called(words, need.problem, need.line, private=view.private)
    if view.person is not None:
        # What another is to do has no command for the reader.
        return words.text("WeeklyDigest.need.whose", person=view.person, problem=problem)
    return words.text(
        f"WeeklyDigest.need.{need.why}",
        problem=problem,
        number=need.problem,
        due=names.day_short(words, need.line.due.date()),
    )


def _overdue(view: WeeklyDigestSeen, words: Words) -> str | None:
    """What is late, and what will be before the next digest."""
    if not view.overdue_in_all and not view.due_in_all:
        return words.text("WeeklyDigest.open", open=view.open) if view.open else None
    named, in_all = (
        (view.overdue, view.overdue_in_all)
        if view.overdue_in_all
        else (view.due_next, view.due_in_all)
    )
    return words.text(
        "WeeklyDigest.late" if view.overdue_in_all else "WeeklyDigest.due",
        open=view.open,
        overdue=view.overdue_in_all,
        due=view.due_in_all,
        numbers=_numbers(named, in_all, words),
    )


def _numbers(named: tuple[int, ...], in_all: int, words: Words) -> str:
    """Those that are named; that there are more stands beside them."""
    numbers = names.joined(words, (words.text("problem", problem=one) for one in named))
    more = len(named) < in_all
    return words.text("WeeklyDigest.and_more", numbers=numbers) if more else numbers


def _week(view: WeeklyDigestSeen, words: Words) -> str:
    before = view.before
    return words.text(
        "WeeklyDigest.week",
        new=view.new,
        claimed=view.claimed,
        solved=view.solved,
        new_before=before.new,
        claimed_before=before.claimed,
        solved_before=before.solved,
    )


def _share(view: WeeklyDigestSeen, words: Words) -> str | None:
    """The numbers that leaders know: answered and in time, content, opened again."""
    told, before, parts = view.satisfaction["told"], view.before, []
    if view.due:
        parts.append(
            words.text(
                "WeeklyDigest.due_this",
                due=view.due,
                answered=view.answered,
                on_time=view.on_time,
            )
        )
    if told or before.told or view.repeated:
        parts.append(
            words.text(
                "WeeklyDigest.satisfied",
                satisfied=view.satisfaction["satisfied"],
                told=told,
                satisfied_before=before.satisfied,
                told_before=before.told,
                repeated=view.repeated,
            )
        )
    return words.text("join.wide").join(parts) or None


def _coverage(view: WeeklyDigestSeen, words: Words) -> Iterator[str]:
    """One's own grade with its forecast; many of them side by side, and which won't make it."""
    grades = [
        (covered, before)
        for covered, before in zip(view.coverage, view.seen_before, strict=True)
        if covered.count.families
    ]
    if len(grades) <= _FEW:
        yield from (_grade(covered, before, words) for covered, before in grades)
        return
    parts = (words.text("WeeklyDigest.grade", **_moved(one, seen, words)) for one, seen in grades)
    yield words.text("WeeklyDigest.grades", parts=words.text("join.wide").join(parts))
    short = [one for one, _ in grades if _falls_short(one.count)]
    if short:
        units = names.joined(words, (names.unit(words, one.unit) for one in short))
        yield words.text("WeeklyDigest.short", units=units)


def _falls_short(count: Count) -> bool:
    forecast = count.forecast
    return forecast is not None and forecast.needed_per_week is not None


def _moved(covered: CoveredSeen, before: int, words: Words) -> dict[str, str]:
    count = covered.count
    return {
        "unit": names.unit(words, covered.unit),
        "before": _percent(words, before, count.families, count.minimum),
        "now": _percent(words, count.visited, count.families, count.minimum),
    }


def _grade(covered: CoveredSeen, before: int, words: Words) -> str:
    count, shown = covered.count, _moved(covered, before, words)
    minimum, forecast = count.minimum, count.forecast
    if minimum is None:
        return words.text("WeeklyDigest.coverage.no_minimum", **shown)
    shown["minimum"] = shares.minimum_percent(words, minimum)
    passed = shares.passes(shares.share_of(count.visited, count.families), minimum)
    if forecast is None or passed:
        return words.text("WeeklyDigest.coverage", **shown)
    shown["day"] = names.day_short(words, forecast.by)
    shown["forecast"] = shares.percent(words, shares.exactly(forecast.share), minimum)
    return words.text("WeeklyDigest.coverage.forecast", **shown)


def _percent(words: Words, seen: int, families: int, minimum: float | None) -> str:
    return shares.percent(words, shares.share_of(seen, families), minimum)


def digest_unknown(view: DigestUnknownSeen, words: Words) -> Message:
    """Which weeks there are."""
    key = "DigestUnknown.person" if view.person else "DigestUnknown.title"
    return message(
        view,
        words.text(
            key,
            week=_week_of_year(view.week, words),
            person=names.person(words, view.person),
        ),
        words.text("DigestUnknown.next", command=names.command(words, "digest")),
    )


def _week_of_year(week: str | None, words: Words) -> str:
    if week is None:
        return words.text("DigestUnknown.week")
    year, number = week.split("-W")
    return words.text("week.of_year", year=year, week=int(number))


def week_impossible(view: WeekImpossibleSeen, words: Words) -> Message:
    """That there is no such week, or not yet; which is the last, and how one is said."""
    key = "WeekImpossible.ahead" if view.ahead else "WeekImpossible.title"
    this = int(view.this.split("-W")[1])
    return message(
        view,
        words.text(key, week=view.number, this=this),
        words.text("DigestUnknown.next", command=names.command(words, "digest")),
    )
