"""The small scripts beside the pages: cards above the page, pictures to explore, light or dark."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page, expect

from journeys.reader import NARROW, barriers, overflows

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]


def test_a_card_closes_with_escape_and_the_reader_is_back_on_the_number(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    number = page.locator("a.fig").first
    number.click()
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(number).to_be_focused()


def test_a_click_that_asks_for_another_tab_gets_one(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    with page.context.expect_page() as opened:
        page.locator("a.fig").first.click(modifiers=["Control"])
    expect(opened.value.locator("h1")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_picture_can_be_explored_and_put_back(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/BG31/")
    picture = page.locator("#map figure.picture")
    picture.locator("[data-explore]").click()
    live = picture.locator("[data-live] svg.marks")
    expect(live).to_be_visible()
    expect(picture.locator("[data-still]")).to_be_hidden()
    expect(picture.locator("[data-back]")).to_be_focused()
    region = live.locator('path[fill^="#"]').first
    region.hover(force=True)
    expect(picture.locator("[data-tip]")).to_be_visible()
    picture.locator("[data-back]").click()
    expect(picture.locator("[data-still]")).to_be_visible()
    expect(picture.locator("[data-explore]")).to_be_focused()


def test_what_is_not_published_stays_hatched_in_an_explored_picture(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/BG31/")
    page.locator("#map [data-explore]").click()
    expect(page.locator('#map [data-live] path[fill="url(#no-data)"]').first).to_be_attached()
    expect(page.locator("svg.patterns #no-data")).to_be_attached()


def test_the_first_press_of_tab_offers_the_way_to_the_content(reader: Reader) -> None:
    page = reader("bg")
    page.goto("/bg/regions/BG31/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Към съдържанието")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_on_a_telephone_the_ways_to_the_parts_stay_in_sight(reader: Reader) -> None:
    """Before the first part and after the last jump they stand at the top, and cover no heading."""
    page = reader("bg", width=NARROW)
    page.goto("/bg/regions/BG31/")
    ways = page.locator("nav.tabs")
    assert line_count(ways) == 1
    ways.get_by_role("link", name="Какво липсва").click()
    expect(ways).to_be_in_viewport()
    heading = page.locator("#missing h2")
    expect(heading).to_be_in_viewport()
    assert bottom_of(heading) >= bottom_of(ways) + 10


def test_a_table_that_goes_on_beyond_the_edge_fades_there_until_it_is_pushed(reader: Reader) -> None:
    page = reader("bg", width=NARROW)
    page.goto("/bg/regions/compare/?r=BG31&r=EL52&r=RS21")
    table = page.locator("#indicators .table-wrap")
    mask = "element => getComputedStyle(element).maskImage"
    assert "linear-gradient" in table.evaluate(mask)
    table.evaluate("element => element.scrollTo(element.scrollWidth, 0)")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('#indicators .table-wrap')).maskImage === 'none'"
    )


def test_letters_in_pictures_stay_legible_on_a_telephone(reader: Reader) -> None:
    """At least nine pixels high, where a picture is as wide as its card lets it be."""
    page = reader("bg", width=NARROW)
    for address in ("/bg/regions/BG31/", "/bg/indicators/gdp_per_inhabitant_eu27/", "/bg/activities/C14/"):
        page.goto(address)
        sizes = page.evaluate(
            """() => [...document.querySelectorAll("main .picture svg text")].map(text => {
                const svg = text.ownerSVGElement;
                return parseFloat(getComputedStyle(text).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width;
            })"""
        )
        assert sizes
        assert min(sizes) >= 9


def test_names_in_the_picture_of_who_catches_up_do_not_lie_on_one_another(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/indicators/gdp_per_inhabitant_eu27/")
    boxes = page.locator("#convergence svg text").evaluate_all(
        "texts => texts.map(text => text.getBoundingClientRect()).map(box => [box.left, box.top, box.right, box.bottom])"
    )
    assert len(boxes) > 10
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_printed_comparison_says_where_it_can_be_opened_again(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/regions/compare/?r=BG31&r=EL52")
    page.emulate_media(media="print")
    expect(page.locator(".print-only")).to_contain_text("/en/regions/compare/?r=BG31&r=EL52")
    expect(page.locator(".print-only")).to_be_visible()
    expect(page.locator("header .top")).to_be_hidden()


def test_a_reader_chooses_dark_and_it_stays_dark(reader: Reader) -> None:
    page = reader("en")
    page.goto("/en/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate(paper) != light
    page.goto("/en/regions/")
    assert page.evaluate(paper) != light
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="As the device").click()
    assert page.evaluate(paper) == light


def line_count(row: Locator) -> int:
    """On how many lines the links of a row stand."""
    return len(set(row.locator("a").evaluate_all("links => links.map(link => link.offsetTop)")))


def bottom_of(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_six_regions_side_by_side_fit_the_paper_in_colours_of_paper(reader: Reader) -> None:
    """A4 between its margins is 718 pixels wide; who reads in the dark prints on white all the same."""
    page = reader("en", width=718, dark=True)
    page.goto("/en/regions/compare/?r=BG31&r=EL52&r=RO11&r=SI04&r=HU31&r=RS21")
    page.emulate_media(media="print")
    assert not overflows(page)
    names = page.locator(".chosen .pill").first
    expect(names).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_remark_beside_a_number_does_not_lower_it(reader: Reader) -> None:
    """A break in the series is a small b: its row is as high as the others, its number stands in their line."""
    page = reader("en")
    page.goto("/en/regions/compare/?r=BG31&r=EL52")
    row = page.locator("#indicators tr").filter(has_text=re.compile(r"^\s*Employment rate"))
    tops = [number.bounding_box()["y"] for number in row.locator("a.fig").all()]
    assert max(tops) - min(tops) < 1


@pytest.mark.parametrize("language", ["bg", "en"])
def test_on_a_telephone_every_category_shows_where_it_weighs_most(reader: Reader, language: str) -> None:
    page = reader(language, width=NARROW)
    page.goto(f"/{language}/categories/")
    boxes = [number.bounding_box() for number in page.locator("main td .fig").all()]
    assert len(boxes) > 40
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= NARROW for box in boxes)
    assert barriers(page) == []


def test_on_a_telephone_the_name_of_a_cluster_does_not_stand_one_word_a_line(reader: Reader) -> None:
    page = reader("bg", width=NARROW)
    page.goto("/bg/clusters/")
    widths = [name.bounding_box()["width"] for name in page.locator("main tbody th").all()]
    assert widths and min(widths) >= 11 * 16 - 1
