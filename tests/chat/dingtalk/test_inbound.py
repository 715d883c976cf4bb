"""What somebody says to the robot is read whatever shape DingTalk gives it, and nothing else is."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.dingtalk.inbound import receive
from chat.dingtalk.values import DingtalkValues
from chat.errors import ChatError, Outsider, QuotaUsedUp, Unreadable, Unsupported
from chat.inbound import Inbound
from tests.chat.dingtalk.payloads import GONE, VALUES, body, captured

BOT = {"dingtalkId": "$:LWCP_v1:$xxxxr5"}


def heard(name: str = "group_text", **changed: Any) -> Inbound:
    return receive(body(name, **changed), VALUES)


def test_the_vendor_s_own_example() -> None:
    assert heard() == Inbound(
        platform="dingtalk",
        app="",
        account="0147xxxx8602",
        conversation="cid6EUxxxxsg==",
        group=True,
        addressed=True,
        text="text",
        key="dingoxxxxdm3k:msgrK2xxxxU+riw==",
        at=datetime(2024, 2, 19, 7, 20, 4, 136000, UTC),
        sender_name="小钉",
        inside=True,
        mentions=("xxx",),
        reply_to="https://oapi.dingtalk.com/robot/sendBySession?session=66d7c695a9xxxxdeb885",
        reply_until=datetime(2024, 2, 19, 8, 50, 4, 316000, UTC),
    )


def test_text_on_top_and_a_time_in_quotes() -> None:
    inbound = heard("direct_text_on_top")
    assert inbound.text == "你好"
    assert not inbound.group
    assert inbound.addressed
    # Whose chat it is, so that one can write there first.
    assert inbound.conversation == "direct:manager7675"
    assert inbound.at == datetime(2021, 2, 18, 6, 37, 32, 678000, UTC)


def test_rich_text_is_one_text_without_its_pictures() -> None:
    assert heard("group_rich_text").text == "/家访 七3 12号 奶奶照顾"
    only_picture = {"richText": [{"downloadCode": "x", "type": "picture"}]}
    assert heard("group_rich_text", content=only_picture).text is None


@pytest.mark.parametrize("kind", ["picture", "audio", "video", "file", "unknownMsgType"])
def test_what_has_no_text_is_heard_all_the_same(kind: str) -> None:
    assert heard("group_picture", msgtype=kind).text is None
    assert heard("unknown_kind").text is None


def test_a_kind_that_nobody_knows_is_not_ours_to_answer() -> None:
    with pytest.raises(Unsupported):
        heard(msgtype="hologram")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (" /visit 3班", "/visit 3班"),
        ("/visit", "/visit"),
        ("帮助", "帮助"),
        ("\u200b/visit", "/visit"),
        ("@走访 /visit", "/visit"),
        ("@走访\u200b1", "1"),
        ("@走访\u20051", "1"),
        ("@走访/visit", "/visit"),
        (" @走访", ""),
        ("／visit", "／visit"),
        ("", ""),
        ("1 @李梅", "1 @李梅"),
        ("  原话\n @第二行  ", "原话\n @第二行  "),
        ("@", "@"),
        ("mail me a@b.example", "mail me a@b.example"),
        ("话" * 20_000, "话" * 20_000),
        ("👨‍👩‍👧\u202eאב", "👨‍👩‍👧\u202eאב"),
    ],
)
def test_a_text_in_a_group_without_the_call(typed: str, text: str) -> None:
    assert heard(text={"content": typed}).text == text


def test_one_to_one_nobody_is_called() -> None:
    assert heard("direct_text_on_top", content="@李梅 也去了").text == "@李梅 也去了"


# --- who and where ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["2", 2])
def test_a_group_by_number_or_text(kind: Any) -> None:
    assert heard(conversationType=kind).group


@pytest.mark.parametrize("kind", ["3", "", None, GONE, True, [2], {"2": 2}])
def test_another_kind_of_chat_is_not_read(kind: Any) -> None:
    with pytest.raises(Unreadable):
        heard(conversationType=kind)


def test_a_repeat_has_the_same_key_and_another_robot_another() -> None:
    assert heard().key == heard(createAt=GONE, senderNick="谁").key
    assert heard().key != heard(robotCode="other").key
    custom = heard(robotCode=GONE)
    assert custom.key != heard().key
    assert custom.key != heard(robotCode=GONE, chatbotUserId="another").key
    assert len(heard(chatbotUserId="x" * 500, robotCode=GONE).key) <= 200


@pytest.mark.parametrize("missing", [GONE, None, ""])
def test_who_has_no_account_of_ours_is_an_outsider(missing: Any) -> None:
    with pytest.raises(Outsider):
        heard(senderStaffId=missing)


@pytest.mark.parametrize("field", ["senderCorpId", "chatbotCorpId"])
def test_another_organisation_is_an_outsider(field: str) -> None:
    with pytest.raises(Outsider):
        heard(**{field: "ding-elsewhere"})
    with pytest.raises(Outsider):
        heard(**{field: ["ding9733d0"]})
    anywhere = DingtalkValues(client_id="a", client_secret="b")
    assert receive(body("group_text", **{field: "ding-elsewhere"}), anywhere).text == "text"


@pytest.mark.parametrize("account", [["a"], {"a": 1}, 7, True, "x" * 10_000])
def test_an_account_of_no_shape_is_not_read(account: Any) -> None:
    with pytest.raises(Unreadable):
        heard(senderStaffId=account)


@pytest.mark.parametrize("field", ["msgId", "conversationId", "msgtype"])
@pytest.mark.parametrize("value", [GONE, None, 7, ["x"], {}])
def test_without_what_it_takes_it_is_not_read(field: str, value: Any) -> None:
    with pytest.raises(Unreadable):
        heard(**{field: value})


def test_to_be_an_admin_of_dingtalk_s_means_nothing_here() -> None:
    assert heard(isAdmin=True) == heard(isAdmin=False)


def test_unknown_words_are_passed_over() -> None:
    assert heard(hostingContext={"userId": "x"}, openThreadId="y") == heard()


def test_who_is_called_by_name() -> None:
    called = [BOT, {"dingtalkId": "a", "staffId": "u2"}, {"dingtalkId": "b"}, "c", {"staffId": 7}]
    assert heard(atUsers=called).mentions == ("u2",)
    assert heard(atUsers=[BOT | {"staffId": "bot"}]).mentions == ()
    for odd in (GONE, None, "u2", {"staffId": "u2"}):
        assert heard(atUsers=odd).mentions == ()
    assert len(heard(atUsers=[{"staffId": f"u{n}"} for n in range(500)]).mentions) == 20


def test_the_quota_used_up_is_told_apart() -> None:
    for changed in ({}, {"errorCode": "20001"}, {"errorCode": GONE, "errCode": 20001}):
        with pytest.raises(QuotaUsedUp):
            heard("quota_used_up", **changed)
    with pytest.raises(QuotaUsedUp):
        heard("quota_used_up", msgtype=GONE)
    with pytest.raises(Unreadable):
        heard("quota_used_up", errorCode=7)


@pytest.mark.parametrize("at", [GONE, None, "", "yesterday", -1, True, 1.5, "１７０８", 10**18])
def test_a_time_of_no_shape_is_none(at: Any) -> None:
    assert heard(createAt=at).at is None


# --- the reply address --------------------------------------------------------------------


def test_without_its_end_an_address_is_of_no_use() -> None:
    inbound = heard(sessionWebhookExpiredTime=GONE)
    assert (inbound.reply_to, inbound.reply_until) == (None, None)


def test_a_stranger_s_address_is_left_out_and_the_message_taken(
    caplog: pytest.LogCaptureFixture,
) -> None:
    inbound = heard(sessionWebhook="https://evil.example/robot/sendBySession?session=CANARY")
    assert (inbound.reply_to, inbound.reply_until) == (None, None)
    assert inbound.text == "text"
    (record,) = caplog.records
    assert "evil" not in record.getMessage()
    assert "CANARY" not in record.getMessage()


# --- what isn't one -----------------------------------------------------------------------


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(ANYTHING, st.sampled_from(sorted(captured("group_rich_text"))))
def test_whatever_comes_it_is_read_or_refused(value: Any, field: str) -> None:
    for name in ("group_text", "group_rich_text"):
        with suppress(ChatError):
            heard(name, **{field: value})


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_refused(junk: bytes) -> None:
    with pytest.raises(ChatError):
        receive(junk, VALUES)
