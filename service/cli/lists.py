"""zoufang roster, families, visits and export: the school's lists, taken in and written."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from domain.records import as_unusable
from service.lists.exporting import KINDS, export
from service.lists.report import Taken
from service.lists.taking_families import take_families
from service.lists.taking_people import take_people
from service.lists.taking_visits import take_visits
from service.lists.writing import FORMS
from service.opening import opened, settings_from
from service.running import speaker
from settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

Take = Callable[[Path], Awaitable[Taken]]

_IMPORTS: Mapping[str, tuple[Take, str]] = {
    "roster": (take_people, "the people of the school and their seats"),
    "families": (take_families, "the families with their children"),
    "visits": (take_visits, "visits of the time before Zoufang"),
}
_KINDS = {"家庭": "families", "名册": "roster", "走访台账": "visits"} | {one: one for one in KINDS}


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the commands take."""
    for name, (take, what) in _IMPORTS.items():
        part = parts.add_parser(name, help=f"take in {what}", description=f"A list of {what}.")
        deeds = part.add_subparsers(required=True, metavar="import")
        deed = deeds.add_parser(
            "import",
            help="take the list in: good rows are kept, the others named; twice changes nothing",
            description="Ends with 1 when a row was refused: mend it, and import the file again.",
        )
        deed.add_argument("file", metavar="FILE", type=Path, help="the list, .csv or .xlsx")
        deed.set_defaults(run=_importing(take))
    written = parts.add_parser(
        "export",
        help="write a list, as it is taken in",
        description="Writes a list for its owner alone; it holds what the records keep sealed.",
    )
    written.add_argument(
        "kind", metavar="KIND", type=_kind, help=f"one of {', '.join(KINDS)} (家庭 名册 走访台账)"
    )
    written.add_argument("file", metavar="FILE", type=_file, help="where to, .csv or .xlsx")
    written.add_argument("--force", action="store_true", help="write over a file that is there")
    written.set_defaults(run=_export)


def _kind(said: str) -> str:
    if said not in _KINDS:
        msg = f"there is no list “{said}”; name one of {', '.join(_KINDS)}"
        raise argparse.ArgumentTypeError(msg)
    return _KINDS[said]


def _file(said: str) -> Path:
    file = Path(said)
    if file.suffix.lower() not in FORMS:
        msg = f"“{said}” must end in {' or '.join(FORMS)}"
        raise argparse.ArgumentTypeError(msg)
    return file


# --- importing ----------------------------------------------------------------------------


def _importing(take: Take) -> Callable[[argparse.Namespace, Mapping[str, str]], int]:
    def run(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
        settings = settings_from(environment)
        return _unless_interrupted(settings, _taken(settings, take, asked.file))

    return run


async def _taken(settings: Settings, take: Take, file: Path) -> int:
    async with opened(settings):
        with as_unusable(settings.database_url):
            taken = await take(file)
    for sentence in taken.sentences(settings.language):
        print(sentence)
    return 1 if taken.refused else 0


# What is in each list, so that nobody leaves one lying about.
_HOLDS: Mapping[str, tuple[str, str]] = {
    "roster": (
        "里面是教职工的姓名和账号：不要发到群里。",
        "It holds the staff's names and accounts: send it to no group.",
    ),
    "families": (
        "里面有孩子和家庭的信息：用完请删除，不要发到群里。",
        (
            "It holds children's names and what is known of their families: "
            "delete it when it has served, and send it to no group."
        ),
    ),
    "visits": (
        "里面有孩子的姓名和家长的话：用完请删除，不要发到群里。",
        (
            "It holds children's names and what families said: "
            "delete it when it has served, and send it to no group."
        ),
    ),
}


async def _written(settings: Settings, kind: str, file: Path) -> int:
    async with opened(settings):
        with as_unusable(settings.database_url):
            number = await export(kind, file, settings.language)
    say = speaker(settings.language)
    chinese, english = _HOLDS[kind]
    say(
        f"已写入 {file}（{number} 行）。{chinese}",
        f"{file} is written ({number} rows). {english}",
    )
    return 0


def _export(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    settings = settings_from(environment)
    if asked.file.exists() and not asked.force:
        zh = settings.language.startswith("zh")
        said = (
            f"{asked.file} 已经有了，没有覆盖。请换一个文件名，或加上 --force。"
            if zh
            else f"{asked.file} is there already and was not written over. "
            "Name another file, or add --force."
        )
        print(said, file=sys.stderr)
        return 1
    return _unless_interrupted(settings, _written(settings, asked.kind, asked.file))


def _unless_interrupted(settings: Settings, work: Awaitable[int]) -> int:
    """Its exit status; what is ended midway is undone, and has failed."""

    async def whole() -> int:
        return await work

    try:
        return asyncio.run(whole())
    except (KeyboardInterrupt, asyncio.CancelledError):
        zh = settings.language.startswith("zh")
        said = "已中断，什么都没有改。" if zh else "Interrupted; nothing was changed."
        print(said, file=sys.stderr)
        return 1
