"""Writes a child's name in one way, however it was typed, and as it sounds."""

from __future__ import annotations

import unicodedata
from typing import Final

# What stands between the parts of a name: · and what phones offer in its place.
_DOTS: Final = frozenset("·•‧∙⋅・.")
# Read otherwise as a surname than in everyday words; the everyday reading is what pypinyin gives.
_SURNAMES: Final = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha",
    "朴": "piao", "覃": "qin", "翟": "zhai", "缪": "miao", "尉": "wei", "秘": "bi",
    "折": "she", "种": "chong", "繁": "po", "员": "yun", "句": "gou", "都": "du",
    "洗": "xian", "祭": "zhai", "召": "shao", "么": "yao", "乜": "nie", "薄": "bo",
    "卜": "bu", "阚": "kan", "佴": "nai",
}  # fmt: skip
_DOUBLE_SURNAMES: Final = ("单于", "尉迟")  # pypinyin knows these as phrases


def normalised(name: str) -> str:
    """Full width, case, spaces, dots and invisible signs make no difference.

    >>> normalised(" 王　小明 ") == normalised("王小明")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(sign for sign in folded if not _ignored(sign))
    return unicodedata.normalize("NFKC", kept)


def _ignored(sign: str) -> bool:
    # Cf holds the zero-width and direction marks, Cc tabs and line ends; variation selectors
    # (FE00–FE0F, E0100–E01EF) only choose a glyph.
    return (
        sign in _DOTS
        or unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cf", "Cc"}
        or "\ufe00" <= sign <= "\ufe0f"
        or "\U000e0100" <= sign <= "\U000e01ef"
    )


def pinyin_of(name: str) -> str:
    """How a name sounds: small letters, no tones, no spaces; ü is v, as on a keyboard.

    >>> pinyin_of("曾小明"), pinyin_of("Zēng Xiǎomíng")
    ('zengxiaoming', 'zengxiaoming')
    """
    plain = normalised(name)
    surname = _SURNAMES.get(plain[:1], "")
    if surname and not plain.startswith(_DOUBLE_SURNAMES):
        return surname + _letters(_read(plain[1:]))
    return _letters(_read(plain))


def _read(plain: str) -> str:
    if plain.isascii():
        return plain
    # Here, because it takes 54 MB and a fifth of a second: who never asks, never pays.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return "".join(lazy_pinyin(plain))


def _letters(sounds: str) -> str:
    """Without tone marks, apostrophes and hyphens."""
    apart = unicodedata.normalize("NFD", sounds.casefold()).replace("u\u0308", "v")
    return "".join(sign for sign in apart if unicodedata.category(sign)[0] in "LN")
