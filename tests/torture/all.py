"""All faults in their order, and those that are shown elsewhere or can't be shown on one machine."""

from __future__ import annotations

from tests.torture.fault import Fault
from tests.torture.scenarios import broker, clocks, database, door, people, platform, workers

_PARTS = (workers, door, database, broker, platform, clocks, people)
FAULTS: dict[str, Fault] = {
    one.id: one
    for one in sorted(
        (fault for part in _PARTS for fault in part.FAULTS),
        key=lambda fault: (int("".join(filter(str.isdigit, fault.id))), fault.id),
    )
}

# What isn't among them, and why.
ELSEWHERE = {
    "F6": "each await is killed once by tests/crash (python -m tests.crash)",
    "F10": "a standby that is promoted needs a second machine: not shown",
    "F24": "Teams' repeats come with Teams",
    "F30": "the school's days and nights are in tests/domain/test_calendar.py; it has one time zone",
    "F31": "a year without holidays is in tests/domain/test_calendar.py",
    "F32": "the watch and who watches it are in tests/test_watch.py and tests/test_guard.py",
    "F36": "a backup read back is in tests/service/test_keeping.py; an empty machine isn't",
    "F37": "a day of all of it is `run.py torture --scale full --hours 24`: by hand",
}
