"""The one table of what may become of a problem: each move, from which states, to which.

The deeds ask it before they change anything; the diagram in docs/problems.md and the property
tests are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from domain.rules.problem_states import State

MoveName = Literal[
    "list",
    "answer",
    "alert",
    "classify",
    "offer",
    "claim",
    "assign",
    "still",
    "hand",
    "note",
    "return",
    "ask",
    "extend",
    "decline",
    "solve",
    "told",
    "tried",
    "close",
    "reopen",
    "ask_referral",
    "refer",
    "keep",
    "bureau",
    "merge",
    "split",
    "park",
    "withdraw",
    "undo",
    "take_back",
    "supervise",
    "rung",
]
MOVE_NAMES: tuple[MoveName, ...] = get_args(MoveName)


@dataclass(frozen=True)
class Move:
    """A move: the states it starts from (none: a new problem), and those it may lead to.

    Where `into` is empty the state stays what it is.
    """

    name: MoveName
    since: frozenset[State] = frozenset()
    into: frozenset[State] = frozenset()


# In hand: somebody can still be found who solves it.
_AT_WORK: tuple[State, ...] = ("listed", "claimed", "assigned")
_CLAIMED: tuple[State, ...] = ("claimed", "assigned")
_ANSWERED: tuple[State, ...] = ("solved", "answered")
_WAITING: tuple[State, ...] = (*_AT_WORK, "parked", "referral_asked", "referred")

_TAKEN_BACK: tuple[State, ...] = (*_AT_WORK, "parked", *_ANSWERED, "closed")


def _move(name: MoveName, since: tuple[State, ...], *into: State) -> Move:
    return Move(name, frozenset(since), frozenset(into))


MOVES: Mapping[MoveName, Move] = {
    move.name: move
    for move in (
        # What was heard goes on the list, or was answered there and then (the plan, 能当场答复的).
        _move("list", (), "listed"),
        _move("answer", (), "closed"),
        _move("alert", _WAITING),
        _move("classify", _AT_WORK),
        _move("offer", ("listed", "assigned")),
        # A parked one is taken up again by claiming it.
        _move("claim", ("listed", "assigned", "parked"), "claimed"),
        _move("assign", ("listed",), "assigned"),
        _move("still", (*_CLAIMED, "parked")),
        _move("hand", _CLAIMED),
        _move("note", _WAITING),
        # Back on the list, where it waits for whose it is instead.
        _move("return", _AT_WORK, "listed"),
        # Somebody is asked to agree: more days, a second return, a claim offered.
        _move("ask", (*_AT_WORK, *_ANSWERED)),
        _move("extend", _CLAIMED),
        _move("decline", (*_AT_WORK, *_ANSWERED)),
        _move("solve", _CLAIMED, "solved"),
        # One voice of several was told; the last one closes or reopens.
        _move("told", _ANSWERED),
        _move("tried", _ANSWERED),
        # The head may also end what was explained and not agreed with, while it is worked on again
        # or, once the bureau has answered, waits on the list.
        _move("close", (*_ANSWERED, *_AT_WORK), "closed"),
        _move("reopen", _ANSWERED, "claimed", "listed"),
        _move("ask_referral", _AT_WORK, "referral_asked"),
        _move("refer", ("referral_asked",), "referred"),
        _move("keep", ("referral_asked",), *_AT_WORK),
        _move("bureau", ("referred",), "answered"),
        _move("merge", _AT_WORK, "merged"),
        _move("split", ("merged",), *_AT_WORK),
        _move("park", _CLAIMED, "parked"),
        _move("withdraw", _AT_WORK, "withdrawn"),
        # Within minutes and before anybody has built on it, a move is taken back: the problem is
        # where it was, and both stand in its story.
        _move("undo", (*_TAKEN_BACK, "referral_asked"), *_TAKEN_BACK),
        # Whoever recorded it undoes it at once, and nobody has moved it.
        _move("take_back", ("listed", "closed"), "withdrawn"),
        # What happens by itself.
        _move("supervise", _AT_WORK),
        _move("rung", (*_WAITING, *_ANSWERED)),
    )
}


def allowed(state: State, name: MoveName) -> bool:
    """Whether a problem in that state can make the move."""
    return state in MOVES[name].since


def into(state: State, name: MoveName, wanted: State | None = None) -> State:
    """The state that the move leads to, `wanted` where it may lead to several.

    Raises ValueError for what the table doesn't have.
    """
    move = MOVES[name]
    if move.since and state not in move.since:
        raise ValueError(f"{name} doesn't start from {state}")
    if not move.into:
        return state
    if wanted is None and len(move.into) == 1:
        return next(iter(move.into))
    if wanted not in move.into:
        raise ValueError(f"{name} doesn't lead to {wanted}")
    return wanted
