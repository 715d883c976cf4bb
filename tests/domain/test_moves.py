"""The table of moves as a whole: no problem is ever stuck, and each ending is one that is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.moves import MOVE_NAMES, MOVES, MoveName, allowed, into
from domain.rules.problem_states import ENDED, OPEN, STATES, State

# What nobody does.
BY_ITSELF: frozenset[MoveName] = frozenset({"assign", "supervise", "rung"})


def reachable(start: State, *, by_people: bool = False) -> set[State]:
    """All states that a problem can still come to, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        for move in MOVES.values():
            if state in move.since and not (by_people and move.name in BY_ITSELF):
                new = move.into - seen
                seen |= new
                waiting += new
    return seen


def test_each_move_has_its_line() -> None:
    assert set(MOVES) == set(MOVE_NAMES)
    assert all(move.name == name for name, move in MOVES.items())


def test_a_new_problem_can_come_to_every_state() -> None:
    assert reachable("listed") == set(STATES)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_problem_can_be_brought_to_an_end_by_people(state: State) -> None:
    assert "closed" in reachable(state, by_people=True)


@pytest.mark.parametrize("state", sorted(ENDED - {"merged"}))
def test_what_has_ended_stays_ended(state: State) -> None:
    at_once = {name for name in MOVES if allowed(state, name)}
    assert at_once <= {"take_back", "undo"}, "only what was recorded by mistake, minutes ago"


def test_a_merge_can_be_undone() -> None:
    assert MOVES["split"].since == {"merged"}
    assert MOVES["split"].into == MOVES["merge"].since


@pytest.mark.parametrize("state", sorted(OPEN - {"answered", "solved"}))
def test_progress_can_be_noted_as_long_as_it_is_worked_on(state: State) -> None:
    assert allowed(state, "note")


def test_only_what_was_solved_or_answered_is_told() -> None:
    assert MOVES["told"].since == {"solved", "answered"}


@given(st.sampled_from(STATES), st.sampled_from(MOVE_NAMES), st.sampled_from((*STATES, None)))
def test_a_move_leads_where_the_table_says_or_is_refused(
    state: State, name: MoveName, wanted: State | None
) -> None:
    move = MOVES[name]
    try:
        led = into(state, name, wanted)
    except ValueError:
        refused = bool(move.since) and state not in move.since
        assert (
            refused or (len(move.into) > 1 and wanted not in move.into) or wanted not in move.into
        )
        return
    assert led in move.into or (not move.into and led == state)
    assert not move.since or state in move.since
