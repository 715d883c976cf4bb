#!/usr/bin/env python3
"""Start here: this file makes ready all that Zoufang needs, in a folder of its own, and runs it."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

OLDEST = (3, 11)
WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
PROGRAM = BIN / ("zoufang.cmd" if WINDOWS else "zoufang")
STAMP = VENV / "made-by-run.json"

EDITION = 1  # raised when what `put_the_program_there` writes has changed
FIND = "import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n"
START = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "from service.cli import main; sys.exit(main())"
)
SAY_AGAIN_AFTER = 3  # seconds of silence in a long step
MOST_WORKERS = 4  # each starts servers of its own
# What only changes how pytest tells of it; whatever else follows `test` narrows it down.
TELLS_MORE = ("-q", "-v", "-r", "--color", "--durations", "--junit", "--tb")
WAIT_FOR_UV = 6  # seconds; where uv takes longer to come, pip alone is done sooner

HELP = """\
Usage: python3 run.py WORD [what the word takes]     (on Windows: py run.py WORD)

  demo      start an invented school to try things in; `demo --help` says what it takes
  test      run the tests; what follows goes to pytest
  lint      check style and types; `lint --fix` mends what mends by itself
  install   put the program at {program}
{later}
It needs Python {oldest} or newer and nothing else: what is missing is fetched, checked against
the hashes in requirements/ and kept in .venv beside this file. Delete .venv to start anew.
"""


class Trouble(Exception):
    """What went wrong, as a sentence with the mend."""


def main(words: list[str]) -> int:
    """Do what the first word says with the words after it; return the exit status."""
    if sys.version_info < OLDEST:
        say(f"Zoufang needs Python {dotted(OLDEST)} or newer; this is {dotted(sys.version_info)}.")
        return 1
    keep_speaking()
    if not words or words[0] in ("-h", "--help", "help"):
        say(help_text())
        return 0 if words else 2
    if words[0] not in offered():
        say(f"run.py doesn't know {words[0]!r}. Usage: python3 run.py {' | '.join(offered())}")
        return 2
    # Asked to stop while something is being made ready, it ends what it started first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return offered()[words[0]](words[1:])
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Trouble as trouble:
        say(str(trouble))
    except OSError as fault:
        say(f"This could not be read, written or started: {fault}")
    return 1


def dotted(version: tuple[object, ...]) -> str:
    """Say a version as people do, by its first two numbers."""
    return ".".join(str(number) for number in version[:2])


def say(sentence: str) -> None:
    """Tell the person at the terminal, at once."""
    print(sentence, flush=True)


def keep_speaking() -> None:
    """See to it that a character which the terminal can't show never stops us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def help_text() -> str:
    """Say which words there are today."""
    about = {"bench": "measure what the README claims", "torture": "kill it and count what is lost"}
    later = "".join(f"  {word:<9} {about[word]}\n" for word in about if word in offered())
    return HELP.format(program=PROGRAM.relative_to(ROOT), later=later, oldest=dotted(OLDEST))


def offered() -> dict[str, Callable[[list[str]], int]]:
    """Tell what does each word; the last two appear with their folders."""
    words: dict[str, Callable[[list[str]], int]] = {"demo": demo, "test": test, "lint": lint}
    words["install"] = install
    if (ROOT / "benchmarks" / "__main__.py").exists():
        words["bench"] = partial(run_module, "benchmarks")
    if (ROOT / "tests" / "torture" / "__main__.py").exists():
        words["torture"] = partial(run_module, "tests.torture")
    return words


def demo(rest: list[str]) -> int:
    """Start the demo, in the folder where the person stands."""
    make_ready("program")
    # -P: a file called chat.py where the person stands must not be taken for ours.
    return become([str(PYTHON), "-P", "-c", START, "demo", *rest])


def test(rest: list[str]) -> int:
    """Run the tests; all of them at once on several cores, a few of them in one process."""
    whole = all(word.startswith(TELLS_MORE) for word in rest)
    workers = min(cores(), MOST_WORKERS)
    share = ["-n", str(workers), "--dist", "worksteal"] if whole and workers > 1 else []
    return run_module("pytest", [*share, *rest])


def cores() -> int:
    """Say on how many cores we may run."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def run_module(name: str, rest: list[str]) -> int:
    """Run the tests, or what else needs all that they need."""
    make_ready("program", "test")
    os.chdir(ROOT)
    return become([str(PYTHON), "-m", name, *rest])


def become(command: list[str]) -> int:
    """Give the process over to the command, so that signals and exit status are its own."""
    if not WINDOWS:
        os.execve(command[0], command, surroundings())  # noqa: S606  no shell is wanted
    with subprocess.Popen(command, env=surroundings()) as child:
        while True:
            # Ctrl-C reaches the child as well, and how to end is the child's to say.
            with contextlib.suppress(KeyboardInterrupt):
                return child.wait()


def lint(rest: list[str]) -> int:
    """Run every check of style and types, though one of them fails."""
    if rest not in ([], ["--fix"]):
        say("Usage: python3 run.py lint [--fix]")
        return 2
    make_ready("program", "test")
    os.chdir(ROOT)
    only_look = [] if rest else ["--check", "--output-format", "concise"]
    checks = [["ruff", "check", *rest], ["ruff", "format", *only_look], ["mypy"]]
    failed = [" ".join(check) for check in checks if not passes(check)]
    say(f"Not yet right: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def passes(check: list[str]) -> bool:
    """Run one check, its output shown."""
    say(f"== {' '.join(check)}")
    with attended([str(PYTHON), "-m", *check]) as child:
        return child.wait() == 0


def install(rest: list[str]) -> int:
    """Put the program where it can be started by itself."""
    if rest:
        say("Usage: python3 run.py install")
        return 2
    make_ready("program")
    say(f"The program is {PROGRAM}")
    return 0


def make_ready(*needed: str) -> None:
    """See to it that .venv holds what these requirement files name; say nothing if it does."""
    if is_ready(needed):
        return
    with one_at_a_time():
        if is_ready(needed):
            return
        began = time.monotonic()
        say("Making ready (once; the next start skips this):")
        uv = shutil.which("uv")
        if not stamped():
            make_venv(with_pip=uv is None)
        others = {name: mark for name, mark in held().items() if name not in needed}
        # Until all of it is there again, what is there counts for nothing.
        stamp(others)
        fetch(needed, uv)
        put_the_program_there()
        stamp({**others, **{name: fingerprint(name) for name in needed}})
        say(f"Ready after {time.monotonic() - began:.1f} s.")


def is_ready(needed: tuple[str, ...]) -> bool:
    """Tell whether .venv was filled from these very files."""
    return all(held().get(name) == fingerprint(name) for name in needed)


def held() -> dict[str, str]:
    """Tell which files .venv was filled from, by name and fingerprint."""
    return dict(stamped().get("holds", {}))


def stamped() -> dict[str, dict[str, str]]:
    """Read what .venv says of itself; nothing if it isn't ours, has moved, or lost its Python."""
    try:
        said: dict[str, dict[str, str]] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if PYTHON.exists() and said.get("made") == made() else {}


def made() -> dict[str, str]:
    """Say for which Python, in which folder and by which edition of this file .venv is made."""
    return {"python": str(sys.implementation.cache_tag), "in": str(ROOT), "edition": str(EDITION)}


def stamp(holds: dict[str, str]) -> None:
    """Note what .venv holds: all of the note or nothing of it."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps({"made": made(), "holds": holds}, indent=1), encoding="utf-8")
    draft.replace(STAMP)


def fingerprint(name: str) -> str:
    """Shorten a requirements file to something that changes when it does."""
    return hashlib.sha256((REQUIREMENTS / f"{name}.txt").read_bytes()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the folder, so that a second run.py waits instead of installing into the same place."""
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415  Windows has none

    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run.py is making things ready; waiting for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def make_venv(*, with_pip: bool) -> None:
    """Make .venv anew from the Python that runs this."""
    if with_pip and getattr(importlib.util.find_spec("ensurepip"), "origin", None) is None:
        package = f"python{dotted(sys.version_info)}-venv"
        sudo = "" if getattr(os, "geteuid", int)() == 0 else "sudo "
        line = f"{sudo}apt-get install {package}"
        raise Trouble(f"This Python lacks its venv part. On Debian or Ubuntu, type:\n  {line}")
    # Started by .venv's own Python, we must not saw off the branch we sit on.
    python = getattr(sys, "_base_executable", sys.executable)
    options = ["--clear"] if with_pip else ["--clear", "--without-pip"]
    carry_out("making .venv", [python, "-m", "venv", *options, str(VENV)])


def fetch(names: tuple[str, ...], uv: str | None) -> None:
    """Fetch what the files name into .venv: with uv where it can be had, else with pip."""
    what = f"fetching what {' and '.join(names)} needs"
    files = [word for name in names for word in ("-r", str(REQUIREMENTS / f"{name}.txt"))]
    tool, index = (uv, []) if uv else (uv_from_pip(), index_of_pip())
    if tool:
        command = [tool, "pip", "install", "--python", str(PYTHON), "--require-hashes", *index]
        try:
            return carry_out(f"{what}, with uv", [*command, *files])
        except Trouble:
            say("  uv could not; trying pip")
            carry_out("adding pip", [str(PYTHON), "-m", "ensurepip"])
    return carry_out(f"{what}, with pip", pip("install", "--require-hashes", *files))


def uv_from_pip() -> str | None:
    """Let pip fetch uv into .venv if that goes quickly; tell where it is."""
    uv = BIN / ("uv.exe" if WINDOWS else "uv")
    if not uv.exists():
        file = str(REQUIREMENTS / "installer.txt")
        with contextlib.suppress(Trouble):
            command = pip("install", "--require-hashes", "-r", file)
            carry_out("fetching uv", command, limit=WAIT_FOR_UV)
    return str(uv) if uv.exists() else None


def index_of_pip() -> list[str]:
    """Tell uv of the mirror that this machine's pip was told of, if any."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return []
    asked = subprocess.run(
        pip("config", "list"), capture_output=True, text=True, check=False, env=surroundings()
    )
    lines = [line.partition("=") for line in asked.stdout.splitlines()]
    found = [value.strip("'\"") for key, _, value in lines if key.endswith(".index-url")]
    return ["--default-index", found[-1]] if found else []


def pip(*words: str) -> list[str]:
    """Say these words to the pip in .venv."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *words]


def put_the_program_there() -> None:
    """Let .venv's Python find this folder from anywhere, and give the program its name."""
    site = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    # No path stands in it: a folder's name may hold letters that a .pth file can't be trusted with.
    Path(site, "zoufang.pth").write_text(FIND, encoding="ascii")
    if WINDOWS:
        PROGRAM.write_text(f'@"%~dp0python.exe" -P -c "{START}" %*\r\n', encoding="ascii")
    else:
        line = f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -c "{START}" "$@"\n'
        PROGRAM.write_bytes(os.fsencode(line))
        PROGRAM.chmod(0o755)


def carry_out(what: str, command: list[str], *, limit: float | None = None) -> None:
    """Run one step, say every few seconds that it goes on; raise Trouble if it fails or drags."""
    began = time.monotonic()
    say(f"  {what}")
    with tempfile.TemporaryFile() as log, attended(command, log.fileno()) as child:
        while True:
            try:
                status = child.wait(SAY_AGAIN_AFTER)
                break
            except subprocess.TimeoutExpired:
                took = time.monotonic() - began
                if limit and took > limit:
                    raise Trouble(f"{what} took more than {limit} s") from None
                say(f"    still {what}: {took:.0f} s so far")
        if status:
            log.seek(0)
            last = log.read().decode(errors="replace").strip().splitlines()[-15:]
            raise Trouble("\n".join([f"This step failed: {what}. Its last words:", *last]))


@contextlib.contextmanager
def attended(command: list[str], log: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command that never outlives us; its output goes to the log if one is given."""
    quiet = subprocess.DEVNULL
    # In a group of its own, so that what the command starts in turn is ended with it.
    child = subprocess.Popen(
        command, env=surroundings(), stdin=quiet, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield child
    finally:
        if sys.platform == "win32":
            child.terminate()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
        child.wait()


def surroundings() -> dict[str, str]:
    """Give what we start our own environment, less what would lead it out of .venv."""
    ours = {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    # Words in Chinese must not end the program on a terminal that has no Chinese.
    ours["PYTHONIOENCODING"] = ":backslashreplace"
    astray = {"PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {**ours, **{name: value for name, value in os.environ.items() if name not in astray}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
