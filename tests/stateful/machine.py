"""By chance: who says what and when, what dies and what is refused; then every promise is looked at."""

from __future__ import annotations

from collections.abc import Coroutine
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from tortoise.connection import get_connection

from chat.console.names import DIRECT
from chat.dingtalk.names import direct_chat
from domain.models import Approval, OutboxEntry, Problem
from domain.notices.base import notice_from
from domain.notices.bundles import parts_of
from domain.notices.rungs import RungFired
from tests.fixtures.dingtalk_door import account
from tests.stateful import words
from tests.stateful.ground import living
from tests.stateful.life import LATER, Ground, Life, Said, beside
from tests.stateful.promises import PROMISES, WHENEVER_TOLD

CHATS = st.sampled_from((DIRECT, DIRECT, DIRECT, "grade-7"))
PEOPLE = st.sampled_from(words.PEOPLE)
LEADERS = st.sampled_from(words.LEADERS)
# Mostly somebody who may.
UP = st.sampled_from((words.HEAD, words.HEAD, *words.LEADERS))
WAITS = st.integers(0, 90)
# Mostly hours and days.
SPANS = st.sampled_from(
    [
        *(timedelta(0), timedelta(minutes=1), timedelta(minutes=121), timedelta(hours=5)),
        *(timedelta(hours=13), timedelta(days=1), timedelta(days=2), timedelta(days=4)),
        *(timedelta(days=9), timedelta(days=20)),
    ]
)
# A reminder is among the next so many things to come, as a rule.
_SOON = 12


class School(RuleBasedStateMachine):
    """One life; `ground` is what it begins with."""

    ground: ClassVar[Ground]
    _lives: ClassVar = count()
    problems: Bundle[int] = Bundle("problems")

    def __init__(self) -> None:
        super().__init__()
        self.life: Life = self.ground.life(next(self._lives))
        self._open = ExitStack()
        self._runner = self._open.enter_context(living(self.life))
        self.life.watch = self._told

    def teardown(self) -> None:
        self._open.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(work)

    # --- what is promised ---------------------------------------------------------------------

    @invariant()
    def every_promise_holds(self) -> None:
        self._run(self._looked(PROMISES.values()))

    async def _told(self) -> None:
        await self._looked(WHENEVER_TOLD)

    async def _looked(self, promises: Any) -> None:
        for promise in promises:
            await promise(self.life)

    # --- people -------------------------------------------------------------------------------

    def _say(self, who: str, text: str, chat: str = DIRECT) -> Said:
        said: Said = self._run(self.life.say(who, text, chat))
        return said

    def _new(self, who: str, text: str) -> str:
        word = words.word(len(self.life.words))
        self.life.words[word] = who
        return text.format(w=word)

    def _numbers(self, said: Said) -> Any:
        facts = [reply["facts"].get("problem") for reply in said.replies]
        return multiple(*{number for number in facts if isinstance(number, int)})

    @initialize(target=problems, text=st.sampled_from(words.PROBLEMS[:3]))
    def the_first_problem(self, text: str) -> Any:
        return self._numbers(self._say("林晓", self._new("林晓", text)))

    @initialize(target=problems, who=st.sampled_from(words.TEACHERS), chat=CHATS)
    def the_first_visit(self, who: str, chat: str) -> Any:
        return self._numbers(self._say(who, self._new(who, words.VISITS[0]), chat))

    @rule(target=problems, who=PEOPLE, text=st.sampled_from(words.VISITS), chat=CHATS)
    def report_a_visit(self, who: str, text: str, chat: str) -> Any:
        return self._numbers(self._say(who, self._new(who, text), chat))

    @rule(target=problems, who=PEOPLE, text=st.sampled_from(words.PROBLEMS), chat=CHATS)
    def raise_a_problem(self, who: str, text: str, chat: str) -> Any:
        return self._numbers(self._say(who, self._new(who, text), chat))

    @rule(number=problems, who=PEOPLE, category=st.sampled_from(("后勤", "教育教学", "德育")))
    def classify(self, number: int, who: str, category: str) -> None:
        self._say(who, f"/分类 {number} {category}")

    @rule(number=problems, who=LEADERS)
    def claim(self, number: int, who: str) -> None:
        self._say(who, f"/认领 {number}")

    @rule(number=problems, one=LEADERS, other=LEADERS)
    def two_claim_at_once(self, number: int, one: str, other: str) -> None:
        text = f"/认领 {number}"
        both = self._run(beside(self.life.say(one, text), self.life.say(other, text)))
        took = [said for said in both if said.replies[0]["outcome"] == "ok"]
        assert len(took) <= 1, f"both took #{number}"

    @rule(number=problems, other=problems, move=st.sampled_from(words.IN_HAND))
    def work_on_it(self, number: int, other: int, move: tuple[str, str]) -> None:
        who, text = move
        self._say(self._run(self._meant(who, number)), text.format(n=number, m=other))

    @rule(number=problems, who=PEOPLE)
    def look_at_it(self, number: int, who: str) -> None:
        self._say(who, f"/问题 {number}")

    @rule(number=problems)
    def solve(self, number: int) -> None:
        self._say(self._run(self._meant(words.RESPONSIBLE, number)), f"/办结 {number} 换了新的")

    @rule(number=problems, how=st.sampled_from(words.TOLD))
    def call_back(self, number: int, how: str) -> None:
        number = self._run(self._one_in(number, "solved"))
        self._say(self._run(self._meant(words.TELLER, number)), f"/回访 {number} {how}")

    @rule(one=problems, other=problems, who=UP)
    def merge(self, one: int, other: int, who: str) -> None:
        self._merge(one, other, who)

    def _merge(self, one: int, other: int, who: str) -> None:
        if one == other:
            other = self._run(self._one_in(other, "listed", "claimed", "assigned", but=one))
        self._say(who, f"/合并 {one} {other}")

    @rule(one=problems, other=problems, who=UP)
    def take_apart(self, one: int, other: int, who: str) -> None:
        """What is merged; if nothing is, these two."""
        if not (merged := self._run(self._one_in(0, "merged"))):
            self._merge(one, other, who)
        self._say(who, f"/拆分 {merged or one}")

    async def _one_in(self, number: int, *states: str, but: int | None = None) -> int:
        """The first that is in one of those states and isn't `but`; that number if there is none."""
        rows = await Problem.filter(state__in=states).order_by("id")
        return next((row.id for row in rows if row.id != but), number)

    @rule(who=PEOPLE)
    def undo(self, who: str) -> None:
        self._say(who, "/撤销")

    @precondition(lambda self: self.life.said)
    @rule()
    def undo_the_last(self) -> None:
        self._say(next(reversed(self.life.said.values())).who, "/撤销")

    @precondition(lambda self: self.life.visits)
    @rule(data=st.data(), text=st.sampled_from(("电话", "日期：昨天", "作废 记错了")))
    def fix_a_visit(self, data: st.DataObject, text: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.life.visits)))
        self._say("许宁", f"/更正 V{number} {text}")

    @rule(text=st.sampled_from(words.ROSTER))
    def change_the_roster(self, text: str) -> None:
        self._say("方正", text)

    @rule(who=PEOPLE, text=st.sampled_from(("1", "2", "取消", "/待访", "/进度", "/我的", "/周报")))
    def answer_or_look(self, who: str, text: str) -> None:
        self._say(who, text)

    async def _meant(self, who: str, number: int) -> str:
        """The one who answers for it, who is asked, or whose it is to tell, by now."""
        problem = await Problem.get(id=number)
        asked = await Approval.filter(decided_at__isnull=True).order_by("problem_id", "id").first()
        person = {
            words.RESPONSIBLE: problem.responsible_id,
            words.ASKED: asked and asked.asked_of_id,
            words.TELLER: problem.recorded_by_id,
        }.get(who, self.life.people.get(who))
        names = {one: name for name, one in self.life.people.items()}
        return names.get(person or 0, "程龙")

    # --- messages that come twice, late, or in another order ------------------------------------

    @precondition(lambda self: self.life.said)
    @rule(data=st.data())
    def it_comes_again(self, data: st.DataObject) -> None:
        keys = [key for key, said in self.life.said.items() if said.replies]
        self._run(self._again(self.life.said[data.draw(st.sampled_from(keys))]))

    async def _again(self, first: Said) -> None:
        before = await _rows()
        again = await self.life.say(first.who, first.text, first.chat, first.key)
        assert again.entries == first.entries, "a repeat has other answers"
        shown = [[one["notice"] for one in said.replies] for said in (first, again)]
        assert shown[0] == shown[1], f"a repeat is answered {shown[1]}, and was {shown[0]}"
        assert await _rows() == before, "a repeat had an effect"

    @rule(who=LEADERS, recorder=PEOPLE)
    def the_claim_comes_before_its_problem(self, who: str, recorder: str) -> None:
        number = self._run(self._count())
        self._say(who, f"/认领 {number + 1}")
        self._say(recorder, self._new(recorder, words.PROBLEMS[0]))

    async def _count(self) -> int:
        return await Problem.all().count()

    # --- time, workers and death ----------------------------------------------------------------

    @rule()
    def a_worker_works(self) -> None:
        self._run(self.life.work())

    @rule(span=SPANS)
    def two_workers_work(self, span: timedelta) -> None:
        self.life.clock.now += span
        self._run(beside(self.life.work(), self.life.work()))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        self._run(self.life.pass_to(self.life.clock.now + span))

    @rule(span=SPANS)
    def nobody_works_for_a_while(self, span: timedelta) -> None:
        self.life.clock.now += span
        self._run(self.life.work())

    @rule(number=problems, who=LEADERS, text=st.sampled_from(("/认领 {n}", "/办结 {n} 好了")))
    def spoken_while_a_worker_works(self, number: int, who: str, text: str) -> None:
        self._run(self._to_next())
        self._run(beside(self.life.say(who, text.format(n=number)), self.life.work()))

    async def _to_next(self) -> None:
        await self.life.work()
        coming = await self.life.next_due()
        assert coming is not None, "nothing is to come"
        self.life.clock.now = max(coming, self.life.clock.now)

    @rule(waits=WAITS)
    def a_worker_dies(self, waits: int) -> None:
        self._run(self._to_next())
        self._run(self.life.dies_at(self.life.work(), waits))
        self.life.clock.now += LATER
        self._run(self.life.work())

    @rule(
        target=problems,
        who=PEOPLE,
        text=st.sampled_from((*words.VISITS, *words.PROBLEMS)),
        waits=WAITS,
        first=st.booleans(),
    )
    def it_dies_hearing_news(self, who: str, text: str, waits: int, first: bool) -> Any:
        return self._numbers(self._dies_hearing(who, self._new(who, text), waits, first))

    @rule(number=problems, who=LEADERS, waits=WAITS, first=st.booleans())
    def it_dies_hearing_a_claim(self, number: int, who: str, waits: int, first: bool) -> None:
        self._dies_hearing(who, f"/认领 {number}", waits, first)

    def _dies_hearing(self, who: str, text: str, waits: int, first: bool) -> Said:
        """Whoever spoke says it again; `first` the next process looks at what is due."""
        key = f"m{len(self.life.said)}"
        self._run(self.life.dies_at(self.life.say(who, text, key=key), waits))
        if first:
            self.life.clock.now += LATER
            self._run(self.life.work())
        said: Said = self._run(self.life.say(who, text, key=key))
        return said

    # --- the platform ---------------------------------------------------------------------------

    @rule(mood=st.sampled_from(("refuses", "silent")), span=SPANS.filter(bool))
    def the_platform_fails(self, mood: Any, span: timedelta) -> None:
        self.life.post.mood = mood
        until = self.life.clock.now + min(span, timedelta(hours=13))
        # What isn't taken is tried again and again: not each try is a step of its own.
        self._run(self.life.pass_to(until, timedelta(minutes=40)))
        self.life.post.mood = "well"

    @rule(other=problems, merged=st.booleans())
    def it_ends_while_its_reminder_waits(self, other: int, merged: bool) -> None:
        self.life.post.mood = "refuses"
        number = self._run(self._reminded())
        if number is not None and merged:
            self._merge(number, other, words.HEAD)
        elif number is not None:
            self._say(self._run(self._meant(words.TELLER, number)), f"/撤回 {number} 记错了")
        self.life.post.mood = "well"
        self.life.clock.now += LATER
        self._run(self.life.work())

    async def _reminded(self) -> int | None:
        """The problem of a reminder that wasn't taken, after a while."""
        for _ in range(_SOON):
            await self._to_next()
            for row in await OutboxEntry.filter(done_at__isnull=True):
                for part in parts_of(notice_from(row.notice, row.facts)):
                    if isinstance(part, RungFired):
                        return part.problem
        return None

    @rule(who=LEADERS)
    def an_account_is_gone(self, who: str) -> None:
        self.life.post.gone ^= {direct_chat(account(who))}

    # --- the end --------------------------------------------------------------------------------

    @rule()
    def all_is_told_when_all_is_well(self) -> None:
        self.life.post.mood = "well"
        self._run(self._calm())

    async def _calm(self) -> None:
        await self.life.pass_to(self.life.clock.now + timedelta(hours=2))
        waits = OutboxEntry.filter(done_at__isnull=True, available_at__lte=self.life.clock.now)
        left = [(one.notice, one.person_id, one.chat) for one in await waits]
        assert not left, f"still to be told: {left}"


async def _rows() -> dict[str, int]:
    """How much there is of what a message can make."""
    tables = ("heard", "outbox", "delivery", "problem", "problem_event", "visit", "voice", "timer")
    counts = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in tables)  # noqa: S608  our own names
    (row,) = await get_connection("default").execute_query_dict(f"SELECT {counts}")
    return dict(row)
