"""The machine would find it if a promise were broken: each planted fault breaks one.

Those that take longer to be found are among those of `python -m tests.stateful --planted`.
"""

from __future__ import annotations

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.ground import made
from tests.stateful.machine import School
from tests.stateful.planted import PLANTED
from tests.stateful.running import FINDING


@pytest.fixture(scope="module")
def _ground(tmp_path_factory: pytest.TempPathFactory) -> None:
    School.ground = made(tmp_path_factory.mktemp("ground"))


@pytest.mark.sqlite
@pytest.mark.usefixtures("_ground")
@pytest.mark.parametrize("name", [name for name, one in PLANTED.items() if one.soon])
def test_a_planted_fault_is_found(name: str) -> None:
    planted = PLANTED[name]
    with planted.plant(), pytest.raises(AssertionError, match=planted.breaks):
        run_state_machine_as_test(School, settings=FINDING)
