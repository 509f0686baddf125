"""Indicators, measures and citations for programs: what the pages show, with everything needed to check it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from clusterpolisee.config.api import api
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.figures import FigureRef, resolve
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import person

pytestmark = pytest.mark.usefixtures("world")
FIGURES = "/api/v1/measures/{}/figures?indicator={}&region=BG31&year={}"


def told(client: Client, address: str) -> dict:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


# Indicators


def test_a_series_is_in_plain_units_with_gaps_and_flags(client: Client) -> None:
    series = told(client, "/api/v1/indicators/employment/series?region=BG31&from_year=2014")
    assert series["unit"] == "persons" and series["origin"]["table"] == "lfst_r_lfe2en2"
    by_year = {one["year"]: one for one in series["observations"]}
    assert by_year[2015] == {
        "region": "BG31",
        "year": 2015,
        "value": 280400.0,
        "state": "reported",
        "flag": "",
        "remark": "",
    }


def test_a_region_without_figures_is_named_beside_those_that_have_some(client: Client) -> None:
    series = told(client, "/api/v1/indicators/employment/series?region=BG31&region=XK00")
    assert {one["region"] for one in series["observations"]} == {"BG31"}
    assert [one["region"] for one in series["missing"]] == ["XK00"]
    assert "no cell for XK00" in series["missing"][0]["detail"]


def test_a_region_means_its_land_in_the_vintage_asked_for(client: Client) -> None:
    """HR03 had the same land in 2013 and 2024; HR04 was taken apart in between."""
    assert told(client, "/api/v1/indicators/employment/series?region=HR04&nuts=2013")["observations"]
    answer = client.get("/api/v1/indicators/employment/series?region=HR04&nuts=2024")
    assert answer.status_code == 404 and "NUTS 2024" in answer.json()["detail"]


def test_an_indicator_by_activity_asks_for_the_activity(client: Client) -> None:
    address = "/api/v1/indicators/persons_employed/series?region=BG31"
    assert "give the parameter activity" in client.get(address).json()["detail"]
    assert told(client, f"{address}&activity=C14")["observations"][0]["value"] > 1000


def test_a_series_without_a_region_is_422(client: Client) -> None:
    answer = client.get("/api/v1/indicators/employment/series")
    assert answer.status_code == 422 and answer.json()["errors"][0]["parameter"] == "region"


@pytest.mark.parametrize("regions", [1, 30])
def test_a_series_costs_one_query_however_many_regions(
    client: Client, django_assert_num_queries, regions: int
) -> None:
    query = "&".join(["region=BG31", *(f"region=RO{number:02d}" for number in range(1, regions))])
    with django_assert_num_queries(1):
        told(client, f"/api/v1/indicators/employment/series?{query}")


# Measures


def test_every_measure_is_listed_with_its_formula(client: Client) -> None:
    listed = {one["key"]: one for one in told(client, "/api/v1/measures")["measures"]}
    assert {key: (one["formula"], one["version"]) for key, one in listed.items()} == {
        key: (one.formula, one.version) for key, one in EXPLANATIONS.items()
    }


@pytest.mark.parametrize(
    ("measure", "indicator", "rest", "ref"),
    [
        (
            "observation",
            "employment",
            "2015",
            FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL"),
        ),
        (
            "share",
            "persons_employed",
            "2015&activity=C14",
            FigureRef("share", "persons_employed", "BG31", 2024, 2015, "C14"),
        ),
        (
            "location-quotient",
            "persons_employed",
            "2015&activity=C14",
            FigureRef("location-quotient", "persons_employed", "BG31", 2024, 2015, "C14"),
        ),
        (
            "stars",
            "persons_employed",
            "2015&activity=C14",
            FigureRef("stars", "persons_employed", "BG31", 2024, 2015, "C14"),
        ),
        (
            "growth",
            "employment",
            "2015&base_year=2011",
            FigureRef("growth", "employment", "BG31", 2024, 2015, "TOTAL", 2011),
        ),
        (
            "shift-share",
            "employment",
            "2015&base_year=2011",
            FigureRef("shift-share", "employment", "BG31", 2024, 2015, "TOTAL", 2011),
        ),
        (
            "rank",
            "gdp_per_inhabitant_eu27",
            "2023",
            FigureRef("rank", "gdp_per_inhabitant_eu27", "BG31", 2024, 2023),
        ),
        (
            "median",
            "gdp_per_inhabitant_eu27",
            "2023",
            FigureRef("median", "gdp_per_inhabitant_eu27", "BG31", 2024, 2023),
        ),
    ],
)
def test_a_figure_is_the_one_its_card_shows(
    client: Client, measure: str, indicator: str, rest: str, ref: FigureRef
) -> None:
    answer = told(client, FIGURES.format(measure, indicator, rest))
    figure, expected = answer["figures"][0], resolve(ref)
    assert (figure["value"], figure["state"], figure["coverage"]) == (
        expected.value,
        expected.state,
        expected.coverage,
    )
    assert answer["formula"] == EXPLANATIONS[measure].formula
    assert answer["measure_version"] == EXPLANATIONS[measure].version
    assert answer["origin"]["version"] == expected.version.number
    assert figure["card"] == f"http://localhost:8000{ref.address()}"
    assert client.get(ref.address()).status_code == 200


def test_four_kinds_of_nothing_and_a_zero_stay_apart_among_figures(client: Client) -> None:
    answer = told(
        client,
        FIGURES.format(
            "location-quotient", "persons_employed", "2015&activity=C12&activity=C14&activity=A01"
        ),
    )
    by_activity = {one["activity"]: one for one in answer["figures"]}
    assert (by_activity["C12"]["value"], by_activity["C12"]["state"]) == (None, "not_published")
    assert by_activity["C14"]["value"] == pytest.approx(16.0, abs=0.05)
    assert [one["activity"] for one in answer["missing"]] == ["A01"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        (FIGURES.format("growth", "employment", "2015"), "base_year"),
        (FIGURES.format("growth", "employment", "2015&base_year=2015"), "base_year"),
        (FIGURES.format("share", "persons_employed", "2015&base_year=2011"), "base_year"),
        (FIGURES.format("share", "persons_employed", "99999"), "year"),
        (FIGURES.format("share", "persons_employed", "2015&nuts=2014"), "nuts"),
        (
            FIGURES.format("share", "persons_employed", "2015")
            + "".join(f"&region=BG{n}" for n in range(20))
            + "".join(f"&activity=C{n}" for n in range(10)),
            "region",
        ),
        ("/api/v1/measures/share/figures?year=2015&region=BG31", "indicator"),
    ],
)
def test_years_and_cells_that_make_no_sense_together_are_422(
    client: Client, address: str, parameter: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_a_change_over_a_break_is_refused_with_the_reason(client: Client) -> None:
    answer = client.get(FIGURES.format("growth", "employment", "2015&base_year=2008"))
    assert answer.status_code == 404 and "break in series" in answer.json()["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/measures/magic",
        FIGURES.format("magic", "employment", "2015"),
        FIGURES.format("share", "chairs", "2015"),
    ],
)
def test_a_measure_or_an_indicator_that_is_not_there_says_so(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404 and "listed at" in answer.json()["detail"]


def test_fifty_figures_cost_as_many_queries_as_one(client: Client, django_assert_num_queries) -> None:
    query = "2015" + "".join(f"&activity=C{number}" for number in range(10, 34)) + "&region=RO31"
    with django_assert_num_queries(2):  # the indicator with its table, the scheme of stars
        told(client, FIGURES.format("stars", "persons_employed", query))


# Citations


def test_a_citation_is_the_same_for_good(client: Client) -> None:
    ref = FigureRef("location-quotient", "persons_employed", "BG31", 2024, 2015, "C14")
    ana = person(Role.MEMBER, name="Ana Ivanova")
    citation = cite_figure(actor=ana, ref=ref, cited_at=datetime(2026, 11, 23, tzinfo=UTC))
    answer = client.get(f"/api/v1/citations/{citation.address}?lang=bg")
    frozen = answer.json()
    assert frozen["value"] == citation.value and frozen["state"] == "reported"
    assert frozen["statement"].startswith("Коефициент на локализация")
    assert frozen["formula"] == EXPLANATIONS["location-quotient"].formula
    assert frozen["origin"]["table"] == "sbs_r_nuts06_r2" and frozen["cited_on"] == "2026-11-23"
    assert frozen["address"] == f"http://localhost:8000/citations/{citation.address}/"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert "Ivanova" not in answer.content.decode()


def test_a_citation_that_is_not_there_is_a_sentence(client: Client) -> None:
    assert "no citation" in client.get("/api/v1/citations/2222222222").json()["detail"]


# Regions, activities, datasets


def test_a_withdrawn_region_leads_to_those_that_have_its_land(client: Client) -> None:
    region = told(client, "/api/v1/regions/HR04?vintage=2013")
    assert [one["code"] for one in region["parents"]] == ["HR", "HR0"]
    assert region["vintages"] == [2010, 2013, 2016]
    assert {one["code"] for one in region["successors"]} == {"HR02", "HR05", "HR06"}
    assert sum(one["population_share"] for one in region["successors"]) == pytest.approx(1, abs=0.01)


def test_a_region_of_today_has_parts_and_no_successors(client: Client) -> None:
    region = told(client, "/api/v1/regions/bg31?lang=bg")
    assert (region["code"], region["name"], region["successors"]) == ("BG31", "Северозападен", [])
    assert [one["code"] for one in region["parts"]] == ["BG311", "BG312", "BG313", "BG314", "BG315"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("country=BG&level=2", ["BG31", "BG32", "BG33", "BG34", "BG41", "BG42"]),
        ("q=Северозападен", ["BG31"]),
        ("q=bg3&level=1", ["BG3"]),
        ("country=HR&level=2&vintage=2013", ["HR03", "HR04"]),
        ("country=HR&level=2&vintage=2013&limit=1&offset=1", ["HR04"]),
        ("country=US", []),
    ],
)
def test_regions_are_listed_and_found(client: Client, query: str, codes: list[str]) -> None:
    assert [one["code"] for one in told(client, f"/api/v1/regions?{query}")["regions"]] == codes


def test_lists_come_in_pages_with_links(client: Client) -> None:
    answer = client.get("/api/v1/activities?limit=10&offset=5")
    page = answer.json()
    assert len(page["activities"]) == 10 < page["count"]
    assert page["links"]["next"].endswith("limit=10&offset=15") and page["links"]["prev"].endswith("limit=10")
    assert 'rel="next"' in answer["Link"] and 'rel="prev"' in answer["Link"]


def test_a_dataset_tells_its_versions_and_how_full_it_is(client: Client) -> None:
    one = told(client, "/api/v1/datasets/lfst_r_lfe2en2?lang=bg")
    assert one["publisher"] == "Евростат" and one["licence"] == "CC BY 4.0"
    assert one["versions"][0]["state"] == "accepted" and len(one["versions"][0]["file_sha256"]) == 64
    assert sum(year["cells"] for year in one["coverage"]) == one["current"]["cells"]
    assert sum(year["confidential"] for year in one["coverage"]) == 61


@pytest.mark.parametrize("name", sorted(set(api.declared) - {"api_citation"}))
def test_the_example_of_every_operation_works(client: Client, name: str) -> None:
    for language in ("en", "bg"):
        answer = client.get(
            api.declared[name].example, {"lang": language} if "?" not in api.declared[name].example else {}
        )
        assert answer.status_code == 200, answer.content
