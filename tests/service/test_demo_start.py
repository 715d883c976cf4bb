"""The demo starts for a newcomer, and what stops it is one sentence that says how to mend it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.demo import address_of, small_school, start_demo, stop

READY = 0


def failed(*arguments: str, **environment: str) -> str:
    """What a demo that can't start says; it must be one sentence, and exit 1."""
    process = start_demo(*arguments, **environment)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    lines = [line for line in said.splitlines() if line and "……" not in line and " …" not in line]
    assert len(lines) == 1, said
    assert "Traceback" not in said
    return lines[0]


def test_a_port_in_use_is_one_sentence_with_another_to_take() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"ZOUFANG_PORT={port + 1}" in failed(ZOUFANG_PORT=str(port))
        assert "stop what uses the port" in failed(ZOUFANG_PORT=str(port), ZOUFANG_LANGUAGE="en")


def test_a_database_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    nowhere = tmp_path / "no" / "such" / "zoufang.db"
    assert str(nowhere) in failed("--keep", str(nowhere))
    folder = tmp_path / "folder.db"
    folder.mkdir()
    assert "folder.db" in failed("--keep", str(folder))


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("买菜", encoding="utf-8")
    assert "notes.db" in failed("--keep", str(file))


def test_no_file_name_and_two_demos_on_one_file_are_one_sentence(tmp_path: Path) -> None:
    assert "--keep" in failed("--keep", "")
    file = tmp_path / "shared.db"
    small = small_school(tmp_path)
    first = start_demo("--keep", str(file), *small)
    address_of(first)
    assert "another demo" in failed("--keep", str(file), ZOUFANG_LANGUAGE="en")
    assert stop(first) == READY
    second = start_demo("--keep", str(file), *small)
    address_of(second)
    assert stop(second) == READY


def test_a_plan_with_a_mistake_names_the_key(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[school]\nnam = '嘉兴'\n", encoding="utf-8")
    assert "school" in failed("--plan", str(plan))
    missing = failed("--plan", str(tmp_path / "none.toml"), ZOUFANG_LANGUAGE="en")
    assert missing.startswith("--plan")
    assert "no file" in missing


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "８０８０"), ("PORT", "99999"), ("HOST", "192.0.2.1"), ("LANGUAGE", "fr")],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    assert f"ZOUFANG_{name}" in failed(**{f"ZOUFANG_{name}": value})


def test_a_school_folder_without_its_files_is_one_sentence(tmp_path: Path) -> None:
    assert "roster.csv" in failed("--school", str(tmp_path))


def test_settings_that_are_not_the_demos_are_ignored_aloud(tmp_path: Path) -> None:
    wrong = {"ZOUFANG_DATABASE_URL": "postgres://nobody", "ZOUFANG_REDIS_URL": "redis://x"}
    process = start_demo(*small_school(tmp_path), **wrong)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert "ZOUFANG_DATABASE_URL" in first
    assert "ZOUFANG_REDIS_URL" in first
    address_of(process)
    assert stop(process) == READY


def test_a_kept_database_remembers_and_wants_its_keys(tmp_path: Path) -> None:
    file = tmp_path / "kept.db"
    small = small_school(tmp_path)
    for _ in range(2):
        process = start_demo("--keep", str(file), *small)
        address_of(process)
        assert stop(process) == READY
    keys = file.with_name("kept.db.keys")
    if os.name == "posix":
        assert {one.stat().st_mode & 0o777 for one in (file, keys)} == {0o600}
    keys.unlink()
    assert "kept.db" in failed("--keep", str(file))


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["demo", "--start", "yesterday"], ["demo", "--start", "0001-01-01"], []],
)
def test_a_wrong_command_is_usage_and_exit_2(arguments: list[str]) -> None:
    run = "import sys; from service.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", run, *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "usage: zoufang" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("until", ["准备", "http"])
def test_whoever_ends_it_is_obeyed_and_nothing_is_left(
    tmp_path: Path, sign: signal.Signals, until: str
) -> None:
    """While the school is made ready, too."""
    left = tmp_path / "left"
    left.mkdir()
    # The small one is ready before anybody could end it on the way.
    words = small_school(tmp_path) if until == "http" else ()
    process = start_demo(*words, TMPDIR=str(left))
    assert process.stdout is not None
    for line in process.stdout:
        if until in line:
            break
    process.send_signal(sign)
    said, _ = process.communicate(timeout=15)
    assert process.returncode == READY, said
    assert "Traceback" not in said
    assert not list(left.iterdir())
