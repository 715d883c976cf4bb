"""What is done while the process dies: messages, and what happens by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.actions.outbox import Address, put
from domain.models import OutboxEntry, Seat
from domain.notices.asking import Pointer
from domain.notices.visits import VisitShared
from domain.records import set_now
from tests.commands.dialogs import CAI, CHENG, HEAD, LIN, listed
from tests.crash.hearing import Message, at_the_door, in_the_console
from tests.crash.stage import Stage
from tests.fixtures.passing import at
from workers.schedule import DUTIES, plan_duties
from workers.stuck import MOST_TRIES

Before = Callable[[Stage], Awaitable[None]]


async def nothing(stage: Stage) -> None:
    """All is as it is on the first day."""


@dataclass(frozen=True)
class Scenario:
    """A message that is heard, or else all that is due at that moment, after what was before.

    `door`: it comes as DingTalk's bytes, and goes through the whole of its door. `gone` are those
    whose accounts the platform doesn't know any more. `leaves` is a notice that is to be there
    afterwards, `letters` in how many letters all is brought when nobody dies, where that matters:
    else the scenario is about something else than it says.
    """

    name: str
    leaves: str
    message: Message | None = None
    door: bool = False
    before: Before = nothing
    gone: tuple[str, ...] = ()
    letters: int | None = None

    async def act(self, stage: Stage) -> object:
        """What the process is at when it dies."""
        return await (stage.turns() if self.message is None else self.hear(stage))

    async def hear(self, stage: Stage) -> list[tuple[str, str]]:
        """What is answered to it; nothing where there is no message."""
        if self.message is None:
            return []
        return await (at_the_door if self.door else in_the_console)(stage, self.message)


async def _problem(stage: Stage) -> None:
    await listed(stage.school, LIN, "希望有晚托", category="logistics")


async def _quiet(stage: Stage) -> None:
    """What the problem brought with it is over."""
    await _problem(stage)
    await stage.turns()


async def _claimed(stage: Stage) -> None:
    await _quiet(stage)
    await in_the_console(stage, Message(CAI, "/认领 1"), "before")
    await stage.turns()


async def _rung(stage: Stage) -> None:
    await _quiet(stage)
    await set_now(at("2018-09-05T07:30"))


async def _two_rungs(stage: Stage) -> None:
    await _problem(stage)
    await _rung(stage)


async def _danger(stage: Stage) -> None:
    await in_the_console(stage, RED_FLAG, "before")


async def _danger_unclaimed(stage: Stage) -> None:
    await _danger(stage)
    await stage.turns()
    await set_now(at("2018-09-03T10:01"))


async def _digest(stage: Stage) -> None:
    """Two are left who read one."""
    await _claimed(stage)
    await Seat.exclude(person_id__in=[stage.school.people[name] for name in (CAI, HEAD)]).delete()
    await plan_duties({"digest": DUTIES["digest"]})
    await set_now(at("2018-09-07T16:00"))


async def _to_three(stage: Stage) -> None:
    for name in (LIN, CAI, CHENG):
        await put(Pointer(heard="talk"), Address(person=stage.school.people[name]), f"to:{name}")


async def _broken(stage: Stage) -> None:
    """One that can't be worded, and was tried as often as it may be but once."""
    await put(VisitShared(visit=999_999, by=1), Address(person=stage.school.people[LIN]), "broken")
    await OutboxEntry.filter(key="broken").update(unworded=MOST_TRIES - 1)


VISIT = Message(LIN, "/家访 七3 王小明 奶奶照顾，内向 诉求：希望有晚托 性格：内向")
RED_FLAG = Message(LIN, "/问题 七3 他说不想活了")

SCENARIOS = {
    one.name: one
    for one in (
        Scenario("visit", "VisitRecorded", VISIT),
        Scenario("claim", "ProblemMoved", Message(CAI, "/认领 1"), before=_quiet),
        Scenario("solve", "ProblemMoved", Message(CAI, "/办结 1 开了晚托"), before=_claimed),
        Scenario("undo", "ProblemMoved", Message(CAI, "/撤销"), before=_claimed),
        Scenario("red flag", "RedFlagRaised", RED_FLAG),
        Scenario("at the door", "VisitRecorded", VISIT, door=True),
        Scenario("rung", "RungFired", before=_rung),
        Scenario("bundle", "RungFired", before=_two_rungs, letters=1),
        Scenario("digest", "WeeklyDigest", before=_digest),
        Scenario("delivery", "Pointer", before=_to_three),
        Scenario("danger told", "RedFlagRaised", before=_danger),
        Scenario("danger unclaimed", "RedFlagUnclaimed", before=_danger_unclaimed),
        Scenario("reminder refused", "NoticeStuck", before=_rung, gone=(CAI,)),
        Scenario("danger refused", "NoticeStuck", before=_danger, gone=(HEAD,)),
        Scenario("unwordable", "NoticeStuck", before=_broken),
    )
}
