"""What all parts of the plan are made of: names, texts, days, hours."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from msgspec import Meta, Struct

UnitKind = Literal["school", "department", "branch", "grade"]
DayCount = Literal["natural", "working"]
# A seat of the chain, or a person's part in the problem at hand.
Receiver = Literal[
    "liaison",
    "leader",
    "working",
    "deputy_head",
    "head",
    "office",
    "leading_group",
    "responsible",
    "teller",
    "approver",
    "next_up",
]


class Hour(time):
    """A time of day, written "HH:MM", in China time."""


# `extra` is what an error says is wanted here, where the bare type would say too little.
Text = Annotated[
    str,
    Meta(
        pattern=r"\S", extra={"zh": "放在引号里的文字，不能空", "en": "a text in quotes, not empty"}
    ),
]
MonthDay = Annotated[
    str,
    Meta(
        pattern=r"^\d\d-\d\d$",
        extra={"zh": '“月-日”，如 "08-01"', "en": 'a month-day, such as "08-01"'},
    ),
]
Share = Annotated[
    float,
    Meta(
        ge=0,
        le=1,
        extra={
            "zh": "0 到 1 之间的小数（33% 写 0.33）",
            "en": "a share from 0 to 1 (33 % is 0.33)",
        },
    ),
]
Days = Annotated[int, Meta(ge=1, le=36500)]
Texts = Annotated[tuple[Text, ...], Meta(min_length=1)]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the plan; a key that it doesn't know is a mistake, not a remark."""


class Named(Part, frozen=True, kw_only=True):
    """Something with a Chinese name and, if the school wants one, an English name."""

    name: Text
    name_en: str = ""

    def called(self, language: str) -> str:
        """Its name in that language; the Chinese one where it has no other."""
        return self.name if language.startswith("zh") else self.name_en or self.name
