"""Faults of each kind, once and briefly, with real processes. DingTalk alone is a fake."""

from __future__ import annotations

import pytest

from tests.fixtures.system import System
from tests.torture.all import ELSEWHERE, FAULTS
from tests.torture.fault import GLANCE, Fault, Measure
from tests.torture.playing import play

SEED = 1
# Of each part of the machine the ones that strike hardest: all of them take minutes, and are played
# by run.py torture.
BRIEFLY = (
    *("F1", "F2", "F4", "F5", "F8", "F9", "F11", "F12", "F14", "F15", "F16", "F18", "F21", "F22"),
    *("F23", "F26", "F33", "F34", "F35"),
)


@pytest.mark.parametrize("fault", [FAULTS[name] for name in BRIEFLY], ids=BRIEFLY)
async def test_the_promise_holds(servers: System, fault: Fault) -> None:
    played = await play(fault, servers, GLANCE, SEED)
    assert played.measures
    assert [str(one) for one in played.measures if not one.held] == []


def test_every_fault_is_played_or_said_to_be_elsewhere() -> None:
    known = {f"F{n}" for n in range(1, 38)}
    assert known - set(FAULTS) == set(ELSEWHERE)


def test_a_measure_beyond_its_bound_is_no_promise_held() -> None:
    assert Measure("lost", 0).held
    assert not Measure("lost", 1).held
    assert not Measure("late", 3.1, 3.0).held
