"""A view of each way in which a problem is taken in; the words in it are invented."""

from dataclasses import replace

from domain.notices.views import Child, ClassName, UnitName, View
from domain.notices.views_problems_intake import (
    CategoryAskedSeen,
    DangerName,
    NamedSeen,
    ProblemRecordedSeen,
    RedFlagSeen,
    Suggested,
    ToClassifySeen,
)
from tests.chat.samples_problem_line import BUREAU, DUE, LINE, LOGISTICS

_LOGISTICS = Suggested("logistics", "school", 0.71, LOGISTICS)
_BUREAU = Suggested("admissions", "bureau", 0.2, BUREAU)
_RECORDED = ProblemRecordedSeen(
    notice="ProblemRecorded",
    outcome="ok",
    problem=57,
    unit=UnitName("grade", "七年级", 7),
    category_suggested=(_LOGISTICS, _BUREAU),
    because=("食堂", "太咸"),
    words="食堂的菜太咸了",
    summary="食堂偏咸",
    due=DUE,
)

_SELF_HARM = DangerName("self_harm", "自伤自杀", "self-harm", ("12356", "110"))
_ABUSE = DangerName("abuse", "虐待家暴", "abuse", ("110",))
_CHILD = Child(ClassName(7, "七年级", 3), 12, "王小明", None)
_DANGER = RedFlagSeen(
    notice="RedFlagRaised",
    outcome="ok",
    problem=72,
    kinds=(_SELF_HARM,),
    words=("不想活",),
    said="他说不想活了",
    line=LINE,
    by="林晓",
)

_EVERY: tuple[View, ...] = (
    _RECORDED,
    replace(_RECORDED, category_suggested=(_BUREAU,), because=()),
    replace(_RECORDED, category_suggested=(), because=(), late_by=5),
    replace(_RECORDED, closed=True, due=None),
    replace(_RECORDED, undone=True),
    replace(_RECORDED, asks=True, similar=(41,), alike=2),
    replace(_RECORDED, asks=True, because=()),
    CategoryAskedSeen(
        notice="CategoryAsked",
        outcome="choose",
        about="category",
        problem=57,
        categories=(LOGISTICS, BUREAU),
    ),
    CategoryAskedSeen(
        notice="CategoryAsked",
        outcome="choose",
        about="category",
        problem=57,
        categories=(LOGISTICS, BUREAU, replace(BUREAU, name=LOGISTICS.name)),
        suggested=(BUREAU,),
        because=("多招",),
    ),
    CategoryAskedSeen(
        notice="CategoryAsked",
        outcome="choose",
        about="category",
        private=False,
        problem=57,
        categories=(LOGISTICS, BUREAU),
    ),
    *(
        ToClassifySeen(
            notice="ToClassify", outcome="ok", lines=lines, more=more, right=right, suggested=every
        )
        for lines, more, right, every in (((LINE,), 3, 17, 20), ((), 0, 0, 0))
    ),
    *(
        replace(_DANGER, kinds=kinds, children=children)
        for kinds, children in (((_SELF_HARM,), (_CHILD,)), ((_ABUSE, _SELF_HARM), ()))
    ),
    replace(_DANGER, line=None, said=None, words=(), kinds=()),
    replace(_DANGER, notice="RedFlagAdvice", told=("邵毓君", "程龙"), in_group=True),
    replace(_DANGER, notice="RedFlagAdvice", kinds=(_ABUSE,)),
    NamedSeen(notice="NamedAsked", outcome="choose", problem=57, person="程龙"),
    *(
        NamedSeen(notice="NamedSettled", outcome="ok", problem=57, person=person, them=them)
        for person, them in (("程龙", True), ("程龙", False), (None, True))
    ),
    replace(_RECORDED, private=False, words=None, summary=None, because=()),
    replace(
        _RECORDED,
        private=False,
        unit=None,
        words=None,
        summary=None,
        category_suggested=(),
        because=(),
        due=None,
    ),
)

INTAKE: dict[str, tuple[View, ...]] = {
    name: tuple(view for view in _EVERY if view.notice == name)
    for name in dict.fromkeys(view.notice for view in _EVERY)
}
