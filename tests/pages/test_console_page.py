"""A newcomer tries Zoufang in a browser: says a visit, and sees what comes of it."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from tests.fixtures.demo import ROOT, Running

pytestmark = pytest.mark.browser

TEACHER = "许静文"
VISIT = "/家访 七3 王小明 奶奶照顾，内向 诉求：希望有晚托"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
# README's pictures are made here: ZOUFANG_PICTURES=docs/images python3 run.py test tests/pages
PICTURES = Path(os.environ.get("ZOUFANG_PICTURES", "test-results"))


@asynccontextmanager
async def page_at(
    browser: Browser, demo: Running, size: dict[str, int], language: str = "zh-CN"
) -> AsyncIterator[tuple[Page, list[str]]]:
    """The console in a fresh browser, and what went wrong on it."""
    context = await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale=language,
        # A reader far away still sees the school's time.
        timezone_id="America/New_York",
        device_scale_factor=2,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", _only_here(demo, faults))
    await page.goto(demo.address)
    await expect(page.locator("#box")).to_be_enabled()
    yield page, faults
    await context.close()


def _only_here(demo: Running, faults: list[str]) -> Callable[[object], None]:
    def check(request: object) -> None:
        host = urlsplit(request.url).netloc  # type: ignore[attr-defined]
        if host != urlsplit(demo.address).netloc:
            faults.append(f"asked another host: {host}")

    return check


async def be(page: Page, name: str, chat: str) -> None:
    """Choose who speaks and where; on a phone these stand on a view of their own."""
    phone = await page.locator("#tabs").is_visible()
    if phone:
        await page.locator("#tabs [data-go=who]").click()
    await page.locator("#filter").fill(name)
    await page.locator("#people [data-person]", has_text=name).first.click()
    if phone:
        await page.locator("#tabs [data-go=who]").click()
    await page.locator("#filter").fill("")
    await page.locator(f"#chats [data-chat='{chat}']").click()
    if phone:
        await page.locator("#tabs [data-go=talk]").click()


async def say(page: Page, text: str) -> None:
    await page.locator("#box").fill(text)
    await page.locator("#send").click()


async def picture(page: Page, name: str) -> None:
    folder = ROOT / PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=folder / f"{name}.png")


async def test_a_newcomer_says_a_visit_and_sees_what_comes_of_it(
    browser: Browser, demo: Running
) -> None:
    async with page_at(browser, demo, DESKTOP) as (page, faults):
        await be(page, TEACHER, "grade-7")
        await say(page, VISIT)
        receipt = page.locator("#log .entry[data-kind=bot][data-notice=VisitRecorded]")
        await expect(receipt).to_contain_text("七(3)班 12号")
        await expect(receipt).not_to_contain_text("王小明")
        await expect(receipt).not_to_contain_text("晚托")
        await expect(page.locator("#log .entry[data-kind=hint]")).to_be_visible()
        await be(page, TEACHER, "direct")
        await say(page, "性格：内向，爱画画")
        added = page.locator("#log .entry[data-kind=bot][data-notice=VisitRecorded]").last
        await expect(added).to_contain_text("性格")
        await say(page, "/进度 七年级")
        await expect(page.locator("#log .entry[data-notice=CoverageShown]")).to_contain_text("33%")
        assert faults == []


async def test_what_one_person_does_reaches_the_others_inbox(
    browser: Browser, demo: Running
) -> None:
    async with page_at(browser, demo, DESKTOP) as (page, faults):
        await be(page, TEACHER, "grade-7")
        await say(page, "/家访 七3 11号 同行：蔡平")
        receipt = page.locator("#log .entry[data-notice=VisitRecorded]").last
        await expect(receipt).to_contain_text("11号")
        people = page.locator("#inbox-of option", has_text="蔡平").first
        await page.locator("#inbox-of").select_option(await people.get_attribute("value"))
        shared = page.locator("#inbox .entry[data-notice=VisitShared]")
        await expect(shared.last).to_contain_text(TEACHER)
        await picture(page, "console-desktop")
        assert faults == []


async def test_a_choice_is_picked_with_a_tap(browser: Browser, demo: Running) -> None:
    async with page_at(browser, demo, DESKTOP) as (page, faults):
        await be(page, "蔡平", "direct")
        await say(page, "/家访 七5 陈晨 活泼")
        asked = page.locator("#log .entry[data-outcome=choose]")
        await asked.locator(".choice").first.click()
        await expect(page.locator("#log .entry[data-notice=VisitRecorded]")).to_be_visible()
        assert faults == []


async def test_the_clock_moves_the_schools_date(browser: Browser, demo: Running) -> None:
    async with page_at(browser, demo, DESKTOP) as (page, faults):
        before = await page.locator("#now").get_attribute("datetime")
        await page.locator("[data-advance=P1D]").first.click()
        await expect(page.locator("#now")).not_to_have_attribute("datetime", before or "")
        await expect(page.locator("#now")).to_have_attribute("datetime", _next_day(before or ""))
        assert faults == []


def _next_day(before: str) -> re.Pattern[str]:
    day = datetime.fromisoformat(before).date() + timedelta(days=1)
    return re.compile(f"^{day.isoformat()}")


async def test_it_fits_a_phone(browser: Browser, demo: Running) -> None:
    async with page_at(browser, demo, PHONE) as (page, faults):
        await be(page, TEACHER, "direct")
        await say(page, "/家访 七3 2号 爸爸在家，说孩子爱看书")
        await expect(page.locator("#log .entry[data-notice=VisitRecorded]")).to_be_visible()
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not await page.evaluate(wide)
        await picture(page, "console-phone")
        assert faults == []


async def test_it_speaks_english_too(browser: Browser, demo: Running) -> None:
    async with page_at(browser, demo, DESKTOP, "en-GB") as (page, faults):
        if await page.locator("html").get_attribute("lang") != "en":
            await page.locator("#language").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await be(page, "蔡平", "direct")
        await say(page, "/coverage Grade 7")
        shown = page.locator("#log .entry[data-notice=CoverageShown]")
        await expect(shown).to_contain_text("Grade 7")
        await picture(page, "console-english")
        assert faults == []
