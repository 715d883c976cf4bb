"""A view of each thing that is said in the morning and is no problem's."""

from dataclasses import replace
from datetime import date

from domain.notices.values import Count, Forecast
from domain.notices.views import CoveredSeen, UnitName, View
from domain.notices.views_mornings import BehindPaceSeen, PhaseEndingSeen, SpecialDueSeen

_SEVEN = UnitName("grade", "七年级", 7)
_COUNT = Count(
    families=400,
    visited=40,
    refused=3,
    by_phone=9,
    minimum=0.33,
    forecast=Forecast(
        share=0.2, by=date(2018, 9, 15), seen=4, days=7, per_week=4.0, needed_per_week=9
    ),
)
_ENDING = PhaseEndingSeen(
    notice="PhaseEnding",
    outcome="ok",
    phase="visit",
    end=date(2018, 9, 15),
    days=3,
    below=(_SEVEN,),
    open=12,
    overdue=2,
)

MORNINGS: tuple[View, ...] = (
    *(SpecialDueSeen(notice="SpecialDue", outcome="ok", unit=_SEVEN, due=due) for due in (1, 2)),
    BehindPaceSeen(
        notice="BehindPace", outcome="ok", covered=CoveredSeen(unit=_SEVEN, count=_COUNT)
    ),
    *(replace(_ENDING, phase=phase) for phase in ("visit", "put_right", "make_last")),
    replace(_ENDING, below=(), open=0, overdue=0, days=1),
)
