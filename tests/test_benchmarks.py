"""The benchmarks run and give figures; whether these are good is for the reader, not for a test."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import parsing
from benchmarks.__main__ import main
from benchmarks.figures import Figure


async def test_commands_are_counted() -> None:
    report = await parsing.measured(0.01, 2)
    parsed, dispatched = report.figures
    assert isinstance(parsed, Figure)
    assert parsed.value > 0
    assert dispatched.value > 0


def test_the_figures_are_printed_with_the_goals_and_written_where_they_are_wanted(
    tmp_path: Path, capsys: object
) -> None:
    file = tmp_path / "figures.json"
    assert main(["commands", "--quick", "--json", str(file)]) == 0
    said = json.loads(file.read_text(encoding="utf-8"))
    assert said["machine"]
    (report,) = said["reports"]
    assert [one["name"] for one in report["figures"]] == ["parsed", "parsed and dispatched"]
