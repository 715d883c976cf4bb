"""Writes docs/messages.md, what a month costs in messages, from the rules that send them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chat.words import words
from domain.rules.month_load import Line, SchoolSize, month_load
from domain.rules.plan import read_plan
from settings import Settings

PAGE = Path(__file__).parent.parent / "docs" / "messages.md"
ZH, EN = words("zh-CN"), words("en")
# The plan's second month: it has the make-up days of a holiday.
YEAR, MONTH = 2018, 9
SIZE = SchoolSize()
QUOTAS = {"api": Settings.dingtalk_api_quota, "messages": Settings.dingtalk_message_quota}
DUTIES = {
    "visit": (
        "老师记走访（答复在回应里，不另算）",
        "visits that teachers type; answered in the response",
    ),
    "typed": ("关于问题的命令", "commands about problems"),
    "prompt": ("有人做了事，马上告诉另一人", "what somebody did, told to another at once"),
    "morning": ("领导、联络人的早间合并提醒", "the morning's message to leaders and liaisons"),
    "morning.teachers": (
        "有事的老师的合并提醒（每周两次）",
        "that of teachers with something due, twice a week",
    ),
    "digest": ("周报", "the weekly digest"),
    "preflight": ("每周一名册预检（管理员）", "Monday's preflight to the admins"),
    "receipt": ("晚间回执（默认关）", "the evening receipt, off unless it is set"),
}
HEAD = f"""\
# 一个月要发多少消息 · What a month costs in messages

Made by `python -m tests.reference` from the calendar and the rules of `domain/rules`; a test sees to
it that this page is up to date.

钉钉标准版每月给全校所有应用 {QUOTAS["api"]} 次接口调用、{QUOTAS["messages"]} 条 Webhook 与 Stream 消息（收发都算）。
DingTalk's standard edition gives all apps of a school {QUOTAS["api"]} calls and {QUOTAS["messages"]} webhook and stream
messages a month, in and out.

下面是一所假想学校的 {YEAR} 年 {MONTH} 月：{SIZE.leaders} 位领导和联络人，{SIZE.busy_teachers} 位手上有事的老师，{SIZE.visits} 次走访，{SIZE.problems} 个问题。
次数按日历和规则算出（调休的周末也算工作日）；每次都当作有话要说、一人一条来算，所以是上限：没有事就不发，
同样的话一次调用最多告诉 20 人。
An invented school in that month. The times follow from calendar and rules, make-up workdays
included. Each is counted as if there were something to say to each one alone, so it is the most:
nothing is sent where nothing is due, and one call tells up to 20 people the same.

"""


def messages_page() -> str:
    """The whole page."""
    lines = month_load(read_plan(None), YEAR, MONTH, SIZE)
    return HEAD + "\n".join(_table(lines)) + "\n"


def _table(lines: list[Line]) -> Iterator[str]:
    for quota, limit in QUOTAS.items():
        mine = [line for line in lines if line.quota == quota]
        used = sum(line.messages for line in mine if line.duty != "receipt")
        yield f"## {'接口调用 · Calls' if quota == 'api' else '消息 · Messages'}"
        yield ""
        yield "| duty | | people | times | messages |"
        yield "| --- | --- | ---: | ---: | ---: |"
        for line in mine:
            zh, en = DUTIES[line.duty]
            yield f"| {zh} | {en} | {line.people} | {line.times} | {line.messages} |"
        yield f"| **合计（不含晚间回执）** | **together, without the evening receipt** | | | **{used}** of {limit}, {used / limit:.0%} |"
        yield ""
    yield "用到 80 % 时，只作告知的消息并入早间提醒；用完时除红色提醒外都等到下月，什么也不丢，管理员会收到邮件。"
    yield "At 80 % what only tells is folded into mornings; when it is spent all but red flags waits,"
    yield "nothing is lost, and the admins hear by mail."
