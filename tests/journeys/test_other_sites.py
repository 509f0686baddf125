"""A newspaper shows our pictures: in a frame that may do nothing, as an image, with the way back, marked by nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.reader import NARROW, WIDE, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
OtherSite = tuple[str, Path]
ELSEWHERE = {"en": "On another site", "bg": "На друг сайт"}


def publish(folder: Path, html: str) -> None:
    page = f'<!doctype html><html lang="en"><title>News</title>{html}'
    (folder / "index.html").write_text(page, encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "width", "publisher"), [("bg", WIDE, "Евростат"), ("en", NARROW, "Eurostat")]
)
def test_a_journalist_takes_the_map_of_an_indicator_to_her_newspaper(
    reader: Reader, site: str, other_site: OtherSite, language: str, width: int, publisher: str
) -> None:
    own = reader(language, width=width)
    own.goto(f"/{language}/indicators/gdp_per_inhabitant_eu27/?country=BG&year=2015")
    own.locator(f".buttons a[href*='/map/how/']:has-text('{ELSEWHERE[language]}')").click()
    own.wait_for_url(f"**/{language}/embed/indicators/gdp_per_inhabitant_eu27/map/how/?*")
    assert barriers(own) == [] and not overflows(own)
    expect(own.frame_locator("iframe").locator("svg").first).to_be_visible()
    frame = own.locator("#frame-html").input_value()
    image = own.locator("#picture-html").input_value()
    assert "year=2015" in frame and "country=BG" in frame

    newspaper, folder = other_site
    # No origin of its own, no form; scripts only because the browser's driver clicks with one. The next test has none.
    in_a_cage = frame.replace(
        "<iframe ", '<iframe sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
    )
    publish(folder, in_a_cage + image)
    page = reader(language, width=width, at=newspaper, neighbours=[site])
    page.goto("/", wait_until="networkidle")
    page.locator("iframe").scroll_into_view_if_needed()
    framed = page.frame_locator("iframe")
    expect(framed.locator("html")).to_have_attribute("lang", language)
    expect(framed.locator("h1")).to_contain_text("2015")
    expect(framed.locator(".src")).to_contain_text(publisher)
    expect(framed.locator(".src")).to_contain_text("nama_10r_2gdp")
    assert framed.locator("svg a[href*='/regions/BG41/']").count() > 0
    assert framed.locator("body").evaluate(
        "body => body.scrollWidth <= innerWidth && body.scrollHeight <= innerHeight"
    )
    assert framed.locator("body").evaluate("() => [...document.fonts].some(one => one.status === 'loaded')")
    page.locator("img").scroll_into_view_if_needed()
    assert page.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    assert page.context.cookies() == []
    with page.context.expect_page() as opened:
        framed.locator(".src a").last.click()
    opened.value.wait_for_url(
        f"{site}/{language}/indicators/gdp_per_inhabitant_eu27/?year=2015&country=BG#map"
    )
    expect(opened.value.locator("h1")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "activities/B-E/years/",
        "categories/food-and-drink/map/?country=BG",
        "regions/compare/strengths/?r=BG31&r=EL52",
    ],
)
def test_pictures_of_every_kind_of_page_stand_in_a_narrow_column(
    reader: Reader, site: str, other_site: OtherSite, address: str
) -> None:
    newspaper, folder = other_site
    publish(
        folder,
        f'<iframe sandbox src="{site}/bg/embed/{address}" width="340" height="700" title="x"></iframe>',
    )
    page = reader("bg", width=NARROW, at=newspaper, neighbours=[site])
    page.goto("/", wait_until="networkidle")
    framed = page.frame_locator("iframe")
    expect(framed.locator("svg").first).to_be_visible()
    expect(framed.locator(".src")).to_contain_text("Евростат")
    assert framed.locator("body").evaluate("body => body.scrollWidth <= innerWidth + 1")


def test_another_site_cannot_frame_an_ordinary_page(
    browser: Browser, site: str, other_site: tuple[str, Path]
) -> None:
    newspaper, folder = other_site
    (folder / "index.html").write_text(f'<iframe src="{site}/en/regions/BG31/"></iframe>', encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(newspaper, wait_until="networkidle")
    assert "Severozapaden" not in page.frames[1].content()
    context.close()


def test_a_click_on_a_region_of_a_framed_map_opens_its_page_beside_it(
    browser: Browser, site: str, other_site: tuple[str, Path]
) -> None:
    newspaper, folder = other_site
    (folder / "index.html").write_text(
        f'<iframe width="900" height="900" src="{site}/en/embed/regions/BG31/map/"></iframe>',
        encoding="utf-8",
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto(newspaper, wait_until="networkidle")
    with context.expect_page() as opened:
        page.frame_locator("iframe").locator("svg a[href*='/regions/BG41/'] path").first.click(force=True)
    opened.value.wait_for_url(f"{site}/en/regions/**")
    context.close()
