"""Region pages over the starter figures: what is answered, what is said to be missing, how many questions it costs."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories.reading import reader_with, text_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def test_vidin_reads_her_region_in_three_sentences_with_their_years(client: Client) -> None:
    page = text_of(client.get("/en/regions/BG31/").content)
    assert "In 2015, 280,400 people aged 15 and over worked here, 4.1% fewer than in 2011." in page
    assert "“Clothing”: 10.8% of those employed in enterprises work there, 16.0 times the average" in page
    assert "42% of the EU average in 2023" in page


def test_the_same_region_answers_in_bulgarian_with_bulgarian_numbers(client: Client) -> None:
    page = text_of(client.get("/bg/regions/BG31/").content)
    assert (
        "През 2015 г. тук работят 280 400 души на 15 и повече години, с 4,1 % по-малко, отколкото през 2011 г."
        in page
    )
    assert "„Облекло“" in page and "16,0 пъти" in page


def test_no_change_is_stated_across_the_breaks_of_2010_and_2011(client: Client) -> None:
    page = text_of(client.get("/en/regions/BG31/").content)
    assert "Employment of 2008–2010 is not compared with later years" in page
    assert "than in 2008" not in page


def test_unpublished_activities_are_named_and_never_shown_as_zero(client: Client) -> None:
    page = client.get("/en/regions/BG31/").content
    assert (
        "4 activities are not published in 2015: Oil and gas (B06), Metal ores (B07), Tobacco products (C12), Medicines (C21)"
        in text_of(page)
    )
    row = re.search(r"<tr><th scope=\"row\">(?:(?!</tr>).)*C12</span></th>.*?</tr>", page.decode(), re.DOTALL)
    assert row and "not published" in row[0] and ">0<" not in row[0]


@pytest.mark.parametrize("code", ["RS21", "ME00", "AL01", "BA01", "MD", "UA", "XK00"])
def test_a_region_without_activity_data_has_a_page_that_says_how_to_bring_it(
    client: Client, code: str
) -> None:
    answer = client.get(f"/en/regions/{code}/")
    assert answer.status_code == 200
    assert "No employment by activity" in text_of(answer.content)
    assert "/en/data/bring/" in answer.content.decode()


def test_serbian_regions_still_show_what_is_known_of_them(client: Client) -> None:
    page = text_of(client.get("/en/regions/RS21/").content)
    assert "of the EU average in 2023" in page and "Key indicators" in page


def test_a_withdrawn_code_leads_to_its_successors_and_to_its_last_page(client: Client) -> None:
    page = client.get("/en/regions/HR04/").content.decode()
    assert all(f"/en/regions/{code}/" in page for code in ("HR02", "HR05", "HR06"))
    assert "/en/regions/HR04/?nuts=2016" in page


def test_an_address_with_a_vintage_is_permanent(client: Client) -> None:
    page = text_of(client.get("/en/regions/HR04/?nuts=2013").content)
    assert "as NUTS 2013 draws it" in page and "What the region is strong in" in page


def test_a_region_younger_than_the_table_names_where_its_figures_are(client: Client) -> None:
    page = client.get("/en/regions/HR05/").content.decode()
    assert "/en/regions/HR04/?nuts=2013" in page


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/en/regions/BG99/", "no region with the code “BG99”"),
        ("/en/regions/BG31/?nuts=1999", "NUTS 1999 has no region “BG31”"),
        ("/en/regions/BG31/?nuts=old", "“old” is no NUTS vintage"),
        ("/en/regions/BG31/tables/chairs.csv", "no table “chairs”"),
        ("/en/regions/RS21/pictures/map.svg", "no picture “map”"),
    ],
)
def test_an_address_of_nothing_says_what_is_wrong(client: Client, address: str, sentence: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert sentence in text_of(answer.content)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Северозападен", "BG31"),
        ("severozapaden", "BG31"),
        ("bg31", "BG31"),
        ("Шумадия и Западна Сърбия", "RS21"),
        ("Θεσσαλία", "EL61"),
        ("Thessalia", "EL61"),
    ],
)
def test_a_region_is_found_by_its_name_in_any_language(client: Client, typed: str, code: str) -> None:
    answer = client.get("/en/regions/search/", {"q": typed}, follow=True)
    assert f"/en/regions/{code}/" in (
        answer.redirect_chain[0][0] if answer.redirect_chain else answer.content.decode()
    )


def test_a_small_letter_code_is_sent_to_its_address(client: Client) -> None:
    assert client.get("/en/regions/bg31/")["Location"] == "/en/regions/BG31/"


def test_a_signed_in_reader_costs_at_most_twelve_queries_cold_and_six_warm() -> None:
    client = reader_with("member")
    client.get("/en/account/mine/")  # the session is noted once, when somebody has signed in
    with CaptureQueriesContext(connection) as cold:
        client.get("/en/regions/BG31/")
    with CaptureQueriesContext(connection) as warm:
        client.get("/en/regions/BG31/")
    assert len(cold) <= 12, [query["sql"][:90] for query in cold]
    assert len(warm) <= 6, [query["sql"][:90] for query in warm]


def test_a_reader_without_an_account_costs_one_query_once_the_page_is_kept(client: Client) -> None:
    client.get("/en/regions/BG31/")
    with CaptureQueriesContext(connection) as kept:
        client.get("/en/regions/BG31/")
    assert len(kept) == 1


def test_the_page_weighs_under_150_kilobytes(client: Client) -> None:
    assert len(client.get("/bg/regions/BG31/").content) < 150_000


@pytest.mark.parametrize("part", ["activities", "map", "trend", "growth", "indicators"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_part_leaves_as_a_table_with_its_origin(client: Client, part: str, form: str) -> None:
    answer = client.get(f"/bg/regions/BG31/tables/{part}.{form}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    if form != "xlsx":
        assert b"Eurostat" in answer.content and b"CC BY 4.0" in answer.content


@pytest.mark.parametrize("part", ["activities", "map", "trend", "growth"])
def test_every_picture_leaves_as_svg_and_png_with_its_origin(client: Client, part: str) -> None:
    svg = client.get(f"/bg/regions/BG31/pictures/{part}.svg")
    assert svg["Content-Type"].startswith("image/svg+xml") and b"Eurostat" in svg.content
    png = client.get(f"/bg/regions/BG31/pictures/{part}.png")
    assert png.content.startswith(b"\x89PNG") and b"Eurostat" in png.content


def test_an_unasked_for_format_is_refused_with_a_sentence(client: Client) -> None:
    assert client.get("/en/regions/BG31/tables/activities.exe").status_code == 404


def test_the_map_of_another_activity_is_asked_for_by_its_code(client: Client) -> None:
    page = text_of(client.get("/en/regions/BG31/?activity=C31").content)
    assert "Furniture: who else?" in page


def test_a_hostile_activity_is_taken_for_none(client: Client) -> None:
    page = client.get("/en/regions/BG31/", {"activity": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page and "Clothing: who else?" in text_of(page.encode())


def test_the_front_page_has_a_map_and_stories_with_years(client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert page.count("<a ") > 100 and "Nobody here caught up faster than" in page


def test_a_region_without_activities_is_shown_where_it_lies(client: Client) -> None:
    page = client.get("/en/regions/XK00/").content.decode()
    assert "Where it lies" in page and 'href="/en/regions/RS21/"' in page
    assert client.get("/en/regions/XK00/tables/place.csv").status_code == 200


@pytest.mark.parametrize("address", ["/en/", "/en/regions/BG31/", "/en/regions/XK00/"])
def test_the_map_leads_to_our_own_pages_only(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    on_the_map = re.findall(r'<a href="([^"]*)" aria-label=', page)
    assert len(on_the_map) > 70
    assert all(link.startswith("/en/regions/") for link in on_the_map)
