"""Only what DingTalk has signed, a short while ago, is let in; a reply goes to DingTalk alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chat.dingtalk.address import is_dingtalks
from chat.dingtalk.signing import signature, verify
from chat.dingtalk.values import OAPI_URL, DingtalkValues
from chat.errors import Forged
from tests.chat.dingtalk.payloads import VALUES

TIMESTAMP, SIGN = "1577262236757", "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA="
AT = datetime.fromtimestamp(1577262236.757, UTC)


def test_the_vendor_s_own_example_is_good() -> None:
    verify([TIMESTAMP], [SIGN], VALUES, AT)


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_a_fresh_one_is_good(seconds: int) -> None:
    verify([TIMESTAMP], [SIGN], VALUES, AT + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-3601, -301, 301, 3601, 10**8])
def test_a_stale_one_is_not_nor_one_from_the_future(seconds: int) -> None:
    with pytest.raises(Forged, match="stale"):
        verify([TIMESTAMP], [SIGN], VALUES, AT + timedelta(seconds=seconds))


def test_how_old_is_a_setting() -> None:
    verify([TIMESTAMP], [SIGN], replace(VALUES, max_age=3600), AT + timedelta(seconds=3599))


@pytest.mark.parametrize(
    "timestamp",
    ["", "1577", "1577262236757.0", "1_577262236757", "１５７７２６２２３６７５７", "²" * 13, " 1577262236757",
     "1577262236757\n", "-577262236757", "9" * 400, "0x16f3a2b4c55d"],
)  # fmt: skip
def test_a_time_must_be_thirteen_plain_digits(timestamp: str) -> None:
    good = signature(timestamp, "this is a secret").decode()
    with pytest.raises(Forged, match="no time"):
        verify([timestamp], [good], VALUES, AT)


@pytest.mark.parametrize(
    "sign",
    ["", "x", "é", "\udcff", SIGN.lower(), SIGN[:-1], SIGN + "=", " " + SIGN, SIGN.replace("=", "%3D"),
     signature(TIMESTAMP, "another secret").decode(), signature(TIMESTAMP, "").decode()],
)  # fmt: skip
def test_another_signature_is_refused(sign: str) -> None:
    with pytest.raises(Forged, match="wrong signature"):
        verify([TIMESTAMP], [sign], VALUES, AT)


@pytest.mark.parametrize(
    ("timestamps", "signs"),
    [
        ([], []),
        ([TIMESTAMP], []),
        ([], [SIGN]),
        ([TIMESTAMP] * 2, [SIGN]),
        ([TIMESTAMP], [SIGN] * 2),
    ],
)
def test_without_one_of_each_it_is_unsigned(timestamps: list[str], signs: list[str]) -> None:
    with pytest.raises(Forged, match="unsigned"):
        verify(timestamps, signs, VALUES, AT)


def test_a_secret_is_changed_without_a_gap() -> None:
    both = replace(VALUES, client_secret="the new one, this is a secret")
    verify([TIMESTAMP], [SIGN], both, AT)
    verify([TIMESTAMP], [signature(TIMESTAMP, "the new one").decode()], both, AT)
    with pytest.raises(Forged):
        verify([TIMESTAMP], [SIGN], replace(VALUES, client_secret="the new one"), AT)


@pytest.mark.parametrize("secret", ["", " ", ","])
def test_without_a_secret_nothing_starts(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        DingtalkValues(client_id="dingbot", client_secret=secret)
    with pytest.raises(ValueError, match="secret"):
        DingtalkValues(client_id="", client_secret="x")


def test_a_secret_is_not_printed() -> None:
    assert "this is" not in repr(VALUES)


# --- the reply address --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://oapi.dingtalk.com/robot/sendBySession?session=x", True),
        ("https://oapi.dingtalk.com/robot/sendBySession?session=66d7c695a9-_%2B", True),
        ("https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=x", False),
        ("https://evil.example/#oapi.dingtalk.com/robot/sendBySession?session=x", False),
        ("https://oapi.dingtalk.com@evil.example/robot/sendBySession?session=x", False),
        ("https://x@oapi.dingtalk.com/robot/sendBySession?session=x", False),
        ("https://evil.example\\@oapi.dingtalk.com/robot/sendBySession?session=x", False),
        ("https://oapi.dingtalk.com:22/robot/sendBySession?session=x", False),
        ("http://oapi.dingtalk.com/robot/sendBySession?session=x", False),
        ("//oapi.dingtalk.com/robot/sendBySession?session=x", False),
        ("file:///etc/passwd", False),
        ("https://OAPI.DINGTALK.COM./robot/sendBySession?session=x", False),
        ("https://oapi。dingtalk。com/robot/sendBySession?session=x", False),
        ("https://ｏapi.dingtalk.com/robot/sendBySession?session=x", False),
        ("https://oapi.dingtalk.com%2eevil.example/robot/sendBySession?session=x", False),
        ("https://oapi.dingtalk.com\t/robot/sendBySession?session=x", False),
        ("https://oapi.dingtalk.com/robot/sendBySession?session=x\n", False),
        ("https://oapi.dingtalk.com/robot/sendBySession?session=x#y", False),
        ("https://oapi.dingtalk.com/robot/../gettoken?session=x", False),
        ("https://oapi.dingtalk.com/robot/sendBySession/../../gettoken?x=y", False),
        ("https://oapi.dingtalk.com/robot/send?access_token=x", False),
        ("https://oapiXdingtalk.com/robot/sendBySession?session=x", False),
        ("https://0x7f000001/", False),
        ("https://2130706433/", False),
        ("https://[::ffff:127.0.0.1]/robot/sendBySession?session=x", False),
        ("https://169.254.169.254/", False),
        ("https://100.100.100.200/", False),
        ("", False),
        ("https://oapi.dingtalk.com/robot/sendBySession?session=" + "x" * 3000, False),
    ],
)
def test_a_reply_address_is_dingtalk_s_or_none(url: str, good: bool) -> None:
    assert is_dingtalks(url, OAPI_URL) is good


def test_in_a_test_dingtalk_may_be_elsewhere() -> None:
    assert is_dingtalks("http://127.0.0.1:99/robot/sendBySession?session=x", "http://127.0.0.1:99/")
    assert not is_dingtalks("http://127.0.0.1:99/robot/sendBySession?session=x", OAPI_URL)
