"""Where a run of the tests puts what it throws away: in memory where there is room, and none of it stays."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  names in it are given by mkdtemp
# A run on four cores takes less than half of it.
WANTED = 1 << 30
PREFIX = "zoufang-tests-"
# The longest that what a killed run left may take to end (seconds).
PATIENCE = 5


@contextmanager
def own_room() -> Iterator[None]:
    """Until the end all that is temporary, here and in our children, lies in a folder of our own."""
    if sys.platform == "win32":
        yield
        return
    parent = MEMORY if has_room(MEMORY) else Path(tempfile.gettempdir())
    sweep(parent)
    with _held_folder(parent) as folder:
        before = {"TMPDIR": at} if (at := os.environ.get("TMPDIR")) else {}
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = None
            del os.environ["TMPDIR"]
            os.environ.update(before)


def has_room(folder: Path) -> bool:
    """Whether this system has it, and we may put there what we want and run it."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    about = os.statvfs(folder)
    may_run = not about.f_flag & getattr(os, "ST_NOEXEC", 0)
    return may_run and about.f_bavail * about.f_frsize >= WANTED


def sweep(parent: Path) -> None:
    """Take away what runs have left that were killed, and end the servers that they left in it."""
    for folder in parent.glob(f"{PREFIX}*"):
        with _hold(folder) as nobodys:
            if nobodys:
                _end_servers_in(folder)
                shutil.rmtree(folder, ignore_errors=True)


def _end_servers_in(folder: Path) -> None:
    """A server stands in a folder that it was given; where there is no /proc, nobody can be found."""
    left = [process for process in Path("/proc").glob("[0-9]*") if _stands_in(folder, process)]
    for process in left:
        with suppress(OSError):
            os.kill(int(process.name), signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while any(_stands_in(folder, one) for one in left) and time.monotonic() < until:
        time.sleep(0.02)


def _stands_in(folder: Path, process: Path) -> bool:
    try:
        return (process / "cwd").readlink().is_relative_to(folder)
    except OSError:
        return False


@contextmanager
def _held_folder(parent: Path) -> Iterator[Path]:
    """A new folder, held for as long as this process lives, however it ends."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        with _hold(folder) as ours:
            # Between its making and its holding another run may have taken it for a dead one's.
            if not ours or not folder.exists():
                continue
            # A server that may not be root has to get through; nobody has to look around.
            folder.chmod(0o711)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            return


@contextmanager
def _hold(folder: Path) -> Iterator[bool]:
    """Hold the folder, unless it is held or gone."""
    import fcntl

    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(opened)
