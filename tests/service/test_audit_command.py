"""`zoufang audit verify` says whether the past is still the same, and ends with 1 when it isn't."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from domain.models import ProblemEvent
from domain.queries.audit import Kept
from domain.sealing import Keyring
from service.auditing import run_verify
from service.faults import StartFault
from settings import Settings, settings_of
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.house import School
from tests.fixtures.processes import Start


def set_to(school: School, language: str) -> Settings:
    values = {"DATABASE_URL": school.database, "LANGUAGE": language}
    return settings_of({f"ZOUFANG_{name}": value for name, value in values.items()})


@pytest.fixture
async def story(school: School, keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> School:
    """Two events; the school's keys are the tests' own, which no setting would be allowed to be."""
    monkeypatch.setattr("service.auditing.keyring_of", lambda _: keyring)
    person = school.people[CAI]
    number = await listed(school, LIN, "灯坏了", state="claimed", responsible_id=person)
    await school.say(CAI, f"/跟进 {number} 换好了")
    return school


async def test_what_it_prints_can_be_compared_with_later(
    story: School, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run_verify(set_to(story, "en"), None) == 0
    said = capsys.readouterr().out
    kept = re.search(r"--last (\d+):([0-9a-f]{64})", said)
    assert kept is not None, said
    assert kept[1] == "2"
    assert await run_verify(set_to(story, "en"), Kept(int(kept[1]), kept[2])) == 0
    assert await run_verify(set_to(story, "en"), Kept(1, kept[2])) == 1


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh-CN", "第 2 条被改过"), ("en", "Event 2 was changed")]
)
async def test_the_first_bad_one_is_named(
    story: School, language: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await ProblemEvent.filter(number=2).update(by_id=story.people[LIN])
    assert await run_verify(set_to(story, language), None) == 1
    said = capsys.readouterr().out
    assert sentence in said
    assert "换好了" not in said


def test_it_can_be_asked_for_by_hand(start: Start) -> None:
    begun = start("keys")
    keys, secret = (begun.line("=").strip().split("=", 1)[1] for _ in range(2))
    assert begun.status() == 0
    here = {"ENCRYPTION_KEYS": keys, "SECRET_KEY": secret, "LANGUAGE": "en"}
    assert start("migrate", **here).status() == 0
    asked = start("audit", "verify", **here)
    assert "All 0 events" in asked.line("events")
    assert asked.status() == 0
    wrong = start("audit", "verify", "--last", "12", **here)
    assert wrong.status() == 2


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("empty", [False, True])
def test_where_there_is_no_database_one_sentence_says_so_and_nothing_is_made(
    tmp_path: Path, language: str, empty: bool
) -> None:
    file = tmp_path / "zoufang.db"
    if empty:
        file.touch()
    before = sorted(tmp_path.iterdir())
    values = {"ZOUFANG_DATABASE_URL": f"sqlite://{file}", "ZOUFANG_LANGUAGE": language}
    with pytest.raises(StartFault) as fault:
        asyncio.run(run_verify(settings_of(values), None))
    sentence = fault.value.sentence(language)
    assert str(file) in sentence
    assert "no such table" not in sentence
    assert sorted(tmp_path.iterdir()) == before


def test_by_hand_it_ends_with_that_sentence(start: Start) -> None:
    asked = start("audit", "verify", LANGUAGE="en")
    assert "There are no records of Zoufang" in asked.line("no records")
    assert asked.status() == 1
