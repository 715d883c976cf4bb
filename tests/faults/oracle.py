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
    """One thing that reached the platform, when (seconds, of this machine's clock), from whom."""

    key: Key
    at: float
    outcome: Outcome = "taken"
    sender: str = ""


@dataclass(frozen=True)
class Death:
    """When it was (seconds), and of which sender; None: it may have been any of them."""

    at: float
    who: str | None = None


@dataclass(frozen=True)
class Judgement:
    """What was lost, came early, or came again; `late` is by how many seconds each came first.

    A repeat is explained by the death, between the two, of who had sent the first, or by a platform
    that took the first without saying so. `times` is how often the one came that came most often.
    """

    lost: tuple[Key, ...] = ()
    early: tuple[Key, ...] = ()
    unasked: tuple[Key, ...] = ()
    explained: int = 0
    unexplained: tuple[Key, ...] = ()
    times: int = 0
    late: tuple[float, ...] = field(default=(), repr=False)

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing early, nothing that wasn't asked for, no repeat without a reason."""
        return not (self.lost or self.early or self.unasked or self.unexplained)


def judged(
    expected: Mapping[Key, float], receipts: Iterable[Receipt], deaths: Iterable[Death] = ()
) -> Judgement:
    """Judge what came: `expected` is when each was due."""
    came: dict[Key, list[Receipt]] = defaultdict(list)
    for one in sorted(receipts, key=lambda one: one.at):
        if one.outcome != "refused":
            came[one.key].append(one)
    killed = list(deaths)
    explained, unexplained = 0, []
    for key, times in came.items():
        for first, again in pairwise(times):
            if first.outcome == "silent" or _died(killed, first, again):
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
        times=max((len(times) for times in came.values()), default=0),
        late=tuple(at - expected[key] for key, at in firsts.items()),
    )


def _died(deaths: Iterable[Death], first: Receipt, again: Receipt) -> bool:
    """Whether who had sent it can't have written that down; what it sent may arrive after it."""
    return any(
        one.who in {None, first.sender} and first.at - 1 <= one.at <= again.at for one in deaths
    )
