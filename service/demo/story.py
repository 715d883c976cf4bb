"""Plays what the invented people typed in the first weeks, so that there are problems under way."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chat.console.inbound import receive
from chat.console.names import DIRECT, PLATFORM
from domain.actions.outbox import mark_said
from domain.house import SCHOOL_TIME
from domain.records import set_now
from service.answering import Reply, answer

# {书包太重} in a line is the number of the problem whose words hold that.
_PIECE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Line:
    """At that instant somebody typed something to the bot, one-to-one."""

    at: datetime
    who: str
    said: str


def read_story(file: Path) -> tuple[Line, ...]:
    """All lines, the earliest first."""
    with file.open(encoding="utf-8", newline="") as rows:
        lines = [Line(_instant(row["时间"]), row["谁"], row["说"]) for row in csv.DictReader(rows)]
    return tuple(sorted(lines, key=lambda line: line.at))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SCHOOL_TIME)


async def play(
    lines: Iterable[Line], people: Mapping[str, int], asked: Mapping[str, int]
) -> list[tuple[Line, Sequence[Reply]]]:
    """Say each line as its person at its time; `asked` is what families said, and its number.

    A line of somebody, or about something, that isn't there (another plan, an earlier start) is
    passed over.
    """
    played: list[tuple[Line, Sequence[Reply]]] = []
    for line in lines:
        said = _filled(line.said, asked)
        if said is None or line.who not in people:
            continue
        await set_now(line.at)
        body = {
            "person": people[line.who],
            "chat": DIRECT,
            "text": said,
            "message_id": f"story {line.at:%m-%d %H:%M} {line.who}",
        }
        replies = await answer(receive(body), "zh-CN")
        await mark_said([one.entry for one in replies if one.entry is not None], PLATFORM)
        played.append((line, replies))
    return played


def _filled(said: str, asked: Mapping[str, int]) -> str | None:
    """With the numbers of the problems; None when one isn't there."""
    numbers = {
        piece: next((number for words, number in asked.items() if piece in words), None)
        for piece in _PIECE.findall(said)
    }
    if None in numbers.values():
        return None
    return _PIECE.sub(lambda match: str(numbers[match[1]]), said)
