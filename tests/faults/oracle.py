"""What should have been told, worked out from what was asked for, against what was received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

# By the account and what is unique in the text.
Key = tuple[str, str]
# What the platform made of it: taken and said so; refused; taken, and nobody heard that it was.
Outcome = Literal["taken", "refused", "silent"]


@dataclass(frozen=True)
class Receipt:
    """One thing that reached the platform, when (seconds, of this machine's clock)."""

    key: Key
    at: float
    outcome: Outcome = "taken"


@dataclass(frozen=True)
class Judgement:
    """What was lost, came early, or came again; `late` is by how many seconds each came first.

    A repeat is explained by somebody's death between the two, or by a platform that took the
    first without saying so.
    """

    lost: tuple[Key, ...] = ()
    early: tuple[Key, ...] = ()
    unasked: tuple[Key, ...] = ()
    explained: int = 0
    unexplained: tuple[Key, ...] = ()
    late: tuple[float, ...] = field(default=(), repr=False)

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing early, nothing that wasn't asked for, no repeat without a reason."""
        return not (self.lost or self.early or self.unasked or self.unexplained)


def judged(
    expected: Mapping[Key, float], receipts: Iterable[Receipt], deaths: Iterable[float] = ()
) -> Judgement:
    """Judge what came: `expected` is when each was due, `deaths` when somebody was killed."""
    came: dict[Key, list[Receipt]] = defaultdict(list)
    for one in sorted(receipts, key=lambda one: one.at):
        if one.outcome != "refused":
            came[one.key].append(one)
    killed = sorted(deaths)
    explained, unexplained = 0, []
    for key, times in came.items():
        for first, again in pairwise(times):
            died = any(first.at - 1 <= death <= again.at for death in killed)
            if first.outcome == "silent" or died:
                explained += 1
            else:
                unexplained.append(key)
    firsts = {key: came[key][0].at for key in expected if key in came}
    return Judgement(
        lost=tuple(key for key in expected if key not in came),
        early=tuple(key for key, at in firsts.items() if at < expected[key]),
        unasked=tuple(key for key in came if key not in expected),
        explained=explained,
        unexplained=tuple(unexplained),
        late=tuple(at - expected[key] for key, at in firsts.items()),
    )
