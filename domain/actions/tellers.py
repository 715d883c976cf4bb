"""Asks those who tell the families to tell them what was done, or what was answered."""

from __future__ import annotations

from collections.abc import Mapping

from domain.actions.problem_news import tell, tell_of
from domain.models import Problem
from domain.notices.problems import ProblemNews
from domain.rules.moves import MoveName

# By each who is to tell a family: the voices that are theirs to tell.
Tellers = Mapping[int, tuple[int, ...]]


async def tell_tellers(
    problem: Problem, name: MoveName, event: int, by: int, tellers: Tellers
) -> tuple[int, ...]:
    """Each hears what to tell whom; so do those who worked on it and recorded it, who tell nobody.

    Returns who was told.
    """
    told: tuple[int, ...] = ()
    for person, voices in tellers.items():
        news = ProblemNews(
            problem=problem.id, move=name, event=event, by=by, to_do="tell", voices=voices
        )
        told += await tell_of(news, (person,))
    others = (problem.responsible_id, problem.handed_to_id, problem.recorded_by_id)
    return told + await tell(
        problem, name, event, by, [one for one in others if one not in tellers]
    )
