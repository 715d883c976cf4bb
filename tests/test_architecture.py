"""The order of the folders is kept, and the checks that keep it would notice if it weren't."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("service", "commands", "workers", "chat", "domain")
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}

# A wrong import, or several, for each contract: which contract, in which file, what.
WRONG = [
    ("folders", {"domain/planted.py": "import chat"}),
    ("folders", {"chat/planted.py": "import commands"}),
    ("folders", {"commands/planted.py": "import workers"}),
    ("folders", {"workers/planted.py": "import commands"}),
    ("folders", {"workers/planted.py": "def later():\n    import service"}),
    ("domain", {"domain/notices/planted.py": "import domain.rules"}),
    ("domain", {"domain/queries/planted.py": "import domain.actions"}),
    ("domain", {"domain/without_a_place.py": ""}),
    ("chat", {"chat/markup/planted.py": "import chat.wording"}),
    ("chat", {"chat/without_a_place.py": ""}),
    ("platform", {"chat/console/outbound.py": "import chat.console.inbound"}),
    ("rows", {"service/planted.py": "from domain import models"}),
    ("rows", {"domain/rules/planted.py": "import domain.models"}),
    ("chat-sees-notices", {"chat/planted.py": "from domain.rules import policy"}),
    ("chat-sees-notices", {"chat/console/planted.py": "import domain"}),
    ("settings", {"commands/planted.py": "import settings"}),
    ("settings", {"chat/console/planted.py": "from settings import Settings"}),
    ("orm", {"service/planted.py": "from tortoise.transactions import in_transaction"}),
    ("queue", {"commands/planted.py": "import dramatiq"}),
    ("web", {"workers/planted.py": "import aiohttp"}),
    ("web", {"chat/console/planted.py": "from aiohttp import ClientSession"}),
    ("pure", {"domain/rules/planted.py": "from asyncio import sleep"}),
    ("pure", {"chat/wording/planted.py": "import chat.aid", "chat/aid.py": "import asyncio"}),
    ("cycles", {"workers/one.py": "import workers.two", "workers/two.py": "import workers.one"}),
]


# --- the contracts ---------------------------------------------------------------------------


def test_every_contract_is_kept() -> None:
    status, said = linted(ROOT)
    assert status == 0, said


def linted(folder: Path, *options: str) -> tuple[int, str]:
    linter = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", linter, "--no-cache", "--no-logo", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_contract_has_a_wrong_import_to_catch() -> None:
    assert {contract for contract, _ in WRONG} == set(CONTRACTS)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    folders = [tmp_path_factory.mktemp("planted") for _ in WRONG]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(planted_and_linted, folders, WRONG))


def planted_and_linted(folder: Path, wrong: tuple[str, dict[str, str]]) -> tuple[int, str]:
    contract, plants = wrong
    for package in PACKAGES:
        pycache = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / package, ignore=pycache)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for path, text in plants.items():
        with (folder / path).open("a", encoding="utf-8") as plot:
            plot.write(f"\n{text}\n")
    return linted(folder, "--contract", contract)


@pytest.mark.parametrize(
    "number", range(len(WRONG)), ids=[f"{which}-{' '.join(plants)}" for which, plants in WRONG]
)
def test_a_wrong_import_is_caught(findings: list[tuple[int, str]], number: int) -> None:
    status, said = findings[number]
    assert status == 1, said
    assert "0 kept, 1 broken" in said, said


def test_every_platform_keeps_the_order_within_a_platform() -> None:
    # What only calls somebody, like the heartbeat, has no order to keep within.
    platforms = {f"chat.{path.parent.name}" for path in ROOT.glob("chat/*/outbound*")}
    assert platforms <= set(CONTRACTS["platform"]["containers"])


# --- modules one by one ----------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")
def test_every_module_imports_alone_without_a_warning_or_a_look_at_the_environment() -> None:
    # Asked for here: on Python 3.11 two threads that parse at once can stumble over each other.
    faults = imported_alone(sorted(others()), brought_along())
    assert not faults, "\n".join(f"{name}:\n{fault}" for name, fault in faults.items())


def brought_along() -> dict[str, list[str]]:
    """Of each module of ours those that it imports in any case, at any depth.

    But not those that import it in turn: whether it can be the first of such a circle is the
    question. Its own folders are always there before it.
    """
    names = {module_name(file): file for file in files()} | {"settings": ROOT / "settings.py"}
    along = {name: imported_in_any_case(name, file, names) for name, file in names.items()}
    while more := {
        name: found
        for name, needed in along.items()
        if (found := needed.union(*(along[one] for one in needed))) != needed
    }:
        along |= more
    return {
        name: sorted(
            one for one in needed - {name} if name not in along[one] or name.startswith(f"{one}.")
        )
        for name, needed in along.items()
    }


def imported_in_any_case(name: str, file: Path, ours: Collection[str]) -> frozenset[str]:
    """What its own lines import, in no branch and no function; and the folders of all that."""
    found: set[str] = {name}
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
    folders = {
        ".".join(one.split(".")[:depth]) for one in found for depth in range(1, one.count(".") + 1)
    }
    return frozenset((found | folders) & set(ours)) - {name}


def files() -> list[Path]:
    return [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_alone(theirs: list[str], ours: dict[str, list[str]]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.import_alone"],
        cwd=ROOT,
        input=f"{json.dumps(theirs)}\n{json.dumps(ours)}\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


@cache
def others() -> frozenset[str]:
    """Every module that ours import and that isn't ours."""
    named = {name for file in [*files(), ROOT / "settings.py"] for name in imported_by(file)}
    return frozenset(name for name in named if name.split(".")[0] not in (*PACKAGES, "settings"))


def imported_by(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


LOOKS, WARNS = "import os\nos.environ.get('HOME')\n", "import warnings\nwarnings.warn('x')\n"


def test_a_look_at_the_environment_and_a_warning_are_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = {
        "looks": LOOKS,
        "warns": WARNS,
        "well": "",
        # Two bring along the same, and one leans on what others may have brought.
        "one": "import well\nimport warns\n",
        "two": "import well\nimport warns\n",
        "leans": "import sys\nsys.modules['well']\n",
    }
    for name, text in written.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    both = ["warns", "well"]
    faults = imported_alone([], {name: [] for name in written} | {"one": both, "two": both})
    assert "environment was touched" in faults.pop("looks")
    assert "UserWarning: x" in faults["warns"]
    assert "KeyError: 'well'" in faults.pop("leans")
    assert set(faults) == {"warns", "one", "two"}


def test_every_folder_opens_with_one_sentence() -> None:
    folders = {file.parent for file in files()}
    assert not [str(folder) for folder in folders if not opens_with_one_sentence(folder)]


def opens_with_one_sentence(folder: Path) -> bool:
    file = folder / "__init__.py"
    said = " ".join((docstring(file) if file.exists() else "").split())
    return said.endswith(".") and ". " not in said


def test_every_module_opens_with_a_sentence() -> None:
    every = [*files(), ROOT / "settings.py", ROOT / "run.py"]
    first = {file: docstring(file).split("\n\n")[0].rstrip() for file in every}
    assert not [str(file) for file, said in first.items() if not said.endswith(".")]


def docstring(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""


# --- what comes from others ------------------------------------------------------------------


def test_what_the_program_imports_is_named_in_its_requirements() -> None:
    # _typeshed is there for the type checker alone.
    roots = {name.split(".")[0] for name in others()} - sys.stdlib_module_names - {"_typeshed"}
    unnamed = {root for root in roots if not asked_for("program") & distributions_of(root)}
    assert not unnamed


def distributions_of(root: str) -> set[str]:
    return {name.lower().replace("_", "-") for name in packages_distributions().get(root, ())}


def asked_for(name: str) -> set[str]:
    """The distributions of a .in file; an extra counts under its own name (dramatiq[redis])."""
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    words = [re.match(r"[a-z][a-z0-9,\[-]*", line) for line in lines]
    return {part for word in words if word for part in re.split(r"[\[,]", word[0])}


@pytest.mark.parametrize("name", ["program", "test", "installer", "peers"])
def test_what_is_fetched_is_locked_with_hashes_and_names_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text)
    assert not [entry for entry in entries if "--hash=sha256:" not in entry]
    assert "://" not in text
    assert asked_for(name) <= set(pins(name))


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==([^ ]+)", text))


def test_program_and_tests_are_locked_to_the_same_versions() -> None:
    program, test = pins("program"), pins("test")
    assert {name: test[name] for name in program.keys() & test.keys()} == {
        name: program[name] for name in program.keys() & test.keys()
    }


# --- the newcomer's door ---------------------------------------------------------------------


def test_an_older_python_gets_as_far_as_the_sentence_that_asks_for_a_newer_one() -> None:
    text = (ROOT / "run.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 8))
    assert {name.split(".")[0] for name in imported_by(ROOT / "run.py")} <= sys.stdlib_module_names


def test_an_unknown_word_is_answered_with_the_words_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "run.py", "走访"],
        cwd=ROOT,
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "demo | " in done.stdout
    assert len(done.stdout.splitlines()) == 1
