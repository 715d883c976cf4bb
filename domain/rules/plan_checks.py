"""What no single key shows: whether the plan's dates, hours and rungs follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from domain.rules.plan_checks_names import name_mistakes
from domain.rules.plan_clock import LADDERS, RED_FLAG, Ladder, Rung
from domain.rules.plan_each import numbered, twice
from domain.rules.plan_error import PlanError
from domain.rules.plan_parts import Phase, Vacation
from domain.rules.plan_whole import PHASES, Plan


def mistakes(plan: Plan) -> Iterator[PlanError]:
    """All that doesn't fit together in a plan whose keys are each right by themselves."""
    yield from _days(plan)
    yield from _grades(plan)
    yield from _hours(plan)
    yield from _rungs(plan)
    yield from name_mistakes(plan)


def _days(plan: Plan) -> Iterator[PlanError]:
    spans: list[tuple[str, Phase | Vacation]] = [
        *((f"phases.{key}", plan.phase(key)) for key in PHASES),
        *numbered("vacations", plan.vacations),
    ]
    for place, span in spans:
        if span.end < span.start:
            yield PlanError(
                f"{place}.end",
                f"结束（{span.end}）早于开始（{span.start}），请改成不早于开始的日期",
                f"it ends ({span.end}) before it starts ({span.start}); write a later date",
            )
    try:
        # A leap year: 29 February would do.
        date(2000, *plan.school_year_first_day)
    except ValueError:
        yield PlanError(
            "school_year.first_day",
            f"没有 {plan.school_year.first_day} 这一天，请写真实存在的“月-日”",
            f"there is no {plan.school_year.first_day}; write a month-day that exists",
        )


def _grades(plan: Plan) -> Iterator[PlanError]:
    numbers = [
        (f"{place}.grade", str(grade.grade)) for place, grade in numbered("grades", plan.grades)
    ]
    yield from twice(numbers)
    for place, grade in numbered("grades", plan.grades):
        yield from twice(numbered(f"{place}.questions", grade.questions))
        if ("targets" in grade.questions) != (grade.targets is not None):
            yield PlanError(
                f"{place}.targets",
                "questions 里有 targets 时要写这一项，没有时不写，请补上或删去",
                "it stands exactly where questions has targets; add it or delete it",
            )


def _hours(plan: Plan) -> Iterator[PlanError]:
    pace = plan.pace
    if pace.work_until <= pace.work_from:
        yield PlanError(
            "pace.work_until",
            "下班不晚于上班，请写晚于 work_from 的时间",
            "work ends before it begins; write an hour after work_from",
        )
    for key, hour in (("bundle_at", pace.bundle_at), ("digest_at", pace.digest_at)):
        if _within(hour, pace.quiet_from, pace.quiet_until):
            yield PlanError(
                f"pace.{key}",
                "落在免打扰时间里，永远发不出，请写 quiet_until 之后、quiet_from 之前的时间",
                "it lies in the quiet hours; write an hour after quiet_until, before quiet_from",
            )
    yield from twice(numbered("pace.teacher_days", pace.teacher_days))


def _within(hour: time, start: time, end: time) -> bool:
    """Whether `hour` lies from `start` up to, not with, `end`, perhaps over midnight."""
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


# A problem that waits for these would be forgotten after the last rung, were that not weekly.
_FOR_EVER: tuple[Ladder, ...] = ("tell", "review", "refer", "supervise")


def _rungs(plan: Plan) -> Iterator[PlanError]:
    rungs = numbered("rungs", plan.rungs)
    yield from twice((f"{place}.key", rung.key) for place, rung in rungs)
    last: dict[str, Rung] = {}
    for place, rung in rungs:
        if rung.key == RED_FLAG:
            yield PlanError(
                f"{place}.key",
                f"{RED_FLAG} 是红线提醒用的名字，请换一个",
                f"{RED_FLAG} is the key of the red flags' own step; write another",
            )
        if below := last.get(rung.ladder):
            yield from _out_of_order(place, rung, below)
        last[rung.ladder] = rung
        least = -plan.clock.days if rung.ladder == "due" else 0
        if rung.days < least:
            yield PlanError(
                f"{place}.days",
                f"这架梯子从第 {least} 天开始，请写不小于 {least} 的数",
                f"this ladder begins with day {least}; write no less than {least}",
            )
    for ladder in LADDERS:
        if ladder not in last:
            yield PlanError(
                "rungs",
                f"{ladder} 这架梯子一级也没有，没人会被提醒，请补上一节",
                f"the ladder {ladder} has no rung, so that nobody would be told; add one",
            )
        elif ladder in _FOR_EVER and not last[ladder].every:
            yield PlanError(
                f"{_place(rungs, last[ladder])}.every",
                f'{ladder} 这架梯子到此为止，之后就没人记得了，请在这一级写 every = "week"',
                f'after it the ladder {ladder} is over, all forgotten; write every = "week"',
            )
    yield from twice(numbered("chain.up", plan.chain.up))


def _place(rungs: list[tuple[str, Rung]], wanted: Rung) -> str:
    return next(place for place, rung in rungs if rung is wanted)


def _out_of_order(place: str, rung: Rung, below: Rung) -> Iterator[PlanError]:
    if below.every:
        yield PlanError(
            f"{place}.ladder",
            f"上一级 {below.key} 每周重复，后面的永远轮不到，请把它放在这架梯子的最后",
            f"{below.key} before it comes every week and never ends; put that last in its ladder",
        )
    # Which of 3 natural and 2 working days comes first depends on the week.
    if rung.count != below.count:
        yield PlanError(
            f"{place}.count",
            f"同一架梯子要用同一种天数，请和上一级 {below.key} 一样写 {below.count}",
            f"a ladder counts its days in one way; write {below.count}, as {below.key} does",
        )
    elif rung.days <= below.days:
        yield PlanError(
            f"{place}.days",
            f"第 {rung.days} 天不在上一级 {below.key}（第 {below.days} 天）之后，请从小到大写",
            f"day {rung.days} isn't after the rung before it, {below.key} (day {below.days});"
            " write the days of a ladder in ascending order",
        )
