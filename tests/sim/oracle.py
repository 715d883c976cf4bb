"""What must have come of a story, worked out from its inputs alone, against what came of it.

Nothing of the school's own rules or calendar is used here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from domain.house import SCHOOL_TIME
from tests.fixtures.dingtalk_door import account
from tests.sim.outcome import Heard, Outcome, instant
from tests.sim.post import Told, chat_of
from tests.sim.story import END, LEADER, LIAISON, OVER, Story, morning_after, worked

DEPUTY_HEAD = "何国良"
# After how many working days each fires if nothing was done, and who is told.
_RUNGS = {
    "unclassified": (1, (LIAISON,)),
    "unclaimed": (2, (LEADER,)),
    "assigned": (4, (LEADER, DEPUTY_HEAD)),
}
# From then on nobody is disturbed.
_NIGHT = time(21, 30)
# What is on its way when its reason goes may still arrive (a call's own length), and what was
# just done may not be seen by who looked before.
_ON_ITS_WAY = timedelta(seconds=2)
# How late it may be: after a sweep and a bundle's patience; and once what was wrong is over, after
# the longest wait between two tries as well, and after a death a lease.
_PROMPT, _AT_LAST = timedelta(seconds=300), timedelta(seconds=4_400)
_LEASE = timedelta(seconds=30)
# For so long after a fault nobody may have noted what was brought before it.
_UNNOTED = timedelta(seconds=30)


# The rung, the number of its problem, and the chat that is told.
Key = tuple[str, int, str]


@dataclass(frozen=True)
class Due:
    """A rung that must be told: of which problem, to whom, from when on.

    `until` is when its reason went, if it did.
    """

    rung: str
    problem: int
    chat: str
    at: datetime
    until: datetime | None

    @property
    def key(self) -> Key:
        """By which it is found among what was told."""
        return self.rung, self.problem, self.chat


def wrong(outcome: Outcome) -> list[str]:
    """All that is otherwise than it must be, a sentence each, the kind of it first."""
    return [*_heard(outcome), *_rungs(outcome), *_repeats(outcome), *_left(outcome)]


_ONCE = frozenset({"listed", "classified", "claimed", "solved"})
# As the service itself calls them.
_KINDS = frozenset({"list", "classify", "claim", "solve"})

# --- what was said --------------------------------------------------------------------------


def _heard(outcome: Outcome) -> Iterator[str]:
    """Each message is answered, always alike, and has its effect once."""
    story, answers = outcome.story, _answers(outcome)
    for said in story.said:
        found = answers.get((said.life, said.act), [])
        if len(found) < len(said.arrivals):
            yield f"unanswered: {said.act} of {said.life}"
        if len(answered := {(one.notice, one.problem) for one in found}) > 1:
            yield f"answered otherwise: {said.act} of {said.life}: {sorted(answered, key=str)}"
    if (rows := len(outcome.rows["heard"])) != len(story.said):
        yield f"heard: {rows} rows for {len(story.said)} messages"
    if (rows := len(outcome.rows["problem"])) != len(story.lives):
        yield f"effects: {rows} problems for {len(story.lives)} messages"
    moved = [(row["problem_id"], row["kind"]) for row in outcome.rows["problem_event"]]
    for problem, kind in {one for one in moved if one[1] in _KINDS and moved.count(one) > 1}:
        yield f"effects: #{problem} was {kind} {moved.count((problem, kind))} times"


def _answers(outcome: Outcome) -> Mapping[tuple[int, str], list[Heard]]:
    found: dict[tuple[int, str], list[Heard]] = defaultdict(list)
    for one in outcome.heard:
        found[one.said.life, one.said.act].append(one)
    return found


# --- what is told by itself -----------------------------------------------------------------


def _rungs(outcome: Outcome) -> Iterator[str]:
    """Each rung is told in its time, to whom it is for, while its reason holds; and no other."""
    dues = {one.key: one for one in expected(outcome)}
    told: dict[Key, list[Told]] = defaultdict(list)
    for one in outcome.told:
        if one.rung in _RUNGS and one.problem is not None:
            told[one.rung, one.problem, one.account].append(one)
    for key, times in told.items():
        yield from _told(dues.get(key), times[0].at, times[-1].at, key)
    for key, due in dues.items():
        yield from _missing(outcome, due, told.get(key, []))


def _told(due: Due | None, first: datetime, last: datetime, key: Key) -> Iterator[str]:
    if due is None:
        yield f"unasked: {key} at {first}"
    elif first < due.at:
        yield f"early: {key} at {first} instead of {due.at}"
    elif due.until is not None and last > due.until + _ON_ITS_WAY:
        yield f"without a reason: {key} at {last}, which went at {due.until}"


def _missing(outcome: Outcome, due: Due, times: list[Told]) -> Iterator[str]:
    latest = _latest(outcome, due)
    if latest > OVER or (due.until is not None and due.until <= latest):
        return
    if not times:
        yield f"lost: {due.key}, due at {due.at}"
    elif times[0].at > latest:
        yield f"late: {due.key} at {times[0].at}, due at {due.at}"


def expected(outcome: Outcome) -> Iterator[Due]:
    """All that must be told of the problems that were heard of."""
    answers = _answers(outcome)
    for life in range(len(outcome.story.lives)):
        acts = {act: answers[life, act][0] for act in _ONCE if (life, act) in answers}
        acts = {act: one for act, one in acts.items() if one.notice not in _REFUSED}
        if (listed := acts.get("listed")) is None or listed.problem is None:
            continue
        for rung, (days, names) in _RUNGS.items():
            at = _morning(outcome.story, listed.at, days)
            ends = [acts[act].at for act in _ENDS[rung] if act in acts]
            until = min(ends, default=None)
            if at >= END or (until is not None and until <= at):
                continue
            if rung == "unclaimed" and _passed_over(outcome.story, listed.at, at):
                continue
            for name in names:
                yield Due(rung, listed.problem, chat_of(account(name)), at, until)


# What was said too early, as to solve what nobody had claimed.
_REFUSED = frozenset({"NotYourMove"})
# What takes its reason away.
_ENDS = {
    "unclassified": ("classified", "solved"),
    "unclaimed": ("claimed",),
    "assigned": ("claimed",),
}


def _morning(story: Story, since: datetime, days: int) -> datetime:
    """So many working days later; what comes at night or on a day of rest comes in the morning."""
    here = since.astimezone(SCHOOL_TIME)
    day = here.date() + timedelta(days=here.time() >= _NIGHT)
    while not worked(day, ordered=story.ordered):
        day += timedelta(days=1)
    return morning_after(day, days, ordered=story.ordered)


def _passed_over(story: Story, listed: datetime, at: datetime) -> bool:
    """Whether nobody was at work until the next rung of its kind was reached as well: then that
    one alone is told.
    """
    if story.still is None or not story.still[0] <= at < story.still[1]:
        return False
    first = datetime.combine(story.still[1].date(), at.astimezone(SCHOOL_TIME).timetz())
    while first < story.still[1] or not worked(first.date(), ordered=story.ordered):
        first += timedelta(days=1)
    return _morning(story, listed, _RUNGS["assigned"][0]) <= first


def _latest(outcome: Outcome, due: Due) -> datetime:
    """By when it must have been told, after all that went wrong."""
    story, latest = outcome.story, due.at + _PROMPT
    if due.rung == "unclassified" and story.still and story.still[0] <= due.at < story.still[1]:
        # One thing a morning is said of a problem, and this is the least.
        return OVER + _AT_LAST
    for since, until, slack in _troubles(story, outcome):
        if since - timedelta(seconds=60) <= latest and until >= due.at:
            latest = max(latest, until + slack)
    return latest


def _troubles(story: Story, outcome: Outcome) -> list[tuple[datetime, datetime, timedelta]]:
    """When something was wrong, in the order in which it began, and how long it is felt then."""
    found = [(spell.since, spell.until, _AT_LAST) for spell in story.spells]
    found += [(at, at + _UNNOTED, _LEASE + _PROMPT) for at, _process in outcome.deaths]
    if story.still is not None:
        since, until = story.still
        # What should have been told on an earlier day is told on a working morning, one thing each.
        morning = morning_after(until.date(), 2, ordered=story.ordered)
        found.append((since, morning, _AT_LAST))
    return sorted(found)


# --- what was told again --------------------------------------------------------------------


def _repeats(outcome: Outcome) -> Iterator[str]:
    """Something is told again only where nobody can know that it was told."""
    told: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in outcome.told:
        # A rung is told once, in whatever company it comes.
        told[one.key[:4] if one.rung in _RUNGS else one.key].append(one)
    for times in told.values():
        for first, again in pairwise(times):
            if again.at == first.at:
                continue  # Of one message: several news of a problem in a morning's.
            if again.at < first.answered and not _ended(outcome, first, again.at):
                yield f"at once: {first.key[:4]} at {first.at} and {again.at}"
            elif first.heard and not _ended(outcome, first, again.at):
                yield f"again: {first.key[:4]} at {first.at} and {again.at}"


def _ended(outcome: Outcome, first: Told, by: datetime) -> bool:
    """Whether its process died, or its database failed it, before it can have noted it."""
    return any(
        process == first.process
        and first.at - _ON_ITS_WAY <= at <= min(by, first.answered + _UNNOTED)
        for at, process in outcome.deaths
    )


# --- what is left ---------------------------------------------------------------------------


def _left(outcome: Outcome) -> Iterator[str]:
    """All is told that was to be told, nothing had to be mended, and nobody is forgotten."""
    for row in outcome.rows["outbox"]:
        if row["done_at"] is None and instant(row["available_at"]) < OVER:
            yield f"left: notice {row['id']} ({row['notice']}) was never told"
    if outcome.mended:
        yield f"mended: {outcome.mended} times the watch had something to mend"
    timers = outcome.rows["timer"]
    coming = {t["subject"] for t in timers if t["duty"] == "problem" and t["due_at"] is not None}
    for row in outcome.rows["problem"]:
        if row["id"] not in coming:
            yield f"forgotten: #{row['id']} is open, and nobody will look at it"
    brought = sum(not row["in_response"] for row in outcome.rows["delivery"])
    calls = len({(one.at, one.account, one.text) for one in outcome.told})
    if brought > calls:
        yield f"noted: {brought} were noted as brought, and {calls} were"
