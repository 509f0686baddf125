"""What an analyst does: loads more years from a source, watches, stops, goes on, and decides."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from factories.replay_server import Asked, ReplayServer, Reply
from factories.table_source import TableSource
from journeys.conftest import WORKER, served
from journeys.reader import NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
ANALYST = "analyst@demo.example"
TABLE = "sbs_r_nuts06_r2"
FIGURES = f"/eurostat/api/dissemination/sdmx/3.0/data/dataflow/ESTAT/{TABLE}/1.0"
Come = Callable[..., Page]


@pytest.fixture(scope="module")
def source() -> Iterator[ReplayServer]:
    """A source that finds more than a year too big, and takes its time over each."""
    with ReplayServer() as server:
        table = TableSource(server, code=TABLE, most_cells=4)

        def slowly(asked: Asked) -> Reply:
            time.sleep(0.7)
            return table.sdmx30(asked)

        server.answers_with(FIGURES, slowly)
        yield server


@pytest.fixture(scope="module")
def fetching_site(prepared_home: Path, scratch: Path, source: ReplayServer) -> Iterator[str]:
    """A server with its worker; the source on this machine stands in for all sources."""
    home = scratch / f"fetching-{WORKER}"
    with served(prepared_home, home, CLUSTERPOLISEE_SOURCE_STAND_IN=source.address) as address:
        yield address


@pytest.fixture
def analyst(reader: Come, fetching_site: str) -> Come:
    """Comes signed in."""

    def come(language: str = "en", *, width: int = WIDE, javascript: bool = True) -> Page:
        page = reader(language, width=width, javascript=javascript, at=fetching_site)
        sign_in(page, language, ANALYST)
        return page

    return come


def ask_for(page: Page, language: str, first: int, last: int) -> None:
    page.goto(f"/{language}/data/{TABLE}/")
    page.locator("#more-years input[name=first]").fill(str(first))
    page.locator("#more-years input[name=last]").fill(str(last))
    page.locator("#more-years button[type=submit]").click()
    page.wait_for_url("**/jobs/*/")


def test_analyst_loads_more_years_and_watches_without_pressing_anything(analyst: Come) -> None:
    page = analyst("en")
    ask_for(page, "en", 2016, 2017)
    assert barriers(page) == []
    expect(page.locator("[data-job] [data-state=done]")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-job]")).to_contain_text("waits for your decision")
    assert barriers(page) == []
    page.locator("[data-job] a.btn.main").click()
    page.wait_for_url(f"**/en/data/{TABLE}/2/")
    expect(page.locator("main")).to_contain_text("2015–2017")


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_analyst_stops_the_work_and_goes_on_where_it_was(
    analyst: Come, source: ReplayServer, width: int
) -> None:
    last = {WIDE: 2018, NARROW: 2019}[width]
    page = analyst("bg", width=width)
    ask_for(page, "bg", 2016, last)
    assert not overflows(page)
    page.locator("[data-job] .btn.danger").click()
    expect(page.locator("[data-job] [data-state=cancelled]")).to_be_visible(timeout=60_000)
    assert barriers(page) == [] and not overflows(page)
    page.locator("[data-job] form button.main").click()
    expect(page.locator("[data-job] [data-state=done]")).to_be_visible(timeout=60_000)
    questions = [asked.line for asked in source.questions(FIGURES) if f"le:{last}" in asked.line]
    assert len(questions) == len(set(questions))


def test_analyst_watches_without_scripts(analyst: Come) -> None:
    page = analyst("en", javascript=False)
    ask_for(page, "en", 2014, 2015)
    for _look in range(60):
        if page.locator("[data-job] [data-state=done]").count():
            break
        page.locator("[data-reload]").click()
        time.sleep(0.5)
    expect(page.locator("[data-job]")).to_contain_text("Version")
