"""The story of a problem, short enough for a phone: what it is, what happened, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.problems import called, category, time_left
from chat.words import Words
from domain.notices.views_problems_story import ProblemStorySeen, StepSeen, WordsSeen

# As many voices, and as much of each (characters), as leave room for the rest.
_VOICES = 3
_LONG = 80


def problem_story(view: ProblemStorySeen, words: Words) -> Message:
    """The newest steps first; 更多 shows those before."""
    if view.line is None or not view.private:
        return message(view, words.text("ProblemUnknown.title", problem=view.problem))
    head = list(_head(view, words)) if view.first else []
    more = (
        (Choice(words.text("story.more", more=words.text("option.more"), n=view.earlier), "1"),)
        if view.earlier
        else ()
    )
    return message(
        view,
        _title(view, words),
        *head,
        *(step(words, one) for one in view.events),
        _next(view, words) if view.first else None,
        sign=TELL,
        choices=more,
    )


def _title(view: ProblemStorySeen, words: Words) -> str:
    about = called(words, view.problem, view.line, private=view.private)
    state = words.text(f"state.{view.state}")
    return words.text("story.title" if view.first else "story.earlier", problem=about, state=state)


def _head(view: ProblemStorySeen, words: Words) -> Iterator[str | None]:
    line = view.line
    assert line is not None
    where = names.class_name(words, line.class_) if line.class_ else names.unit(words, line.unit)
    yield words.text("join.wide").join((where, _category(view, words)))
    yield time_left(words, line)
    yield words.text("story.late", days=view.late_by) if view.late_by else None
    yield _people(view, words)
    yield words.text("story.summary", text=_short(view.summary)) if view.summary else None
    for one in view.words[:_VOICES]:
        yield _voice(words, one, view)
    left = len(view.words) - _VOICES
    yield words.plural("story.voices", left) if left > 0 else None
    merged = names.joined(words, (words.text("problem", problem=one) for one in view.merged))
    yield words.text("story.merged", problems=merged) if view.merged else None


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


def _people(view: ProblemStorySeen, words: Words) -> str | None:
    if view.responsible is None:
        return None
    key = "story.handed" if view.handed_to else "story.responsible"
    return words.text(
        key,
        responsible=names.person(words, view.responsible),
        handed_to=names.person(words, view.handed_to),
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
        days=about.get("days"),
        rung=_rung(words, about.get("rung")),
    ).strip()


def _rung(words: Words, rung: str | int | None) -> str:
    """What a rung of the plan is; one that we have no words for is a reminder."""
    key = f"rung.{rung}"
    return words.text(key if rung and words.has(key) else "rung")


def _next(view: ProblemStorySeen, words: Words) -> str | None:
    """What happens next if nobody does anything."""
    if view.next_at is None:
        return words.text("story.next.bureau") if view.state == "referred" else None
    return words.text(
        "story.next",
        at=_at(words, names.day(words, view.next_at.date()), view.next_at),
        what=_rung(words, view.next_rung),
        people=names.people(words, view.next_to),
    )


def _at(words: Words, day: str, at: datetime) -> str:
    time = words.text("time", hour=at.hour, minute=f"{at.minute:02d}")
    return words.text("story.at", day=day, time=time)
