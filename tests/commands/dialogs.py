"""What the dialogs share: who speaks where, how a reply is looked at, what others are told."""

from __future__ import annotations

from typing import Any

from tortoise.transactions import in_transaction

from chat.wording import compose
from domain.actions.approvals import Request, ask
from domain.actions.moving import held
from domain.actions.outbox import lease_due
from domain.actions.problems import ProblemMade, WordsHeard, list_problem, write_words
from domain.chaining import chained
from domain.models import OutboxEntry, Problem, Unit
from domain.notices.base import notice_from
from domain.queries.seen import seen_by
from domain.records import today
from domain.rules.approvals import Kind
from tests.fixtures.house import School
from tests.fixtures.passing import pass_to, who_was_told

DIRECT, GROUP = "direct", "grade-7"
# The class teachers of 七(3)班, 七(5)班 and 八(1)班.
LIN, LI, GAO = "林晓", "李梅", "高远"
# A line leader (学生管理处, 八年级), the head, a liaison, the office, the admin.
CHENG, HEAD, XU, OFFICE, ADMIN = "程龙", "邵毓君", "许宁", "唐果", "方正"
# The line leader for whom that liaison arranges (总务处, 七年级).
CAI = "蔡平"

Reply = dict[str, Any]


async def dialog(school: School, who: str, *texts: str, chat: str = DIRECT) -> Reply:
    """Say these in turn; the first reply to the last."""
    replies = [await school.one(who, text, chat) for text in texts]
    return replies[-1]


def kinds(replies: list[Reply]) -> list[tuple[str, str]]:
    """Which notices, and where each is told."""
    return [(reply["notice"], reply["chat"]) for reply in replies]


def shown(reply: Reply, *names: str) -> tuple[Any, ...]:
    """Some of the facts."""
    return tuple(reply["facts"][name] for name in names)


def labels(reply: Reply) -> list[str]:
    """What can be picked."""
    return [choice["label"] for choice in reply["choices"]]


async def recorded(school: School, who: str, *texts: str) -> tuple[Any, ...]:
    """Class, child and text of the visit that these come to."""
    reply = await dialog(school, who, *texts)
    assert reply["notice"] == "VisitRecorded", reply["text"]
    return shown(reply, "class_", "student", "text")


async def planned(school: School, who: str, text: str) -> tuple[Any, ...]:
    """For whom, when, what and where it is arranged."""
    reply = await school.one(who, text)
    assert reply["notice"] == "ArrangementMade", reply["text"]
    facts = reply["facts"]["arranged"]
    return tuple(facts[name] for name in ("leader", "day", "matter", "unit", "student"))


async def told_to(school: School, who: str, notice: str, language: str = "zh-CN") -> str:
    """What the last such notice says to the one it goes to."""
    entry = await OutboxEntry.filter(notice=notice).order_by("-id").first()
    assert entry is not None
    assert entry.person_id == school.people[who]
    view = await seen_by(
        notice_from(entry.notice, entry.facts), entry.person_id, occasion=entry.key
    )
    message = compose(view, language)
    return "\n".join((message.title, *message.lines))


async def reminded(school: School, until: str = "2018-09-05T08:00") -> list[tuple[str, str]]:
    """When, up to then, who was reminded of a visit or a talk that is arranged."""
    await pass_to(until)
    names = {number: name for name, number in school.people.items()}
    return [(when, names[person]) for when, person in await who_was_told("ArrangedToday")]


async def news_to(school: School, who: str, language: str = "zh-CN") -> str:
    """What that person heard last of a problem's moves."""
    heard = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[who])
    entry = await heard.order_by("-id").first()
    assert entry is not None, f"{who} heard nothing"
    news = notice_from(entry.notice, entry.facts)
    message = compose(await seen_by(news, school.people[who], occasion=entry.key), language)
    return "\n".join((message.title, *message.lines))


async def listed(school: School, by: str, words: str, **more: Any) -> int:
    """The number of a problem that was listed for these words; `more` sets its columns."""
    async with in_transaction(), chained():
        day = await today()
        heard = WordsHeard(school.people[by], day, words, source="phone", speaker="parent")
        unit = more.pop("unit_id", None) or (await Unit.get(grade=7)).id
        made = ProblemMade(heard.by, day, heard.source, heard.speaker, unit=unit)
        problem = await list_problem(made, await write_words(heard))
        await Problem.filter(id=problem.id).update(**more)
    return problem.id


async def open_approval(
    school: School,
    number: int,
    kind: Kind,
    *,
    by: str,
    of: str,
    why: str | None = None,
    **details: Any,
) -> int:
    """Ask somebody to agree to something about a problem; the number of what is asked."""
    async with in_transaction(), chained():
        request = Request(kind, school.people[by], school.people[of], why, details)
        return (await ask(await held(number), request)).approval


async def due() -> list[str]:
    """The notices that go out now."""
    entries = await OutboxEntry.filter(id__in=await lease_due()).order_by("id")
    return [one.notice for one in entries]
