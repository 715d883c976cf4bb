"""The states of a problem: each is open or ended, never both."""

from __future__ import annotations

from domain.rules.problem_states import ENDED, OPEN, STATES


def test_each_state_either_waits_for_an_answer_or_has_ended() -> None:
    assert {"closed", "merged", "withdrawn"} == ENDED
    assert {
        "listed",
        "claimed",
        "assigned",
        "solved",
        "parked",
        "referral_asked",
        "referred",
        "answered",
    } == OPEN
    assert set(STATES) == OPEN | ENDED
