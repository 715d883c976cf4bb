"""A view of each way in which an admin is told of the program itself."""

from datetime import date, datetime

from domain.house import SCHOOL_TIME
from domain.notices.views import View
from domain.notices.views_running import BackupFailedSeen, EveningReceiptSeen, PartStoppedSeen
from domain.notices.views_second_way import PlatformAwaySeen

_AT = datetime(2018, 9, 4, 14, 5, tzinfo=SCHOOL_TIME)

RUNNING: tuple[View, ...] = (
    *(
        PartStoppedSeen(
            notice="PartStopped",
            outcome="ok",
            part=part,
            since=_AT if part != "clocks" else None,
            count=7,
            today=date(2018, 9, 4),
        )
        for part in ("watch", "timers", "notices", "heartbeat", "clocks")
    ),
    PartStoppedSeen(notice="PartStopped", outcome="ok", part="watch"),
    PlatformAwaySeen(
        notice="PlatformAway",
        outcome="ok",
        platform="dingtalk",
        since=_AT,
        today=_AT.date(),
        problems=(57, 72),
        urgent=(72,),
        more=2,
    ),
    PlatformAwaySeen(
        notice="PlatformAway",
        outcome="ok",
        platform="dingtalk",
        since=_AT,
        today=_AT.date(),
        more=1,
    ),
    EveningReceiptSeen(
        notice="EveningReceipt", outcome="ok", day=_AT.date(), visits=2, talks=1, problems=1
    ),
    EveningReceiptSeen(notice="EveningReceipt", outcome="ok", day=_AT.date(), visits=1),
    *(
        BackupFailedSeen(notice="BackupFailed", outcome="ok", day=_AT.date(), why=why)
        for why in ("unwritable", "schema")
    ),
)
