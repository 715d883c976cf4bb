"""Each night a backup that can be restored is there, once; and an admin hears when it isn't."""

from __future__ import annotations

import stat
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock, Timeout
from hypothesis import given
from hypothesis import strategies as st

from domain.keeping import opened_backup
from domain.keeping.faults import BackupFault
from domain.models import Timer
from domain.notices.running import BackupFailed
from domain.rules.nights import after_night, again_that_night, no_longer_kept
from domain.rules.plan import read_plan
from domain.sealing import Keyring
from tests.fixtures.house import School
from tests.fixtures.passing import at, pass_to, told
from workers import backups
from workers.backups import back_up
from workers.firing import Firing
from workers.schedule import duties_of, plan_duties

NIGHT = at("2018-09-04T02:30")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))


async def failures(school: School) -> list[tuple[str, str]]:
    """What the admin heard, in a message of its own or in a morning's."""
    heard = []
    for when, one in await told(school.people["方正"]):
        items = [item.told() for item in one.items] if hasattr(one, "items") else [one]
        heard += [(when, item.why) for item in items if isinstance(item, BackupFailed)]
    return heard


async def test_the_night_s_backup_is_whole_and_for_its_owner_alone(
    school: School, tmp_path: Path, keyring: Keyring
) -> None:
    await school.say("林晓", "/visit 七3 王小明 奶奶照顾")
    folder = tmp_path / "kept"
    folder.mkdir()
    await back_up(folder, NIGHT)
    (name,) = names(folder)
    assert name == "zoufang-nightly-20180904.zip"
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    with opened_backup(folder / name, keyring) as backup:
        rows = {table.name: table.rows for table in backup.manifest.tables}
    assert rows["visit"] == 1


async def test_it_is_made_once_however_often_it_is_done(school: School, tmp_path: Path) -> None:
    await back_up(tmp_path, NIGHT)
    file = tmp_path / "zoufang-nightly-20180904.zip"
    before = file.read_bytes(), file.stat().st_mtime_ns
    await back_up(tmp_path, NIGHT)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert await failures(school) == []


async def test_by_its_timer_it_comes_each_night(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    duties = duties_of(backup_folder=folder)
    monkeypatch.setattr("tests.fixtures.passing.DUTIES", duties)
    await plan_duties(duties)
    await pass_to("2018-09-06T02:29")
    assert names(folder) == ["zoufang-nightly-20180904.zip", "zoufang-nightly-20180905.zip"]
    # After a standstill of a week the last night's comes, once.
    await school.move_to(at("2018-09-13T09:00"))
    await Timer.filter(key="duty:receipts").delete()
    await Firing(duties, lambda: None).fire((await Timer.get(key="duty:backup")).id)
    assert names(folder)[2:] == ["zoufang-nightly-20180906.zip"]
    assert (await Timer.get(key="duty:backup")).due_at == at("2018-09-14T02:30")


async def test_unless_it_is_asked_for_it_has_no_timer_and_one_that_is_left_goes(
    school: School,
) -> None:
    del school
    assert "backup" not in duties_of()
    await Timer.create(key="duty:backup", duty="backup", due_at=NIGHT)
    await pass_to("2018-09-04T02:31")
    assert not await Timer.filter(duty="backup").exists()


@pytest.fixture
async def nightly(monkeypatch: pytest.MonkeyPatch, school: School, tmp_path: Path) -> Path:
    """The folder of each night's backup, by its timer; it isn't there yet."""
    del school
    folder = tmp_path / "CANARY"
    duties = {"backup": duties_of(backup_folder=folder)["backup"]}
    monkeypatch.setattr("tests.fixtures.passing.DUTIES", duties)
    await plan_duties(duties)
    return folder


async def test_what_fails_is_tried_again_until_morning_and_then_told_once(
    school: School, nightly: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []
    await pass_to("2018-09-04T02:29")
    for _try in range(8):
        due = (await Timer.get(key="duty:backup")).due_at
        assert due is not None
        tries.append(due.astimezone(NIGHT.tzinfo).strftime("%H:%M"))
        await pass_to(due.astimezone(NIGHT.tzinfo).strftime("%Y-%m-%dT%H:%M"))
    assert tries == ["02:30", "02:35", "02:40", "02:50", "03:10", "03:50", "05:10", "06:00"]
    await pass_to("2018-09-04T08:00")
    assert await failures(school) == [("09-04 07:30", "unwritable")]
    assert not nightly.exists()  # noqa: ASYNC240  it may be a disk that isn't mounted
    assert caplog.text.count("ALARM: the backup of the night could not be made") == 1
    assert "CANARY" not in caplog.text
    # The next night begins anew.
    assert (await Timer.get(key="duty:backup")).due_at == at("2018-09-05T02:30")


async def test_what_succeeds_the_same_night_is_told_to_nobody(
    school: School, nightly: Path
) -> None:
    await pass_to("2018-09-04T03:00")
    nightly.mkdir()  # noqa: ASYNC240
    await pass_to("2018-09-04T12:00")
    assert names(nightly) == ["zoufang-nightly-20180904.zip"]
    assert await failures(school) == []


async def test_after_a_standstill_in_the_night_a_failure_is_told_at_once(
    school: School, nightly: Path
) -> None:
    await school.move_to(at("2018-09-04T10:00"))
    assert await back_up(nightly, NIGHT) is None
    await pass_to("2018-09-04T10:01")
    assert [why for _, why in await failures(school)] == ["unwritable"]


async def test_what_cannot_be_written_leaves_no_half_and_the_old_ones_stay(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await back_up(tmp_path, NIGHT - timedelta(days=1))

    async def full(_file: Path) -> None:
        raise BackupFault("unwritable", file="CANARY", why="disk full")

    monkeypatch.setattr(backups, "write_backup", full)
    await school.move_to(at("2018-09-04T06:00"))
    assert await back_up(tmp_path, NIGHT) is None
    assert [one for one in names(tmp_path) if one.startswith("zoufang-nightly")] == [
        "zoufang-nightly-20180903.zip"
    ]
    await pass_to("2018-09-04T08:00")
    assert [why for _, why in await failures(school)] == ["unwritable"]


async def test_two_at_once_make_one_and_the_other_looks_again(
    school: School, tmp_path: Path
) -> None:
    with FileLock(tmp_path / ".zoufang-nightly.lock"), pytest.raises(Timeout):
        await back_up(tmp_path, NIGHT)
    await back_up(tmp_path, NIGHT)
    assert (tmp_path / "zoufang-nightly-20180904.zip").exists()


async def test_old_ones_go_and_what_anybody_else_put_there_stays(
    school: School, tmp_path: Path
) -> None:
    for day in range(1, 31):
        (tmp_path / f"zoufang-nightly-201808{day:02}.zip").write_text("old")
    others = ["zoufang-20180801-023000.zip", "notes.txt", "zoufang-nightly-20180801.zip.bak"]
    for name in (*others, "zoufang-nightly-20180830.zip.ab12.new"):
        (tmp_path / name).write_text("other")
    await back_up(tmp_path, NIGHT)
    left = [one for one in names(tmp_path) if not one.endswith((".db", ".db-wal", ".db-shm"))]
    assert left == sorted(
        [
            *others,
            "zoufang-nightly-20180801.zip",
            *(f"zoufang-nightly-201808{day}.zip" for day in range(18, 31)),
            "zoufang-nightly-20180904.zip",
        ]
    )


# --- the rules --------------------------------------------------------------------------------


@given(st.sets(st.dates(date(2017, 1, 1), date(2021, 12, 31)), max_size=400))
def test_of_any_nights_the_last_fourteen_and_twelve_months_firsts_are_kept(
    nights: set[date],
) -> None:
    gone = set(no_longer_kept(nights))
    kept = nights - gone
    assert gone <= nights
    assert set(sorted(nights)[-14:]) <= kept
    assert len(kept) <= 14 + 12
    months = sorted({(one.year, one.month) for one in nights})[-12:]
    firsts = {min(one for one in nights if (one.year, one.month) == month) for month in months}
    assert kept == firsts | set(sorted(nights)[-14:])
    # Night after night: what is kept today was kept yesterday.
    assert no_longer_kept(kept) == []


@given(st.integers(-600, 86_400))
def test_of_whatever_failed_the_next_try_is_later_and_before_the_morning(seconds: int) -> None:
    night, failed = date(2018, 9, 4), NIGHT + timedelta(seconds=seconds)
    again = again_that_night(night, failed)
    if again is None:
        assert failed >= at("2018-09-04T06:00")
    else:
        assert failed < again <= at("2018-09-04T06:00")


def test_it_comes_at_half_past_two() -> None:
    plan = read_plan(None)
    for instant, due in [
        ("2018-09-03T08:00", "2018-09-04T02:30"),
        ("2018-09-04T02:29", "2018-09-04T02:30"),
        ("2018-09-04T02:30", "2018-09-05T02:30"),
        ("2018-12-31T23:59", "2019-01-01T02:30"),
    ]:
        found: datetime = after_night(at(instant), plan)
        assert found == at(due)
