"""Writes docs/problems.md, the life of a problem as a picture and a table, from the moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chat.words import words
from domain.rules.moves import MOVES
from domain.rules.problem_states import STATES, State

PAGE = Path(__file__).parent.parent / "docs" / "problems.md"
ZH, EN = words("zh-CN"), words("en")
HEAD = """\
# 一个问题的一生 · The life of a problem

Made by `python -m tests.reference` from `domain/rules/moves.py`, the table that the program itself
asks before it moves a problem; a test sees to it that this page is up to date.

家长、学生、老师提的每件事都有编号。它从听到那天起算，怎么走，只有下面这些路。
Each thing that somebody asks for has a number. Its clock starts when the words are heard, and these
are all the ways it can go.

"""


def moves_page() -> str:
    """The whole page."""
    lines = [
        "```mermaid",
        *_picture(),
        "```",
        "",
        "## 状态 · States",
        "",
        "| state | 中文 | English |",
        "| --- | --- | --- |",
        *(f"| `{state}` | {_both(f'state.{state}', ' | ')} |" for state in STATES),
        "",
        "## 每一步 · Moves",
        "",
        "A move that leads nowhere else leaves the state as it is.",
        "",
        "| move | from | to |",
        "| --- | --- | --- |",
        *(
            f"| `{move.name}` | {_states(move.since)} | {_states(move.into)} |"
            for move in MOVES.values()
        ),
    ]
    return HEAD + "\n".join(lines) + "\n"


def _picture() -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in STATES:
        yield f"    {state} : {ZH.text(f'state.{state}')}"
    for since, into, names in _arrows():
        yield f"    {since} --> {into} : {', '.join(names)}"


def _arrows() -> Iterator[tuple[str, str, list[str]]]:
    """Each way between two states once, with all the moves that go it."""
    ways: dict[tuple[str, str], list[str]] = {}
    for move in MOVES.values():
        for since in _in_order(move.since) or ["[*]"]:
            for into in _in_order(move.into):
                ways.setdefault((since, into), []).append(move.name)
    for (since, into), names in ways.items():
        yield since, into, names
    for state in STATES:
        if not any(since == state for since, _ in ways):
            yield state, "[*]", ["∎"]


def _in_order(states: frozenset[State]) -> list[State]:
    return [state for state in STATES if state in states]


def _states(states: frozenset[State]) -> str:
    return ", ".join(_in_order(states)) or "–"


def _both(key: str, between: str) -> str:
    return between.join(spoken.text(key) for spoken in (ZH, EN))
