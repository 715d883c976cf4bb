"""The parts of the plan that say when: the fifteen days, the rungs, the pace, the red flags."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta

from domain.rules.plan_base import DayCount, Days, Hour, Named, Part, Receiver, Text, Texts
from domain.rules.policy import Role

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# What a rung waits for; plan.toml says from when each is counted.
Ladder = Literal[
    "classify",
    "claim",
    "due",
    "touch",
    "answer",
    "tell",
    "review",
    "approve",
    "refer",
    "supervise",
]

# The key of the step that follows when nobody has taken up a red flag in time.
RED_FLAG = "red_flag"

LADDERS: tuple[Ladder, ...] = get_args(Ladder)


class Clock(Part, frozen=True):
    """The fifteen days (the plan, 分类化解问题); how they are counted is ours.

    The day heard is day 0 and `due_at` on day `days` is due. `late_recording_days` are natural
    days, `extension_days` all extensions together, `reopened_working_days` the wait for the next
    rung after a reopening.
    """

    days: Days
    count: DayCount
    due_at: Hour
    late_recording_days: Annotated[int, Meta(ge=0, le=365)]
    extensions: Annotated[int, Meta(ge=0, le=20)]
    extension_days: Annotated[int, Meta(ge=0, le=365)]
    reopened_working_days: Annotated[int, Meta(ge=0, le=365)]


class Rung(Part, frozen=True):
    """A step of a ladder (ours): after `days` days of that count, `to` are told.

    Negative days lie before due. With `every` it comes again each week, on the weekday of the
    weekly ones (`pace.weekly_on`), for as long as its ladder stands. The first of `to` is the
    receiver proper, in whose stead the chain passes up; the others are told along. `key` stays the
    same when the days change.
    """

    key: Text
    ladder: Ladder
    days: Annotated[int, Meta(ge=-365, le=365)]
    count: DayCount
    to: Annotated[tuple[Receiver, ...], Meta(min_length=1)]
    does: Literal["remind", "assign", "supervise"] = "remind"
    every: Literal["week"] | None = None


class Chain(Part, frozen=True):
    """Who is next up, lowest first (ours, after the plan's 逐级)."""

    up: Annotated[tuple[Role, ...], Meta(min_length=1)]


class Pace(Part, frozen=True):
    """When people are spoken to (ours): hours in China time."""

    bundle_at: Hour
    teacher_days: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    weekly_on: Weekday
    quiet_from: Hour
    quiet_until: Hour
    work_from: Hour
    work_until: Hour
    digest_at: Hour


class RedFlagKind(Named, frozen=True):
    """A kind of danger (ours): `words` raise it unless they stand inside one of `exceptions`."""

    key: Text
    words: Texts
    exceptions: tuple[Text, ...] = ()
    phones: tuple[Text, ...] = ()


class RedFlags(Part, frozen=True):
    """Who is told of danger at once, and, `claim_hours` hours without a claim later, who then.

    `leader` among the receivers is the line leader of `department`.
    """

    first: Annotated[tuple[Receiver, ...], Meta(min_length=1)]
    department: Text
    claim_hours: Annotated[int, Meta(ge=1, le=168)]
    then: Annotated[tuple[Receiver, ...], Meta(min_length=1)]
    kinds: Annotated[tuple[RedFlagKind, ...], Meta(min_length=1)]
