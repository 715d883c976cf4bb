"""What every test shares: how properties are tried, and that a missing browser is said aloud."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# A file in tests/fixtures is found by being there.
FIXTURES = Path(__file__).parent / "fixtures"
pytest_plugins = [f"tests.fixtures.{file.stem}" for file in sorted(FIXTURES.glob("[a-z]*.py"))]

# In these processes are started and killed, or weeks go by.
LONG = tuple(
    (Path(__file__).parent / one).as_posix()
    for one in (
        *(
            "torture",
            "crash",
            "faults",
            "test_architecture",
            "test_migrating",
            "test_docker",
            "test_digests",
        ),
        *("service", "test_docs", "test_watch", "commands/test_problems_any_order"),
    )
)

CI = bool(os.environ.get("CI"))
SKIPPED = pytest.StashKey[list[str]]()

# No deadline: a slow machine is no fault. In CI the same examples each time, so that a failure there
# is of the change that it was run for.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if CI else "here")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Keep a helper program from being run in search of examples in its docstrings."""
    helper = collection_path.suffix == ".py" and not collection_path.name.startswith("test_")
    return True if helper else None


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count the browser tests that were skipped."""
    config.stash[SKIPPED] = []
    config.pluginmanager.register(Browserless(config.stash[SKIPPED]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: at the end nobody could take a part of it over."""
    items.sort(key=lambda item: not item.path.as_posix().startswith(LONG))


@dataclass(eq=False)  # pytest keeps it by itself, not by what is in it
class Browserless:
    """Hears of every test, whichever process ran it."""

    skipped: list[str]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test that wanted a browser and was skipped."""
        if report.skipped and "browser" in report.keywords:
            self.skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let the run fail in CI when a page went unseen: there the browser can be installed first."""
    if CI and session.config.stash[SKIPPED]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many tests no browser was there for."""
    if count := len(config.stash[SKIPPED]):
        terminalreporter.write_line(
            f"browser missing: {count} test{'s' * (count > 1)} skipped"
            f"{', which is a failure where CI is set' * CI}",
            red=CI,
            yellow=not CI,
        )
