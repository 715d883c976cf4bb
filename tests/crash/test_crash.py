"""Killed at any place where it waits, the program leaves nothing half done, lost, or done twice.

A message is sent again afterwards, as platforms and people do; what happens by itself is simply
looked for by whoever comes next. All there is then, in the records and in the chats, is what there
would be if nobody had died; a message may be read twice only where the death was between bringing
it and noting that. Here a sample of the places is died at; all of them by `python -m tests.crash`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest

from tests.crash.planted import PLANTED
from tests.crash.scenarios import SCENARIOS
from tests.crash.server import Asked, Report
from tests.fixtures.house import Filled
from tests.fixtures.processes import ROOT
from tests.servers import Postgres

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a life begins as a copy of a process, which this system can't"
)

# At so many points of each scenario the ordinary run dies; what differs between the databases is
# not where one may die.
MOST = {"sqlite": 6, "postgres": 3}


@dataclass
class Server:
    """The process that has everything loaded."""

    popen: subprocess.Popen[str]

    def ask(self, asked: Asked) -> Report:
        """Have a scenario lived."""
        assert self.popen.stdin is not None
        assert self.popen.stdout is not None
        self.popen.stdin.write(f"{json.dumps(asdict(asked))}\n")
        self.popen.stdin.flush()
        line = self.popen.stdout.readline()
        assert line, "the server is gone"
        return Report(**json.loads(line))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One for the run."""
    here = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.crash.server"],
        env=here,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as popen:
        yield Server(popen)
        assert popen.stdin is not None
        popen.stdin.close()


@pytest.fixture
def asked(
    request: pytest.FixtureRequest, engine: str, school_filled: Filled, tmp_path: Path
) -> Asked:
    """A question about no scenario yet, on a copy of the small school."""
    there = school_filled.source, school_filled.people
    if engine == "sqlite":
        return Asked("", "sqlite", str(tmp_path), *there, most=MOST[engine])
    server: Postgres = request.getfixturevalue("postgres")
    where = server.address(), server.copying
    return Asked("", "postgres", str(tmp_path), *there, *where, most=MOST[engine])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_death_anywhere_leaves_all_as_if_nobody_had_died(
    server: Server, asked: Asked, scenario: str
) -> None:
    report = server.ask(replace(asked, scenario=scenario))
    assert list(report.wrong) == []
    # It was died at all kinds of places, and there are many more.
    assert report.died == asked.most
    assert set(report.kinds) == {"await", "asked", "answered"}
    assert report.points > 20 * report.died


@pytest.mark.sqlite  # what is planted is above either database
@pytest.mark.parametrize("plant", PLANTED)
def test_a_fault_that_is_planted_is_found(server: Server, asked: Asked, plant: str) -> None:
    scenario, most, _plant = PLANTED[plant]
    report = server.ask(replace(asked, scenario=scenario, plant=plant, most=most))
    assert report.died == most, report.wrong
    assert report.wrong
