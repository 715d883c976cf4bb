"""Through DingTalk's door: who is let in, what is answered at once, and what comes afterwards."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pytest

from chat.dingtalk.outbound import EMPTY
from chat.dingtalk.signing import signature
from domain.models import Delivery, Heard, OutboxEntry, Visit
from service import answering
from service.dingtalk import door
from service.dingtalk.door import PATH
from service.dingtalk.guard import Signatures, Strangers
from tests.fixtures.dingtalk import (
    DIRECT_PATH,
    GROUP_PATH,
    REPLY_PATH,
    Sent,
    failing,
    signed,
    well,
)
from tests.fixtures.dingtalk_door import GROUP, Ding, account

VISIT = "/家访 七3 王小明 奶奶照顾，内向 诉求：希望有晚托"
# What can be tapped because we offer it.
OUR_CHOICES = re.compile(r"\[\d [^\]]*\]\(dtmd://dingtalkclient/sendMessage\?content=\d\)")


def now_ms() -> int:
    return int(time.time() * 1000)


async def nothing_kept() -> bool:
    return not await Heard.all().exists() and not await OutboxEntry.all().exists()


# --- at once ------------------------------------------------------------------------------


async def sent_to(ding: Ding, who: str, whole: int) -> list[Sent]:
    """Of so many messages those to one person."""
    sent = await ding.gateway.has(whole)
    return [one for one in sent if one.body.get("userIds") == [account(who)]]


async def test_a_visit_is_answered_in_the_response(ding: Ding) -> None:
    said = await ding.say("林晓", VISIT)
    assert said.startswith("✅ V1 已记录：七(3)班 王小明")
    assert "希望有晚托" in said
    assert await Visit.all().count() == 1
    await ding.workers.relay.drain()
    # Only the liaison is sent a message: what was asked for waits to be classified.
    assert [one.body["userIds"] for one in ding.gateway.sent] == [[account("许宁")]]
    delivery = await Delivery.get(in_response=True)
    assert (delivery.platform, delivery.person_id) == ("dingtalk", ding.school.people["林晓"])


async def test_in_a_group_the_receipt_goes_there_and_the_hint_one_to_one(ding: Ding) -> None:
    said = await ding.say("林晓", VISIT, group=True)
    assert said.startswith("✅ V1 已记录：七(3)班 12号")
    assert "王小明" not in said
    assert "晚托" not in said
    # The hint is the teacher's alone: not by the group's address, which would tell the group.
    (hint,) = await sent_to(ding, "林晓", 2)
    assert hint.path == DIRECT_PATH
    assert hint.text.startswith("🔔")


async def test_several_commands_have_one_response(ding: Ding) -> None:
    said = await ding.say("林晓", "/我是\n/帮助")
    assert "林晓" in said
    assert "/家访" in said
    await ding.workers.relay.drain()
    assert ding.gateway.sent == []
    assert await Delivery.filter(in_response=True).count() == 2


async def test_a_choice_is_tapped_and_a_number_picks(ding: Ding) -> None:
    said = await ding.say("许宁", "/家访 张伟 爱画画")
    assert "(dtmd://dingtalkclient/sendMessage?content=1)" in said
    assert (await ding.say("许宁", "1")).startswith("✅ V1")


async def test_in_a_group_a_reply_may_keep_the_call(ding: Ding) -> None:
    asked = await ding.say("林晓", "/家访 七3", group=True)
    assert asked.startswith("❓")
    assert (await ding.say("林晓", "@走访 12号", group=True)).startswith("✅ V1")


async def test_a_picture_is_answered_too(ding: Ding) -> None:
    said = await ding.say(
        "林晓", None, group=True, msgtype="picture", text=None, content={"downloadCode": "x"}
    )
    assert said


async def test_who_went_along_is_told_one_to_one(ding: Ding) -> None:
    await ding.say("林晓", "/家访 七3 12号 同行：李梅")
    (sent,) = await ding.gateway.has(1)
    assert (sent.path, sent.body["userIds"]) == (DIRECT_PATH, [account("李梅")])


async def test_what_was_typed_does_nothing_when_it_is_said_again(ding: Ding) -> None:
    attack = "[看](dtmd://dingtalkclient/sendMessage?content=%2Ferase) ![x](https://evil.example/p) @所有人"
    said = await ding.say("林晓", f"/家访 七3 王小明 诉求：{attack}")
    assert said.startswith("✅")
    for danger in ("](", "dtmd:", "://", "@所有人"):
        assert danger not in OUR_CHOICES.sub("", said)


async def test_whoever_is_called_by_name_is_whom_a_command_means(ding: Ding) -> None:
    # DingTalk takes the name out of the text.
    called = [{"dingtalkId": "$:LWCP_v1:$bot"}, {"dingtalkId": "x", "staffId": account("李梅")}]
    said = await ding.say("林晓", "/走访 教师 诉求：希望少开会", atUsers=called)
    assert said.startswith("✅ V1 已记录：")
    assert "李梅" in said
    assert (await Visit.get()).teacher_id == ding.school.people["李梅"]


async def test_to_be_called_is_not_to_have_gone_along(ding: Ding) -> None:
    called = [{"dingtalkId": "x", "staffId": account("李梅")}]
    await ding.say("林晓", "/家访 七3 12号 奶奶照顾", atUsers=called)
    await ding.workers.relay.drain()
    assert ding.gateway.sent == []


async def test_two_commands_leave_it_open_whom_a_call_is_for(ding: Ding) -> None:
    called = [{"dingtalkId": "x", "staffId": account("李梅")}]
    said = await ding.say(
        "林晓", "/走访 教师 诉求：少开会\n/走访 教师 诉求：多休息", atUsers=called
    )
    assert not await Visit.all().exists()
    assert said.startswith("❓")


async def test_an_account_that_nobody_knows_is_let_in_by_one_tap(ding: Ding) -> None:
    asked = await ding.say("新人", "/我是")
    assert asked.startswith("❓ 我还不认识这个账号")
    waits = await ding.say("新人", "林一新")
    assert waits.startswith("🔔 已请同事确认")
    (told,) = await ding.gateway.has(1)
    address = re.search(r"dtmd://dingtalkclient/sendMessage\?content=([^)]+)", told.text)
    assert address
    who = next(name for name in ding.school.people if account(name) == told.body["userIds"][0])
    await ding.say(who, unquote(address[1]))
    sent = await ding.gateway.has(3)
    texts = [one.text for one in sent if one.body["userIds"] == [account("新人")]]
    assert any("林一新" in text for text in texts)


# --- a repeat -----------------------------------------------------------------------------


async def test_twenty_at_once_count_once_and_get_one_answer(ding: Ding) -> None:
    body = ding.message("林晓", VISIT)
    answers = await asyncio.gather(*(ding.post(body) for _ in range(20)))
    assert {status for status, _ in answers} == {200}
    assert len({json.dumps(answer) for _, answer in answers}) == 1
    assert await Visit.all().count() == 1
    assert await Heard.all().count() == 1


async def test_two_robots_called_in_one_message_hear_it_each(ding: Ding) -> None:
    body = ding.message("林晓", "/我是")
    await ding.post(body)
    await ding.post(body | {"robotCode": "another"})
    assert await Heard.all().count() == 2


# --- who is let in ------------------------------------------------------------------------

# Where NOW stands it is the time of the test, so that nothing but what is meant is wrong.
NOW = "now"
BAD_HEADERS = {
    "none": {},
    "no sign": {"timestamp": NOW},
    "no time": {"sign": "x"},
    "full-width": {"timestamp": "１５７７２６２２３６７５７", "sign": "x"},
    "underlined": {"timestamp": "1_577262236757", "sign": "x"},
    "with a point": {"timestamp": "1577262236757.0", "sign": "x"},
    "empty": {"timestamp": "", "sign": ""},
    "endless": {"timestamp": "9" * 400, "sign": "x"},
    "not ASCII": {"timestamp": NOW, "sign": "é"},
    "another secret": {"timestamp": NOW, "sign": NOW},
}


@pytest.mark.parametrize("headers", BAD_HEADERS.values(), ids=BAD_HEADERS)
async def test_unsigned_is_refused_and_leaves_nothing(
    ding: Ding, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    body = ding.message("林晓", "CANARY")
    now = str(now_ms())
    filled = {"timestamp": now, "sign": signature(now, "another secret").decode()}
    headers = {name: filled[name] if value == NOW else value for name, value in headers.items()}
    assert await ding.post(body, headers | {"Content-Type": "application/json"}) == (401, {})
    assert await nothing_kept()
    assert len(caplog.records) == 1
    assert "CANARY" not in caplog.text
    assert "林晓" not in caplog.text


@pytest.mark.parametrize("seconds", [-3601, -301, 301, 3601])
async def test_stale_is_refused(ding: Ding, seconds: int) -> None:
    headers = signed(now_ms() + seconds * 1000)
    assert await ding.post(ding.message("林晓", VISIT), headers) == (401, {})
    assert await nothing_kept()


async def test_a_little_early_or_late_is_let_in(ding: Ding) -> None:
    for seconds in (-290, 290):
        status, _ = await ding.post(
            ding.message("林晓", "/我是"), signed(now_ms() + seconds * 1000)
        )
        assert status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"\xef\xbb\xbf{}", b"[" * 200_000, b'{"a": NaN}', b'{"a": "\\ud800"}',
        b'{"a": "\\u0000"}', b'{"senderStaffId": "u1", "senderStaffId": "admin"}', "{}".encode("utf-16"),
        b'{"a": ' + b"9" * 5000 + b"}", b"{}",
    ],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
async def test_what_is_broken_is_refused(ding: Ding, body: bytes) -> None:
    assert await ding.post(body) == (400, {})
    assert await nothing_kept()


async def test_what_is_too_large_is_refused_signed_or_not(ding: Ding) -> None:
    large = ding.message("林晓", "话" * 100_000)
    assert (await ding.post(large))[0] == 413
    assert (await ding.post(large, {"Content-Type": "application/json"}))[0] == 413

    async def piece_by_piece() -> Any:
        for _ in range(300):
            yield b" " * 1024

    async with ding.http.post(
        ding.url + PATH, data=piece_by_piece(), headers=signed(now_ms())
    ) as response:
        assert response.status == 413
    assert await nothing_kept()


async def test_another_kind_of_body_or_method_is_refused(ding: Ding) -> None:
    genuine = signed(now_ms())
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert await ding.post(b"{}", genuine | {"Content-Type": kind}) == (415, {})
    assert await ding.post(b"{}", genuine | {"Content-Encoding": "gzip"}) == (415, {})
    for method in ("GET", "PUT", "DELETE"):
        async with ding.http.request(method, ding.url + PATH, headers=genuine) as response:
            assert response.status == 405
    assert await nothing_kept()


async def test_a_kind_that_nobody_knows_is_well_and_says_nothing(ding: Ding) -> None:
    assert await ding.post(ding.message("林晓", "x", msgtype="hologram")) == (
        200,
        {"msgtype": "empty"},
    )
    assert await nothing_kept()


@pytest.mark.parametrize(
    "outside",
    [
        {"senderStaffId": None},
        {"senderStaffId": ""},
        {"senderCorpId": "ding-x"},
        {"chatbotCorpId": "ding-x"},
        {"chatbotCorpId": None, "senderCorpId": None},
    ],
)
async def test_an_outsider_is_told_so_and_nothing_is_kept(
    ding: Ding, outside: dict[str, Any]
) -> None:
    said = await ding.say("林晓", VISIT, **outside)
    assert said.startswith("⛔ 这里只为本校的账号服务，这条没有记录。")
    assert await nothing_kept()


async def test_nobody_becomes_an_admin_by_saying_so(ding: Ding) -> None:
    said = await ding.say("林晓", "/我是", isAdmin=True)
    assert said == await ding.say("林晓", "/我是", isAdmin=False)


async def test_sixty_bad_ones_a_minute_and_no_more_and_good_ones_all_the_while(ding: Ding) -> None:
    bad = {"Content-Type": "application/json"}
    statuses = [(await ding.post(b"{}", bad))[0] for _ in range(65)]
    assert statuses == [401] * 60 + [429] * 5
    # Who says that it comes from elsewhere is the same.
    assert (await ding.post(b"{}", bad | {"X-Forwarded-For": "192.0.2.9"}))[0] == 429
    assert await ding.say("林晓", "/我是")


def test_a_minute_later_it_is_counted_anew() -> None:
    strangers = Strangers()
    assert not any(strangers.too_many("a", 0.0) for _ in range(60))
    assert strangers.too_many("a", 59.0)
    assert not strangers.too_many("b", 59.0)
    assert not strangers.too_many("a", 61.0)
    for number in range(10_000):
        strangers.too_many(str(number), 62.0)
    assert len(strangers._seen) <= 4096


async def test_a_signature_used_for_two_messages_is_noticed_and_let_in(
    ding: Ding, caplog: pytest.LogCaptureFixture
) -> None:
    headers, body = signed(now_ms()), ding.message("林晓", "/我是")
    assert (await ding.post(body, headers))[0] == 200
    assert (await ding.post(body, headers))[0] == 200
    assert "ALARM" not in caplog.text
    assert (await ding.post(ding.message("李梅", "/我是"), headers))[0] == 200
    assert "ALARM" in caplog.text
    assert not Signatures().reused("s", b"x")


# --- afterwards ---------------------------------------------------------------------------


@dataclass
class Slow:
    """A step that is reached and goes on when it is let; the door's time is over meanwhile."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def at(self, step: str, monkeypatch: pytest.MonkeyPatch) -> Slow:
        """Make that step of answering slow."""
        usual = getattr(answering, step)

        async def slowly(*args: Any) -> Any:
            self.reached.set()
            await self.go_on.wait()
            return await usual(*args)

        async def over(_work: Any, _until: float) -> None:
            await self.reached.wait()

        monkeypatch.setattr(answering, step, slowly)
        monkeypatch.setattr(door, "as_long_as_there_is_time", over)
        return self


@pytest.fixture
def slow_words(monkeypatch: pytest.MonkeyPatch) -> Slow:
    """The message is kept, and wording its answer takes long."""
    return Slow().at("_reply", monkeypatch)


@pytest.fixture
def slow_records(monkeypatch: pytest.MonkeyPatch) -> Slow:
    """The message is being carried out, and not yet kept."""
    return Slow().at("_carried_out", monkeypatch)


@pytest.mark.parametrize("group", [False, True])
async def test_a_late_answer_goes_by_the_chat_s_own_address(
    ding: Ding, slow_words: Slow, group: bool
) -> None:
    assert await ding.say("林晓", "/我是", group=group) == ""
    slow_words.go_on.set()
    (sent,) = await ding.gateway.has(1)
    assert (sent.path, sent.session) == (REPLY_PATH, "group" if group else "direct")
    assert "林晓" in sent.text
    await ding.workers.relay.drain()
    assert len(ding.gateway.sent) == 1
    assert not (await Delivery.get()).in_response


@pytest.mark.parametrize(("group", "path"), [(False, DIRECT_PATH), (True, GROUP_PATH)])
@pytest.mark.parametrize("why", ["over", "none", "stranger's", "ended early"])
async def test_without_that_address_it_goes_by_the_api(
    ding: Ding, slow_words: Slow, group: bool, path: str, why: str
) -> None:
    changed: dict[str, Any] = {
        "over": {"sessionWebhookExpiredTime": now_ms() - 1000},
        "none": {"sessionWebhook": None},
        "stranger's": {"sessionWebhook": "https://evil.example/robot/sendBySession?session=x"},
        "ended early": {},
    }[why]
    if why == "ended early":
        ding.gateway.answers(REPLY_PATH, well({"errcode": 300001, "errmsg": "session 不存在"}))
    await ding.say("林晓", "/我是", group=group, **changed)
    slow_words.go_on.set()
    (sent,) = await ding.gateway.has(1, path)
    assert len(ding.gateway.at(REPLY_PATH)) == (why == "ended early")
    to = {"openConversationId": GROUP} if group else {"userIds": [account("林晓")]}
    assert sent.body.items() >= to.items()


async def test_what_is_not_known_to_be_kept_is_said_to_be_uncertain(
    ding: Ding, slow_records: Slow
) -> None:
    assert (await ding.say("林晓", "/我是")).startswith("⛔ 不确定这条记下没有")
    # It goes on all the same, and its answer comes.
    slow_records.go_on.set()
    (sent,) = await ding.gateway.has(1)
    assert "林晓" in sent.text


async def test_the_door_waits_no_longer_than_it_has_time() -> None:
    work = asyncio.create_task(asyncio.Event().wait())
    began = asyncio.get_running_loop().time()
    await door.as_long_as_there_is_time(work, began + 0.01)
    assert not work.done()
    work.cancel()
    # What is promised is two seconds.
    assert door.ANSWER_SECONDS < 2


async def test_what_is_done_when_dingtalk_waits_no_longer_is_brought_and_not_said_to_nobody(
    ding: Ding, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def noticed_late(work: asyncio.Task[Any], _until: float) -> None:
        await asyncio.wait([work])

    monkeypatch.setattr(door, "as_long_as_there_is_time", noticed_late)
    monkeypatch.setattr(door, "ANSWER_SECONDS", -1.0)
    _status, said = await ding.post(ding.message("林晓", "/whoami"))
    assert said == EMPTY
    (sent,) = await ding.gateway.has(1)
    assert "林晓" in sent.text


async def test_with_the_database_away_it_is_said_that_nothing_was_recorded(
    ding: Ding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any, **__: Any) -> Any:
        raise OSError("CANARY")

    monkeypatch.setattr(answering, "hearing", gone)
    assert (await ding.say("林晓", VISIT)).startswith("⛔ 这条没有记下")


async def test_what_dingtalk_does_not_take_is_tried_again_and_lost_never(ding: Ding) -> None:
    ding.gateway.answers(DIRECT_PATH, failing("system.error", 500), failing("other.error", 503))
    await ding.say("林晓", "/家访 七3 12号 同行：李梅")
    await ding.gateway.has(1)
    await ding.workers.relay.drain()
    entry = await OutboxEntry.get(notice="VisitShared")
    assert entry.done_at is None
    for sent in (2, 3):
        await OutboxEntry.filter(id=entry.id).update(not_before=None)
        await ding.workers.relay.drain()
        assert len(ding.gateway.sent) == sent
    await entry.refresh_from_db()
    assert entry.done_at is not None
    assert await Delivery.filter(entry_id=entry.id).count() == 1


async def test_what_dingtalk_will_never_take_is_given_up_aloud(
    ding: Ding, caplog: pytest.LogCaptureFixture
) -> None:
    ding.gateway.answers(DIRECT_PATH, failing("staffId.notExisted"))
    await ding.say("林晓", "/家访 七3 12号 同行：李梅")
    await ding.gateway.has(1)
    await ding.workers.relay.drain()
    entry = await OutboxEntry.get(notice="VisitShared")
    assert entry.done_at is not None
    assert not await Delivery.filter(entry_id=entry.id).exists()
    assert f"notice {entry.id} is given up" in caplog.text


async def test_a_reply_address_is_kept_under_lock(ding: Ding) -> None:
    await ding.say("林晓", "/我是")
    row = await Heard.get()
    assert row.key_id is None
    assert b"sendBySession" not in row.reply_to.data
    assert row.reply_until is not None


async def test_the_quota_used_up_is_said_and_the_admin_told_once(
    ding: Ding, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        said = await ding.say(
            "林晓", None, text=None, errorCode=20001, errorMessage="受调用量超量影响"
        )
        assert said.startswith("⛔ 钉钉本月的消息额度用完了")
    assert not await Heard.all().exists()
    await ding.workers.relay.drain()
    await ding.gateway.has(1)
    await ding.workers.relay.drain()
    (told,) = ding.gateway.sent
    assert told.body["userIds"] == [account("方正")]
    assert "ALARM" in caplog.text


async def test_a_message_heard_is_answered_though_the_caller_left(
    ding: Ding, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = door.as_long_as_there_is_time
    slow_words = Slow().at("_reply", monkeypatch)
    monkeypatch.setattr(door, "as_long_as_there_is_time", usual)
    monkeypatch.setattr(door, "ANSWER_SECONDS", 60)
    asking = asyncio.create_task(ding.post(ding.message("林晓", VISIT)))
    await slow_words.reached.wait()
    asking.cancel()
    await asyncio.wait([asking])
    slow_words.go_on.set()
    # One is the answer, the other tells the liaison of what was asked for.
    sent = await ding.gateway.has(2)
    assert sum(one.text.startswith("✅ V1") for one in sent) == 1
    assert await Visit.all().count() == 1
