"""What sources are asked for each table of the catalogue, letter by letter."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from clusterpolisee.evidence.catalogue import load_catalogue
from clusterpolisee.evidence.fetching.connectors import SERVICES
from clusterpolisee.evidence.fetching.query import Query
from clusterpolisee.evidence.fetching.source import source_of
from clusterpolisee.evidence.models import Dataset
from factories.evidence import table

EUROSTAT = "https://ec.europa.eu/eurostat/api/dissemination"
OECD = "https://sdmx.oecd.org/public/rest"

ASKED = {
    "sbs_r_nuts06_r2": (
        "/sdmx/3.0/data/dataflow/ESTAT/sbs_r_nuts06_r2/1.0?c[freq]=A&c[indic_sb]=V16110&c[TIME_PERIOD]=ge:2016+le:2018"
        "&compress=true&format=csvdata&formatVersion=2.0&lang=en&labels=id"
    ),
    "lfst_r_lfe2en2": (
        "/sdmx/3.0/data/dataflow/ESTAT/lfst_r_lfe2en2/1.0?c[freq]=A&c[unit]=THS_PER&c[sex]=T&c[age]=Y_GE15"
        "&c[TIME_PERIOD]=ge:2016+le:2018&compress=true&format=csvdata&formatVersion=2.0&lang=en&labels=id"
    ),
    "nama_10r_2gdp": (
        "/sdmx/2.1/data/nama_10r_2gdp/A.MIO_EUR+PPS_EU27_2020_HAB+PPS_HAB_EU27_2020."
        "?format=SDMX-CSV&startPeriod=2016&endPeriod=2018&compressed=true"
    ),
    "nama_10r_2gvagr": (
        "/sdmx/3.0/data/dataflow/ESTAT/nama_10r_2gvagr/1.0?c[freq]=A&c[na_item]=B1GQ,B1G&c[unit]=I15"
        "&c[TIME_PERIOD]=ge:2016+le:2018&compress=true&format=csvdata&formatVersion=2.0&lang=en&labels=id"
    ),
    "tgs00042": (
        "/sdmx/2.1/data/tgs00042/A.TOTAL.PC_GDP.?format=SDMX-CSV&startPeriod=2016&endPeriod=2018&compressed=true"
    ),
    "tgs00007": (
        "/sdmx/2.1/data/tgs00007/A.PC.T.Y15-64.?format=SDMX-CSV&startPeriod=2016&endPeriod=2018&compressed=true"
    ),
    "tgs00109": (
        "/sdmx/2.1/data/tgs00109/A.PC.ED5-8.Y25-64.T.?format=SDMX-CSV&startPeriod=2016&endPeriod=2018&compressed=true"
    ),
    "tgs00010": (
        "/statistics/1.0/data/tgs00010?format=JSON&lang=EN&freq=A&isced11=TOTAL&sex=T&age=Y15-74&unit=PC"
        "&sinceTimePeriod=2016&untilTimePeriod=2018"
    ),
    "demo_r_d2jan": (
        "/sdmx/3.0/data/dataflow/ESTAT/demo_r_d2jan/1.0?c[freq]=A&c[unit]=NR&c[sex]=T&c[age]=TOTAL"
        "&c[TIME_PERIOD]=ge:2016+le:2018&compress=true&format=csvdata&formatVersion=2.0&lang=en&labels=id"
    ),
}


@pytest.fixture
def catalogue(db: None) -> None:
    load_catalogue()


@pytest.mark.parametrize("code", ASKED)
def test_each_table_of_the_catalogue_is_asked_for_by_its_dimensions(catalogue: None, code: str) -> None:
    source = source_of(Dataset.objects.get(code=code))
    query = source.query((2016, 2018), this_year=2026)
    asked, expected = source.connector.address(EUROSTAT, query), EUROSTAT + ASKED[code]
    # PostgreSQL keeps the names of filters in an order of its own; the question is the same.
    assert asked.split("?")[0] == expected.split("?")[0]
    assert sorted(asked.split("?")[1].split("&")) == sorted(expected.split("?")[1].split("&"))


def test_every_table_of_the_catalogue_has_a_source_that_names_its_own_dimensions(catalogue: None) -> None:
    for found in Dataset.objects.all():
        own = {one["code"] for one in found.dimensions} | {"freq", "geo", "nace_r2"}
        source = source_of(found)
        assert {name for name, _values in source.filters} <= own, found.code


def test_filters_let_through_what_the_indicators_read(catalogue: None) -> None:
    """A filter that shut out the series of an indicator would empty it without a word."""
    for found in Dataset.objects.all():
        filters = dict(source_of(found).filters)
        names = [one["code"] for one in found.dimensions if "only" not in one]
        renamed = {one["code"]: one.get("renamed", {}) for one in found.dimensions}
        for indicator in found.indicators.all():
            series = dict(zip(names, indicator.series.split("."), strict=True))
            shut_out = {
                name
                for name, code in series.items()
                if name in filters and code not in {renamed[name].get(one, one) for one in filters[name]}
            }
            assert not shut_out, (indicator.code, shut_out)


def test_places_are_asked_for_by_name_where_a_year_is_split() -> None:
    query = Query("", "jobs", (("freq", ("A",)),), 2016, 2016, ("freq", "unit", "geo"), ("BG31", "EU27_2020"))
    asked = {
        name: service.address("", query) for name, service in SERVICES.items() if name.startswith("eurostat")
    }
    assert "geo=BG31&geo=EU27_2020" in asked["eurostat-statistics"]
    assert "/jobs/A..BG31+EU27_2020?" in asked["eurostat-sdmx-2.1"]
    assert "c[geo]=BG31,EU27_2020&" in asked["eurostat-sdmx-3.0"]


def test_the_oecd_is_asked_with_agency_and_table_in_one_reference() -> None:
    order = [
        "FREQ",
        "TERRITORIAL_LEVEL",
        "REF_AREA",
        "TERRITORIAL_TYPE",
        "MEASURE",
        "ACTIVITY",
        "PRICES",
        "UNIT_MEASURE",
    ]
    found = Dataset(
        code="oecd_gdp",
        source={
            "service": "oecd-sdmx",
            "resource": "OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,2.0",
            "order": order,
            "filters": {"FREQ": ["A"], "TERRITORIAL_LEVEL": ["TL2"], "MEASURE": ["GDP"]},
            "first_year": 2000,
        },
    )
    source = source_of(found)
    assert source.connector.address(OECD, source.query((2016, 2018), this_year=2026)) == (
        f"{OECD}/data/OECD.CFE.EDS,DSD_REG_ECO@DF_GDP,2.0/A.TL2...GDP..."
        "?startPeriod=2016&endPeriod=2018&dimensionAtObservation=AllDimensions&format=csvfile"
    )
    assert found.codes_in_files == {"oecd_gdp", "dsd_reg_eco@df_gdp"}


def test_the_small_question_after_the_date_names_one_value_of_each_filter() -> None:
    query = Query("", "nama_10r_2gdp", (("unit", ("MIO_EUR", "PPS")),), 2016, 2018)
    asked = urlsplit(SERVICES["eurostat-sdmx-3.0"].small_addresses(EUROSTAT, query)[0])
    assert asked.path.endswith("/statistics/1.0/data/nama_10r_2gdp")
    assert parse_qs(asked.query)["unit"] == ["MIO_EUR"]
    assert parse_qs(asked.query)["lastTimePeriod"] == ["1"]


@pytest.mark.django_db
def test_a_ticket_cannot_lead_anywhere_but_to_the_asynchronous_service() -> None:
    service = SERVICES["eurostat-sdmx-3.0"]
    assert service.status_address(EUROSTAT, "../../x?y") == f"{EUROSTAT}/1.0/async/status/..%2F..%2Fx%3Fy"


def test_a_query_has_the_same_name_tomorrow() -> None:
    one = Query("eurostat-sdmx-3.0", "jobs", (("freq", ("A",)),), 2016, 2018)
    assert one.name == Query("eurostat-sdmx-3.0", "jobs", (("freq", ("A",)),), 2016, 2018).name
    assert one.name != Query("eurostat-sdmx-3.0", "jobs", (("freq", ("A",)),), 2016, 2019).name


@pytest.mark.django_db
def test_a_table_that_is_closed_is_not_asked_beyond_its_end() -> None:
    found = table(source={"service": "eurostat-sdmx-3.0", "first_year": 2008, "last_year": 2020})
    query = source_of(found).query((2016, 2025), this_year=2026)
    assert (query.first, query.last) == (2016, 2020)
