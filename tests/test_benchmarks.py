"""The benchmarks run and give figures; whether these are good is for the reader, not for a test."""

from __future__ import annotations

import json
import os
import pstats
import re
import sys
from pathlib import Path

import pytest

from benchmarks import deliveries, digests, memory, parsing, past, peers, profiling, table, ticks
from benchmarks.__main__ import main
from benchmarks.figures import Figure, Report
from benchmarks.load import Said, closed_loop
from benchmarks.recording import Recording, Step
from benchmarks.scripts import FIRST_ID, Found, Text, filled, script_of


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


async def test_where_the_time_goes_is_told_of_a_visit_and_of_a_notice() -> None:
    report = await profiling.measured(3)
    assert all(one.value > 0 for one in report.figures)
    names = [row[0] for row in report.table]
    assert {"building statements", "the driver", "rules", "commands"} <= set(names)
    for place in (1, 2):
        shares = [int(row[place].removesuffix(" %")) for row in report.table[1:]]
        # Each is rounded to a whole one.
        assert sum(shares) == pytest.approx(100, abs=len(shares) / 2)


def test_what_is_built_into_python_is_the_time_of_whoever_calls_it() -> None:
    made, called = ("/x/pypika_tortoise/queries.py", 1, "get_sql"), ("~", 0, "<method 'join'>")
    asked, waits = (
        ("/x/asyncio/base_events.py", 2, "run"),
        ("~", 0, "<method 'poll' of 'select.x'>"),
    )
    stats = pstats.Stats()
    stats.stats = {  # type: ignore[attr-defined]
        made: (1, 1, 1.0, 4.0, {}),
        called: (5, 5, 3.0, 3.0, {made: (5, 5, 3.0, 3.0)}),
        asked: (1, 1, 2.0, 6.0, {}),
        waits: (1, 1, 4.0, 4.0, {asked: (1, 1, 4.0, 4.0)}),
    }
    assert profiling.shares(stats) == {
        "building statements": 0.4,
        "waiting for the database": 0.4,
        "the event loop": 0.2,
    }


def test_a_script_takes_each_number_from_where_it_came_first() -> None:
    new, chain = FIRST_ID + 5, FIRST_ID + 3_000_000
    recording = Recording(
        [
            Step("query", "SELECT … FROM chain_head", (), {"number": chain}),
            Step("insert", "INSERT INTO visit …", ("a" * 32,), {"id": new}),
            Step("query", "SELECT … FROM voice", (new,), {"id": 7}, frozenset({new - 1})),
            Step("query", "UPDATE …", (new, new - 1, chain + 2, f"visit:{new}:1", 7)),
        ]
    )
    *_, last = script_of(recording)
    text = Text(("visit:", Found(1, "id"), ":1"))
    assert last.values == (Found(1, "id"), new - 1, Found(0, "number", 2), text, 7)
    rows = {0: {"number": 40}, 1: {"id": 12}}
    assert filled(last.values, rows) == [12, new - 1, 42, "visit:12:1", 7]


def test_a_number_that_nothing_gave_is_refused() -> None:
    recording = Recording([Step("query", "SELECT …", (FIRST_ID + 1,))])
    with pytest.raises(LookupError):
        script_of(recording)


async def test_ticks_are_measured_on_both_databases_and_take_each_timer_once() -> None:
    report = await ticks.measured(1000, 2000, 1)
    names = [one.name for one in report.figures]
    assert [name.split(":")[0] for name in names] == ["PostgreSQL"] * 3 + ["SQLite"] * 3
    assert all(one.value > 0 for one in report.figures)


async def test_delivery_is_measured_beside_an_actor_that_asks_and_calls_the_same() -> None:
    report = await deliveries.measured(20, 1, grades=(7,))
    ours, bare, ratio = report.figures
    assert ours.value > 0
    assert bare.value > 0
    assert ratio.goal == deliveries.GOAL
    assert report.facts["statements"] > 1


async def test_a_digest_asks_as_often_over_much_as_over_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Written in several goes, of which none may lose a row: the rows point to each other.
    monkeypatch.setattr(past, "_BATCH", 7)
    report = await digests.measured(60, 40, 1, grades=(7,))
    asked = [one for one in report.figures if "questions" in one.name]
    assert len(asked) == 4
    for one in asked:
        assert one.value > 10
        assert one.goal == f"= {one.value}"


def test_an_answer_that_is_put_off_counts_for_none() -> None:
    said = Said([0.1] * 6 + [1.8] * 4, late=4, seconds=2.0)
    assert said.rate == 3.0
    assert said.milliseconds(99) > 1700


async def test_our_door_is_measured_with_no_records_behind_it() -> None:
    with peers.ours() as speakers:
        # Any answer but that of a visit would be refused.
        said = await closed_loop(speakers, 2, 0.2)
    assert said.rate > 0
    assert not said.late


@pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that tells")
def test_memory_is_what_the_system_says_that_a_process_holds() -> None:
    me = memory.Watched("this one", "", os.getpid())
    before = me.megabytes()
    held = bytearray(b"x" * 50_000_000)
    assert 40 < me.megabytes() - before < 200
    del held


# --- the table in the READMEs -----------------------------------------------------------------


@pytest.mark.parametrize(("page", "language"), table.READMES.items())
def test_the_table_in_a_readme_is_what_the_last_run_measured(page: str, language: str) -> None:
    text = (table.ROOT / page).read_text(encoding="utf-8")
    assert table.between_markers(text) == table.table(table.kept(), language)


def test_the_run_that_is_kept_says_where_when_and_by_what_it_was_measured() -> None:
    run = table.kept()
    assert run["command"].startswith("python3 run.py bench")
    assert {"date", "machine", "python", "servers", "packages"} <= set(run["machine"])
    keys = [one["key"] for report in run["reports"] for one in report["figures"] if one["key"]]
    assert len(keys) == len(set(keys))
    # What is kept is a whole run: no row of the table is without a figure.
    assert set(table.ROWS) <= set(keys)


def test_a_row_has_the_figure_its_goal_and_the_same_facts_in_both_languages() -> None:
    for row in table.ROWS.values():
        assert set(re.findall(r"{\w+}", row["en"])) == set(re.findall(r"{\w+}", row["zh"]))
    run = {
        "machine": {"date": "1 May", "machine": "a lathe", "python": "3", "servers": "none"},
        "command": "run.py bench ticks",
        "reports": [
            Report(
                "Ticks",
                figures=(
                    Figure("unknown to the table", 1.0, "ms"),
                    Figure("ticks", 1.25, "×", "≤ 1.3", key="ticks.postgres"),
                ),
                facts={"few": 1000, "many": 2_000_000, "due": 10},
            ).as_data()
        ],
    }
    said = table.table(run, "en")
    assert "1 May" in said
    assert "a lathe" in said
    assert "`run.py bench ticks`" in said
    (row,) = [line for line in said.splitlines() if line.startswith("| a look at")]
    assert "2,000,000 open timers with 10 due" in row
    assert row.endswith("to one at 1,000 | 1.25 × | ≤ 1.3 |")


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="figures"):
        table.with_table("# A page\n", "a table")
