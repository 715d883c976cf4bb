"""What happens in a simulated week, by the dice alone: who says what when, and what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from domain.house import SCHOOL_TIME
from tests.sim.post import Mood, Spell

# Over the mid-autumn holiday: Monday the 24th is one, by the order of that year.
START = datetime(2018, 9, 19, 6, 40, tzinfo=SCHOOL_TIME)
END = datetime(2018, 9, 26, 20, 0, tzinfo=SCHOOL_TIME)
# By then all is told that was to be told: the longest wait between two tries is over, and a lease.
OVER = END + timedelta(hours=2)
_LISTED = tuple(START.date() + timedelta(days=n) for n in range(3))
_HOLIDAY = date(2018, 9, 24)
LIAISON, TEACHER, LEADER = "许宁", "林晓", "蔡平"
# Robots number their messages each for itself.
ROBOTS = ("dingbot", "dingbot2")
_MOODS: tuple[Mood, ...] = ("refuses", "refuses", "silent", "hangs", "throttles")


def worked(day: date, *, ordered: bool) -> bool:
    """Whether people work on that day; without the year's order, by the week.

    The school's own calendar isn't asked: by this one the oracle judges it.
    """
    return day.weekday() < 5 and not (ordered and day == _HOLIDAY)


def morning_after(day: date, days: int, *, ordered: bool) -> datetime:
    """The morning of the working day that is so many after that day."""
    while days:
        day += timedelta(days=1)
        days -= worked(day, ordered=ordered)
    return datetime.combine(day, time(7, 30), SCHOOL_TIME)


@dataclass(frozen=True)
class Life:
    """What is done about a problem, and when; None: never."""

    words: str
    listed: datetime
    classified: datetime | None
    claimed: datetime | None
    solved: datetime | None


@dataclass(frozen=True)
class Said:
    """A message: of whom, when each copy of it arrives, by which robot and under which id.

    `act` is which of a life's it is. In the text {n} stands for the number of its problem.
    """

    act: str
    life: int
    who: str
    text: str
    arrivals: tuple[datetime, ...]
    robot: str
    message: str


@dataclass(frozen=True)
class Death:
    """One of the processes is killed, and starts again so many seconds later."""

    at: datetime
    which: int
    seconds: float


@dataclass(frozen=True)
class Bad:
    """So many statements of a process fail, from then on."""

    at: datetime
    which: int
    statements: int


@dataclass(frozen=True)
class Story:
    """All of it. `ordered`: the year's holidays are known; `skews` are of the machines' clocks
    (seconds); `still` is when nobody is at work at all; each process does `hands` things at once.
    """

    seed: int
    ordered: bool
    skews: tuple[float, float]
    lives: tuple[Life, ...]
    said: tuple[Said, ...]
    deaths: tuple[Death, ...]
    still: tuple[datetime, datetime] | None
    bad: tuple[Bad, ...]
    spells: tuple[Spell, ...]
    hands: int


def story(seed: int) -> Story:
    """The story of that seed."""
    dice = Random(f"story {seed}")
    ordered = dice.randrange(4) > 0
    lives = tuple(_life(dice, number, ordered=ordered) for number in range(dice.randint(2, 3)))
    said = tuple(_said(dice, lives))
    return Story(
        seed,
        ordered,
        (0.0, dice.choice((0.0, -65.0, 65.0, 3600.0))),
        lives,
        said,
        _deaths(dice, said, ordered=ordered),
        _still(dice) if dice.randrange(4) == 0 else None,
        tuple(_bad(dice, ordered=ordered) for _ in range(dice.randrange(6))),
        tuple(_spell(dice, ordered=ordered) for _ in range(dice.randrange(4))),
        dice.choice((1, 1, 3)),
    )


# --- what people do -------------------------------------------------------------------------


def _life(dice: Random, number: int, *, ordered: bool) -> Life:
    # The early morning is still yesterday where a clock is read without its zone.
    seconds = dice.choice((dice.uniform(0, 4_000), dice.uniform(4_800, 44_000)))
    listed = datetime.combine(dice.choice(_LISTED), START.timetz()) + timedelta(seconds=seconds)
    classified = _later(dice, listed, 1, 0.7, ordered=ordered)
    claimed = _later(dice, listed, 4, 0.6, ordered=ordered)
    solved = claimed + timedelta(hours=dice.uniform(1, 30)) if claimed else None
    return Life(
        f"希望第{number}间教室有新的灯",
        listed,
        classified,
        claimed,
        solved if solved and solved < END - timedelta(hours=3) and dice.randrange(2) else None,
    )


def _later(
    dice: Random, since: datetime, mornings: int, chance: float, *, ordered: bool
) -> datetime | None:
    """Some time later; every other time just as a morning's message goes out, or soon after it."""
    if dice.random() > chance:
        return None
    if dice.randrange(2):
        morning = morning_after(since.date(), dice.randint(1, mornings), ordered=ordered)
        return morning + timedelta(
            seconds=dice.choice((dice.uniform(0, 12), dice.uniform(60, 3600)))
        )
    return since + timedelta(hours=dice.uniform(0.1, 10 * mornings))


def _said(dice: Random, lives: tuple[Life, ...]) -> list[Said]:
    said = []
    twins = dice.randrange(2)
    for place, life in enumerate(lives):
        # Two of different people may bear one number, if it is different robots that gave it.
        first = (TEACHER, ROBOTS[1], "m0 listed") if twins and place == 1 else None
        for act, who, text, at in (
            ("listed", LIAISON, f"/问题 七年级 {life.words}", life.listed),
            ("classified", LIAISON, "/分类 {n} 后勤安全", life.classified),
            ("claimed", LEADER, "/认领 {n}", life.claimed),
            ("solved", LEADER, "/办结 {n} 已换好新灯", life.solved),
        ):
            if at is not None and at < END - timedelta(hours=2):
                named = first if first and act == "listed" else (who, ROBOTS[0], f"m{place} {act}")
                arrivals = _arrivals(dice, at)
                said.append(Said(act, place, named[0], text, arrivals, *named[1:]))
    return said


def _arrivals(dice: Random, at: datetime) -> tuple[datetime, ...]:
    """It may come again: at once, soon, or after hours."""
    again = [dice.choice((0.0, 0.02, 1.0, 30.0, 7200.0)) for _ in range(dice.choice((0, 0, 1, 2)))]
    return tuple(at + timedelta(seconds=seconds) for seconds in (0.0, *sorted(again)))


# --- what goes wrong ------------------------------------------------------------------------


def _near(dice: Random, *, ordered: bool) -> datetime:
    """Just as a morning's reminders fire and go out, or any time."""
    morning = morning_after(START.date(), dice.randint(1, 4), ordered=ordered)
    return morning + timedelta(seconds=dice.choice((dice.uniform(0, 8), dice.uniform(0, 80_000))))


def _deaths(dice: Random, said: tuple[Said, ...], *, ordered: bool) -> tuple[Death, ...]:
    deaths = []
    for _ in range(dice.randint(0, 6)):
        at = _near(dice, ordered=ordered)
        if dice.randrange(3) == 0:
            at = dice.choice(said).arrivals[0] + timedelta(seconds=dice.uniform(0, 0.4))
        deaths.append(Death(at, dice.randrange(2), dice.choice((0.5, 3.0, 20.0))))
    return tuple(sorted(deaths, key=lambda one: one.at))


def _still(dice: Random) -> tuple[datetime, datetime]:
    since = START + timedelta(hours=dice.uniform(6, 48))
    return since, since + timedelta(hours=dice.uniform(20, 80))


def _bad(dice: Random, *, ordered: bool) -> Bad:
    return Bad(_near(dice, ordered=ordered), dice.randrange(2), dice.randint(1, 4))


def _spell(dice: Random, *, ordered: bool) -> Spell:
    since = _near(dice, ordered=ordered) - timedelta(seconds=dice.uniform(0, 15))
    long = timedelta(seconds=dice.choice((10, 120, 3600, 30_000, 30_000)))
    return Spell(since, since + long, dice.choice(_MOODS), dice.choice((30, 100, 100)))
