"""What those who work on problems are asked and refused, filled in for its reader."""

from __future__ import annotations

from domain.notices import problems_in_hand as notices
from domain.notices import views_problems_in_hand as views
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.scope import Eyes
from domain.queries.scope_problems import sight_for
from domain.queries.scope_voices import voices_seen


async def move_stays(notice: notices.MoveStays, eyes: Eyes) -> View:
    return views.MoveStaysSeen(
        **await base(notice, eyes), problem=notice.problem, move=notice.move, why=notice.why
    )


async def named_in_it(notice: notices.NamedInIt, eyes: Eyes) -> View:
    person = await eyes.person(notice.person) if eyes.private else None
    return views.NamedInItSeen(**await base(notice, eyes), problem=notice.problem, person=person)


async def same_department(notice: notices.SameDepartment, eyes: Eyes) -> View:
    department = await eyes.unit(UnitRef(unit=notice.department))
    return views.SameDepartmentSeen(
        **await base(notice, eyes), problem=notice.problem, department=department
    )


async def voice_unknown(notice: notices.VoiceUnknown, eyes: Eyes) -> View:
    return views.VoiceUnknownSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        place=notice.place,
        places=notice.places,
    )


async def voices_asked(notice: notices.VoicesAsked, eyes: Eyes) -> View:
    sight = await sight_for(eyes, notice.problem)
    voices = await voices_seen(eyes, notice.problem, sight, notice.voices)
    return views.VoicesAskedSeen(**await base(notice, eyes), problem=notice.problem, voices=voices)
