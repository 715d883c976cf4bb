"""In whatever order people knock, say yes and no and time goes by: one account, one run, no more."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.actions.newcomers import expire_newcomers
from domain.models import Account, Newcomer, OutboxEntry, Visit
from tests.fixtures.house import START
from tests.fixtures.knocking import FAKE, GROUP, Door

STEPS = (
    "knock",
    "knock",
    "name",
    "name",
    "yes",
    "both",
    "yes and no",
    "no",
    "wait",
    "half",
    "sweep",
)
_numbers = count()
# One school for all examples: its clock only goes forward.
_clock = {"now": START}


@dataclass
class Model:
    """What is promised to one account, without any of the program's own steps."""

    state: str = "unknown"  # unnamed, waiting, in, declined
    until: datetime = START
    message: bool = False
    runs: int = 0

    def elapsed(self, now: datetime) -> None:
        """A day is over: for who waits, and for who was declined."""
        if self.state in ("unnamed", "waiting", "declined") and now >= self.until:
            self.state, self.message = "unknown", False

    def knock(self, now: datetime) -> None:
        if self.state == "in":
            self.runs += 1
        elif self.state == "unknown":
            self.state, self.until, self.message = "unnamed", now + timedelta(days=1), True
        elif self.state == "unnamed":
            self.message = True

    def name(self, now: datetime) -> None:
        if self.state in ("unknown", "unnamed"):
            self.state, self.until = "waiting", now + timedelta(days=1)

    def yes(self) -> None:
        if self.state == "waiting":
            self.state, self.runs, self.message = "in", self.runs + self.message, False

    def no(self, now: datetime) -> None:
        if self.state == "waiting":
            self.state, self.until, self.message = "declined", now + timedelta(days=1), False


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=4, max_size=14))
async def test_one_account_and_one_run_and_none_after_no_or_a_day(
    door: Door, steps: list[str]
) -> None:
    account = f"any{next(_numbers)}"
    # Nobody is called so twice; the office and the admin may both say yes, wherever it knocked.
    name = "柯" + "".join(chr(0x4E00 + int(digit)) for digit in account[3:])
    before, model = await Visit.all().count(), Model()
    await door.school.move_to(_clock["now"])
    for step in steps:
        await _take(door, step, account, name, model)
        assert await Account.filter(platform=FAKE, user_id=account).count() == (
            model.state == "in"
        ), (step, model)
        assert await Visit.all().count() - before == model.runs, (step, model)
        assert await Newcomer.filter(user_id=account).count() <= 1
    rows = await Newcomer.filter(user_id=account, outcome__isnull=False)
    assert all(row.key_id is None and row.message is None and row.name is None for row in rows)
    asks = await OutboxEntry.filter(notice="NewcomerAsks").values_list("key", flat=True)
    assert len(set(asks)) == len(asks)


async def _take(door: Door, step: str, account: str, name: str, model: Model) -> None:
    row = await Newcomer.get_or_none(user_id=account)
    number = row.id if row else 999_999
    yes, no = f"/名册 绑定 N{number} 新人", f"/名册 拒绝 N{number}"
    if step in ("wait", "half"):
        _clock["now"] += timedelta(hours=25 if step == "wait" else 13)
        await door.school.move_to(_clock["now"])
    now = _clock["now"]
    model.elapsed(now)
    if step == "knock":
        await door.say(account, "/走访 教师 李梅 谈了谈", GROUP)
        model.knock(now)
    elif step == "name":
        await door.say(account, f"我叫{name}")
        model.name(now)
    elif step in ("yes", "both"):
        askers = ("唐果", "方正") if step == "both" else ("唐果",)
        replies = await asyncio.gather(*(door.school.one(one, yes) for one in askers))
        let_in = [one for one in replies if one["notice"] == "NewcomerLetIn"]
        assert len(let_in) == (model.state == "waiting"), replies
        model.yes()
    elif step == "yes and no":
        replies = await asyncio.gather(door.school.one("唐果", yes), door.school.one("方正", no))
        won = [one["notice"] for one in replies if one["outcome"] == "ok"]
        assert len(won) == (model.state == "waiting"), replies
        if won == ["NewcomerLetIn"]:
            model.yes()
        elif won:
            model.no(now)
    elif step == "no":
        await door.school.one("方正", no)
        model.no(now)
    elif step == "sweep":
        await expire_newcomers()
