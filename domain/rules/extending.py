"""How often, and by how many days, the fifteen days may still be extended."""

from __future__ import annotations

from dataclasses import dataclass

from domain.rules.plan_clock import Clock


@dataclass(frozen=True)
class Left:
    """What is left: so many times, and so many days, all times together."""

    times: int
    days: int

    def allows(self, days: int) -> bool:
        """Whether so many more days may be asked for.

        >>> Left(times=1, days=5).allows(5), Left(times=1, days=5).allows(6)
        (True, False)
        >>> Left(times=0, days=5).allows(1), Left(times=1, days=5).allows(0)
        (False, False)
        """
        return self.times > 0 and 0 < days <= self.days


def left(extensions: int, extended_days: int, clock: Clock) -> Left:
    """At most twice, and at most fifteen days together (plan.toml `[clock]`)."""
    days = max(0, clock.extension_days - extended_days)
    times = max(0, clock.extensions - extensions)
    return Left(times if days else 0, days if times else 0)
