"""A view of each way in which somebody is reminded; the words in it are invented."""

from dataclasses import replace

from domain.notices.views import View
from domain.notices.views_rungs import PassedOverSeen, ReminderBundleSeen, RungFiredSeen
from tests.chat.samples_problem_line import LINE

_FIRED = RungFiredSeen(
    notice="RungFired",
    outcome="ok",
    problem=57,
    line=LINE,
    rung="week_before",
    ladder="due",
    due=LINE.due,
    day_of=8,
    days_left=7,
    mine=True,
    responsible=True,
    to=("蔡平",),
)
_PASSED = tuple(
    PassedOverSeen(role=role, person=person, why=why)
    for role, person, why in (
        ("responsible", "沈佳宝", "away"),
        ("teller", "李梅", "no_account"),
        ("approver", None, "nobody"),
        ("leading_group", None, "nobody"),
        ("responsible", None, "nobody"),
        ("teller", None, "nobody"),
        ("liaison", None, "nobody"),
        ("leader", "蔡平", "named"),
    )
)
_LADDERS = (
    "classify",
    "claim",
    "touch",
    "answer",
    "tell",
    "review",
    "approve",
    "refer",
    "supervise",
)

_FIRINGS: tuple[RungFiredSeen, ...] = (
    *(replace(_FIRED, days_left=days) for days in (7, 1, 0, -1)),
    replace(_FIRED, days_left=-3, responsible=False),
    *(replace(_FIRED, rung=ladder, ladder=ladder) for ladder in _LADDERS),
    *(replace(_FIRED, rung="assigned", ladder="claim", mine=mine) for mine in (True, False)),
    replace(_FIRED, rung="not_told", ladder="tell", mine=True, responsible=False),
    replace(_FIRED, rung="gone", ladder=""),
    replace(_FIRED, passed_over=_PASSED),
    replace(_FIRED, line=None),
)

RUNGS: tuple[View, ...] = (
    *_FIRINGS,
    *(
        replace(_FIRED, notice=notice)
        for notice in ("RedFlagUnclaimed", "NobodyToTell", "DangerToNobody")
    ),
    ReminderBundleSeen(notice="ReminderBundle", outcome="ok", items=_FIRINGS[:1]),
    ReminderBundleSeen(notice="ReminderBundle", outcome="ok", items=_FIRINGS[:4]),
)
