"""Derived indicators on region pages, in comparisons and in the API."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.comparison_page import ComparisonPage
from clusterpolisee.evidence.defining import (
    Written,
    publish_derived,
    save_draft,
    show_on_region_pages,
    withdraw_derived,
)
from clusterpolisee.evidence.models import DerivedIndicator, DerivedVersion
from clusterpolisee.evidence.profile import profile_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.derived import TWO_YEARS, derive, small
from factories.evidence import NOW, analyst, person

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


# Region pages and comparisons -------------------------------------------------------------------------


def test_an_analyst_puts_one_on_region_pages_and_takes_it_off(
    client: Client, output_each: DerivedVersion
) -> None:
    assert "output_each" not in client.get("/en/regions/BG31/").content.decode()
    show_on_region_pages(actor=analyst(), derived=output_each.derived, shown=True, now=NOW)
    row = next(
        row for row in profile_of(regions.region("BG31")).indicators if row.indicator.code == "output_each"
    )
    assert (row.cell.value, row.standing.rank, row.standing.out_of, row.standing.median) == (12.0, 2, 3, 12.0)
    assert (row.span, row.change) == ((2014, 2015), pytest.approx(20.0))
    page = client.get("/en/regions/BG31/").content.decode()
    assert "/en/figures/rank/output_each/BG31/-/2015/" in page
    assert client.get("/en/figures/rank/output_each/BG31/-/2015/").status_code == 200
    show_on_region_pages(actor=analyst(), derived=output_each.derived, shown=False, now=NOW)
    assert "output_each" not in client.get("/en/regions/BG31/").content.decode()
    verbs = [event.verb for event in events_of(output_each.derived)]
    assert verbs.count("put-on-region-pages") == verbs.count("took-off-region-pages") == 1


def test_only_analysts_put_withdraw_and_take_off(output_each: DerivedVersion) -> None:
    somebody = person(Role.MEMBER)
    with pytest.raises(NotAllowed):
        show_on_region_pages(actor=somebody, derived=output_each.derived, shown=True, now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_derived(actor=somebody, derived=output_each.derived, now=NOW)


def test_a_kept_region_page_changes_with_the_formula(client: Client, output_each: DerivedVersion) -> None:
    show_on_region_pages(actor=analyst(), derived=output_each.derived, shown=True, now=NOW)
    assert "Output_each" in client.get("/en/regions/BG31/").content.decode()
    written = Written(formula="output / hands", labels={"en": "Product of a hand"})
    save_draft(actor=analyst(), derived=output_each.derived, written=written, now=NOW)
    publish_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    assert "Product of a hand" in client.get("/en/regions/BG31/").content.decode()


def test_a_comparison_has_it_in_a_common_year_with_best_and_last(
    client: Client, output_each: DerivedVersion
) -> None:
    show_on_region_pages(actor=analyst(), derived=output_each.derived, shown=True, now=NOW)
    page = ComparisonPage([regions.region("BG31"), regions.region("BG32")])
    row = next(row for row in page.indicators if row.indicator.code == "output_each")
    assert (row.year, [one.cell.value for one in row.cells], row.ratio) == (2015, [12.0, 30.0], 2.5)
    assert [one.is_best for one in row.cells] == [False, True]
    text = client.get("/en/regions/compare/parts/indicators.csv?r=BG31&r=BG32").content.decode("utf-8-sig")
    assert "output_each 1: output / hands" in text


def test_positions_of_a_country_and_of_a_region_stand_in_no_common_row() -> None:
    small("output", f"{TWO_YEARS}, BG 2015 900, RO 2015 800")
    version = derive("place", "minmax(output)")
    show_on_region_pages(actor=analyst(), derived=version.derived, shown=True, now=NOW)
    rows = {row.indicator.code: row for row in profile_of(regions.region("BG31")).indicators}
    assert rows["place"].country is None
    mixed = ComparisonPage([regions.region("BG31"), regions.region("BG")])
    assert "place" not in {row.indicator.code for row in mixed.indicators}
    same = ComparisonPage([regions.region("BG31"), regions.region("BG32")])
    assert "place" in {row.indicator.code for row in same.indicators}


def test_the_seeds_on_region_pages_are_two() -> None:
    assert set(DerivedIndicator.objects.filter(is_key=True).values_list("code", flat=True)) == {
        "conditions_for_innovation",
        "gdp_per_person_employed",
    }


# The catalogue ------------------------------------------------------------------------------------------


def test_a_table_names_what_is_derived_with_it_and_is_found_by_that_name(
    client: Client, output_each: DerivedVersion
) -> None:
    assert [one.code for one in queries.find_datasets(q="output_each")] == ["hands", "output"]
    page = client.get("/en/data/hands/").content.decode()
    assert "/en/indicators/output_each/" in page and "/en/indicators/hands/" in page


def test_a_kept_search_of_tables_forgets_what_is_derived_no_more(
    client: Client, output_each: DerivedVersion
) -> None:
    asked = "/en/data/?q=output_each"
    assert "2 tables fit." in client.get(asked).content.decode()
    withdraw_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    assert "No table fits" in client.get(asked).content.decode()


# The API ----------------------------------------------------------------------------------------------


def test_the_api_lists_them_with_their_definition(client: Client, output_each: DerivedVersion) -> None:
    listed = {one["code"]: one for one in client.get("/api/v1/indicators?limit=100").json()["indicators"]}
    told = listed["output_each"]
    assert (told["dataset"], told["definition"]["formula"]) == (None, "output / hands")
    assert [part["indicator"] for part in told["definition"]["parts"]] == ["output", "hands"]
    assert listed["population"]["definition"] is None and listed["population"]["dataset"] == "demo_r_d2jan"


def test_a_derived_series_has_every_origin_and_its_definition(
    client: Client, output_each: DerivedVersion
) -> None:
    told = client.get("/api/v1/indicators/output_each/series?region=BG31&region=XK00&from_year=2015").json()
    assert [one["table"] for one in told["origins"]] == ["output", "hands"]
    assert told["definition"]["version"] == 1 and told["origin"] == told["origins"][0]
    assert told["observations"] == [
        {"region": "BG31", "year": 2015, "value": 12.0, "state": "reported", "flag": "", "remark": ""}
    ]
    assert [one["region"] for one in told["missing"]] == ["XK00"]


@pytest.mark.parametrize("form", ["csv", "json-stat"])
def test_a_derived_series_leaves_in_every_format(
    client: Client, output_each: DerivedVersion, form: str
) -> None:
    answer = client.get(f"/api/v1/indicators/output_each/series?region=BG31&region=BG32&format={form}")
    assert answer.status_code == 200 and "output_each 1: output / hands" in answer.content.decode()


@pytest.mark.parametrize(
    ("measure", "rest", "value"),
    [("derived", "", 12.0), ("rank", "", 2.0), ("median", "", 12.0), ("growth", "&base_year=2014", 20.0)],
)
def test_measures_of_a_derived_indicator(
    client: Client, output_each: DerivedVersion, measure: str, rest: str, value: float
) -> None:
    answer = client.get(
        f"/api/v1/measures/{measure}/figures?indicator=output_each&region=BG31&year=2015{rest}"
    ).json()
    assert answer["figures"][0]["value"] == pytest.approx(value)
    assert [one["table"] for one in answer["origins"]] == ["output", "hands"]
    assert client.get(answer["figures"][0]["card"]).status_code == 200


@pytest.mark.parametrize("rest", ["version=1", "activity=C14"])
def test_what_a_derived_indicator_does_not_have_is_refused_by_its_name(
    client: Client, output_each: DerivedVersion, rest: str
) -> None:
    answer = client.get(f"/api/v1/indicators/output_each/series?region=BG31&{rest}")
    assert answer.status_code == 422 and answer.json()["errors"][0]["parameter"] == rest.split("=")[0]


def test_an_answer_is_known_again_until_the_formula_changes(
    client: Client, output_each: DerivedVersion
) -> None:
    address = "/api/v1/indicators/output_each/series?region=BG31"
    first = client.get(address)["ETag"]
    assert client.get(address)["ETag"] == first
    written = Written(formula="3 * output / hands", labels={"en": "Output each"})
    save_draft(actor=analyst(), derived=output_each.derived, written=written, now=NOW)
    publish_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    assert client.get(address)["ETag"] != first
