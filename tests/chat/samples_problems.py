"""A view of each way in which a problem is told of; the words in it are invented."""

from dataclasses import replace

from domain.actions.undoing_problems import TAKEN_BACK
from domain.notices.views import View
from domain.notices.views_problems import (
    NotYourMoveSeen,
    ProblemElsewhereSeen,
    ProblemMovedSeen,
    ProblemsSeen,
    ProblemUnknownSeen,
)
from domain.rules.problem_states import STATES
from tests.chat.samples_digests import DIGESTS
from tests.chat.samples_in_hand import IN_HAND, VOICES
from tests.chat.samples_mornings import MORNINGS
from tests.chat.samples_problem_line import BUREAU, DUE, LINE, LOGISTICS
from tests.chat.samples_problems_agreeing import AGREEING, RULINGS
from tests.chat.samples_problems_merging import MERGING
from tests.chat.samples_rungs import RUNGS
from tests.chat.samples_running import RUNNING
from tests.chat.samples_story import STORIES
from tests.chat.samples_stuck import STUCK

# Each move with its text; the moves that have one of their own stand in MOVED.
MOVED = (
    "note",
    "classify",
    "take_back",
    "claim",
    "still",
    "hand",
    "return",
    "solve",
    "told",
    "tried",
    "close",
    "reopen",
    "undo",
    "merge",
    "split",
    "park",
    "withdraw",
    "bureau",
)
# What there may be to do about any of them.
TO_DO = ("bureau", "claim", "go_on", "look", "nothing", "tell", "work")
# What a person may be told that others do.
VERBS = (
    "classify",
    "offer",
    "claim",
    "still",
    "hand",
    "note",
    "return",
    "ask",
    "decide",
    "solve",
    "told",
    "ask_referral",
    "bureau",
    "merge",
    "split",
    "park",
    "withdraw",
    "take_back",
)


def _moved(notice: str, move: str, **more: object) -> ProblemMovedSeen:
    return ProblemMovedSeen(
        notice=notice,
        outcome="ok",
        problem=57,
        move=move,
        by="蔡平",
        responsible="蔡平",
        due=DUE,
        line=LINE,
        text="已联系供应商",
        into=41,
        review=DUE.date(),
        satisfaction="satisfied" if move in ("told", "close", "reopen") else None,
        undone="claim" if move == "undo" else None,
        **more,  # type: ignore[arg-type]
    )


_RECEIPT = _moved("ProblemMoved", "note", told=("许宁",))
_NEWS = _moved("ProblemNews", "note")

_EVERY: tuple[View, ...] = (
    ProblemUnknownSeen(
        notice="ProblemUnknown", outcome="refuse", reason="no_such_problem", number=72
    ),
    *(
        ProblemElsewhereSeen(
            notice="ProblemElsewhere",
            outcome="refuse",
            reason="wrong_state",
            problem=57,
            move="note",
            state=state,
            responsible="蔡平",
            merged_into=41,
        )
        for state in STATES
    ),
    ProblemElsewhereSeen(
        notice="ProblemElsewhere",
        outcome="refuse",
        reason="wrong_state",
        problem=57,
        move="claim",
        state="",
        responsible=None,
        merged_into=None,
        known=False,
        private=False,
    ),
    NotYourMoveSeen(
        notice="NotYourMove",
        outcome="refuse",
        reason="not_allowed",
        problem=57,
        move="claim",
        roles=(),
        people=(),
        known=False,
        private=False,
    ),
    *(
        NotYourMoveSeen(
            notice="NotYourMove",
            outcome="refuse",
            reason="not_allowed",
            problem=57,
            move=move,
            roles=roles,
            people=people,
        )
        for move in VERBS
        for roles, people in (((), ("蔡平",)), (("leader",), ()), ((), ()))
    ),
    *(_moved(notice, move) for move in MOVED for notice in ("ProblemMoved", "ProblemNews")),
    *(
        ProblemsSeen(notice="ClaimsAwaited", outcome="ok", lines=lines, more=more)
        for lines, more in (
            ((), 0),
            (tuple(replace(LINE, state=state) for state in STATES), 3),
            ((replace(LINE, responsible=None, category=None),), 0),
        )
    ),
    _RECEIPT,
    replace(_RECEIPT, private=False, text=None, line=replace(LINE, gist=None)),
    replace(_RECEIPT, private=False, text=None, line=None),
    replace(_NEWS, by=None),
    replace(_NEWS, line=None, text=None, to_do="nothing"),
    *(replace(_NEWS, to_do=to_do) for to_do in TO_DO),
    *(replace(_moved("ProblemNews", "list"), to_do=to_do) for to_do in ("classify", "refer")),
    *(
        replace(_moved("ProblemNews", "list"), to_do="classify", suggested=name, because=because)
        for name, because in ((LOGISTICS, ("食堂", "太咸")), (BUREAU, ()))
    ),
    *(replace(_moved("ProblemNews", "solve"), to_do="tell", to_tell=voices) for voices in VOICES),
    *(
        replace(_moved(notice, "hand"), given_to="许宁", had_it="李梅")
        for notice in ("ProblemMoved", "ProblemNews")
    ),
    *(replace(_moved("ProblemMoved", "undo"), undone=name) for name in sorted(TAKEN_BACK)),
    *IN_HAND,
    *STORIES,
    replace(_NEWS, line=None, text=None),
    *(replace(_NEWS, line=replace(LINE, state=state)) for state in STATES),
    *(replace(_NEWS, line=replace(LINE, category=category)) for category in (None, BUREAU)),
    *(replace(_RECEIPT, ruling=ruling) for ruling in RULINGS),
    *(replace(_NEWS, ruling=ruling) for ruling in RULINGS if ruling.yes is not None),
    *AGREEING,
    *MERGING,
    *RUNGS,
    *MORNINGS,
    *DIGESTS,
    *RUNNING,
    *STUCK,
)

PROBLEMS: dict[str, tuple[View, ...]] = {
    name: tuple(view for view in _EVERY if view.notice == name)
    for name in dict.fromkeys(view.notice for view in _EVERY)
}
