"""Records the visits of a list, and remembers its rows, so that each is taken in once."""

from __future__ import annotations

from collections.abc import Mapping

from domain.actions.visits import VisitMade, record_visit
from domain.models import ImportedRow

_BATCH = 500


async def take_visit_list(new: Mapping[str, VisitMade], known: Mapping[str, int]) -> None:
    """Record the new visits, each by the digest of its row; `known` were recorded otherwise.

    Nobody is told: those who went along know, and it is long ago.
    """
    visits = dict(known)
    for digest, made in new.items():
        visits[digest] = (await record_visit(made, by_command=False, tell=False)).visit
    await ImportedRow.bulk_create(
        [
            ImportedRow(digest=digest, record="visit", record_id=visit)
            for digest, visit in visits.items()
        ],
        batch_size=_BATCH,
    )
