from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import run
from tests.room import PREFIX, _stands_in, has_room, own_room, sweep

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its temporary folder")

# A run that has a server's process in its room, says where, and waits to be killed.
RUN = """
import subprocess, sys, tempfile, time
from pathlib import Path
import tests.room
tests.room.MEMORY = Path(sys.argv[1])
with tests.room.own_room():
    here = tempfile.gettempdir()
    server = subprocess.Popen(["sleep", "100"], cwd=here, stdout=subprocess.DEVNULL)
    print(here, server.pid, flush=True)
    time.sleep(100)
"""


@pytest.fixture
def roomy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the one in memory."""
    monkeypatch.setattr("tests.room.MEMORY", tmp_path)
    monkeypatch.setattr("tests.room.WANTED", 0)
    return tmp_path


def begun(folder: Path) -> tuple[subprocess.Popen[str], Path, Path]:
    """A run in a process of its own, its room, and the process in it."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)],
        cwd=run.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    room, server = process.stdout.readline().split()
    return process, Path(room), Path("/proc", server)


@posix
def test_all_that_is_temporary_lies_in_the_room_and_goes_with_it(roomy: Path) -> None:
    before = tempfile.gettempdir()
    with own_room():
        (room,) = roomy.iterdir()
        assert tempfile.gettempdir() == str(room)
        child = [sys.executable, "-c", "import tempfile; print(tempfile.mkdtemp())"]
        made = subprocess.run(child, capture_output=True, text=True, check=True).stdout.strip()
        assert Path(made).parent == room
    assert tempfile.gettempdir() == before
    assert not list(roomy.iterdir())


@posix
def test_what_a_killed_run_left_is_gone_with_the_next_and_a_living_one_keeps_its_room(
    roomy: Path,
) -> None:
    dead, left, server = begun(roomy)
    alive, kept, other_server = begun(roomy)
    try:
        dead.kill()
        dead.communicate()
        assert left.exists()
        sweep(roomy)
        assert (left.exists(), kept.exists()) == (False, True)
        if Path("/proc/self").exists():
            # Ended, though nobody may have asked for its status yet.
            assert (_stands_in(left, server), _stands_in(kept, other_server)) == (False, True)
    finally:
        alive.kill()
        alive.communicate()
        sweep(roomy)
    assert not list(roomy.iterdir())


@posix
def test_only_what_the_tests_made_is_swept(roomy: Path) -> None:
    others = [roomy / "zoufang-demo", roomy / "PostgreSQL.1"]
    for one in others:
        one.mkdir()
    sweep(roomy)
    assert all(one.exists() for one in others)


@posix
def test_where_memory_is_short_or_missing_it_is_the_usual_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not has_room(tmp_path / "gone")
    monkeypatch.setattr("tests.room.WANTED", 1 << 60)
    assert not has_room(tmp_path)
    monkeypatch.setattr("tests.room.MEMORY", tmp_path)
    usual = Path(tempfile.gettempdir())
    with own_room():
        room = Path(tempfile.gettempdir())
        assert (room.parent, room.name.startswith(PREFIX)) == (usual, True)
    assert not room.exists()


# --- when the work is shared ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "shared"),
    [
        ([], True), (["-q", "--durations=20"], True), (["-ra", "--tb=short"], True),
        (["tests/test_docs.py"], False), (["-x"], False), (["--lf"], False), (["-k", "visit"], False),
        (["-q", "--pdb"], False), (["-n0"], False), (["--collect-only"], False),
    ],
)  # fmt: skip
def test_only_the_whole_of_the_tests_is_shared_among_the_cores(
    rest: list[str], shared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(run, "run_module", lambda _name, words: called.append(words) or 0)
    monkeypatch.setattr(run, "cores", lambda: 8)
    assert run.test(rest) == 0
    (words,) = called
    assert words[len(words) - len(rest) :] == rest
    assert words[: len(words) - len(rest)] == ["-n", "4", "--dist", "worksteal"] * shared


def test_on_a_single_core_nothing_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(run, "run_module", lambda _name, words: called.append(words) or 0)
    monkeypatch.setattr(run, "cores", lambda: 1)
    run.test([])
    assert called == [[]]
