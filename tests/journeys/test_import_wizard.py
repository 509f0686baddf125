"""An analyst brings a workbook as her office sends it; a colleague says what is missing. No step keeps anybody out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from factories.workbooks import workbook
from journeys.reader import NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
ANALYST = "analyst@demo.example"
ROWS = [
    ["Нощувки по области"],
    [],
    ["Област", 2014, 2015],
    ["Видин", 1200, "1 300,5"],
    ["Монтана", 2300, ":"],
    ["Никъде", 1, 2],
]


def expect_good(page: Page) -> None:
    assert barriers(page) == []
    assert not overflows(page)


@pytest.mark.parametrize(("language", "width"), [("bg", WIDE), ("en", NARROW)])
def test_analyst_brings_a_workbook_and_accepts_it(
    reader: Reader, tmp_path: Path, language: str, width: int
) -> None:
    file = tmp_path / f"нощувки-{language}.xlsx"
    rows = [*ROWS, ["Враца", 5, 6 if language == "bg" else 7]]
    file.write_bytes(workbook({"Данни": rows}))
    page = reader(language, width=width)
    sign_in(page, language, ANALYST)
    page.goto(f"/{language}/data/import/")
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/table/")
    expect_good(page)
    page.locator("main a[href$='/new-table/']").click()
    code = f"nights_{language}"
    for name, said in {
        "title": "Нощувки",
        "code": code,
        "publisher": "НСИ",
        "licence": "CC BY 4.0",
        "unit": "нощувки",
    }.items():
        page.locator(f"main [name={name}]").fill(said)
    expect_good(page)
    page.locator("main button.main").click()
    page.wait_for_url("**/sheet/**")
    page.locator("main form:has([name=sheet]) button").click()
    expect(page.locator("main [name=first]")).to_have_value("3")
    expect_good(page)
    page.locator("main form:has([name=first]) button.main").click()
    page.wait_for_url("**/columns/**")
    expect(page.locator("main [name=role-1]")).to_have_value("across")
    expect_good(page)
    page.locator("main button.main").click()
    page.wait_for_url("**/codes/**")
    expect(page.locator("main select").first).to_be_visible()
    expect_good(page)
    page.locator("main button.main").click()
    page.wait_for_url("**/check/**")
    page.locator("main button[value=check]").click()
    expect(page.locator("#report")).to_contain_text("BG311")
    expect(page.locator("#report")).to_contain_text("Никъде")
    expect_good(page)
    page.locator("main button[value=bring]").click()
    page.wait_for_url(f"**/data/{code}/1/**")
    expect_good(page)
    page.locator("main a[href$='/accept/']").first.click()
    page.locator("main [name=why]").fill("Сверено с изданието")
    page.locator("main button.main").click()
    expect(page.locator("#history")).to_contain_text("Сверено с изданието")
    expect_good(page)


def test_an_unfinished_import_waits_for_the_person_who_began_it(reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "half-done.csv"
    file.write_text("region;year;value\nBG31;2015;5\n")
    page = reader("en")
    sign_in(page, "en", ANALYST)
    page.goto("/en/data/import/")
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/table/")
    later = reader("en")
    sign_in(later, "en", ANALYST)
    later.goto("/en/data/import/")
    later.get_by_role("link", name="Go on with half-done.csv").click()
    later.wait_for_url("**/table/")
    expect_good(later)


def test_member_says_what_is_missing_from_the_page_of_her_region(reader: Reader) -> None:
    page = reader("en")
    sign_in(page, "en")
    page.goto("/en/regions/RS21/")
    page.locator("#missing").get_by_role("link", name="Say that figures are missing").click()
    expect(page.locator("main [name=region]")).to_have_value("RS21")
    page.locator("main [name=missing]").fill("Jobs by division")
    page.locator("main button.main").click()
    page.wait_for_url("**/data/gaps/*/")
    expect_good(page)
    page.goto("/en/data/gaps/?region=RS21")
    expect(page.locator("main")).to_contain_text("Jobs by division")


@pytest.mark.parametrize(("language", "width"), [("bg", NARROW), ("en", WIDE)])
def test_analyst_watches_how_a_long_file_is_read_and_goes_on_with_it(
    reader: Reader, tmp_path: Path, language: str, width: int
) -> None:
    """Nine megabytes are long; most of them are remarks, so that the worker is soon done."""
    file = tmp_path / f"long-{language}.csv"
    file.write_text("region;year;value;remark\n" + f"BG31;2015;{width};{'x' * 300}\n" * 30_000)
    page = reader(language, width=width)
    sign_in(page, language, ANALYST)
    page.goto(f"/{language}/data/import/")
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/work/")
    expect_good(page)
    page.goto(page.url)  # what the link “Look again” does where scripts do not
    expect(page.locator("[data-state=done]")).to_be_visible(timeout=60_000)
    expect_good(page)
    page.locator("main a.btn.main").click()
    page.wait_for_url("**/table/**")
    page.locator("main select[name=dataset]").select_option("tgs00007")
    page.locator("main form button.main").first.click()
    page.wait_for_url("**/sheet/**")
    expect(page.locator("main table")).to_contain_text("BG31")
