"""The program with short leases and waits, so that a death is got over within seconds.

Nothing else of it is changed: run as `python -c "from tests.faults.quick import main; main()" serve`.
"""

from __future__ import annotations

import sys

import chat.dingtalk.client
import domain.actions.outbox
import domain.actions.timers
import workers.relay
import workers.stuck
from service.cli import main as program

# How long a lease holds (seconds); who sends must have given up before it ends.
LEASE, GIVE_UP = 4, 3


def main() -> None:
    """Run the program."""
    domain.actions.outbox.LEASE_SECONDS = LEASE
    domain.actions.timers.LEASE_SECONDS = LEASE
    chat.dingtalk.client._ALL_TRIES = GIVE_UP
    workers.stuck.FIRST_WAIT, workers.stuck.LONGEST_WAIT = 0.2, 1.0
    workers.relay.SWEEP_SECONDS = 1.0
    sys.exit(program())
