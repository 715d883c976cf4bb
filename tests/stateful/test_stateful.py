"""Whatever the school does, in whatever order, and whoever dies: every promise holds after each step."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.stateful.ground import made
from tests.stateful.machine import School
from tests.stateful.running import SETTINGS


@pytest.mark.sqlite
def test_every_promise_holds_whatever_is_done(tmp_path: Path) -> None:
    School.ground = made(tmp_path)
    run_state_machine_as_test(
        School, settings=settings(SETTINGS, derandomize=True, phases=[Phase.generate])
    )
