"""A view of each way in which a problem is taken in; the words in it are invented."""

from dataclasses import replace

from domain.notices.views import UnitName, View
from domain.notices.views_problems_intake import ProblemRecordedSeen, Suggested
from tests.chat.samples_problem_line import BUREAU, DUE, LOGISTICS

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

_EVERY: tuple[View, ...] = (
    _RECORDED,
    replace(_RECORDED, category_suggested=(_BUREAU,), because=()),
    replace(_RECORDED, category_suggested=(), because=(), late_by=5),
    replace(_RECORDED, closed=True, due=None),
    replace(_RECORDED, undone=True),
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
