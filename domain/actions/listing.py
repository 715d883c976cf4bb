"""Tells whoever has to classify a problem that it was recorded."""

from __future__ import annotations

from domain.actions.problem_news import tell
from domain.models import Problem, ProblemEvent


async def tell_listed(
    number: int, by: int, person: int | None, *, about_head: bool = False
) -> None:
    """Tell them, unless it is they who recorded it; what names the head is to be referred."""
    if person is None or person == by:
        return
    event = await ProblemEvent.filter(problem_id=number).order_by("id").first()
    assert event is not None
    problem = await Problem.get(id=number)
    to_do = "refer" if about_head else "classify"
    await tell(problem, "list", event.id, by, (person,), to_do=to_do)  # type: ignore[arg-type]
