"""What we say reaches DingTalk by the cheapest way that is open, and each of its noes is understood."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp.resolver import ThreadedResolver

from chat.dingtalk import client as client_file
from chat.dingtalk.client import DingtalkClient, open_client
from chat.errors import NotDelivered
from tests.fixtures.dingtalk import (
    DIRECT_PATH,
    GROUP_PATH,
    REACHED,
    REPLY_PATH,
    ROBOT,
    TOKEN_PATH,
    Gateway,
    close,
    failing,
    page,
    redirect,
    well,
)

PAYLOAD = {"msgtype": "markdown", "markdown": {"title": "✅ 好", "text": "✅ 好  \n  二"}}
DIRECT, GROUP = "direct:manager01", "cid6EU=="


@pytest.fixture
async def client(gateway: Gateway) -> AsyncIterator[DingtalkClient]:
    async with open_client(gateway.values) as opened:
        yield opened


async def refused(
    client: DingtalkClient, to: str = DIRECT, reply_to: str | None = None
) -> NotDelivered:
    with pytest.raises(NotDelivered) as raised:
        await client.send(to, PAYLOAD, reply_to)
    return raised.value


# --- the ways -----------------------------------------------------------------------------


async def test_one_to_one_by_the_api(gateway: Gateway, client: DingtalkClient) -> None:
    await client.send(DIRECT, PAYLOAD)
    (sent,) = gateway.sent
    assert sent.path == DIRECT_PATH
    assert sent.token == "token1"
    assert sent.body["robotCode"] == ROBOT
    assert sent.body["userIds"] == ["manager01"]
    assert sent.body["msgKey"] == "sampleMarkdown"
    assert sent.text == "✅ 好  \n  二"


async def test_a_group_by_the_api(gateway: Gateway, client: DingtalkClient) -> None:
    await client.send(GROUP, PAYLOAD)
    (sent,) = gateway.at(GROUP_PATH)
    assert sent.body["openConversationId"] == GROUP
    assert "userIds" not in sent.body


async def test_the_reply_address_costs_no_token(gateway: Gateway, client: DingtalkClient) -> None:
    await client.send(GROUP, PAYLOAD, gateway.reply_url("abc"))
    (sent,) = gateway.sent
    assert (sent.path, sent.session, sent.body) == (REPLY_PATH, "abc", PAYLOAD)
    assert gateway.tokens == 0


@pytest.mark.parametrize("code", [300001, "300001"])
async def test_an_address_that_ended_early_falls_back_once(
    gateway: Gateway, client: DingtalkClient, code: Any
) -> None:
    gateway.answers(REPLY_PATH, well({"errcode": code, "errmsg": "session 不存在"}))
    await client.send(GROUP, PAYLOAD, gateway.reply_url())
    assert [one.path for one in gateway.sent] == [REPLY_PATH, GROUP_PATH]


async def test_another_host_is_never_called(gateway: Gateway, client: DingtalkClient) -> None:
    await client.send(DIRECT, PAYLOAD, "https://evil.example/robot/sendBySession?session=x")
    assert [one.path for one in gateway.sent] == [DIRECT_PATH]


async def test_nobody_is_mentioned(gateway: Gateway, client: DingtalkClient) -> None:
    await client.send(GROUP, PAYLOAD, gateway.reply_url())
    assert "at" not in gateway.sent[0].body


# --- the token ----------------------------------------------------------------------------


async def test_one_token_for_all_who_send_at_once(gateway: Gateway, client: DingtalkClient) -> None:
    await asyncio.gather(*(client.send(f"direct:u{n}", PAYLOAD) for n in range(20)))
    assert gateway.tokens == 1
    assert len(gateway.sent) == 20


@pytest.mark.parametrize(
    "no",
    [
        failing("InvalidAuthentication", 401),
        failing("Forbidden", 401),
        well({"errcode": 40014, "errmsg": "x"}),
        well({"errcode": "42001", "errmsg": "x"}),
        well({"errcode": 88, "sub_code": "40014"}),
    ],
)
async def test_a_token_that_ended_is_renewed_once(
    gateway: Gateway, client: DingtalkClient, no: Any
) -> None:
    gateway.answers(DIRECT_PATH, no)
    await client.send(DIRECT, PAYLOAD)
    assert gateway.tokens == 2
    assert [one.token for one in gateway.sent] == ["token1", "token2"]


async def test_twenty_whose_token_ended_renew_it_together(
    gateway: Gateway, client: DingtalkClient
) -> None:
    gateway.answers(DIRECT_PATH, *[failing("InvalidAuthentication", 401)] * 20)
    await asyncio.gather(*(client.send(f"direct:u{n}", PAYLOAD) for n in range(20)))
    assert gateway.tokens == 2


async def test_a_token_that_is_never_good_is_given_up(
    gateway: Gateway, client: DingtalkClient
) -> None:
    gateway.answers(DIRECT_PATH, *[failing("InvalidAuthentication", 401)] * 5)
    assert not (await refused(client)).for_good
    assert len(gateway.sent) == 2


async def test_without_a_token_nothing_is_sent_and_no_secret_logged(
    gateway: Gateway, client: DingtalkClient, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.answers(TOKEN_PATH, failing("invalidClientIdOrSecret"))
    error = await refused(client)
    assert not error.for_good
    assert gateway.sent == []
    assert "this is a secret" not in caplog.text
    await client.send(DIRECT, PAYLOAD)


# --- its noes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "for_good", "retry_after"),
    [
        (failing("system.error", 500), False, None),
        (failing("x", 429, {"Retry-After": "17"}), False, 17.0),
        (failing("x", 503, {"Retry-After": "Fri, 01 Jan 2027 00:00:00 GMT"}), False, None),
        (page(status=503), False, None),
        (page(), False, 300.0),
        (page("", status=200), False, 300.0),
        (well({"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "u"}), False, 300.0),
        (failing("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403), False, 2.0),
        (failing("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 403), False, 60.0),
        (failing("Forbidden.AccessDenied.ApiCountLimitForOrg", 403), False, 21_600.0),
        (failing("Forbidden.AccessDenied.IpNotInWhiteList", 403), False, 3600.0),
        (failing("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403), False, 3600.0),
        (failing("bot.stopped"), False, 3600.0),
        (failing("send.too.fast"), False, 60.0),
        (failing("contain.notAllowed.text"), True, None),
        (failing("invalidParameter.msgParam.tooLong"), True, None),
        (failing("staffId.notExisted"), True, None),
        (failing("robot.oto.notExist"), True, None),
        (failing("chatbotId.notAllow.sendOTO"), True, None),
        (failing("something.new"), False, None),
        (well({"errcode": 90018}), False, 2.0),
        (well({"errcode": 90002}), False, 30.0),
        (well({"errcode": 90020}), False, 21_600.0),
        (well({"errcode": 20001}), False, 21_600.0),
        (well({"errcode": 410100}), False, 600.0),
        (well({"errcode": -1}), False, None),
        (well({"errcode": 15}), False, None),
        (well({"errcode": None}), False, None),
        (well({"errcode": 430102}), True, None),
        (well(REACHED | {"invalidStaffIdList": ["manager01"]}), True, None),
        (well(REACHED | {"flowControlledStaffIdList": ["manager01"]}), False, 60.0),
        (redirect("http://127.0.0.1:6379/"), False, 300.0),
        (well([1]), False, 300.0),
        (well({"x": "y" * 70_000}), False, 300.0),
        (close, False, None),
    ],
)  # fmt: skip
async def test_each_no_is_told_apart(
    gateway: Gateway, client: DingtalkClient, answer: Any, for_good: bool, retry_after: float | None
) -> None:
    gateway.answers(DIRECT_PATH, answer)
    error = await refused(client)
    assert (error.for_good, error.retry_after) == (for_good, retry_after)
    # Nothing is tried twice by itself, and the next goes through.
    assert len(gateway.sent) == 1
    await client.send(DIRECT, PAYLOAD)


async def test_success_may_be_spelled_in_text(gateway: Gateway, client: DingtalkClient) -> None:
    gateway.answers(REPLY_PATH, well({"errcode": "0", "errmsg": "ok"}))
    await client.send(GROUP, PAYLOAD, gateway.reply_url())


async def test_a_throttled_reply_is_not_sent_a_second_way(
    gateway: Gateway, client: DingtalkClient
) -> None:
    gateway.answers(REPLY_PATH, page())
    assert (await refused(client, GROUP, gateway.reply_url())).retry_after == 300
    assert len(gateway.sent) == 1


async def test_who_takes_it_and_says_nothing_is_left_alone(
    gateway: Gateway, client: DingtalkClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_file, "_TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    gateway.answers(DIRECT_PATH, gateway.hang)
    assert (await refused(client)).for_good is False


async def test_nobody_at_home_is_no_catastrophe(gateway: Gateway) -> None:
    values = gateway.values
    gone = type(values)(client_id="a", client_secret="b", api_url="http://127.0.0.1:9")
    async with open_client(gone) as client:
        error = await refused(client)
    assert not error.for_good


async def test_no_name_leads_into_the_school_s_network(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def home(*_: Any, **__: Any) -> list[dict[str, Any]]:
        port = int(gateway.url.rpartition(":")[2])
        return [
            {
                "hostname": "x",
                "host": "127.0.0.1",
                "port": port,
                "family": 2,
                "proto": 6,
                "flags": 4,
            }
        ]

    monkeypatch.setattr(ThreadedResolver, "resolve", home)
    port = gateway.url.rpartition(":")[2]
    rebound = type(gateway.values)(
        client_id="a", client_secret="b", api_url=f"http://api.example:{port}"
    )
    async with open_client(rebound) as client:
        await refused(client)
    assert gateway.tokens == 0


async def test_an_address_and_a_token_stay_out_of_the_log(
    gateway: Gateway, client: DingtalkClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.answers(REPLY_PATH, close)
    await refused(client, GROUP, gateway.reply_url("CANARY"))
    gateway.answers(DIRECT_PATH, well({"errcode": 90020}))
    await refused(client)
    assert "CANARY" not in caplog.text
    assert "token1" not in caplog.text
