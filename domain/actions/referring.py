"""Passes to the bureau what the school can't solve, and brings its answer to the families."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actions.approvals import Asked, Request, ask
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import receipt
from domain.actions.tellers import Tellers, tell_tellers
from domain.notices.problems import ProblemMoved
from domain.records import now


@dataclass(frozen=True)
class Referral:
    """Who asks whom to agree, as which of the bureau's categories, and why, byte for byte."""

    by: int
    of: int
    category: str
    reason: str


async def ask_referral(number: int, referral: Referral) -> Asked:
    """Ask; until it is answered nothing else is done with the problem."""
    problem = await held(number)
    details = {"category": referral.category}
    request = Request("refer", referral.by, referral.of, referral.reason, details)
    return await ask(problem, request)


async def record_answer(number: int, by: int, said: str, tellers: Tellers) -> ProblemMoved:
    """The bureau's answer, byte for byte; the tellers get at once what to tell whom."""
    problem = await held(number)
    event = await move(problem, Step("bureau", by, said), details={}, solved_at=await now())
    told = await tell_tellers(problem, "bureau", event, by, tellers)
    return receipt(problem, "bureau", event, by, told)
