"""Regions side by side: the same years, the same scales, what differs; and comparisons that are kept."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterpolisee.evidence.comparing import NothingToCompare, save_comparison, withdraw_comparison
from clusterpolisee.evidence.comparison_page import ComparisonPage
from clusterpolisee.evidence.models import SavedComparison
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.models import Event
from factories.evidence import person
from factories.reading import reader_with, text_of, user_with

pytestmark = pytest.mark.usefixtures("world")
TWO = "/en/regions/compare/?r=BG31&r=EL52"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def comparison_of(*codes: str) -> ComparisonPage:
    return ComparisonPage([regions.region(code) for code in codes])


def test_every_row_stands_in_one_year_that_all_have() -> None:
    for row in comparison_of("BG31", "EL52", "RO41").indicators:
        if row.year is not None:
            assert {one.year for one in row.cells} == {row.year}


def test_where_no_year_is_common_each_says_its_own() -> None:
    rows = {row.indicator.code: row for row in comparison_of("BG31", "RS21", "ME00").indicators}
    assert all(one.year for row in rows.values() for one in row.cells)


def test_differences_are_said_in_words_with_their_year(client: Client) -> None:
    page = text_of(client.get(TWO).content)
    assert (
        "They differ most in “Research spending” (% of GDP): Central Macedonia has 1.52, 5.8 times as much as Severozapaden with 0.26 (2023)."
        in page
    )
    assert (
        "From 2011 to 2015 employment fell least in Severozapaden (−4.1%) and most in Central Macedonia"
        in page
    )


def test_a_year_is_not_parted_from_its_sign_in_bulgarian(client: Client) -> None:
    page = client.get(TWO.replace("/en/", "/bg/")).content.decode()
    assert "(2023\u00a0г.)" in page and "(2023 г.)" not in page


def test_who_has_no_figures_at_all_is_named_and_shares_nothing(client: Client) -> None:
    page = text_of(client.get("/en/regions/compare/?r=BG31&r=XK00&r=MD").content)
    assert "No table that is loaded here has figures of Kosovo and Moldova." in page
    assert "is a specialisation of two of them" not in page  # only one of them has activities
    assert "No table that is loaded here" not in text_of(client.get(TWO).content)


def test_the_unit_and_the_word_derived_are_two_things(client: Client) -> None:
    assert "points of 100, derived" in text_of(client.get(TWO).content)


def test_who_is_not_in_a_picture_is_named_beside_it(client: Client) -> None:
    page = text_of(client.get(TWO + "&r=RS21&r=ME00").content)
    missing = "Not in the picture, since no loaded table has their figures: Šumadija and Western Serbia and Montenegro."
    assert page.count(missing) == 2  # among strengths and in employment
    assert "Not in the picture" not in text_of(client.get(TWO).content)


def test_a_number_has_its_unit_once(client: Client) -> None:
    page = text_of(client.get(TWO).content)
    assert "Research spending 2023, % of GDP" in page
    assert re.search(r"Employment rate 2024\s*63.5%", page)  # the number says the unit
    assert re.search(r"GDP per inhabitant, EU = 100 2023\s*42", page)  # the name says it


def test_counts_are_shown_but_never_called_a_difference(client: Client) -> None:
    answer = " ".join(comparison_of("BG31", "ITC4").answer)
    assert "Population" not in answer and "Real GDP" not in answer


def test_best_and_last_follow_what_is_good() -> None:
    rows = {row.indicator.code: row for row in comparison_of("BG31", "EL52").indicators}
    unemployment = rows["unemployment_rate"]
    best = next(one for one in unemployment.cells if one.is_best)
    assert best.cell is not None
    assert best.cell.value == min(one.cell.value or 0 for one in unemployment.known if one.cell)
    assert not any(one.is_best for one in rows["population"].cells)


def test_shared_specialisations_stand_first() -> None:
    page = comparison_of("BG31", "BG32", "RO21")
    assert page.strengths[0].code == "C14" and page.shared


def test_employment_is_compared_over_the_years_unbroken_for_all() -> None:
    page = comparison_of("BG31", "EL52", "RO41")
    spans = [profile.trend.span for profile in page.profiles if profile.trend and profile.trend.span]
    assert page.span == (max(one[0] for one in spans), min(one[1] for one in spans))


def test_a_region_without_activities_stands_beside_one_with(client: Client) -> None:
    answer = client.get("/en/regions/compare/?r=BG31&r=RS21")
    assert answer.status_code == 200 and "not published" in text_of(answer.content)


def test_a_region_is_added_by_a_name_in_any_script(client: Client) -> None:
    answer = client.get("/en/regions/compare/?r=BG31&add=Κεντρική Μακεδονία")
    assert answer["Location"] == "/en/regions/compare/?r=BG31&r=EL52"


def test_several_of_one_name_are_offered(client: Client) -> None:
    page = text_of(client.get("/en/regions/compare/?r=BG31&add=sud").content)
    assert "Which one?" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("r=BG31&r=XX99", "There is no region with the code “XX99”"),
        ("r=BG31&r=HR04", "HR04 is no longer a region; its land is in"),
        ("r=BG31&add=nowhere", "No region is called “nowhere”"),
        ("r=BG31&r=BG32&r=BG33&r=BG34&r=BG41&r=BG42&r=EL52", "EL52 was left out: six regions fit"),
    ],
)
def test_what_cannot_be_compared_is_said_and_the_rest_is_shown(
    client: Client, asked: str, sentence: str
) -> None:
    page = text_of(client.get(f"/en/regions/compare/?{asked}").content)
    assert sentence in page and "Severozapaden" in page


def test_a_code_twice_is_one_region(client: Client) -> None:
    page = client.get("/en/regions/compare/?r=BG31&r=bg31&r=EL52").content.decode()
    assert page.count('class="pill"') == 2


def test_one_region_alone_says_what_to_do(client: Client) -> None:
    assert "Choose 2 to 6 regions" in text_of(client.get("/en/regions/compare/?r=BG31").content)


@pytest.mark.parametrize("part", ["indicators", "strengths", "employment"])
def test_tables_leave_with_all_their_origins(client: Client, part: str) -> None:
    text = client.get(f"/en/regions/compare/parts/{part}.csv?r=BG31&r=EL52").content.decode("utf-8-sig")
    assert "# source" in text and "BG31" in text and "EL52" in text


def test_pictures_leave_too(client: Client) -> None:
    for part in ("strengths", "employment"):
        assert client.get(f"/en/regions/compare/parts/{part}.svg?r=BG31&r=EL52").status_code == 200
    assert client.get("/en/regions/compare/parts/employment.svg").status_code == 404


def test_the_page_asks_few_questions() -> None:
    client = reader_with("member")
    client.get(TWO)
    with CaptureQueriesContext(connection) as asked:
        client.get(TWO)
    assert len(asked) <= 12


# Kept comparisons


def test_a_member_keeps_a_comparison_under_an_address_that_stays() -> None:
    client = reader_with("member")
    answer = client.post(
        "/en/regions/compare/save/",
        {"r": ["BG31", "EL52"], "title": "For the committee", "note": "<b>Draft</b>"},
    )
    saved = SavedComparison.objects.get()
    assert answer["Location"] == f"/en/comparisons/{saved.address}/"
    page = Client().get(answer["Location"]).content.decode()
    assert "For the committee" in page and "&lt;b&gt;Draft" in page
    assert "No table has changed since then." in text_of(page.encode())
    assert saved.versions["sbs_r_nuts06_r2"] == 1
    assert Event.objects.filter(verb="saved_comparison").exists()
    assert "For the committee" in text_of(client.get("/en/comparisons/").content)


def test_a_kept_comparison_says_which_tables_are_new_since(client: Client) -> None:
    saved = save_comparison(
        actor=person(Role.MEMBER), regions=[regions.region("BG31"), regions.region("EL52")]
    )
    SavedComparison.objects.update(versions=saved.versions | {"sbs_r_nuts06_r2": 0})
    page = text_of(client.get(f"/en/comparisons/{saved.address}/").content)
    assert "New since then:" in page and "sbs_r_nuts06_r2" in page


@pytest.mark.parametrize("codes", [["BG31"], ["BG31", "BG32", "BG33", "BG34", "BG41", "BG42", "EL52"]])
def test_one_region_and_seven_are_refused(codes: list[str]) -> None:
    with pytest.raises(NothingToCompare):
        save_comparison(actor=person(Role.MEMBER), regions=[regions.region(code) for code in codes])


def test_a_visitor_keeps_nothing(client: Client) -> None:
    answer = client.post("/en/regions/compare/save/", {"r": ["BG31", "EL52"]})
    assert answer.status_code == 302 and "/account/login/" in answer["Location"]
    with pytest.raises(PermissionDenied):
        save_comparison(actor=None, regions=[regions.region("BG31"), regions.region("EL52")])  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_its_keeper_takes_it_back_and_the_address_still_works(client: Client, role: Role) -> None:
    owner = person(Role.MEMBER)
    saved = save_comparison(actor=owner, regions=[regions.region("BG31"), regions.region("EL52")])
    with pytest.raises(PermissionDenied):
        withdraw_comparison(actor=user_with(role), saved=saved)
    withdraw_comparison(actor=owner, saved=saved)
    page = text_of(client.get(f"/en/comparisons/{saved.address}/").content)
    assert "taken it from their list" in page


def test_a_name_with_a_wrong_letter_is_offered_and_not_taken(client: Client) -> None:
    answer = client.get("/en/regions/compare/?r=BG31&add=Thesalonki")
    page = text_of(answer.content)
    assert answer.status_code == 200 and "No region is called “Thesalonki”" in page
    assert "Which one?" in page and "EL522" in page
