"""What DingTalk's answers to us mean: it comes with four kinds of words for what went wrong.

The old API says 200 and an `errcode`, the new one a status and a `code` in words; a throttle in
front of both speaks of itself in a page or with `status` 1111; and a 200 may list some people whom
it did not reach.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Means = Literal["done", "token", "session", "quota", "later", "never"]

# Seconds to wait. Whoever calls too often is shut out for five minutes, a robot that speaks too
# often in a group for ten; what an admin must mend is looked at again in an hour, and a month's
# quota that is used up may be bought anew any day.
_A_MOMENT, _SHUT_OUT, _ROBOT_MUTED, _MENDED_BY_ADMIN, _QUOTA = 2.0, 300.0, 600.0, 3600.0, 21_600.0
_LONGEST_WAIT, _A_MINUTE = 21_600.0, 60.0

_INVALID, _FLOODED = "invalidStaffIdList", "flowControlledStaffIdList"
# What is said of these holds for all that the app, or the organisation, sends.
_FOR_ALL = frozenset({90018, 90002, 90020, 20001})
_WORDS_FOR_ALL = frozenset({"apicountlimit", "qpslimit", "qpmlimit"})

_BY_NUMBER: dict[int, tuple[Means, float | None]] = {
    **dict.fromkeys((40001, 40014, 42001, 33001), ("token", None)),
    300001: ("session", None),
    **dict.fromkeys((90020, 20001), ("quota", _QUOTA)),
    90018: ("later", _A_MOMENT),
    90002: ("later", 30.0),
    **dict.fromkeys((410100, 130101), ("later", _ROBOT_MUTED)),
    **dict.fromkeys((60011, 60020, 50002, 50004, 400101, 400102), ("later", _MENDED_BY_ADMIN)),
    **dict.fromkeys((40035, 43004, 400105, 430101, 430102, 430103, 430104), ("never", None)),
    **dict.fromkeys((400013, 400106), ("never", None)),
}
# Parts of the new API's codes, looked for in this order.
_BY_WORD: tuple[tuple[str, Means, float | None], ...] = (
    ("apicountlimit", "quota", _QUOTA),
    ("qpslimit", "later", _A_MOMENT),
    ("qpmlimit", "later", 60.0),
    ("send.too.fast", "later", 60.0),
    ("too.many", "later", 60.0),
    ("accessdenied", "later", _MENDED_BY_ADMIN),
    ("invalidclientidorsecret", "later", _MENDED_BY_ADMIN),
    ("bot.stopped", "later", _MENDED_BY_ADMIN),
    ("forbidden.sendmessage", "later", _MENDED_BY_ADMIN),
    ("robotcode", "later", _MENDED_BY_ADMIN),
    ("accesstoken", "token", None),
    ("invalidauthentication", "token", None),
    ("session.", "session", None),
    ("contain.", "never", None),
    ("msgparam", "never", None),
    ("msgkey", "never", None),
    ("param.invalid", "never", None),
    ("staffid", "never", None),
    ("userids", "never", None),
    ("robot.oto", "never", None),
    ("sendoto", "never", None),
    ("openconversationid", "never", None),
    ("group.disbanded", "never", None),
    ("org.notmatch", "never", None),
)


@dataclass(frozen=True)
class Reading:
    """What an answer means: done; a new token, or another way, is needed; later; never.

    `why` is for the log: DingTalk's own code, and nothing of what we sent. `retry_after` in
    seconds, `for_all`: it is meant for whatever we would send. `said` is the answer itself.
    """

    means: Means
    why: str = ""
    retry_after: float | None = None
    said: Mapping[str, Any] | None = None
    for_all: bool = False


def read_answer(status: int, body: bytes, retry_after: str | None = None) -> Reading:
    """Make one thing of all the kinds."""
    wait = _seconds(retry_after)
    said = _object(body)
    if 300 <= status < 400:
        return Reading("later", f"redirected ({status})", _SHUT_OUT, for_all=True)
    if said is None or said.get("punish") or said.get("status") == 1111:
        busy = status >= 400 and status != 403
        pause = wait or (None if busy else _SHUT_OUT)
        throttled = not busy or status == 429
        return Reading("later", f"no answer of its own ({status})", pause, for_all=throttled)
    if status == 401:
        return Reading("token", _code(said, status))
    if "errcode" in said:
        return _by_number(said, wait)
    if status >= 400:
        return _by_word(said, status, wait)
    return _reached(said)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _seconds(retry_after: str | None) -> float | None:
    """A header in seconds; one with a date isn't worth reading, since any wait will do."""
    digits = (retry_after or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        return None
    return min(float(digits), _LONGEST_WAIT)


def _code(said: Mapping[str, Any], status: int) -> str:
    code = said.get("code", said.get("errcode"))
    return str(code)[:80] if isinstance(code, str | int) else f"status {status}"


def _by_number(said: Mapping[str, Any], wait: float | None) -> Reading:
    """The old API; its number sometimes comes as text, and 88 hides the true one."""
    number = _number(said.get("errcode"))
    if number == 88:
        number = _number(said.get("sub_code"))
    if number == 0:
        return Reading("done", said=said)
    means, pause = (
        _BY_NUMBER.get(number, ("later", None)) if number is not None else ("later", None)
    )
    return Reading(means, f"errcode {number}", wait or pause, for_all=number in _FOR_ALL)


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _by_word(said: Mapping[str, Any], status: int, wait: float | None) -> Reading:
    why = _code(said, status)
    if status == 429 or status >= 500:
        return Reading("later", why, wait, for_all=status == 429)
    code = why.casefold()
    for word, means, pause in _BY_WORD:
        if word in code:
            shut = word in _WORDS_FOR_ALL
            return Reading(means, why, wait or pause, for_all=shut)
    return Reading("later", why, wait)


def _reached(said: Mapping[str, Any]) -> Reading:
    """A 200 that may have reached nobody, where it was for one person."""
    if said.get(_INVALID):
        return Reading("never", _INVALID, said=said)
    if said.get(_FLOODED):
        return Reading("later", _FLOODED, _A_MINUTE, said=said)
    return Reading("done", said=said)


def not_reached(answer: Reading) -> dict[str, Reading]:
    """Of several people, whom a well answered call didn't reach: never, or not now."""
    said = answer.said or {}
    never = {one: Reading("never", _INVALID) for one in _accounts(said.get(_INVALID))}
    later = {one: Reading("later", _FLOODED, _A_MINUTE) for one in _accounts(said.get(_FLOODED))}
    return later | never


def _accounts(listed: object) -> list[str]:
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
