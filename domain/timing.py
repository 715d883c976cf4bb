"""Writes down what is to happen later: a timer is the only thing that holds a "later"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.models import Timer

# What looks after a problem: its reminders and escalations.
PROBLEM = "problem"
# What reminds of a visit or a talk that is arranged, on its day.
ARRANGED = "arranged"
# The row in which the watch over all the others writes down when it was last through; never due.
WATCH = "watch"
# How long doing a thing may take before it is broken off and tried again (seconds, real time); a
# large school's backup takes more than any other duty.
LIMIT_SECONDS = 540
LONG_SECONDS = {"backup": 3 * 3600}


def problem_key(number: int) -> str:
    """The key of the one timer of a problem."""
    return f"problem:{number}"


async def look_at_problems(numbers: Iterable[int], at: datetime) -> None:
    """Have these problems looked at at that instant, whatever was planned for them before.

    Whoever looks finds what is to be done by then, and plans when to look again.
    """
    rows = [
        Timer(key=problem_key(number), duty=PROBLEM, subject=number, due_at=at)
        for number in sorted(set(numbers))
    ]
    if rows:
        # In one statement: it is part of each message about a problem.
        await Timer.bulk_create(rows, on_conflict=["key"], update_fields=["due_at"])


async def plan_duty(duty: str, at: datetime, *, subject: int | None = None) -> None:
    """Have a duty done at that instant, unless a time for it stands already."""
    key = f"duty:{duty}" if subject is None else f"{duty}:{subject}"
    row = Timer(key=key, duty=duty, subject=subject, due_at=at)
    await Timer.bulk_create([row], ignore_conflicts=True)


async def plan_errands(duty: str, subjects: Iterable[int], at: datetime) -> None:
    """Have a duty done at that instant for each of these, whatever was planned for them before."""
    rows = [
        Timer(key=f"{duty}:{subject}", duty=duty, subject=subject, due_at=at)
        for subject in sorted(set(subjects))
    ]
    if rows:
        await Timer.bulk_create(rows, on_conflict=["key"], update_fields=["due_at"])
