"""A cluster organisation from the member who knows it to the reader of its region, and two analysts at one form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.reader import ADMINISTRATOR, MEMBER, NARROW, WIDE, barriers, overflows, sign_in

pytestmark = pytest.mark.browser
Reader = Callable[..., Page]
ANALYST = "analyst@demo.example"


def test_member_proposes_a_cluster_and_readers_meet_it_on_the_region_page(reader: Reader) -> None:
    member = reader("bg")
    sign_in(member, "bg", MEMBER)
    member.goto("/bg/clusters/")
    member.locator("a[href$='/clusters/new/']").first.click()
    member.locator("[name=name_bg]").fill("Пример: клъстер „Роза“")
    member.locator("[name=name_en]").fill("Rose Journey Example")
    member.locator("[name=region]").select_option("BG42")
    member.locator("[name=manager_name]").fill("Вера Петрова")
    member.locator("[name=organisation_source]").fill("Устав")
    member.locator("[name=organisation_date]").fill("2026-02-03")
    member.locator("form.wide button[type=submit]").click()
    expect(member.locator(".errorlist").first).to_be_visible()  # a name without its owner's consent
    assert barriers(member) == []
    expect(member.locator("[name=name_en]")).to_have_value("Rose Journey Example")
    member.locator("[name=manager_consent]").check()
    member.locator("form.wide button[type=submit]").click()
    member.wait_for_url("**/clusters/rose-journey-example/")
    visitor = reader("en", javascript=False)
    answer = visitor.goto("/en/clusters/rose-journey-example/")
    assert answer is not None and answer.status == 404

    analyst = reader("en")
    sign_in(analyst, "en", ANALYST)
    analyst.goto("/en/clusters/")
    analyst.locator("a[href='?state=draft']").click()
    analyst.get_by_role("link", name="Rose Journey Example").click()
    analyst.get_by_role("button", name="Publish").click()
    expect(analyst.get_by_role("status")).to_contain_text("everybody sees it now")
    visitor.goto("/en/regions/BG42/")
    visitor.locator("#clusters").get_by_role("link", name="Rose Journey Example").click()
    expect(visitor.locator("h1")).to_contain_text("Rose Journey Example")
    expect(visitor.locator("main")).to_contain_text("Вера Петрова")


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_two_analysts_at_one_form_see_both_and_lose_nothing(reader: Reader, width: int) -> None:
    first, second = reader("en"), reader("bg", width=width)
    sign_in(first, "en", ANALYST)
    sign_in(second, "bg", ADMINISTRATOR)
    for page, language in ((first, "en"), (second, "bg")):
        page.goto(f"/{language}/clusters/example-digital-cluster/edit/")
    founded, hers = str(2000 + width % 17), str(1980 + width % 13)
    first.locator("[name=founded]").fill(founded)
    first.locator("form.wide button[type=submit]").click()
    first.wait_for_url("**/clusters/example-digital-cluster/")
    second.locator("[name=founded]").fill(hers)
    second.locator("[name=address]").fill(f"София {width}")
    second.locator("form.wide button[type=submit]").click()
    told = second.locator("section.note[role=alert]")
    expect(told).to_contain_text(founded)
    expect(told).to_contain_text(hers)
    assert barriers(second) == []
    assert not overflows(second)
    second.locator("form.wide button[type=submit]").click()
    second.wait_for_url("**/clusters/example-digital-cluster/")
    expect(second.locator("main")).to_contain_text(f"София {width}")
    second.get_by_role("link", name="История", exact=True).click()
    expect(second.locator("#compare")).to_contain_text(hers)
    expect(second.locator("#compare")).to_contain_text(founded)
