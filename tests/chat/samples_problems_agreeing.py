"""A view of each way in which somebody is asked to agree; the reasons in it are invented."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from domain.notices.views import UnitName, View
from domain.notices.views_problems import ProblemLine, RulingSeen
from domain.notices.views_problems_agreeing import (
    ApprovalAskedSeen,
    ApprovalRefusedSeen,
    ApprovalsPendingSeen,
    BureauCategoryAskedSeen,
    ExtensionRefusedSeen,
    PendingSeen,
)
from domain.rules.approvals import KINDS
from tests.chat.samples_problem_line import BUREAU, LINE

_DUE = datetime(2018, 9, 23, 17, 0, tzinfo=timezone(timedelta(hours=8)))
_MORE = {
    "extend": {"days": 5},
    "refer": {"category": BUREAU},
    "return": {"department": UnitName("department", "教学管理处", name_en="Teaching Office")},
}
RULINGS = tuple(
    RulingSeen(
        kind=kind,
        yes=yes,
        asked_by=None if kind == "unagreed" else "蔡平",
        asked_of="何国良",
        **_MORE.get(kind, {}),
    )  # type: ignore[arg-type]
    for kind in KINDS
    for yes in (None, True, False)
)


def _asked(ruling: RulingSeen, line: ProblemLine | None = LINE, *, over: bool = False) -> View:
    return ApprovalAskedSeen(
        notice="ApprovalAsked",
        outcome="ok",
        problem=57,
        line=line,
        ruling=ruling,
        reason_given="等设备到货",
        new_due=_DUE if ruling.kind == "extend" else None,
        over=over,
    )


def _refused(notice: str, reason: str, **more: object) -> View:
    return ApprovalRefusedSeen(notice=notice, outcome="refuse", reason=reason, **more)  # type: ignore[arg-type]


_TOO_LONG = ExtensionRefusedSeen(
    notice="ExtensionTooLong",
    outcome="refuse",
    reason="not_allowed",
    problem=57,
    days=9,
    times_left=1,
    days_left=3,
)
_ASKING = tuple(ruling for ruling in RULINGS if ruling.yes is None)

AGREEING: tuple[View, ...] = (
    *(
        ApprovalsPendingSeen(
            notice="ApprovalsPending",
            outcome="choose",
            about="problem",
            pending=tuple(
                PendingSeen(problem=57, line=LINE, ruling=ruling) for ruling in _ASKING[:count]
            ),
        )
        for count in (1, 2)
    ),
    BureauCategoryAskedSeen(
        notice="BureauCategoryAsked",
        outcome="choose",
        about="category",
        problem=57,
        categories=(BUREAU, replace(BUREAU, name_en="")),
    ),
    *(_asked(ruling) for ruling in _ASKING),
    _asked(_ASKING[0], None),
    _asked(_ASKING[0], over=True),
    *(
        _refused("ApprovalWaits", "wrong_state", problem=57, kind=kind, person="何国良")
        for kind in KINDS
    ),
    *(
        _refused("ApprovalOver", "wrong_state", problem=57, kind="extend", person=who, yes=yes)
        for who, yes in ((None, None), ("何国良", True), ("何国良", False))
    ),
    _refused("CannotBeAsked", "not_allowed", problem=57, person="何国良"),
    _refused("CannotBeAsked", "not_allowed", problem=57),
    _refused("NothingToDecide", "wrong_state", problem=57),
    _refused("NothingToDecide", "wrong_state", problem=None),
    _TOO_LONG,
    replace(_TOO_LONG, days_left=1),
    replace(_TOO_LONG, days_left=0, times_left=0),
    ExtensionRefusedSeen(
        notice="ExtensionTooLate", outcome="refuse", reason="too_late", problem=57, due=_DUE
    ),
)
