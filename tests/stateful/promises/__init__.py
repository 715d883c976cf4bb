"""What is promised, a file for each promise; each is looked at after every step.

What depends on the very instant, as who may read what, is looked at whenever something was told.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tests.stateful.life import Life
from tests.stateful.promises.after_its_end import nothing_after_its_end
from tests.stateful.promises.chain import the_story_is_whole
from tests.stateful.promises.early import nothing_early
from tests.stateful.promises.faults import nothing_of_ours_fails
from tests.stateful.promises.heard import heard_once_and_answered
from tests.stateful.promises.holder import one_holder
from tests.stateful.promises.letters import each_letter_is_accounted_for
from tests.stateful.promises.next_look import open_ones_have_a_next_look
from tests.stateful.promises.rungs import the_highest_rung_alone
from tests.stateful.promises.scope import nobody_reads_beyond_their_scope
from tests.stateful.promises.sums import nothing_is_lost_by_merging

Promise = Callable[[Life], Awaitable[None]]

PROMISES: Mapping[str, Promise] = {
    "I1": heard_once_and_answered,
    "I2": one_holder,
    "I3": open_ones_have_a_next_look,
    "I4": nothing_early,
    "I5": nothing_after_its_end,
    "I6": the_highest_rung_alone,
    "I7": nothing_is_lost_by_merging,
    "I8": the_story_is_whole,
    "I9": nobody_reads_beyond_their_scope,
    "told once": each_letter_is_accounted_for,
    "no fault": nothing_of_ours_fails,
}
WHENEVER_TOLD: tuple[Promise, ...] = (
    nothing_early,
    nothing_after_its_end,
    nobody_reads_beyond_their_scope,
)
