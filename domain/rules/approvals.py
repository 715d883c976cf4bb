"""What somebody may be asked to agree to, and what becomes of the problem when they do or don't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from domain.rules.moves import MoveName, allowed
from domain.rules.problem_states import State

Kind = Literal["extend", "refer", "return", "offer", "unagreed"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Approving:
    """A kind of approval: the move that asks for it, and those that it leads to.

    `keeps`: declined, the problem is again in the state in which it was before it was asked.
    """

    asks: MoveName
    agreed: MoveName
    declined: MoveName
    keeps: bool = False


APPROVING: Mapping[Kind, Approving] = {
    # More days, asked for before it is due.
    "extend": Approving("ask", "extend", "decline"),
    # What the school can't solve goes to the bureau when a second leader agrees.
    "refer": Approving("ask_referral", "refer", "keep", keeps=True),
    # Sent back once already: whose it is now is decided above.
    "return": Approving("ask", "return", "decline"),
    # Who is asked to take it agrees by taking it.
    "offer": Approving("offer", "claim", "decline"),
    # Twice not satisfied: explained and not agreed with, or gone on with.
    "unagreed": Approving("ask", "close", "decline"),
}


def leads_to(kind: Kind, *, yes: bool) -> MoveName:
    """The move that an answer comes to."""
    approving = APPROVING[kind]
    return approving.agreed if yes else approving.declined


def stands(kind: Kind, state: State) -> bool:
    """Whether there is still something to agree to, now that the problem is in that state."""
    return allowed(state, APPROVING[kind].agreed)
