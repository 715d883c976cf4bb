"""Asks to pass to the bureau what the school can't solve."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actions.approvals import Asked, Request, ask
from domain.actions.moving import held


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
