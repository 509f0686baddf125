"""Similar regions over the starter figures: three countries, regions half known and unknown, other levels, withdrawn codes."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from clusterpolisee.config.command import main
from clusterpolisee.evidence.similar.asked import Asked
from clusterpolisee.evidence.similar.facts import SimilarFacts, State
from clusterpolisee.evidence.similar.page import SimilarPage
from clusterpolisee.regions import queries as regions
from factories.evidence import analyst
from factories.reading import text_of

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def facts_of(code: str, **asked: str) -> SimilarFacts:
    return SimilarFacts(regions.region(code), Asked.of(asked))


def page_of(client: Client, code: str, query: str = "", language: str = "en") -> str:
    return text_of(client.get(f"/{language}/regions/{code}/similar/{query}").content)


@pytest.mark.parametrize(
    ("code", "nearest"), [("BG31", "BG32"), ("EL52", "EL61"), ("RO11", "RO12"), ("BG41", "RO32")]
)
def test_a_region_is_most_like_one_that_people_would_name(code: str, nearest: str) -> None:
    found = facts_of(code)
    assert found.state is State.FOUND
    assert found.neighbours[0].code == nearest
    assert len(found.group) == 8 and found.neighbours[0].is_steady


def test_the_answer_names_the_nearest_what_they_share_and_the_places(client: Client) -> None:
    page = page_of(client, "BG31")
    assert "Most like Severozapaden are Severen tsentralen, Southern Great Plain and Yugoiztochen" in page
    assert "The nearest 8 are alike in “Town and country”" in page
    assert "its worst in “Research spending” (place 9 of 9, 0.26, 2023)" in page


def test_the_answer_in_bulgarian(client: Client) -> None:
    page = page_of(client, "BG31", language="bg")
    assert "Най-близки до Северозападен са Северен централен" in page
    assert "Подобни региони" in page


def test_reasons_add_up_to_the_distance() -> None:
    for one in facts_of("RO11").neighbours:
        assert sum(why.counts for why in one.reasons) == pytest.approx(one.found.distance)
        assert sum(why.weight for why in one.reasons) == pytest.approx(1.0)


def test_a_figure_stands_with_its_own_year() -> None:
    """The common year is 2025; Hungary's newest figure is of 2024."""
    found = facts_of("HU33")
    assert found.row is not None
    population = next(one for one in found.table.columns if one.key == "population")
    assert population.year == 2025 and population.years[found.row] == 2024


def test_performance_is_compared_in_one_year_and_counts_who_is_missing() -> None:
    patents = next(one for one in facts_of("BG31").performance if one.indicator.code == "patents")
    assert (patents.year, patents.rank, patents.known, patents.unknown) == (2012, 6, 7, 2)


def test_the_lowest_unemployment_is_the_best_place() -> None:
    found = next(one for one in facts_of("BG31").performance if one.indicator.code == "unemployment_rate")
    assert found.lowest_is_best and found.gap is not None
    values = sorted(member.cell.value for member in found.members if member.cell.value is not None)
    assert found.leaders[0].cell.value == values[0]
    assert found.gap == pytest.approx(found.median - (found.own.cell.value or 0))


def test_a_region_without_jobs_by_activity_is_compared_by_what_is_known(client: Client) -> None:
    found = facts_of("RS21")
    assert (
        found.is_answered and found.ranking is not None and found.ranking.own_coverage == pytest.approx(0.5)
    )
    page = page_of(client, "RS21")
    assert "50% of what counts is known of Šumadija" in page and "“Activities of enterprises”" in page


def test_a_region_of_which_nothing_is_known_says_what_is_needed(client: Client) -> None:
    page = page_of(client, "XK00")
    assert "Too little is known of Kosovo" in page
    assert "demo_r_d2jan" in page and "Bring figures" in page and "Ask again with other weights" in page


def test_a_region_of_which_little_is_known_is_compared_by_that_when_asked(client: Client) -> None:
    answer = client.get("/en/regions/AL02/similar/")
    assert "Too little is known of Central Albania" in text_of(answer.content)
    (address,) = re.findall(r'href="([^"]*w_education=0[^"]*)"', answer.content.decode())
    assert "Most like Central Albania are" in text_of(client.get(address.replace("&amp;", "&")).content)


@pytest.mark.parametrize(("code", "shown"), [("BG", "BG31"), ("BG3", "BG32"), ("BG311", "BG31")])
def test_another_level_leads_to_regions_of_level_two(client: Client, code: str, shown: str) -> None:
    page = client.get(f"/en/regions/{code}/similar/").content.decode()
    assert "Regions of NUTS level 2 are compared" in page and f'href="/en/regions/{shown}/similar/"' in page


def test_withdrawn_codes_and_older_vintages_lead_to_the_region_page(client: Client) -> None:
    assert client.get("/en/regions/HR04/similar/")["Location"] == "/en/regions/HR04/"
    assert client.get("/en/regions/BG31/similar/?nuts=2013")["Location"] == "/en/regions/BG31/?nuts=2013"
    assert client.get("/en/regions/bg31/similar/")["Location"] == "/en/regions/BG31/similar/"
    assert client.get("/en/regions/ZZ99/similar/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?by=%00&among=%27--&w_people=%F0%9F%92%A9",
        "?w_people=99999999999999999999",
        "?by=industry-mix&w_branches=0&w_industries=0",
        "?among=inside&by=all-indicators",
        "?by=industry-mix&among=inside",
    ],
)
@pytest.mark.parametrize("code", ["BG31", "ME00", "XK00"])
def test_whatever_is_asked_there_is_a_page(client: Client, code: str, query: str) -> None:
    assert client.get(f"/en/regions/{code}/similar/{query}").status_code == 200


def test_a_country_of_one_region_has_nobody_to_name(client: Client) -> None:
    assert "No other region that you asked for has enough figures in common" in page_of(
        client, "ME00", "?among=inside"
    )


def test_one_weight_shows_ranks_without_ranges(client: Client) -> None:
    query = "?by=industry-mix&w_branches=0"
    page = page_of(client, "BG31", query)
    assert "Only one thing counts here" in page
    assert client.get(f"/en/regions/BG31/similar/parts/ranks.svg{query}").status_code == 404
    assert client.get(f"/en/regions/BG31/similar/parts/ranks.csv{query}").status_code == 200


def test_performance_inside_the_distance_is_said(client: Client) -> None:
    assert "a place among them says less" in page_of(client, "BG31", "?by=all-indicators")
    assert "a place among them says less" not in page_of(client, "BG31")


def test_the_comparison_has_the_nearest_five(client: Client) -> None:
    page = SimilarPage(regions.region("BG31"), Asked.of({}))
    assert page.compare_address.count("r=") == 6
    assert "Severen tsentralen" in text_of(client.get(page.compare_address).content)


def test_figures_in_the_answer_can_be_opened(client: Client) -> None:
    page = client.get("/en/regions/BG31/similar/").content.decode()
    links = set(re.findall(r'class="fig" href="([^"]+)"', page))
    assert len(links) > 20
    for address in sorted(links)[:40]:
        assert client.get(address).status_code == 200, address


def test_every_part_leaves_with_rules_and_origin(client: Client) -> None:
    answer = client.get("/en/regions/BG31/similar/parts/why.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert any("structure (1)" in cell for row in rows for cell in row)
    for part in ("ranks", "map", "performance"):
        for form in ("svg", "png", "json", "csv", "xlsx", "json-stat"):
            assert client.get(f"/en/regions/BG31/similar/parts/{part}.{form}").status_code == 200, (
                part,
                form,
            )
    assert client.get("/en/regions/BG31/similar/parts/nothing.csv").status_code == 404


def test_choices_stay_in_the_addresses_of_parts_and_embeds() -> None:
    page = SimilarPage(regions.region("BG31"), Asked.of({"among": "outside", "w_people": "5"}))
    assert page.part_address("ranks", "csv").endswith("?among=outside&w_people=5")
    assert page.embed_address("ranks") == "/en/embed/regions/BG31/similar/ranks/?among=outside&w_people=5"


@pytest.mark.parametrize("code", ["BG31", "RS21", "XK00"])
def test_a_page_asks_the_database_little(client: Client, code: str) -> None:
    client.force_login(analyst())
    client.get("/en/regions/EL61/similar/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/en/regions/{code}/similar/")
    assert len(asked) <= 12, "\n".join(one["sql"][:150] for one in asked)


# Programs


def test_the_api_tells_neighbours_reasons_places_and_origins(client: Client) -> None:
    answer = client.get("/api/v1/regions/BG31/similar?among=outside&weight=people:5")
    told = answer.json()
    assert answer.status_code == 200 and told["state"] == "found" and told["weights"]["people"] == 5
    assert not any(one["region"].startswith("BG") for one in told["neighbours"])
    assert {one["table"] for one in told["origins"]} >= {"demo_r_d2jan", "sbs_r_nuts06_r2", "tgs00010"}
    assert (
        client.get(answer.wsgi_request.get_full_path(), headers={"If-None-Match": answer["ETag"]}).status_code
        == 304
    )


def test_the_api_as_csv(client: Client) -> None:
    answer = client.get("/api/v1/regions/BG31/similar?format=csv")
    assert answer["Content-Type"].startswith("text/csv") and "BG32" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("BG", 404),
        ("ZZ", 404),
        ("HR04", 404),
        ("XK00", 200),
        ("XK00?format=csv", 404),
        ("BG31?weight=moon:1", 422),
        ("BG31?weight=people:6", 422),
        ("BG31?by=nothing", 422),
    ],
)
def test_the_api_refuses_in_words(client: Client, address: str, status: int) -> None:
    code, _mark, query = address.partition("?")
    answer = client.get(f"/api/v1/regions/{code}/similar" + (f"?{query}" if query else ""))
    assert answer.status_code == status
    assert status == 200 or answer.json()["detail"]


def test_the_command_prints_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["similar", "bg31", "--among", "outside"]) == 0
    printed = capsys.readouterr().out
    assert "Most like Severozapaden abroad are Southern Great Plain" in printed and "structure (1)" in printed
    assert main(["similar", "BG31", "--json", "--weight", "people=5"]) == 0
    assert json.loads(capsys.readouterr().out)["weights"]["people"] == 5
    assert main(["similar", "BG"]) == 0 and "BG31" in capsys.readouterr().out
    assert main(["similar", "ZZ9"]) == 2
    assert main(["similar", "BG31", "--weight", "moon=1"]) == 2


def test_the_command_in_bulgarian(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["similar", "EL52", "--lang", "bg"]) == 0
    assert "Най-близки до" in capsys.readouterr().out


def test_words_of_every_region_can_be_said() -> None:
    """No region, weighting or choice of candidates breaks a sentence."""
    from clusterpolisee.evidence.similar import sentences as words

    for language in ("en", "bg"):
        with override(language):
            for place in regions.map_regions(regions.current_vintage())[::7]:
                for by in ("structure", "industry-mix", "all-indicators"):
                    for among in ("everywhere", "outside", "inside"):
                        found = SimilarFacts(place, Asked.of({"by": by, "among": among}))
                        assert words.answer(found)
                        assert words.further(found) or not found.is_answered or found.ranking is not None
