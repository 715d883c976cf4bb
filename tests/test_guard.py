"""Whatever part stands still, an admin hears of it within five minutes, by a way that works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.actions.second_way import note_failure
from domain.models import OutboxEntry, Timer
from domain.notices.running import PartStopped
from domain.queries import watching
from domain.records import now, real_now, set_now
from tests.commands.dialogs import LIN, listed
from tests.fixtures.house import School
from tests.fixtures.passing import happen, told
from workers import guard, upkeep
from workers.relay import SWEEP_SECONDS
from workers.upkeep import Upkeep
from workers.watch import watch

ADMIN = "方正"
FIVE_MINUTES = 300


async def stopped(school: School) -> list[tuple[str, int]]:
    """The parts of which the admin was told, with the count."""
    return [
        (one.part, one.count)
        for _, one in await told(school.people[ADMIN])
        if isinstance(one, PartStopped)
    ]


async def last_watched(seconds_ago: float) -> None:
    """The watch went round, and that was so long ago."""
    await watch({})
    await Timer.filter(key="watch").update(lease_until=real_now() - timedelta(seconds=seconds_ago))


def test_the_times_fit_into_five_minutes() -> None:
    assert watching.SILENT_SECONDS + guard.EVERY_SECONDS + SWEEP_SECONDS < FIVE_MINUTES
    assert watching.STILL_SECONDS + guard.EVERY_SECONDS <= FIVE_MINUTES
    assert upkeep._UNHEARD * upkeep.EVERY_SECONDS < FIVE_MINUTES


async def test_all_is_well_and_nobody_is_told(school: School) -> None:
    await watch({})
    await guard.look()
    await happen()
    assert await stopped(school) == []


@pytest.mark.parametrize("hour", ["2018-09-03T10:00", "2018-09-04T03:00", "2018-09-08T12:00"])
async def test_a_watch_that_stopped_is_told_by_the_guard_at_any_hour(
    school: School, hour: str
) -> None:
    from tests.fixtures.passing import at

    await set_now(at(hour))
    await last_watched(watching.SILENT_SECONDS + 5)
    await guard.look()
    await happen()
    assert await stopped(school) == [("watch", 0)]
    # As long as it goes on nobody is told each minute.
    await guard.look()
    await happen()
    assert len(await stopped(school)) == 1
    await set_now(await now() + timedelta(hours=4))
    await guard.look()
    await happen()
    assert len(await stopped(school)) == 2


async def test_a_watch_that_never_began_is_told(school: School) -> None:
    await guard.look()
    await happen()
    assert await stopped(school) == [("watch", 0)]


async def test_duties_that_nobody_does_are_told_by_the_guard(school: School) -> None:
    await listed(school, LIN, "希望有晚托", category="logistics")
    await watch({})
    # Taken up again and again, and never done: the workers are gone.
    await Timer.filter(duty="problem").update(lease_until=real_now() + timedelta(seconds=30))
    await set_now(await now() + timedelta(seconds=watching.STILL_SECONDS + 1))
    await guard.look()
    await happen()
    assert await stopped(school) == [("timers", 1)]


async def test_clocks_that_are_apart_are_told(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watch({})
    for seconds, said in ((4, []), (-6, [("clocks", 6)])):
        with monkeypatch.context() as wrong:
            wrong.setattr(watching, "real_now", lambda s=seconds: real_now() + timedelta(seconds=s))
            # SQLite's clock is this machine's, so the database's is asked for before.
            await guard.look()
        await happen()
        assert await stopped(school) == said


class Silent:
    """An outside service that can't be reached."""

    unheard = 0

    async def beat(self) -> bool:
        self.unheard += 1
        return False


async def test_a_heartbeat_that_nobody_hears_is_told(school: School) -> None:
    keeping = Upkeep({}, Silent())  # type: ignore[arg-type]
    for _minute in range(upkeep._UNHEARD - 1):
        await keeping.once()
    await happen()
    assert await stopped(school) == []
    await keeping.once()
    await happen()
    assert await stopped(school) == [("heartbeat", 0)]


# --- the way that doesn't lead through what is broken -------------------------------------------


async def refuse_all() -> None:
    """The platform takes nothing: each notice waits for its next try."""
    await note_failure("console")
    await OutboxEntry.filter(done_at__isnull=True).update(
        attempts=3, not_before=real_now() + timedelta(hours=1)
    )


async def relay_stopped() -> None:
    """Nobody takes anything up."""


@pytest.mark.parametrize("broken", [refuse_all, relay_stopped])
async def test_when_nothing_is_brought_the_next_that_an_admin_types_brings_the_news(
    school: School, broken: Callable[[], object]
) -> None:
    await watch({})
    await school.say(LIN, "/visit 七3 12号 同行：许宁 李梅")
    if broken is refuse_all:
        await refuse_all()
    await set_now(await now() + timedelta(seconds=watching.STILL_SECONDS + 1))
    # A message about it would only wait with the others.
    await guard.look()
    assert not await OutboxEntry.filter(notice="PartStopped").exists()
    # Others have nothing to do with it.
    for other in (LIN, "唐果", "邵毓君"):
        assert [one["notice"] for one in await school.say(other, "/whoami")] == ["WhoamiShown"]
    replies = await school.say(ADMIN, "/whoami")
    assert [one["notice"] for one in replies] == ["WhoamiShown", "PartStopped"]
    assert "有 2 条通知发不出去" in replies[1]["title"]
    # Once within the hour.
    assert [one["notice"] for one in await school.say(ADMIN, "/whoami")] == ["WhoamiShown"]


async def test_in_a_group_it_is_said_to_the_admin_alone(school: School) -> None:
    await last_watched(watching.SILENT_SECONDS + 5)
    replies = await school.say(ADMIN, "/coverage", "grade-7")
    (news,) = [one for one in replies if one["notice"] == "PartStopped"]
    assert news["chat"] == "direct"


async def test_the_answer_says_which_part_and_what_to_do_in_both_languages(school: School) -> None:
    await last_watched(watching.SILENT_SECONDS + 5)
    replies = await school.say(ADMIN, "/whoami", language="en")
    assert "own check has stopped" in replies[1]["title"]
    assert "zoufang scheduler" in replies[1]["text"]
