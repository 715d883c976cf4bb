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
    await _none_is_silenced(life)


async def _none_is_silenced(life: Life) -> None:
    """Words stay, and count no more only where their problem or their visit was taken back."""
    voices = await Voice.all().prefetch_related("visit")
    withdrawn = await Problem.filter(state="withdrawn").values_list("id", flat=True)
    there = {one.id for one in voices}
    assert life.voices <= there, f"lost voices: {life.voices - there}"
    life.voices = there
    for one in voices:
        if one.undone_at is None:
            continue
        visit_undone = one.visit is not None and one.visit.undone_at is not None
        taken_back = visit_undone or one.problem_id in withdrawn
        assert taken_back, f"voice {one.id} is silenced, and nobody took it back"
