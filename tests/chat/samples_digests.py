"""A view of each way in which a week is told of; the words in it are invented."""

from dataclasses import replace
from datetime import date

from domain.notices.digests import MonthUsed, WeekCounts
from domain.notices.values import Count, Forecast
from domain.notices.views import CoveredSeen, UnitName, View
from domain.notices.views_digests import (
    DigestUnknownSeen,
    NeedSeen,
    WeekImpossibleSeen,
    WeeklyDigestSeen,
)
from tests.chat.samples_problem_line import LINE

_SEVEN = UnitName("grade", "七年级", 7)
_COUNT = Count(families=400, visited=160, refused=3, by_phone=9, minimum=0.33)
_BELOW = replace(_COUNT, visited=100)
_ON_THE_WAY = replace(
    _BELOW,
    forecast=Forecast(
        share=0.41, by=date(2018, 9, 15), seen=40, days=7, per_week=40.0, needed_per_week=None
    ),
)

_SHORT = replace(
    _BELOW,
    forecast=Forecast(
        share=0.2, by=date(2018, 9, 15), seen=4, days=7, per_week=4.0, needed_per_week=9
    ),
)

_FULL = WeeklyDigestSeen(
    notice="WeeklyDigest",
    outcome="ok",
    week="2018-W37",
    until=date(2018, 9, 14),
    units=(UnitName("department", "总务处"), _SEVEN),
    needs=tuple(
        NeedSeen(problem=57, why=why, line=LINE) for why in ("approve", "overdue", "due", "claim")
    ),
    needs_in_all=6,
    new=5,
    claimed=4,
    solved=6,
    due=7,
    answered=6,
    on_time=5,
    repeated=1,
    satisfaction={"told": 6, "satisfied": 5},
    before=WeekCounts(new=3, claimed=2, solved=1, told=5, satisfied=3),
    open=12,
    overdue=(57, 61),
    overdue_in_all=2,
    due_next=(64,),
    due_in_all=1,
    hidden=1,
    months=(
        MonthUsed(
            platform="dingtalk", api=312, messages=80, api_forecast=780, messages_forecast=200
        ),
    ),
    coverage=tuple(
        CoveredSeen(unit=_SEVEN, count=count)
        for count in (_COUNT, _BELOW, _ON_THE_WAY, replace(_COUNT, minimum=None))
    ),
    seen_before=(100, 90, 80, 70),
    special_due=2,
    talks=3,
    own_visits=1,
    own_talks=0,
    voices=("食堂的菜太咸了", "放学门口车太多"),
    right=7,
    suggested=9,
)

DIGESTS: tuple[View, ...] = (
    _FULL,
    replace(_FULL, units=(), so_far=True, needs=(), needs_in_all=0, voices=()),
    replace(_FULL, overdue=(), overdue_in_all=0),
    replace(_FULL, overdue=(), overdue_in_all=0, due_next=(), due_in_all=0),
    replace(_FULL, private=False),
    replace(_FULL, person="蔡平"),
    replace(
        _FULL, due=0, before=WeekCounts(), repeated=0, satisfaction={"told": 0, "satisfied": 0}
    ),
    *(replace(_FULL, coverage=(one,), seen_before=(80,)) for one in _FULL.coverage),
    replace(_FULL, coverage=(CoveredSeen(unit=_SEVEN, count=_SHORT),) * 3, seen_before=(9, 9, 9)),
    *(
        DigestUnknownSeen(notice="DigestUnknown", outcome="refuse", week=week, person=person)
        for week in ("2018-W30", None)
        for person in (None, "蔡平")
    ),
    *(
        WeekImpossibleSeen(
            notice="WeekImpossible", outcome="refuse", number=99, this="2018-W37", ahead=ahead
        )
        for ahead in (False, True)
    ),
)
