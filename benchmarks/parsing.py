"""How many commands a second are read, and read and brought before the command's own function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from statistics import median
from time import process_time

from benchmarks.figures import Figure, Report
from commands.dialog import Dialog, Spoken
from commands.drafts import Reread, Waiting
from commands.parsing.messages import read_message
from commands.table import lexicon
from commands.turn import Told, Turn
from domain.queries.people import Asker
from domain.rules.policy import Held, Standing

# As people type: mostly visits, long and short, in both languages, and the rest now and then.
MESSAGES = (
    "/家访 七3 王小明 奶奶照顾，内向 诉求：希望有晚托",
    "/visit 7-3 no. 4 at home, yesterday, looked after by grandmother",
    "/家访 七3 8号 婉拒 家里在装修，过了国庆再约",
    "家访 12号 电话 性格：开朗 学情：数学跟不上 诉求：想多听听选科的事",
    "/走访 教师 李梅 带两个班，有点累 诉求：希望少开会",
    "/家访 高一2 陈晨 昨天 同行：许宁、程龙 情况：父母在外地 心态：平稳 诉求：换换菜",
    "/待访",
    "/coverage Grade 7",
    "/名册 七年级",
    "/help visit",
)
GOAL = "≥ 10,000 /s"


async def measured(seconds: float, rounds: int) -> Report:
    """Both, in turns; each round takes so many seconds."""
    parsed, dispatched = [], []
    for _ in range(rounds):
        parsed.append(await _rate(_parse, seconds))
        dispatched.append(await _rate(_dispatch, seconds))
    about = (
        f"{len(MESSAGES)} messages as people type them, no database, a second of one core.",
        "Dispatched: read, doubts looked at, the policy asked, the turn made, and no further:",
        "what a command itself does is records. The look for a waiting question is left out.",
    )
    return Report(
        "Commands",
        about,
        (
            Figure("parsed", median(parsed), "/s", rounds=tuple(parsed)),
            Figure(
                "parsed and dispatched",
                median(dispatched),
                "/s",
                GOAL,
                tuple(dispatched),
                "commands",
            ),
        ),
    )


async def _rate(step: Callable[[], Awaitable[None]], seconds: float) -> float:
    await step()
    # Nothing here waits for anything: what others take of the machine isn't ours.
    done, began = 0, process_time()
    while (took := process_time() - began) < seconds:
        await step()
        done += len(MESSAGES)
    return done / took


async def _parse() -> None:
    for text in MESSAGES:
        read_message(text, addressed=True, lexicon=lexicon())


class _Before(Dialog):
    """A dialog that stops where the command's own function would be called."""

    async def told_by(self, turn: Turn) -> list[Told]:
        del turn
        return []


_ASKER = Asker(
    person=1,
    name="教师",
    language=None,
    standing=Standing(1, (Held("teacher", None, 7, 3),)),
    classes=(3,),
    today=date(2018, 9, 3),
)


async def _dispatch() -> None:
    for text in MESSAGES:
        await dispatched(text)


async def dispatched(text: str) -> None:
    """Read it, and bring it before its command's own function."""
    said = read_message(text, addressed=True, lexicon=lexicon())
    dialog = _Before(Spoken(text, group=False, addressed=True), _ASKER, Waiting())
    await dialog.commands(said, Reread(text, in_group=False))
