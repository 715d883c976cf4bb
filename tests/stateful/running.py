"""How much of it is played."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

# So many lives, each of so many steps at most.
EXAMPLES, STEPS = 15, 25
SETTINGS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
# Whether it finds what was planted; not made shorter, for it is enough that it is found.
FINDING = settings(
    SETTINGS, max_examples=60, stateful_step_count=25, phases=[Phase.generate], derandomize=True
)
