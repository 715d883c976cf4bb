"""What is said about visits and talks arranged for a leader."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DUE, TELL, message
from chat.wording.options import choices, pick_hint
from chat.words import Words
from domain.notices.views_talks import (
    ArrangedSeen,
    ArrangementSeen,
    ArrangementsSeen,
)


def arrangement_made(view: ArrangementSeen, words: Words) -> Message:
    """The receipt: for whom, when and where; who was told, and when they are told again."""
    return message(
        view,
        words.text("ArrangementMade.title", arrangement=view.arrangement, what=whole(view, words)),
        _noted(view, words),
        _told(view, words),
        _away(view.arranged, words),
    )


def _away(arranged: ArrangedSeen, words: Words) -> str | None:
    """That the leader is away that day, and who stands in and is reminded."""
    if arranged.standing_in:
        return words.text("arranged.you_stand_in", leader=names.person(words, arranged.leader))
    if not arranged.away:
        return None
    key = "arranged.away" if arranged.deputy is not None else "arranged.away_alone"
    leader = names.person(words, arranged.leader)
    return words.text(key, leader=leader, deputy=arranged.deputy or "")


def arrangement_twice(view: ArrangementSeen, words: Words) -> Message:
    """The same leader, day and family: once more, or not."""
    title = words.text(
        "ArrangementTwice.title", arrangement=view.arrangement, what=whole(view, words)
    )
    return message(
        view,
        title,
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def leader_away(view: ArrangementSeen, words: Words) -> Message:
    """To whoever arranged it: the leader is away that day, or is there after all."""
    leader = names.person(words, view.arranged.leader)
    return message(
        view,
        words.text("ArrangementShown.title", arrangement=view.arrangement, what=whole(view, words)),
        _away(view.arranged, words) or words.text("LeaderAway.back", leader=leader),
        how_to_call_off(view, words),
        sign=TELL,
    )


def whole(view: ArrangementSeen, words: Words) -> str:
    """For whom, when, what and where."""
    arranged = view.arranged
    leader, what = names.person(words, arranged.leader), _what(arranged, words, view.private)
    return words.text("arranged.whole", leader=leader, what=what)


def _what(arranged: ArrangedSeen, words: Words, private: bool) -> str:
    """When, what and where: 9月7日 (周五) 走访七(3)班 12号."""
    day, where = names.day(words, arranged.day), _where(arranged, words, private)
    key = f"arranged.{arranged.matter}"
    return words.text(key if where else f"{key}_plain", day=day, where=where)


def _where(arranged: ArrangedSeen, words: Words, private: bool) -> str | None:
    if arranged.student is not None:
        return names.child(words, arranged.student, private=private)
    return names.unit(words, arranged.unit) if arranged.unit is not None else None


def _noted(view: ArrangementSeen, words: Words) -> str | None:
    if not view.private or view.arranged.note is None:
        return None
    return words.text("TalkRecorded.noted", note=view.arranged.note)


def _told(view: ArrangementSeen, words: Words) -> str | None:
    people = names.joined(words, view.told)
    if view.no_account:
        return _not_told(view, words)
    if view.reminded is None:
        return words.text("ArrangementMade.told", people=people) if people else None
    key = "ArrangementMade.told_and_reminded" if people else "ArrangementMade.reminded"
    return words.text(key, people=people, hour=view.reminded)


def _not_told(view: ArrangementSeen, words: Words) -> str:
    return words.text("arranged.no_account", leader=names.person(words, view.arranged.leader))


def others_told(view: ArrangementSeen, words: Words) -> tuple[str | None, ...]:
    """Who was told, and that the leader can't be."""
    told = names.joined(words, view.told)
    return (
        words.text("ArrangementMade.told", people=told) if told else None,
        _not_told(view, words) if view.no_account else None,
    )


def visit_arranged(view: ArrangementSeen, words: Words) -> Message:
    """To the leader: who arranged what, and what to send when it can't be."""
    return message(
        view,
        words.text(
            "VisitArranged.title",
            by=names.person(words, view.arranged.by),
            arrangement=view.arrangement,
            what=_what(view.arranged, words, view.private),
        ),
        _noted(view, words),
        how_to_call_off(view, words),
        sign=TELL,
    )


def how_to_call_off(view: ArrangementSeen, words: Words) -> str:
    arrange = names.command(words, "arrange")
    return words.text("arranged.call_off", command=arrange, arrangement=view.arrangement)


def how_to_move(view: ArrangementSeen, words: Words) -> str:
    arrange = names.command(words, "arrange")
    return words.text("arranged.move", command=arrange, arrangement=view.arrangement)


def arranged_today(view: ArrangementSeen, words: Words) -> Message:
    """To the leader that morning: what is today, and what to send afterwards."""
    arranged = view.arranged
    where = _where(arranged, words, view.private)
    key = f"ArrangedToday.{arranged.matter}"
    return message(
        view,
        words.text(
            key if where else f"{key}_plain", arrangement=view.arrangement, where=where or ""
        ),
        None if arranged.own else words.text("arranged.by", by=names.person(words, arranged.by)),
        _away(arranged, words),
        _noted(view, words),
        _how_to_record(view, words),
        sign=DUE,
    )


def _how_to_record(view: ArrangementSeen, words: Words) -> str | None:
    """The command for it, as far as it is known already."""
    arranged, student = view.arranged, view.arranged.student
    if arranged.matter == "talk":
        return words.text("ArrangedToday.record_talk", command=names.command(words, "talk"))
    if student is None:
        return None
    return words.text(
        "TodoShown.record",
        command=names.command(words, "visit"),
        class_=names.class_typed(words, student.class_name),
        student=names.child_alone(words, student, private=view.private),
    )


def arrangement_shown(view: ArrangementSeen, words: Words) -> Message:
    """One of them, by its number: what has become of it."""
    return message(
        view,
        words.text("ArrangementShown.title", arrangement=view.arrangement, what=whole(view, words)),
        _noted(view, words),
        words.text("arranged.by", by=names.person(words, view.arranged.by)),
        _away(view.arranged, words),
        become(view.arranged, words) or how_to_call_off(view, words),
        None if become(view.arranged, words) else how_to_move(view, words),
        sign=TELL,
    )


def become(arranged: ArrangedSeen, words: Words) -> str | None:
    if arranged.called_off:
        return words.text("arranged.is_off")
    if arranged.visit is not None:
        return words.text("arranged.is_done", number=f"V{arranged.visit}")
    if arranged.talk is not None:
        return words.text("arranged.is_done", number=f"T{arranged.talk}")
    return None


def arrangements_shown(view: ArrangementsSeen, words: Words) -> Message:
    """What is arranged for me, then what I arranged for others."""
    first = next(iter((*view.for_me, *view.by_me)), None)
    if first is None:
        arrange = names.command(words, "arrange")
        return message(view, words.text("ArrangementsShown.none", command=arrange), sign=TELL)
    call_off = words.text(
        "arranged.call_off",
        command=names.command(words, "arrange"),
        arrangement=first.arrangement,
    )
    return message(
        view,
        words.text("ArrangementsShown.title"),
        *_section(view, words, "for_me"),
        *_section(view, words, "by_me"),
        words.plural("ArrangementsShown.more", view.more) if view.more else None,
        call_off,
        sign=TELL,
    )


def _section(view: ArrangementsSeen, words: Words, part: str) -> tuple[str, ...]:
    arranged = view.for_me if part == "for_me" else view.by_me
    if not arranged:
        return ()
    return (
        words.text(f"ArrangementsShown.{part}"),
        *(_line(one, words, part, private=view.private) for one in arranged),
    )


def _line(arranged: ArrangedSeen, words: Words, part: str, *, private: bool) -> str:
    what = _what(arranged, words, private)
    if part == "by_me":
        leader = names.person(words, arranged.leader)
        what = words.text("arranged.whole", leader=leader, what=what)
    if (away := _away(arranged, words)) is not None:
        what = words.text("arranged.with_away", what=what, away=away.rstrip("。."))
    return words.text("ArrangementShown.title", arrangement=arranged.arrangement, what=what)
