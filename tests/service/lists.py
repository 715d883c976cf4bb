"""What tests of the lists share: all that the database keeps, and a file with a list in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain import models


async def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, byte for byte."""
    kept = {}
    for name in models.__all__:
        model = getattr(models, name)
        kept[name] = sorted(await model.all().values(), key=lambda row: row["id"])
    return kept


def a_list(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file
