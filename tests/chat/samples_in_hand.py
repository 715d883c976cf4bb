"""A view of each way in which those who work on problems are asked and refused; all invented."""

from domain.actions.undoing_problems import KINDS
from domain.notices.views import Child, ClassName, UnitName, View
from domain.notices.views_problems import VoiceSeen
from domain.notices.views_problems_in_hand import (
    MoveStaysSeen,
    NamedInItSeen,
    SameDepartmentSeen,
    VoicesAskedSeen,
    VoiceUnknownSeen,
)

_CHILD = Child(ClassName(7, "七年级", 3), 12, "王小明")


def _voice(place: int, child: Child | None = _CHILD, speaker: str = "parent") -> VoiceSeen:
    return VoiceSeen(problem=57, place=place, child=child, speaker=speaker, source="visit")


_EACH = tuple(
    _voice(place, None, speaker)
    for place, speaker in enumerate(("parent", "student", "teacher", "public"), 1)
)
# Whom somebody is to tell: nobody any more, one, several.
VOICES: tuple[tuple[VoiceSeen, ...], ...] = (
    (),
    (_voice(1),),
    (_voice(1, speaker="student"),),
    (_voice(1), _voice(2)),
    *((one,) for one in _EACH),
)

IN_HAND: tuple[View, ...] = (
    *(
        MoveStaysSeen(
            notice="MoveStays",
            outcome="refuse",
            reason="wrong_state",
            problem=57,
            move=kind.partition(".")[2],
            why=why,
        )
        for kind in KINDS
        for why in ("built_on", "final")
    ),
    *(
        NamedInItSeen(
            notice="NamedInIt", outcome="refuse", reason="not_allowed", problem=57, person=person
        )
        for person in ("程龙", None)
    ),
    SameDepartmentSeen(
        notice="SameDepartment",
        outcome="refuse",
        reason="wrong_state",
        problem=57,
        department=UnitName("department", "教学管理处"),
    ),
    VoiceUnknownSeen(
        notice="VoiceUnknown",
        outcome="refuse",
        reason="no_such_problem",
        problem=57,
        place=9,
        places=(1, 2),
    ),
    *(
        VoicesAskedSeen(
            notice="VoicesAsked",
            outcome="choose",
            about="voice",
            problem=57,
            voices=voices,
            private=private,
        )
        for voices in VOICES
        for private in (True, False)
    ),
)
