"""JSON from a stranger is read in one way only, or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.errors import Unreadable
from chat.strict_json import read_object

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(CHARACTERS), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(CHARACTERS), PLAIN))
def test_what_is_well_is_read(said: dict[str, Any]) -> None:
    assert read_object(json.dumps(said, ensure_ascii=False).encode()) == said
    assert read_object(json.dumps(said).encode()) == said


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 99999999999999999999}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"u": "u1", "u": "admin"}',
        b'{"a": {"u": 1, "u": 1}}',
        b'\xef\xbb\xbf{"a": 1}',
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-32"),
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": ["\\u0000"]}',
        b'{"a": "\x00"}',
        b'{"a": "\xff"}',
        b'{"a": 1} x',
        b"{'a': 1}",
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_odd_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_object(body)


def test_a_pair_of_halves_is_a_character_and_a_backslash_is_one() -> None:
    assert read_object(b'{"a": "\\ud83d\\ude00 \\\\u0000"}') == {"a": "😀 \\u0000"}
