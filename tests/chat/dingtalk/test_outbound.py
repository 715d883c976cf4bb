"""A message in DingTalk's shapes: short enough, tapped one-to-one, and nothing typed at work."""

from __future__ import annotations

import json
from urllib.parse import unquote

from chat.dingtalk.outbound import BETWEEN, EMPTY, ROOM, for_api, in_one, payload
from chat.message import Choice, Message
from chat.wording import compose
from tests.chat.samples import CHOICES, VISITS

ASKED = Message("❓ 哪一位？", ("回 1 或 2。",), (Choice("七(2)班", "1"), Choice("电话", "电话")))


def said(message: Message) -> dict[str, str]:
    shaped = payload(VISITS[0], message, "chat")
    assert shaped["msgtype"] == "markdown"
    assert "at" not in shaped
    content: dict[str, str] = shaped["markdown"]
    return content


def test_the_title_tells_the_outcome_and_stands_in_the_text() -> None:
    content = said(compose(VISITS[0], "zh-CN"))
    assert content["title"].startswith("✅ V12 已记录")
    assert content["text"].split(BETWEEN)[0] == compose(VISITS[0], "zh-CN").title
    assert len(said(Message("好" * 500))["title"]) == 60


def test_one_to_one_a_choice_is_said_by_one_tap() -> None:
    *_, first, second = said(ASKED)["text"].split(BETWEEN)
    assert first == "[1 七(2)班](dtmd://dingtalkclient/sendMessage?content=1)"
    label, _, address = second.partition("](dtmd://dingtalkclient/sendMessage?content=")
    assert label == "[电话"
    assert unquote(address.removesuffix(")")) == "电话"


def test_in_a_group_a_choice_is_a_number() -> None:
    group = Message(ASKED.title, ASKED.lines, ASKED.choices, private=False)
    assert said(group)["text"].split(BETWEEN)[-2:] == ["1 七(2)班", "电话"]
    assert "dtmd" not in said(group)["text"]


def test_several_answers_go_in_one_as_far_as_they_fit() -> None:
    small, large = (
        payload(CHOICES[0], ASKED, ""),
        payload(CHOICES[0], Message("x", ("y" * 400,) * 8), ""),
    )
    both, taken = in_one([small, small])
    assert taken == 2
    assert both["markdown"]["text"] == "\n\n".join([small["markdown"]["text"]] * 2)
    assert in_one([large, large, small]) == (large, 1)
    assert in_one([]) == (dict(EMPTY), 0)


def test_the_api_takes_the_same_as_text() -> None:
    shaped = payload(CHOICES[0], ASKED, "")
    sent = for_api(shaped)
    assert sent["msgKey"] == "sampleMarkdown"
    assert json.loads(sent["msgParam"]) == shaped["markdown"]
    largest = payload(CHOICES[0], Message("“" * 60, ('"话' * 250,) * 40), "")
    assert ROOM.holds(largest["markdown"]["text"])
    assert len(for_api(largest)["msgParam"].encode()) <= 15_000
