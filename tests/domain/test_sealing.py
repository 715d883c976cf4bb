"""What is promised about sealed words: they come back whole, here only, and with our keys only."""

from __future__ import annotations

import base64
import copy
import doctest
import hashlib
import os
import pickle
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import domain.sealing
from domain.sealing import (
    BlindIndex,
    DataKey,
    KeyFault,
    KeyMissing,
    Keyring,
    Place,
    Sealed,
    Tampered,
    generate_keys,
    generate_secret,
    key_file_of,
    keys_beside,
    names,
    new_seal_id,
    normalised,
    open_sealed,
    parse_keys,
    parse_secret,
    pinyin_of,
    seal,
)
from domain.sealing.derive import derived
from domain.sealing.fault_words import WORDS
from domain.sealing.keytext import KEY_ID

ROOT = Path(domain.sealing.__file__).parents[2]
SECRET = bytes(range(40))
OLD, NEW = bytes(range(32)), bytes(range(100, 132))
RING = Keyring({"old": OLD}, SECRET)
KEY, WRAPPED = RING.new_key()
HERE = Place("visit", "words", new_seal_id())

texts = st.text(st.characters())  # every code point, lone surrogates too
parts = st.text(min_size=1, max_size=40)
places = st.builds(Place, parts, parts, parts)


# --- the words come back whole


@given(texts, places)
def test_any_text_comes_back_as_it_was_typed(text: str, place: Place) -> None:
    assert open_sealed(seal(text, KEY, place), KEY, place) == text


@pytest.mark.parametrize(
    "text", ["", "晚" * 6_667, "👨‍👩‍👧 مرحبا \x00\r\n", "\ud83d", "\ud83d\ude00", "e\u0301"]
)
def test_hard_texts_come_back(text: str) -> None:
    assert open_sealed(seal(text, KEY, HERE), KEY, HERE) == text


def test_the_same_words_never_look_the_same() -> None:
    assert len({seal("同一句话", KEY, HERE) for _ in range(1000)}) == 1000
    assert len({new_seal_id() for _ in range(1000)}) == 1000


# --- in their own place only


@given(texts, places, places)
def test_words_moved_to_another_place_are_refused(text: str, place: Place, other: Place) -> None:
    assume(place != other)
    with pytest.raises(Tampered):
        open_sealed(seal(text, KEY, place), KEY, other)


@given(parts, parts, parts)
def test_no_two_places_are_bound_alike(one: str, two: str, three: str) -> None:
    swapped = {Place(*names) for names in ((one, two, three), (two, one, three), (one, three, two))}
    shifted = Place(one + two[0], two[1:] or "x", three)
    assert len({place.bound() for place in swapped | {shifted}}) == len(swapped | {shifted})


def test_two_rows_can_t_swap_their_words() -> None:
    mine, yours = HERE, Place("visit", "words", new_seal_id())
    assert open_sealed(seal("我的", KEY, mine), KEY, mine) == "我的"
    with pytest.raises(Tampered):
        open_sealed(seal("你的", KEY, yours), KEY, mine)


@given(texts, st.data())
def test_a_changed_bit_or_a_cut_is_refused(text: str, data: st.DataObject) -> None:
    whole = seal(text, KEY, HERE).data
    spot = data.draw(st.integers(0, len(whole) - 1))
    bent = bytearray(whole)
    bent[spot] ^= 1 << data.draw(st.integers(0, 7))
    for broken in (bytes(bent), whole[:spot], whole + b"\0"):
        with pytest.raises(Tampered):
            open_sealed(Sealed(broken), KEY, HERE)


def test_another_family_s_key_opens_nothing() -> None:
    with pytest.raises(Tampered):
        open_sealed(seal("原话", KEY, HERE), RING.new_key()[0], HERE)


@pytest.mark.parametrize("names", [("", "words", "1"), ("visit", "", "1"), ("visit", "words", "")])
def test_a_row_without_its_seal_id_can_t_be_sealed(names: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="seal id"):
        Place(*names)


# --- keys change, records don't


@given(st.lists(texts, min_size=1, max_size=5))
def test_changing_keys_loses_nothing(words: list[str]) -> None:
    kept = [(seal(text, key, HERE), wrapped) for text in words for key, wrapped in [RING.new_key()]]
    both = Keyring({"new": NEW, "old": OLD}, SECRET)
    moved = [(row, both.rewrap(wrapped)) for row, wrapped in kept]
    only_new = Keyring({"new": NEW}, SECRET)
    for ring, rows in ((both, kept), (both, moved), (only_new, moved)):
        assert [open_sealed(row, ring.unwrap(wrapped), HERE) for row, wrapped in rows] == words
    assert all(both.rewrap(wrapped) == wrapped for _, wrapped in moved)  # nothing left to do
    with pytest.raises(KeyMissing, match="old") as missing:
        only_new.unwrap(kept[0][1])
    assert missing.value.key_id == "old"


def test_new_data_keys_are_under_the_newest_key() -> None:
    both = Keyring({"new": NEW, "old": OLD}, SECRET)
    assert both.newest == both.key_id(both.new_key()[1]) == "new"


@given(st.data())
def test_a_changed_or_cut_wrapped_key_is_refused(data: st.DataObject) -> None:
    spot = data.draw(st.integers(0, len(WRAPPED) - 1))
    bent = bytearray(WRAPPED)
    bent[spot] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Tampered, KeyMissing)):  # a bent id may be that of a key we haven't
        RING.unwrap(bytes(bent))
    for broken in (WRAPPED[:spot], WRAPPED + b"\0"):
        with pytest.raises(Tampered):
            RING.unwrap(broken)


def test_a_key_under_another_s_id_is_refused() -> None:
    twins = Keyring({"one": OLD, "two": NEW}, SECRET)
    renamed = twins.new_key()[1].replace(b"one", b"two", 1)
    with pytest.raises(Tampered):
        twins.unwrap(renamed)


# --- a destroyed key is gone


def test_a_destroyed_key_is_gone_at_once() -> None:
    ring = Keyring({"old": OLD}, SECRET)
    key, wrapped = ring.new_key()
    table = {"family": wrapped}
    assert ring.unwrap(table["family"]) is key
    ring.forget(table.pop("family"))
    assert not ring._unwrapped._keys
    assert wrapped not in ring._unwrapped._dropped


def test_a_reader_who_came_just_before_can_t_bring_the_key_back() -> None:
    ring = Keyring({"old": OLD}, SECRET)
    _, wrapped = ring.new_key()
    ring.forget(wrapped)
    ring.unwrap(wrapped)  # had read the row already; or the erasure was rolled back
    assert not ring._unwrapped._keys


def test_rewrapping_leaves_no_second_copy_behind() -> None:
    both = Keyring({"new": NEW, "old": OLD}, SECRET)
    both.unwrap(WRAPPED)
    moved = both.rewrap(WRAPPED)
    both.unwrap(moved)
    both.forget(moved)
    assert not both._unwrapped._keys


def test_only_so_many_keys_are_remembered() -> None:
    ring = Keyring({"old": OLD}, SECRET, remembered=3)
    wrapped = [ring.new_key()[1] for _ in range(5)]
    ring.unwrap(wrapped[2])
    ring.new_key()
    assert wrapped[2] in ring._unwrapped._keys
    assert len(ring._unwrapped._keys) == 3
    for one in wrapped:
        ring.unwrap(one)
        ring.forget(one)
    assert len(ring._unwrapped._dropped) == 3


def test_many_threads_share_one_ring() -> None:
    ring = Keyring({"old": OLD}, SECRET, remembered=5)
    rows = [(seal(str(n), k, HERE), w) for n in range(20) for k, w in [ring.new_key()]]

    def read(turn: int) -> bool:
        row, wrapped = rows[turn % 20]
        if turn % 7 == 0:
            ring.forget(wrapped)
        return open_sealed(row, ring.unwrap(wrapped), HERE) == str(turn % 20)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(2000)))


# --- a child is found by name, without its name being kept


@pytest.mark.parametrize(
    "typed", ["王 小明", "　王小明 ", "王\u200b小明\ufeff", "王·小明", "王小\ufe00明", "王\t小明\n"]
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    index = RING.blind_index()
    assert index.tokens_for(typed, ["7-3"]) == index.tokens_for("王小明", ["7-3"])


@pytest.mark.parametrize(
    ("typed", "sound"),
    [
        ("王晓鸣", "wangxiaoming"), ("Wáng Xiǎomíng", "wangxiaoming"), ("ＷＡＮＧ", "wang"),
        ("Li Lei", "lilei"), ("吕布", "lvbu"), ("Lǚ Bù", "lvbu"), ("Xi'an", "xian"),
        ("曾小贤", "zengxiaoxian"), ("单雄信", "shanxiongxin"), ("单于", "chanyu"),
        ("尉迟恭", "yuchigong"), ("解放", "xiefang"), ("欧阳娜娜", "ouyangnana"),
        ("张重阳", "zhangchongyang"), ("José", "jose"), ("买买提·阿不都", "maimaitiabudou"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_sound(typed: str, sound: str) -> None:
    # Stored tokens rest on these readings: a new pypinyin that changes one needs a new index.
    assert pinyin_of(typed) == sound


@settings(deadline=None)
@given(texts)
def test_any_text_may_stand_where_a_name_is_asked(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert pinyin_of(text) == pinyin_of(once)
    assert len(RING.blind_index().tokens_for(text, ["school"])) == bool(once) + bool(
        pinyin_of(text)
    )


@given(parts, parts, parts, parts)
def test_scope_kind_and_name_don_t_run_together(a: str, b: str, c: str, d: str) -> None:
    assume((a, b) != (c, d))
    index = BlindIndex(OLD)
    assert index.token(a, "name", b) != index.token(c, "name", d)
    assert index.token(a, "name", b) != index.token(a, "pinyin", b)
    assert index.token(a, "name", f"{b}name{c}") != index.token(f"{a}name{b}", "name", c)


def test_the_index_is_useless_without_its_key() -> None:
    family, given_ = "王李张刘陈杨赵黄周吴", "明华丽强伟芳娜敏静军"
    kept = {
        token.value
        for one in family
        for two in given_
        for token in RING.blind_index().tokens_for(one + two, ["school"])
    }
    thief = BlindIndex(derived(SECRET, b"another label"))
    guesses = (f"{a}{b}{n}" for a in family for b in given_ for n in ["", *range(999)])
    assert not any(thief.token("school", "name", guess) in kept for guess in guesses)
    assert RING.blind_index().token("school", "name", "王明") in kept


def test_the_examples_in_names_are_true() -> None:
    assert doctest.testmod(names) == doctest.TestResults(failed=0, attempted=2)


# --- a wrong key stops the start


def test_the_same_keys_match_and_rotation_still_does() -> None:
    first = RING.check_value()
    both = Keyring({"new": NEW, "old": OLD}, SECRET)
    only_new = Keyring({"new": NEW}, SECRET)
    assert RING.matches(first)
    assert both.matches(first)
    assert both.matches(both.check_value())
    assert only_new.matches(both.check_value())


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        (Keyring({"old": OLD}, SECRET + b"!"), "wrong_secret"),
        (Keyring({"old": NEW}, SECRET), "wrong_key"),
        (Keyring({"new": NEW, "old": NEW[::-1]}, SECRET), "wrong_key"),
        (Keyring({"new": OLD}, SECRET), "not_given"),
    ],
)
def test_a_wrong_key_is_named(ring: Keyring, code: str) -> None:
    fault = ring.problems(RING.check_value())
    assert fault is not None
    assert fault.code == code
    assert not ring.matches(RING.check_value())


def test_a_key_that_is_still_needed_can_t_be_left_out() -> None:
    stored = Keyring({"new": NEW, "old": OLD}, SECRET).check_value()
    assert not RING.matches(stored)  # the newest records are under `new`
    fault = Keyring({"new": NEW}, SECRET).problems(stored, in_use=["new", "old"])
    assert fault is not None
    assert fault.facts == {"key": "old"}


@given(st.text(max_size=80) | st.sampled_from([RING.check_value()[:n] for n in range(60)]))
def test_a_damaged_check_value_is_said(stored: str) -> None:
    fault = RING.problems(stored)
    assert fault is not None
    assert fault.code == "bad_check"


def test_a_check_value_of_another_form_is_said() -> None:
    assert not RING.matches(RING.check_value().replace("v1", "v2"))


def test_what_the_database_keeps_doesn_t_hold_the_keys() -> None:
    kept = RING.check_value() + WRAPPED.hex()
    assert OLD.hex() not in kept
    assert SECRET.hex() not in kept
    assert len({RING.derived(label) for label in ("links", "sessions", "blind index")}) == 3


# --- keys in the settings


def test_made_keys_are_good_keys_and_the_first_is_the_newest() -> None:
    made = [generate_keys() for _ in range(3)]
    keys = parse_keys(f" {made[0]}, {made[1].rstrip('=')},\n{made[2]}, ")
    assert list(keys) == [line.partition(":")[0] for line in made]
    assert Keyring(keys, parse_secret(generate_secret())).newest == next(iter(keys))


def key_of(number: int) -> str:
    """Always the same, since a test's name holds it; looks as if by chance."""
    return base64.b64encode(hashlib.sha256(bytes([number])).digest()).decode()


BODY = key_of(1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "empty"), (" , ", "empty"), (BODY, "form"), (f"k1：{BODY}", "form"),
        (f"密钥:{BODY}", "bad_id"), (f":{BODY}", "bad_id"), (f"{BODY}:k1", "bad_id"),
        ("k1:晚托", "base64"), (f"k1:{BODY[:-3]}", "base64"), (f"k1:{BODY[:8]}*{BODY[8:]}", "base64"),
        ("k1:", "length"), (f"k1:{BODY[:40]}", "length"), (f"k1:{'A' * 43}=", "weak"),
        (f"k1:{BODY},k2:{key_of(2)},k1:{key_of(3)}", "twice"),
        (f"k1:{BODY},k2:{BODY}", "same"),
    ],
)  # fmt: skip
def test_a_bad_key_is_named_and_never_shown(line: str, code: str) -> None:
    with pytest.raises(KeyFault) as caught:
        parse_keys(line)
    assert caught.value.code == code
    for said in (*map(caught.value.sentence, ("zh-CN", "en")), str(caught.value), repr(caught)):
        assert BODY[:8] not in said
        assert "密钥:" not in said


@pytest.mark.parametrize("secret", ["", "changeme", "x" * 64, "1234" * 16])
def test_a_guessable_secret_is_refused(secret: str) -> None:
    with pytest.raises(KeyFault, match="ZOUFANG_SECRET_KEY is too short or too plain"):
        parse_secret(secret)


def test_each_sentence_is_in_both_languages_with_the_same_blanks() -> None:
    for chinese, english in WORDS.values():
        blanks = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in (chinese, english)
        ]
        assert blanks[0] == blanks[1]
        assert not chinese.isascii()
        assert english.replace("…", "").isascii()


# --- the key file


def test_the_key_file_is_made_once(tmp_path: Path) -> None:
    first = keys_beside(tmp_path / "学校 1.db")
    again = keys_beside(tmp_path / "学校 1.db", must_exist=True)
    assert (first.made, again.made) == (True, False)
    assert (first.keys, first.secret, first.warning) == (again.keys, again.secret, None)
    assert [path.name for path in tmp_path.iterdir()] == ["学校 1.db.keys"]
    assert "另存" in first.file.read_text(encoding="utf-8")
    Keyring(first.keys, first.secret)
    if os.name == "posix":
        assert first.file.stat().st_mode & 0o777 == 0o600


START = """
import sys, pathlib, domain.sealing as s
print("ready", flush=True); sys.stdin.readline()
keys = s.keys_beside(pathlib.Path(sys.argv[1])); print(keys.made, keys.secret.decode())
"""


def test_processes_that_start_together_end_with_one_file(tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, str(tmp_path / "school.db")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(4)]
    assert all(one.stdout.readline() == "ready\n" for one in started)
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=60)[0].split() for one in started]
    assert sorted(made for made, _ in said) == ["False", "False", "False", "True"]
    assert len({secret for _, secret in said}) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "rename" if sys.platform == "win32" else "link", refuse)
    assert keys_beside(tmp_path / "school.db").made
    assert not keys_beside(tmp_path / "school.db").made
    assert len(list(tmp_path.iterdir())) == 1


def test_a_lost_key_file_of_a_used_database_isn_t_replaced(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="Put back the copy") as caught:
        keys_beside(tmp_path / "school.db", must_exist=True)
    assert caught.value.code == "file_missing"
    assert not list(tmp_path.iterdir())


GOOD = f"ZOUFANG_ENCRYPTION_KEYS=k1:{BODY}\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"), (b"\xff\xfe\x00", "file_unreadable"), (b"# only words", "file_line"),
        (GOOD.encode(), "file_line"), ((GOOD * 2).encode(), "file_line"),
        (b"ZOUFANG_ENCRYPTION_KEYS=k1:AA==\nZOUFANG_SECRET_KEY=" + SECRET.hex().encode(), "length"),
        (GOOD.encode() + b"ZOUFANG_SECRET_KEY=abc", "short_secret"),
    ],
)  # fmt: skip
def test_a_damaged_key_file_is_said_and_kept(tmp_path: Path, content: bytes, code: str) -> None:
    file = key_file_of(tmp_path / "school.db")
    file.write_bytes(content)
    with pytest.raises(KeyFault) as caught:
        keys_beside(tmp_path / "school.db")
    assert caught.value.code == code
    assert str(file) in caught.value.sentence("zh-CN")
    assert file.read_bytes() == content


def test_a_folder_in_its_place_and_a_missing_folder_are_said(tmp_path: Path) -> None:
    key_file_of(tmp_path / "school.db").mkdir()
    for database, code in (("school.db", "file_unreadable"), ("gone/school.db", "file_unwritable")):
        with pytest.raises(KeyFault) as caught:
            keys_beside(tmp_path / database)
        assert caught.value.code == code


def test_a_key_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    made = keys_beside(tmp_path / "school.db")
    lines = made.file.read_text(encoding="utf-8").splitlines()
    text = "\r\n".join(line for line in lines if not line.startswith("#"))
    made.file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert keys_beside(tmp_path / "school.db").secret == made.secret


@pytest.mark.skipif(os.name != "posix", reason="modes say nothing on Windows")
def test_a_key_file_that_others_can_open_is_told(tmp_path: Path) -> None:
    keys_beside(tmp_path / "school.db").file.chmod(0o644)
    warning = keys_beside(tmp_path / "school.db").warning
    assert warning is not None
    assert "chmod 600" in warning.sentence("zh-CN")


# --- nothing shows what it hides, and the mathematics is the published one


def test_nothing_prints_a_secret(tmp_path: Path) -> None:
    keys = keys_beside(tmp_path / "school.db")
    sealed = seal("王小明", KEY, HERE)
    for hidden in (KEY, RING, RING.blind_index(), sealed, keys, RING._unwrapped):
        for shown in (repr(hidden), str(hidden), f"{hidden}", repr([hidden])):
            assert "王小明" not in shown
            assert str(sealed.data)[2:-1] not in shown
            assert repr(keys.secret) not in shown
            assert repr(OLD) not in shown
    assert repr(sealed) == "<Sealed>"
    assert astuple(sealed) == (sealed.data,)


def test_a_key_can_t_be_copied_or_queued() -> None:
    for leave in (pickle.dumps, copy.copy, copy.deepcopy):
        for secret in (KEY, RING, RING.blind_index()):
            with pytest.raises(TypeError):
                leave(secret)


def test_sealed_values_compare_by_their_bytes() -> None:
    sealed = seal("王小明", KEY, HERE)
    assert sealed == Sealed(sealed.data)
    assert sealed != seal("王小明", KEY, HERE)
    assert sealed.data[0] == 1


def test_locking_is_aes_gcm_as_published(monkeypatch: pytest.MonkeyPatch) -> None:
    # The GCM specification of McGrew and Viega, test case 16.
    key = DataKey(bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2))
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    box = nonce + bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    monkeypatch.setattr("domain.sealing.datakey.secrets.token_bytes", lambda _: nonce)
    assert key.lock(plain, bound) == box
    assert key.unlock(box, bound) == plain


def test_deriving_is_hkdf_as_published() -> None:
    # RFC 5869, appendix A.3.
    assert derived(b"\x0b" * 22, b"", 42).hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


def test_pinyin_is_loaded_only_when_a_chinese_name_is_asked() -> None:
    ask = (
        "import sys, domain.sealing as s; s.pinyin_of('Li Lei'); print('pypinyin' in sys.modules);"
        "s.pinyin_of('王小明'); print('pypinyin' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, text=True, capture_output=True, check=True
    )
    assert said.stdout.split() == ["False", "True"]


def test_ids_are_too_short_to_hold_a_key() -> None:
    assert not KEY_ID.fullmatch("A" * 17)
