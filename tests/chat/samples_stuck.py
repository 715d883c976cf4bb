"""A view of each way in which an admin is told that something doesn't get through."""

from domain.notices.views import View
from domain.notices.views_budget import BudgetLowSeen
from domain.notices.views_stuck import NoticeStuckSeen

STUCK: tuple[View, ...] = (
    *(
        NoticeStuckSeen(
            notice="NoticeStuck",
            outcome="ok",
            entry=12,
            why=why,
            person=person,
            problems=problems,
        )
        for why in ("wording", "never", "slow", "no_account")
        for person, problems in (("蔡平", (57, 61)), (None, ()))
    ),
    *(
        BudgetLowSeen(
            notice="BudgetLow",
            outcome="ok",
            platform="dingtalk",
            kind=kind,
            used=4100,
            quota=5000,
            forecast=6800,
            spent=spent,
        )
        for kind in ("api", "messages")
        for spent in (False, True)
    ),
)
