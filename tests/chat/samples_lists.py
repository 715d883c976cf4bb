"""A view of each way in which a list of problems is told of; the words in it are invented."""

from dataclasses import replace

from domain.notices.views import UnitName, View
from domain.notices.views_problems_lists import ProblemsListedSeen
from domain.rules.problem_lists import STAGES
from tests.chat.samples_problem_line import BUREAU, LINE, LOGISTICS

_LISTED = ProblemsListedSeen(
    notice="ProblemsListed",
    outcome="ok",
    lines=(
        LINE,
        replace(LINE, problem=58, state="closed", responsible=None),
        replace(LINE, problem=59, state="merged", merged_into=41),
        replace(LINE, problem=60, day_of=15),
        replace(LINE, problem=61, day_of=18, state="listed", responsible=None),
    ),
    places=(1, 2, 3, 4, 5),
    more_at=6,
    total=9,
    skipped=0,
    hidden=1,
    stage="open",
    unit=UnitName("grade", "七年级", 7),
    category=LOGISTICS,
    person="蔡平",
    older_than=7,
    mine=False,
)

LISTED: dict[str, tuple[View, ...]] = {
    "ProblemsListed": (
        _LISTED,
        *(replace(_LISTED, stage=stage, hidden=0) for stage in STAGES),
        replace(_LISTED, lines=(), places=(), more_at=None, total=0),
        replace(_LISTED, unit=None, category=BUREAU, person=None, older_than=None, more_at=None),
        replace(_LISTED, unit=None, category=None, person=None, older_than=None, mine=True),
    )
}
