"""The story of a problem, short enough for a phone: what it is, what happened, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chat.columns import narrowed
from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.problem_lines import called, category, state_of, time_left
from chat.wording.problems_why import why
from chat.words import Words
from domain.notices.views_problems import ProblemLine
from domain.notices.views_problems_story import ProblemStorySeen, StepSeen, WordsSeen

# As many voices, and as much of each (characters), as leave room for the rest.
_VOICES = 3
_LONG = 60
# How much of what it is about stands in the first line (columns).
_GIST = 24
_LEFT = {0: "rung.left.today", 1: "rung.left.tomorrow"}
# In these states it matters who has it.
_WITH_WHOM = frozenset({"claimed", "assigned", "solved", "parked"})


def problem_story(view: ProblemStorySeen, words: Words) -> Message:
    """What it is, how far it is and until when, the newest steps, what comes next; then 更多."""
    if view.line is None or not view.private:
        return message(view, words.text("ProblemUnknown.title", problem=view.problem))
    shown = view.events[: view.shown]
    left = view.earlier + len(view.events) - len(shown)
    pages = _newest(view, view.line, words) if view.first else _earlier(view, view.line, words)
    title, *head = pages
    return message(
        view,
        title or "",
        *head,
        *(step(words, one) for one in shown),
        *((_next(view, words), why(words, view.why)) if view.first else ()),
        sign=TELL,
        choices=_more(view, words, left),
    )


def _more(view: ProblemStorySeen, words: Words, left: int) -> tuple[Choice, ...]:
    """The steps before, and further voices."""
    if not left and not (view.first and len(view.words) > 1):
        return ()
    label = words.text("option.more")
    return (Choice(words.plural("story.more", left, more=label) if left else label, "1"),)


def _newest(view: ProblemStorySeen, line: ProblemLine, words: Words) -> Iterator[str | None]:
    gist, about = _about(view, line, words)
    where = names.class_name(words, line.class_) if line.class_ else names.unit(words, line.unit)
    wide = words.text("join.wide")
    yield wide.join((about, where, _category(view, words)))
    parts = (_state(view, line, words), time_left(words, line))
    yield wide.join(part for part in parts if part)
    yield _said(view, words, gist)


def _about(view: ProblemStorySeen, line: ProblemLine, words: Words) -> tuple[str | None, str]:
    """What it is about in a few words, and with its number."""
    gist = narrowed(line.gist, _GIST) if line.gist else None
    return gist, called(words, view.problem, replace(line, gist=gist), private=True)


def _state(view: ProblemStorySeen, line: ProblemLine, words: Words) -> str:
    """已由蔡平认领，李梅在办."""
    state = state_of(words, line)
    if view.responsible is not None and line.state in _WITH_WHOM:
        state = words.text(f"story.{line.state}", who=names.person(words, view.responsible))
    state = state[:1].upper() + state[1:]
    if view.handed_to is None:
        return state
    return words.text("story.handed", state=state, who=names.person(words, view.handed_to))


def _said(view: ProblemStorySeen, words: Words, gist: str | None) -> str | None:
    """The first words, unless the first line says them all, and how many more there are."""
    others = len(view.words) - 1
    first = next((one.words for one in view.words if one.words), None)
    unsaid = first is not None and _short(first) != gist
    said = words.text("problem.text", text=_short(first)) if unsaid else ""
    return said + (words.plural("story.voices", others) if others > 0 else "") or None


def _earlier(view: ProblemStorySeen, line: ProblemLine, words: Words) -> Iterator[str | None]:
    """On a further page: the other voices, then the steps of before."""
    yield words.text("story.earlier", problem=_about(view, line, words)[1])
    others = view.words[1:]
    for one in others[:_VOICES]:
        yield _voice(words, one, view)
    left = len(others) - _VOICES
    yield words.plural("story.voices", left) if left > 0 else None
    merged = names.joined(words, (words.text("problem", problem=one) for one in view.merged))
    yield words.text("story.merged", problems=merged) if others and view.merged else None


def _category(view: ProblemStorySeen, words: Words) -> str:
    """The category, or what was suggested as long as there is none."""
    if not view.suggested:
        return category(words, view.category)
    best = view.suggested[0]
    return words.text(
        "story.suggested",
        category=category(words, best.category),
        share=round(best.confidence * 100),
    )


def _voice(words: Words, one: WordsSeen, view: ProblemStorySeen) -> str | None:
    if one.words is None:
        return None
    several = len(view.words) > 1
    who = [words.text("story.place", problem=view.problem, place=one.place)] if several else []
    who += [one.whose] if one.whose else []
    said = words.text("problem.text", text=_short(one.words))
    return words.text("story.words", who=names.joined(words, who), said=said) if who else said


def _short(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= _LONG else line[:_LONG] + "…"


# --- a step -------------------------------------------------------------------------------


def step(words: Words, one: StepSeen) -> str:
    """9月5日 8:03 蔡平 跟进“已联系供应商”."""
    said = words.text("problem.text", text=_short(one.text)) if one.text else ""
    at = _at(words, names.day_short(words, one.at.date()), one.at)
    by = names.person(words, one.by) if one.by else words.text("by_itself")
    return words.text("story.step", at=at, by=by, what=_what(words, one), said=said).rstrip()


def _what(words: Words, one: StepSeen) -> str:
    about = one.about
    satisfaction, undone = about.get("satisfaction"), about.get("undone")
    days = about.get("days")
    key = f"story.move.{one.move}"
    if one.move == "hand" and one.given_to is None:
        key += ".back"
    if one.move in ("ask", "decline", "offer") and about.get("what"):
        key = f"story.{one.move}.{about['what']}"
    return words.text(
        key,
        given_to=names.person(words, one.given_to),
        department=names.unit(words, one.department) if one.department else "",
        category=category(words, one.category),
        satisfaction=names.choice(words, "satisfaction", str(satisfaction)) if satisfaction else "",
        undone=words.text(f"move.{undone}") if undone else "",
        into=about.get("into"),
        days=words.plural("count.days", int(days)) if days else "",
        rung=_rung(words, about.get("rung"), about.get("left")),
    ).strip()


def _rung(words: Words, rung: str | int | None, left: str | int | None) -> str:
    """What a rung of the plan is; one that we have no words for is a reminder.

    Of those before due it matters how many days are `left` when they come: a holiday moves them.
    """
    if left is not None:
        return words.text(_LEFT.get(int(left), "rung.left"), days=left)
    key = f"rung.{rung}"
    return words.text(key if rung and words.has(key) else "rung")


def _next(view: ProblemStorySeen, words: Words) -> str | None:
    """What happens next if nobody does anything."""
    if view.next_at is None:
        return None
    return words.text(
        "story.next",
        at=_at(words, names.day(words, view.next_at.date()), view.next_at),
        what=_rung(words, view.next_rung, view.next_left),
        people=names.people(words, view.next_to),
    )


def _at(words: Words, day: str, at: datetime) -> str:
    time = words.text("time", hour=at.hour, minute=f"{at.minute:02d}")
    return words.text("story.at", day=day, time=time)
