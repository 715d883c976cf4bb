"""At least one view of every notice about newcomers and accounts, in each way it may be told."""

from dataclasses import replace
from datetime import date

from domain.notices.views import ClassName, OptionSeen, PlainSeen, SeatSeen, UnitName, View
from domain.notices.views_newcomers import (
    AccountSeen,
    CandidateSeen,
    NameAskedSeen,
    NewcomerAsksSeen,
    NewcomerSeen,
    NotLetInSeen,
    OnlyBySeen,
    RoomSeen,
    WelcomeSeen,
)

_CLASS = ClassName(7, "七年级", 5)
_GRADE = UnitName("grade", "七年级", 7)
_OTHER_GRADE = UnitName("grade", "八年级", 8)
_OF_CLASS = UnitName("class", str(_CLASS), 7, _CLASS)

_ASKED = NameAskedSeen(notice="NameAsked", outcome="ask", about="name")
_WAITS = NameAskedSeen(notice="NewcomerWaits", outcome="ok")
_WELCOME = WelcomeSeen(
    notice="NewcomerWelcome", outcome="ok", person="李梅", by="许宁", unit=None, kept=False
)
_LI = CandidateSeen(
    person=12, name="李梅", seats=(SeatSeen(role="teacher", unit=_OF_CLASS, for_person=None),)
)
_ASKS = NewcomerAsksSeen(
    notice="NewcomerAsks",
    outcome="ok",
    newcomer=3,
    name="李梅",
    platform="dingtalk",
    in_group=True,
    unit=_GRADE,
    people=(_LI,),
    rebind=False,
    settled=False,
)
_IN = NewcomerSeen(notice="NewcomerLetIn", outcome="ok", newcomer=3, person="李梅", let_in=True)
_LATE = NewcomerSeen(
    notice="NewcomerSettled", outcome="refuse", reason="wrong_state", newcomer=3, by="许宁"
)
_ONLY = OnlyBySeen(
    notice="OnlyBy",
    outcome="refuse",
    reason="not_allowed",
    what="rebind",
    who=("admin",),
    person="李梅",
    unit=None,
)
_BOUND = AccountSeen(notice="AccountBound", outcome="ok", person="李梅", platform="dingtalk")
_REBIND = AccountSeen(
    notice="RebindAsked",
    outcome="choose",
    about="account",
    person="李梅",
    platform="teams",
    options=(OptionSeen("word", "rebind", "1"), OptionSeen("word", "keep_account", "2")),
)
_ROOM = RoomSeen(notice="RoomBound", outcome="ok", unit=_GRADE, private=False)

NEWCOMERS: dict[str, tuple[View, ...]] = {
    "NameAsked": (
        _ASKED,
        replace(_ASKED, kept=True, late=True),
        replace(_ASKED, again=True),
        replace(_ASKED, group=True, private=False, kept=True),
    ),
    "NewcomerWaits": (_WAITS, replace(_WAITS, kept=True, again=True)),
    "NewcomerWelcome": (_WELCOME, replace(_WELCOME, unit=_GRADE, kept=True)),
    "NotLetIn": (
        NotLetInSeen(
            notice="NotLetIn", outcome="refuse", reason="not_allowed", again_on=date(2018, 9, 4)
        ),
    ),
    "NotOurs": (PlainSeen(notice="NotOurs", outcome="refuse", reason="not_allowed"),),
    "NewcomerAsks": (
        _ASKS,
        replace(_ASKS, in_group=False, unit=None, people=(), platform="feishu"),
        replace(_ASKS, people=(_LI, replace(_LI, person=15, seats=())), platform="wecom"),
        replace(_ASKS, rebind=True, platform="console"),
        replace(_ASKS, settled=True, name=None, platform="unheard-of"),
    ),
    "NewcomerLetIn": (
        _IN,
        replace(_IN, unit=_GRADE, kept=True),
        replace(_IN, rebound=True, seatless=True),
        replace(_IN, person=None, private=False),
    ),
    "NewcomerDeclined": (NewcomerSeen(notice="NewcomerDeclined", outcome="ok", newcomer=3),),
    "NewcomerSettled": (_LATE, replace(_LATE, let_in=True, by=None)),
    "NewcomerGone": (
        NewcomerSeen(notice="NewcomerGone", outcome="refuse", reason="too_late", newcomer=3),
    ),
    "OnlyBy": (
        _ONLY,
        replace(_ONLY, what="seat", who=("office", "admin")),
        replace(_ONLY, what="by_hand", person=None),
        replace(_ONLY, what="room", person=None, unit=_GRADE, private=False),
    ),
    "AccountBound": (
        _BOUND,
        replace(_BOUND, already=True),
        replace(_BOUND, kept=True, rebound=True),
    ),
    "AccountBoundForYou": (
        AccountSeen(notice="AccountBoundForYou", outcome="ok", by="方正", platform="dingtalk"),
    ),
    "RebindAsked": (_REBIND, replace(_REBIND, holder="林晓", private=False)),
    "PlatformUnknown": (
        AccountSeen(
            notice="PlatformUnknown",
            outcome="refuse",
            reason="unreadable",
            platforms=("console", "dingtalk"),
        ),
    ),
    "RoomBound": (_ROOM, replace(_ROOM, before=_OTHER_GRADE), replace(_ROOM, already=True)),
    "RoomBoundForYou": (
        replace(_ROOM, notice="RoomBoundForYou", by="方正", private=True),
        replace(_ROOM, notice="RoomBoundForYou", by=None, before=_OTHER_GRADE, private=True),
    ),
    "RoomShown": (
        replace(_ROOM, notice="RoomShown"),
        replace(_ROOM, notice="RoomShown", unit=None),
    ),
    "NotInGroup": (
        RoomSeen(notice="NotInGroup", outcome="refuse", reason="wrong_state", unit=_GRADE),
    ),
}
