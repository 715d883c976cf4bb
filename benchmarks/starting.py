"""How long a start takes when all is there already: of `serve`, and of the demo."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, Report
from benchmarks.programs import program, serving
from tests.servers import Postgres, copy_of


async def measured(times: int) -> Report:
    """From the start of the process until it says that it is ready."""
    with tempfile.TemporaryDirectory(prefix="zoufang-bench-") as folder:
        demo = _second_starts(times, "demo", "--keep", str(Path(folder, "demo.db")), settings={})
        file = f"sqlite://{Path(folder, 'serve.db')}"
        on_sqlite = _second_starts(times, "serve", settings=serving(file, CONSOLE="on"))
    server = Postgres(quick=False)
    try:
        async with copy_of(server) as database:
            settings = serving(database, CONSOLE="on")
            on_postgres = await asyncio.to_thread(_serve_again, times, settings)
    finally:
        server.remove()
    return Report(
        "Start",
        (f"The second start and later ones, {times} of them; medians.",),
        (
            Figure("demo", median(demo), "s", "≤ 5 s", demo, "start.demo"),
            Figure("serve on SQLite", median(on_sqlite), "s", rounds=on_sqlite),
            Figure("serve on PostgreSQL", median(on_postgres), "s", rounds=on_postgres),
        ),
    )


def _serve_again(times: int, settings: dict[str, str]) -> tuple[float, ...]:
    return _second_starts(times, "serve", settings=settings)


def _second_starts(times: int, *words: str, settings: dict[str, str]) -> tuple[float, ...]:
    took = []
    for _ in range(times + 1):
        with program(*words, settings=settings) as started:
            took.append(started.seconds)
    return tuple(took[1:])
