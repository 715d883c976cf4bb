"""Questions and refusals, filled in for their reader."""

from __future__ import annotations

from domain.house import house
from domain.notices import arrangements, asking, refusals, views
from domain.notices.base import Notice
from domain.notices.views import ClassName, View
from domain.notices.views_talks import NumberUnknownSeen, RecordOfOthersSeen
from domain.queries.filling import base
from domain.queries.scope import Eyes
from domain.rules.undoing import UNDO_MINUTES


async def fields_asked(notice: asking.FieldsAsked, eyes: Eyes) -> View:
    return views.AskedSeen(
        **await base(notice, eyes),
        command=notice.command,
        action=notice.action,
        missing=notice.missing,
        form=notice.form,
        example_class=await eyes.class_name(notice.example_class),
        unread=notice.unread,
    )


async def choice_asked(notice: asking.ChoiceAsked, eyes: Eyes) -> View:
    return views.ChoiceSeen(
        **await base(notice, eyes),
        field=notice.field,
        typed=await eyes.typed(notice.typed),
        options=await eyes.options(notice.options),
    )


async def student_unknown(notice: asking.StudentUnknown, eyes: Eyes) -> View:
    return views.ChoiceSeen(
        **await base(notice, eyes),
        field="student",
        typed=await eyes.typed(notice.typed),
        options=await eyes.options(notice.options),
        class_=await eyes.class_name(notice.school_class),
    )


async def did_you_mean(notice: asking.DidYouMean, eyes: Eyes) -> View:
    return views.ChoiceSeen(
        **await base(notice, eyes),
        field=notice.field,
        typed=await eyes.typed(notice.typed),
        options=await eyes.options(notice.options),
        what=notice.what,
    )


async def plain(notice: Notice, eyes: Eyes) -> View:
    heard = notice.heard if isinstance(notice, asking.Pointer) else None
    return views.PlainSeen(**await base(notice, eyes), heard=heard)


async def taken_for(notice: asking.TakenFor, eyes: Eyes) -> View:
    return views.TakenForSeen(
        **await base(notice, eyes), command=notice.command, field=notice.field
    )


async def too_many(notice: asking.TooMany, eyes: Eyes) -> View:
    return views.TooManySeen(**await base(notice, eyes), done=notice.done, left=notice.left)


# --- refusals -----------------------------------------------------------------------------


async def not_allowed(notice: refusals.NotAllowed, eyes: Eyes) -> View:
    return views.NotAllowedSeen(
        **await base(notice, eyes),
        command=notice.command,
        who=notice.who,
        action=notice.action,
    )


async def not_yours(notice: refusals.NotYours, eyes: Eyes) -> View:
    return views.NotAllowedSeen(**await base(notice, eyes), unit=await eyes.unit(notice.unit))


async def no_class_of_yours(notice: refusals.NoClassOfYours, eyes: Eyes) -> View:
    liaison = await eyes.person(notice.liaison)
    return views.NoClassOfYoursSeen(**await base(notice, eyes), liaison=liaison)


async def day_in_future(notice: refusals.DayInFuture, eyes: Eyes) -> View:
    return views.DaySeen(**await base(notice, eyes), today=notice.today, day=notice.day)


async def day_past(notice: arrangements.DayPast, eyes: Eyes) -> View:
    return views.DaySeen(**await base(notice, eyes), today=notice.today, day=notice.day)


async def day_unreadable(notice: refusals.DayUnreadable, eyes: Eyes) -> View:
    typed = await eyes.typed(notice.typed)
    return views.DaySeen(**await base(notice, eyes), today=notice.today, typed=typed)


async def class_impossible(notice: refusals.ClassImpossible, eyes: Eyes) -> View:
    name = house().plan.grade(notice.grade).name
    return views.ClassImpossibleSeen(
        **await base(notice, eyes),
        grade_name=name,
        grade=notice.grade,
        number=notice.number,
        classes=tuple(ClassName(notice.grade, name, number) for number in notice.classes),
    )


async def visit_unknown(notice: refusals.VisitUnknown, eyes: Eyes) -> View:
    return views.VisitUnknownSeen(**await base(notice, eyes), number=notice.number)


async def record_of_others(notice: refusals.RecordOfOthers, eyes: Eyes) -> View:
    return RecordOfOthersSeen(
        **await base(notice, eyes),
        letter=notice.letter,
        number=notice.number,
        by=await eyes.person(notice.by),
        command=notice.command,
        yours=notice.yours,
        minutes=UNDO_MINUTES,
        who=notice.who,
    )


async def number_unknown(notice: refusals.NumberUnknown, eyes: Eyes) -> View:
    number = f"{notice.letter}{notice.number}"
    return NumberUnknownSeen(**await base(notice, eyes), number=number)
