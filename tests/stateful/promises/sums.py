"""I7: what was recorded stays, and merging and undoing move it, but lose and double nothing."""

from __future__ import annotations

from collections import Counter

from domain.models import Merge, Problem, ProblemEvent, Visit, Voice
from domain.queries.problems import voices_of
from tests.stateful.life import Life


async def nothing_is_lost_by_merging(life: Life) -> None:
    """Each number that was told is there; each voice is heard with exactly one problem."""
    problems = {row.id: row for row in await Problem.all()}
    begun = await ProblemEvent.filter(kind__in=["list", "answer"]).values_list(
        "problem_id", flat=True
    )
    assert Counter(begun) == Counter(problems.keys()), "a problem began twice, or never"
    assert life.problems <= problems.keys(), f"lost: {life.problems - problems.keys()}"
    visits = set(await Visit.all().values_list("id", flat=True))
    assert life.visits <= visits, f"lost: {life.visits - visits}"
    open_merges = {row.problem_id for row in await Merge.filter(undone_at__isnull=True)}
    merged = {number for number, row in problems.items() if row.state == "merged"}
    assert open_merges == merged, "merged ones and merges aren't the same"
    heard: Counter[int] = Counter()
    for number in problems.keys() - merged:
        heard.update(voice.id for voice in await voices_of(number))
    voices = await Voice.filter(problem_id__isnull=False, undone_at__isnull=True)
    assert heard.keys() >= {voice.id for voice in voices}, "a voice is heard with no problem"
    assert max(heard.values(), default=1) == 1, "a voice is heard with two problems"
