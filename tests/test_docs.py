"""What the documents say is so: examples run, links lead somewhere, the reference is up to date."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_args
from urllib.request import Request, urlopen

import pytest

import run
from chat.platforms import PLATFORMS
from chat.words import words
from commands.declarations import Command
from commands.parsing.messages import read_message
from commands.parsing.said import CommandSaid
from commands.table import COMMANDS, lexicon
from domain.trail import heard_trail, told_trail
from service import cli
from service.measures import REGISTRY, Outcome
from settings import PREFIX, Settings
from tests.fixtures.demo import Running
from tests.messages_page import messages_page
from tests.moves_page import moves_page
from tests.reference import PAGE, reference
from workers.delivery import Outcome as Delivered

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
HANDBOOK = "docs/handbook.zh-CN.md"
ADMIN = "docs/admin.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGES = [
    *READMES,
    "CHANGELOG.md",
    HANDBOOK,
    ADMIN,
    *(str(file.relative_to(ROOT).as_posix()) for file in [PAGE, *DECISIONS]),
]
# A slash at the head of code is a command; nothing else in these pages begins so.
COMMAND = re.compile(r"(?m)^(/\w.*)$")
SHELL = re.compile(r"(?:python3 run\.py|py run\.py|(?:\.venv/bin/)?zoufang) .+")


@cache
def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def code(page: str) -> list[str]:
    """What stands in code: each line of a block, each span of a sentence."""
    text = text_of(page)
    blocks = re.findall(r"(?ms)^```(?:sh|text)\n(.*?)^```$", text)
    prose = re.sub(r"(?ms)^```.*?^```$", "", text)
    lines = [line for block in blocks for line in block.splitlines()]
    return [*lines, *re.findall(r"`([^`\n]+)`", prose)]


# --- examples --------------------------------------------------------------------------------


def commands_in(page: str) -> list[str]:
    """The commands as they are typed; in a dialog what stands after the speaker."""
    spoken = [re.sub(r"^[^\s/：]+：(?=/)", "", one) for one in code(page)]
    return [one for one in spoken if COMMAND.fullmatch(one)]


@pytest.mark.parametrize("page", [*READMES, HANDBOOK, "CHANGELOG.md"])
def test_every_command_in_an_example_is_understood(page: str) -> None:
    found = commands_in(page)
    assert found
    misread = [one for one in found if not all(map(is_clear, read(one)))]
    assert not misread


def read(message: str) -> tuple[Any, ...]:
    return read_message(message, addressed=True, lexicon=lexicon())


def is_clear(said: object) -> bool:
    return isinstance(said, CommandSaid) and not said.doubts


def test_an_example_that_is_not_understood_would_be_noticed() -> None:
    for wrong in ("/家坊 七3 王小明", "/家访 七3 王小明 方式：骑车", "/visit 7-3 method=by boat"):
        assert not all(map(is_clear, read(wrong))), wrong


# The READMEs show the main way of a problem; the rest stands in the handbook.
UNSHOWN = {
    "digest",
    "approve",
    "assign",
    "bureau",
    "decline",
    "extend",
    "merge",
    "mine",
    "note",
    "park",
    "refer",
    "return",
    "split",
    "withdraw",
}


def test_both_readmes_name_the_same_commands() -> None:
    first, second = (
        [(said.command, said.action) for one in commands_in(page) for said in read(one)]
        for page in READMES
    )
    assert first == second
    assert {command for command, _ in first} == set(COMMANDS) - UNSHOWN


@pytest.mark.parametrize("command", sorted(UNSHOWN))
def test_what_the_readmes_leave_out_stands_in_the_handbook(command: str) -> None:
    typed = words("zh-CN").names(f"command.{command}.names")[0]
    assert f"/{typed}" in text_of("docs/handbook.zh-CN.md")


def test_both_readmes_name_the_same_shell_commands_in_the_same_order() -> None:
    first, second = ([one for one in code(page) if SHELL.fullmatch(one)] for page in READMES)
    assert first == second


@pytest.mark.parametrize("page", PAGES)
def test_what_is_typed_in_a_shell_is_there_to_be_typed(page: str) -> None:
    for typed in filter(SHELL.fullmatch, code(page)):
        words = [
            word for word in shlex.split(typed) if word not in ("python3", "py", "run.py", "…")
        ]
        if not typed.startswith(("python3", "py")):
            words = words[1:]
        elif words:
            assert words[0] in run.offered(), typed
        # A name by itself is spoken of, not typed; only the demo needs no more.
        if words and (words[0] == "demo" or (words[0] in ("backup", "restore") and words[1:])):
            assert takes(words[0], words[1:]), typed


def takes(name: str, options: list[str]) -> bool:
    try:
        cli._parser().parse_args([name, *options])
    except SystemExit as end:
        return end.code == 0
    return True


# --- what the demo says ----------------------------------------------------------------------

SPEAKER = "许静文"
# Who does in the READMEs what a class teacher may not, or what is another's.
ARRANGER = "宋长河"
DONE_BY = {
    "arrange": ARRANGER,
    "classify": ARRANGER,
    "claim": "蔡平",
    "issue": "蔡平",
    "solve": "蔡平",
    "told": "郑晓东",
}

# 许静文（年级群）：/家访 … | 走访：✅ … | an indented line goes on with what the bot says
TURN = re.compile(r"(?P<who>[^\s：（]+)(?P<group>（年级群）)?：(?P<said>.*)")
BOT = "走访"


def test_the_handbooks_dialogs_are_what_the_demo_says(demo: Running) -> None:
    people = people_of(demo)
    replies: list[str] = []
    for line in dialog_lines():
        turn = TURN.fullmatch(line)
        if turn and turn["who"] in people:
            chat = "grade-7" if turn["group"] else "direct"
            answer = told(demo, people[turn["who"]], chat, turn["said"])
            replies = [shape(one) for reply in answer for one in reply["text"].splitlines()]
        else:
            quoted = turn["said"] if turn and turn["who"] == BOT else line
            assert shape(quoted) in replies, f"{quoted}\nisn't in\n" + "\n".join(replies)


def test_what_the_readme_says_to_type_is_done_by_the_demo(demo: Running) -> None:
    speakers = {SPEAKER, *DONE_BY.values()}
    assert all(who in text_of(page) for page in READMES for who in speakers)
    people = people_of(demo)
    for typed in commands_in(READMES[0]):
        person = people[DONE_BY.get(read(typed)[0].command, SPEAKER)]
        outcomes = {one["outcome"] for one in told(demo, person, "direct", typed)}
        # Another test may have recorded the same family already: then it asks.
        assert outcomes <= {"ok", "choose"}, typed


def dialog_lines() -> list[str]:
    blocks = re.findall(r"(?ms)^```text\n(.*?)^```$", text_of(HANDBOOK))
    return [line for block in blocks for line in block.splitlines()]


def shape(line: str) -> str:
    """The sentence without its numbers, which change with the demo's lists."""
    return re.sub(r"\d+(\.\d+)?", "0", line.strip())


def people_of(demo: Running) -> dict[str, int]:
    return {one["name"]: one["id"] for one in asked(f"{base(demo)}/console/api/people")}


def told(demo: Running, person: int, chat: str, text: str) -> list[dict[str, Any]]:
    said = {"person": person, "chat": chat, "text": text}
    replies: list[dict[str, Any]] = asked(f"{base(demo)}/console/api/messages", said)["replies"]
    return replies


def base(demo: Running) -> str:
    return demo.address.removesuffix("/console")


def asked(address: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(address, data, {"Accept-Language": "zh-CN"})  # noqa: S310  our own demo
    with urlopen(request, timeout=30) as answer:  # noqa: S310  our own demo
        return json.load(answer)


# --- links and files -------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = text_of(page)
    links = [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r'src="([^"]+)"', text)]
    broken = [link for link in links if not leads_somewhere(ROOT / page, link)]
    assert not broken


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, place = link.partition("#")
    if path.startswith("https://"):
        return True
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return False
    return not place or place in headings(file)


def headings(file: Path) -> set[str]:
    """The places in a page that a link may name."""
    found = re.findall(r"(?m)^#+ (.+)$", file.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


# What is ours begins with one of these; a name alone must be at the root, or be of a database.
NAMED = re.compile(
    r"(?:service|commands|workers|chat|domain|docs|tests|requirements)/[\w./-]*|[\w-]+\.(?:py|md|toml)"
)
ELSEWHERE = {"plan.toml"}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = {one for one in code(page) if NAMED.fullmatch(one)} - ELSEWHERE
    missing = [one for one in named if not (ROOT / one).exists()]
    assert not missing


def test_the_readmes_show_every_room() -> None:
    rooms = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    for page in READMES:
        assert rooms <= set(re.findall(r"(?m)^\| `(\w+)/` \|", text_of(page))), page


# --- decisions -------------------------------------------------------------------------------


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(file.name[:4]) for file in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert all(re.fullmatch(r"\d{4}(-[a-z]+)+\.md", file.name) for file in DECISIONS)


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_has_its_number_and_its_three_parts(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    title = re.match(r"# (\d+)\.? \S.+\n", text)
    assert title
    assert int(title[1]) == int(file.name[:4])
    assert re.findall(r"(?m)^## (.+)$", text) == ["Context", "Decision", "Consequences"]


def test_what_is_told_of_platforms_that_exist_is_true() -> None:
    (heard,) = (file for file in DECISIONS if file.stem == "0006-heard-once")
    rows = re.findall(r"(?m)^\| (\w+)[^|]*\|[^|]+\| (yes|no) \|$", heard.read_text("utf-8"))
    assert {name.lower() for name, there in rows if there == "yes"} == {
        name for name, one in PLATFORMS.items() if one.hears
    }


# --- the reference ---------------------------------------------------------------------------


def test_the_reference_is_up_to_date() -> None:
    assert text_of("docs/reference.md") == reference(), "run: python -m tests.reference"


def test_the_life_of_a_problem_is_up_to_date() -> None:
    assert text_of("docs/problems.md") == moves_page(), "run: python -m tests.reference"


def test_what_a_month_costs_is_up_to_date() -> None:
    assert text_of("docs/messages.md") == messages_page(), "run: python -m tests.reference"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_is_in_the_reference(command: Command) -> None:
    page = text_of("docs/reference.md")
    assert f"\n### {command.name}\n" in page
    for action in command.actions:
        assert all(f"| `{field.name}` |" in page for field in action.fields)


def test_every_setting_and_platform_is_in_the_reference() -> None:
    page = text_of("docs/reference.md")
    for field in fields(Settings):
        assert f"| `{PREFIX}{field.name.upper()}` |" in page
    for name in PLATFORMS:
        assert f"\n| {name} |" in page


def test_every_setting_that_a_page_names_is_one() -> None:
    known = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    named = {
        one
        for page in [*READMES, HANDBOOK, ADMIN]
        for one in re.findall(r"ZOUFANG_\w+", text_of(page))
    }
    assert named <= known


def test_what_is_counted_is_what_the_page_for_admins_says() -> None:
    counted = {family.name: family.type for family in REGISTRY.collect()}
    ours = {
        f"{name}_total" if kind == "counter" else name
        for name, kind in counted.items()
        if name.startswith("zoufang")
    }
    assert set(re.findall(r"(?m)^\| `(zoufang_\w+)` \|", text_of(ADMIN))) == ours


def test_every_outcome_that_is_counted_is_on_the_page_for_admins() -> None:
    for outcome in (*get_args(Outcome), *get_args(Delivered)):
        assert f"`{outcome}`" in text_of(ADMIN), outcome


def test_an_example_of_the_log_is_one() -> None:
    lines = [json.loads(line) for line in code(ADMIN) if line.startswith('{"at"')]
    assert len(lines) == 2
    for told in lines:
        assert list(told)[:4] == ["at", "level", "logger", "event"]
    assert lines[0]["message"] == heard_trail("console", "m1")
    assert lines[1]["message"] == told_trail(58)


# --- the changelog ---------------------------------------------------------------------------


def test_the_changelog_is_about_this_version() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    tops = re.findall(r"(?m)^## \[([^\]]+)\]", text_of("CHANGELOG.md"))
    assert tops[0] in ("Unreleased", project["version"])
    assert project["version"] in text_of("CHANGELOG.md")


# --- what must stand nowhere -----------------------------------------------------------------

# Put together here, so that this file doesn't hold what it looks for: where packages come from is
# for the machine to say, and where somebody's folders lie is nobody's business.
HOSTS = [
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"),
    ("tuna.tsinghua", "edu"), ("mirrors.aliyun", "com"), ("ustc", "edu"), ("docker", "io"),
    ("ghcr", "io"), ("jsdelivr", "net"), ("unpkg", "com"),
]  # fmt: skip
BESIDE = [("..", "shared")]
FOLDERS = [("work", "main"), ("work", "shared"), ("root", ""), ("Users", "")]
FORBIDDEN = re.compile(
    "|".join(
        [
            *(re.escape(".".join(host)) for host in HOSTS),
            *(rf"(?<![\w.\]/)*])/{'/'.join(folder)}" for folder in FOLDERS),
            r"/home/\w+/",
            *(re.escape("/".join(path)) for path in BESIDE),
        ]
    )
)


def test_no_file_names_a_package_host_or_somebodys_folder() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file in committed()
        for number, line in enumerate(read_as_text(file).splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert not found, "\n".join(found)


def committed() -> list[Path]:
    """What is in the repository, or would be with the next commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.skip("this is no clone, so that what belongs to it can't be told")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def read_as_text(file: Path) -> str:
    data = file.read_bytes()
    return "" if b"\0" in data else data.decode(errors="replace")


def test_what_must_stand_nowhere_would_be_noticed() -> None:
    for parts in HOSTS:
        assert FORBIDDEN.search("https://" + ".".join(parts) + "/simple")
    for parts in FOLDERS:
        assert FORBIDDEN.search("see /" + "/".join(parts))
    for harmless in (
        "`/家访`",
        "a/rooted/b",
        "https://keepachangelog.com",
        "pypinyin.org.cn",
    ):
        assert not FORBIDDEN.search(harmless)
