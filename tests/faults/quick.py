"""The program with short leases and waits, so that a death is got over within seconds.

It says its name in each call, so that what it sent can be told from what others did. Nothing else
of it is changed: run as `python -c "from tests.faults.quick import main; main()" serve`.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from datetime import timedelta

import aiohttp.client_reqrep

import chat.dingtalk.client
import domain.actions.outbox
import domain.actions.timers
import domain.clock
import workers.delivery
import workers.relay
import workers.start
import workers.stuck
from service.cli import main as program

# How long a lease holds (seconds); who sends must have given up before it ends.
LEASE, GIVE_UP = 4, 3
# How often what is due is looked for where nobody says so (seconds).
SWEEP = 1.0


def main() -> None:
    """Run the program."""
    domain.actions.outbox.LEASE_SECONDS = LEASE
    domain.actions.timers.LEASE_SECONDS = LEASE
    chat.dingtalk.client._ALL_TRIES = GIVE_UP
    workers.stuck.FIRST_WAIT, workers.stuck.LONGEST_WAIT = 0.2, 1.0
    workers.relay.SWEEP_SECONDS = workers.delivery._SHORT_WAIT = SWEEP
    workers.start.MANY_THREADS = int(os.environ.get("THREADS", workers.start.MANY_THREADS))
    vars(aiohttp.client_reqrep)["SERVER_SOFTWARE"] = os.environ.get("NAMED", "")
    _plant(os.environ.get("PLANTED"))
    _shift_clock(float(os.environ.get("CLOCK_AHEAD", "0")))
    sys.exit(program())


def _plant(name: str | None) -> None:
    """Let a fault be there, to show that it would be seen."""
    if name is not None:
        # It is no part of what is otherwise run.
        planted = importlib.import_module("tests.torture.planted")
        planted.PLANTED[name].plant()


def _shift_clock(seconds: float) -> None:
    """Let this process believe that it is so much later: every clock that the program asks."""
    if not seconds:
        return
    true, true_now = time.time, domain.clock.real_now
    time.time = lambda: true() + seconds
    for module in list(sys.modules.values()):
        if getattr(module, "real_now", None) is true_now:
            setattr(module, "real_now", lambda: true_now() + timedelta(seconds=seconds))  # noqa: B010
