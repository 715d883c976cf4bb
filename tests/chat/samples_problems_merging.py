"""A view of each way in which two problems stay apart."""

from domain.notices.views import View
from domain.notices.views_problems_merging import MergeRefusedSeen


def _refused(notice: str, reason: str, **more: object) -> View:
    return MergeRefusedSeen(notice=notice, outcome="refuse", reason=reason, problem=57, **more)  # type: ignore[arg-type]


MERGING: tuple[View, ...] = (
    _refused("SameProblem", "same_problem"),
    *(
        _refused("MergeKeptApart", "wrong_state", into=41, why=why)
        for why in (None, "red_flag", "named")
    ),
    _refused("NotMerged", "wrong_state"),
    _refused("StillHeardWith", "wrong_state", merged=(41, 43)),
)
