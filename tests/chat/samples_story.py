"""A view of each way in which a problem's story is told; the words in it are invented."""

from dataclasses import replace
from datetime import timedelta

from domain.notices.views import UnitName, View
from domain.notices.views_problems_story import (
    ProblemStorySeen,
    StepSeen,
    SuggestedSeen,
    WhySeen,
    WordsSeen,
)
from domain.rules.moves import MOVE_NAMES
from domain.rules.problem_states import STATES
from tests.chat.samples_problem_line import BUREAU, DUE, LINE

# What a rung is called; one that the plan may come to have is a reminder.
RUNGS = (
    "unclassified",
    "unclaimed",
    "assigned",
    "overdue",
    "overdue_to_head",
    "supervised",
    "still_yours",
    "no_answer",
    "still_not_told",
    "still_parked",
    "still_pending",
    "with_bureau",
    "still_overdue",
    "red_flag",
    "tell_family_again",
    "tell_family_last",
    "not_told",
    "review_day",
    "approve_again",
    "approve_up",
    "of_another_year",
)
_SAID: dict[str, dict[str, str | int | None]] = {
    "told": {"satisfaction": "satisfied"},
    "close": {"satisfaction": "neutral"},
    "reopen": {"satisfaction": "dissatisfied"},
    "undo": {"undone": "claim"},
    "rung": {"rung": "overdue"},
    "merge": {"into": 41},
    "extend": {"days": 5},
    "ask": {"what": "extend", "days": 5},
    "decline": {"what": "extend"},
    "offer": {"what": "offer"},
}


def _step(move: str, **about: str | int | None) -> StepSeen:
    return StepSeen(
        move=move,
        at=DUE - timedelta(days=9),
        by="蔡平",
        text="已联系供应商",
        given_to="许宁",
        department=UnitName("department", "教学管理处"),
        category=BUREAU,
        about=about or _SAID.get(move, {}),
    )


_STORY = ProblemStorySeen(
    notice="ProblemStory",
    outcome="ok",
    problem=57,
    line=LINE,
    state="claimed",
    category=LINE.category,
    responsible="蔡平",
    words=(WordsSeen(place=1, words="饭菜太咸，孩子吃不惯", satisfaction=None),),
    day_of=6,
    due=DUE,
    next_at=DUE - timedelta(days=7),
    next_to=("蔡平",),
    next_rung="week_before",
    next_left=7,
    events=(_step("note"), _step("claim"), _step("list")),
)
_MANY = tuple(
    WordsSeen(place=place, words="饭菜太咸" * place * 8, satisfaction=None, whose=whose)
    for place, whose in enumerate(("王小明", None, None, None, None), 1)
)

_DAY = DUE.date()
_HOLIDAYS = (
    "weekend",
    "new_years_day",
    "spring_festival",
    "tomb_sweeping_day",
    "labour_day",
    "dragon_boat_festival",
    "mid_autumn_festival",
    "national_day",
    "anti_fascist_70th_day",
)
_AT_REST = WhySeen(code="due_at_rest", day=_DAY, days=15, rest="national_day")
_EARLIER = WhySeen(code="earlier", day=_DAY - timedelta(days=7), rest="national_day", meant=_DAY)
_MADE_UP = WhySeen(code="made_up", day=_EARLIER.day)
_WHYS = (
    (WhySeen(code="late", day=_DAY, days=1),),
    (WhySeen(code="late", day=_DAY, days=5),),
    *((WhySeen(code="extended", day=_DAY, days=days, by="孙茜"),) for days in (1, 5)),
    *((replace(_AT_REST, rest=rest),) for rest in _HOLIDAYS),
    (_AT_REST, _EARLIER, _MADE_UP),
    (_EARLIER,),
    (replace(_EARLIER, code="later", day=_DAY + timedelta(days=1)),),
    (_MADE_UP,),
    (WhySeen(code="provisional", day=_DAY),),
)

STORIES: tuple[View, ...] = (
    _STORY,
    replace(_STORY, line=None, private=False),
    *(replace(_STORY, state=state, line=replace(LINE, state=state)) for state in STATES),
    *(replace(_STORY, events=(replace(_step(move), text=None),)) for move in MOVE_NAMES),
    *(
        replace(_STORY, events=(_step(move, what=kind, days=5),))
        for move, kinds in (
            ("ask", ("extend", "return", "unagreed")),
            ("decline", ("extend", "return", "unagreed", "offer")),
        )
        for kind in kinds
    ),
    replace(_STORY, events=(replace(_step("hand"), given_to=None),)),
    replace(_STORY, events=(replace(_step("assign"), by=None),)),
    *(replace(_STORY, next_rung=rung, next_left=None) for rung in RUNGS),
    *(replace(_STORY, next_left=left) for left in (0, 1, 2)),
    replace(_STORY, events=(_step("rung", rung="week_before", left=7),)),
    *(replace(_STORY, why=whys) for whys in _WHYS),
    replace(_STORY, state="referred", next_at=None, next_to=(), next_rung=None),
    replace(_STORY, next_to=()),
    *(
        replace(_STORY, state="closed", line=replace(LINE, state="closed", ending=ending))
        for ending in ("satisfied", "not_agreed", "not_reached", "on_the_spot")
    ),
    replace(_STORY, line=replace(LINE, day_of=18)),
    replace(_STORY, words=_MANY, merged=(41, 43), summary="饭菜口味"),
    replace(_STORY, words=(WordsSeen(place=1, words=None, satisfaction=None),)),
    replace(
        _STORY,
        category=None,
        line=replace(LINE, category=None),
        suggested=(SuggestedSeen(category=BUREAU, confidence=0.81),),
    ),
    replace(_STORY, handed_to="许宁", dissatisfied=1),
    replace(_STORY, responsible=None, earlier=7),
    replace(_STORY, words=_MANY, merged=(41,), page=2, shown=5),
    replace(_STORY, page=2, shown=5, earlier=1),
)
