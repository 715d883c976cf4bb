"""How we say no: why, and who may or what would work."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import message
from chat.wording.options import here
from chat.words import Words
from domain.notices.views import (
    ClassImpossibleSeen,
    DaySeen,
    NoClassOfYoursSeen,
    NotAllowedSeen,
    PlainSeen,
    TooManySeen,
    VisitUnknownSeen,
)
from domain.notices.views_talks import NumberUnknownSeen, RecordOfOthersSeen


def not_allowed(view: NotAllowedSeen, words: Words) -> Message:
    """This command is for others: whom to ask, and where one's own commands stand."""
    command = names.command(words, view.command or "help")
    who = names.joined(words, (names.role(words, role) for role in view.who))
    summary = f"command.{view.command}.{view.action}.summary"
    if view.who and view.action and words.has(summary):
        title = words.text(
            "NotAllowed.action", command=command, who=who, summary=words.text(summary)
        )
    else:
        key = "NotAllowed.title" if view.who else "NotAllowed.nobody"
        title = words.text(key, command=command, who=who)
    return message(
        view,
        title,
        words.text("NotAllowed.yours", help=names.command(words, "help")),
    )


def too_many(view: TooManySeen, words: Words) -> Message:
    """Some are answered; the rest is to be sent again."""
    return message(view, words.plural("TooMany.title", view.left, most=view.done))


def not_yours(view: NotAllowedSeen, words: Words) -> Message:
    """That unit is outside what this person may see: the bare command shows one's own."""
    asked = view.command or (view.understood or {}).get("command", "help")
    return message(
        view,
        words.text("NotYours.title", unit=names.unit(words, view.unit)),
        words.text("NotYours.yours", command=names.command(words, asked)),
    )


def no_class_of_yours(view: NoClassOfYoursSeen, words: Words) -> Message:
    """There is no class whose families could be listed: who may help."""
    helper = "NoClassOfYours.liaison" if view.liaison else "NoClassOfYours.nobody"
    return message(
        view, words.text("NoClassOfYours.title"), words.text(helper, liaison=view.liaison)
    )


def account_unknown(view: PlainSeen, words: Words) -> Message:
    """Nobody on the roster has this account: who can put it there."""
    return message(view, words.text("AccountUnknown.title"), words.text("AccountUnknown.who"))


def not_recorded(view: PlainSeen, words: Words) -> Message:
    """It went wrong, and for certain nothing was kept."""
    return message(view, words.text("NotRecorded.title"))


def not_sure(view: PlainSeen, words: Words) -> Message:
    """It may have been kept; once more does no harm."""
    return message(view, words.text("NotSure.title"))


def quota_used_up(view: PlainSeen, words: Words) -> Message:
    """The platform doesn't bring us what is said: since what, and what helps."""
    return message(view, words.text("QuotaUsedUp.title"), words.text("QuotaUsedUp.mend"))


def day_in_future(view: DaySeen, words: Words) -> Message:
    """What has happened can't lie ahead."""
    return message(
        view,
        words.text(
            "DayInFuture.title",
            day=names.day(words, view.day or view.today),
            today=names.day(words, view.today),
        ),
        words.text(here(view, "DayInFuture.mend")),
    )


def day_unreadable(view: DaySeen, words: Words) -> Message:
    """Which day that is can't be told: how days are written."""
    today = names.day(words, view.today)
    if view.typed is None:
        title = words.text("DayUnreadable.unsaid", today=today)
    else:
        title = words.text("DayUnreadable.title", typed=view.typed, today=today)
    return message(view, title, words.text(here(view, "DayUnreadable.mend")))


def class_impossible(view: ClassImpossibleSeen, words: Words) -> Message:
    """No such class: which there are."""
    grade = names.grade(words, view.grade, view.grade_name)
    asked = names.class_in_grade(words, view.grade, view.grade_name, view.number)
    there_are = sorted(entry.number for entry in view.classes)
    if not there_are:
        title = words.text("ClassImpossible.none", class_=asked, grade=grade)
        return message(view, title, words.text("ClassImpossible.ask_admin"))
    classes = names.joined(words, _ranges(there_are))
    return message(
        view,
        words.text("ClassImpossible.title", class_=asked, grade=grade, classes=classes),
        words.text(here(view, "ClassImpossible.mend"), number=there_are[-1]),
    )


def _ranges(numbers: list[int]) -> list[str]:
    """1, 2, 3, 5 as 1–3 and 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def one_at_a_time(view: PlainSeen, words: Words) -> Message:
    """A line for each family."""
    visit = names.command(words, "visit")
    return message(view, words.text("OneAtATime.title"), words.text("OneAtATime.mend", visit=visit))


def visit_unknown(view: VisitUnknownSeen, words: Words) -> Message:
    """No visit of that number here; whether there is one elsewhere isn't said."""
    return message(view, words.text("VisitUnknown.title", visit=view.number))


def record_of_others(view: RecordOfOthersSeen, words: Words) -> Message:
    """Whose it is, who may do that, and what the asker may do instead."""
    number, by = f"{view.letter}{view.number}", names.person(words, view.by)
    blanks = {"number": number, "by": by, "minutes": view.minutes}
    whose = "RecordOfOthers.arranged" if view.letter == "A" else "RecordOfOthers.title"
    first = words.text(whose, **blanks)
    if view.command == "undo":
        return message(
            view, first, words.text("RecordOfOthers.undo", **blanks), _yours(view, words)
        )
    if view.command == "visit":
        return message(
            view, first, words.text("RecordOfOthers.visit", **blanks), _yours(view, words)
        )
    return message(view, first, _fixers(view, words), _yours(view, words))


def _fixers(view: RecordOfOthersSeen, words: Words) -> str:
    roles = (names.role(words, role) for role in view.who)
    return words.text(
        "RecordOfOthers.fix",
        people=names.joined(words, (names.person(words, view.by), *roles)),
        command=names.command(words, "fix"),
        number=f"{view.letter}{view.number}",
    )


def _yours(view: RecordOfOthersSeen, words: Words) -> str | None:
    """What the asker may do, ready to copy; else who may correct it."""
    number = f"{view.letter}{view.number}"
    if "call_off" in view.yours:
        arrange = names.command(words, "arrange")
        return words.text("arranged.call_off", command=arrange, arrangement=view.number)
    if "fix" in view.yours:
        fix = names.command(words, "fix")
        return words.text("RecordOfOthers.yours.fix", command=fix, number=number)
    if "add" in view.yours:
        add = names.command(words, "talk" if view.letter == "T" else "visit")
        return words.text("RecordOfOthers.yours.add", command=add, number=number)
    if view.command == "fix" or view.letter == "A":
        return None
    return _fixers(view, words)


def number_unknown(view: NumberUnknownSeen, words: Words) -> Message:
    """The same of a talk or an arrangement."""
    return message(view, words.text("NumberUnknown.title", number=view.number))
