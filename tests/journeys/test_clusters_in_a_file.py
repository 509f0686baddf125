"""An analyst brings a list of clusters: looks, writes the good rows, mends the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
ANALYST = "analyst@demo.example"
LIST = """external_id;name_bg;region;organisation_source;organisation_date;address
j-{width}-1;Пример „Файл {width}“;BG34;Наш списък;2026-01-01;=HYPERLINK("http://x.example")
j-{width}-2;Пример без място {width};BG99;Наш списък;2026-01-01;
"""


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_analyst_brings_a_list_with_a_faulty_row(reader: Reader, width: int) -> None:
    page = reader("bg", width=width)
    sign_in(page, "bg", ANALYST)
    page.goto("/bg/clusters/import/")
    content = LIST.format(width=width).encode()
    page.locator("[name=file]").set_input_files(
        {"name": "списък.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/clusters/import/*/")
    expect(page.locator("h1")).to_contain_text("списък.csv")
    expect(page.locator("main")).to_contain_text("BG99")
    assert barriers(page) == []
    assert not overflows(page)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert barriers(page) == []
    rest = page.request.get(str(page.locator("a[href$='faults.csv']").get_attribute("href"))).text()
    assert "BG99" in rest and "BG34" not in rest
    page.goto(f"/bg/clusters/?q=файл+{width}&state=draft")
    page.get_by_role("link", name=f"Файл {width}").click()
    expect(page.locator("main")).to_contain_text('=HYPERLINK("http://x.example")')
    assert page.locator("a[href*='x.example']").count() == 0
