"""Figures of cluster categories, on a small table reckoned by hand: values, parts, lower bounds, countries together."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.figure_cards import card_of
from clusterpolisee.evidence.figure_refs import COUNTRIES
from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from factories.enterprises import bring_enterprises, bring_enterprises_without_countries
from factories.reading import text_of

JOBS = FigureRef("category-jobs", "persons_employed", "BG31", 2013, 2015, "tourism")
BOUND = replace(JOBS, region="BG32")
SUM = replace(JOBS, measure="category-sum", region=COUNTRIES)
GROWTH = replace(SUM, measure="category-growth", base_year=2014)


@pytest.fixture
def small_table(world: None) -> None:
    bring_enterprises()


pytestmark = pytest.mark.usefixtures("small_table")


def of(measure: str) -> FigureRef:
    return replace(JOBS, measure=f"category-{measure}")


@pytest.mark.parametrize(
    ("measure", "value"), [("jobs", 25_000), ("share", 25.0), ("quotient", 2.0), ("stars", 1)]
)
def test_a_category_has_its_four_figures(measure: str, value: float) -> None:
    figure = resolve(of(measure))
    assert figure.value == pytest.approx(value) and figure.state == "reported"
    assert figure.details["category"]["weights"] == {"I55": 1.0, "I56": 0.5, "N79": 1.0}


def test_each_part_stands_with_its_weight_and_opens_the_figure_it_is_read_from() -> None:
    figure = resolve(JOBS)
    assert [(part.value, part.weight) for part in figure.parts] == [(10_000, 1), (20_000, 0.5), (5_000, 1)]
    assert sum(part.value * part.weight for part in figure.parts) == figure.value  # type: ignore[operator]
    assert [resolve(part.ref).value for part in figure.parts] == [10_000, 20_000, 5_000]  # type: ignore[arg-type]


def test_the_quotient_is_made_of_a_share_that_is_made_of_the_jobs() -> None:
    here, there = resolve(of("quotient")).parts
    assert (here.value, there.value) == (pytest.approx(25.0), pytest.approx(12.5))
    jobs, whole = resolve(here.ref).parts  # type: ignore[arg-type]
    assert here.ref == of("share") and (jobs.value, whole.value) == (25_000, 100_000)
    assert jobs.ref == JOBS


def test_stars_lead_to_the_figures_they_are_given_for() -> None:
    leads = {part.ref.measure for part in resolve(of("stars")).parts if part.ref}
    assert leads == {"category-jobs", "category-share", "category-quotient"}


def test_a_lower_bound_is_said_and_is_no_value() -> None:
    figure = resolve(BOUND)
    assert (figure.value, figure.state, figure.at_least) == (None, "confidential", 3_000)
    assert figure.coverage == (
        "2 of 3 parts are published. Confidential: Restaurants (I56). "
        "So there is no total, only a lower bound: at least 3,000 jobs in the published parts."
    )
    assert card_of(figure).value == "confidential as a whole; at least 3,000 persons"
    hidden = next(part for part in figure.parts if part.value is None)
    assert hidden.state == "confidential" and "confidential" in {line.text for line in card_of(figure).lines}


@pytest.mark.parametrize("measure", ["share", "quotient", "stars"])
def test_nothing_is_made_of_a_lower_bound(measure: str) -> None:
    figure = resolve(replace(BOUND, measure=f"category-{measure}"))
    assert (figure.value, figure.state, figure.at_least) == (None, "confidential", None)
    assert "at least 3,000 jobs" in figure.coverage


def test_countries_are_added_up_and_each_opens() -> None:
    figure = resolve(SUM)
    assert figure.value == 500_000 and resolve(replace(SUM, year=2014)).value == 400_000
    assert [(part.name, part.value) for part in figure.parts] == [
        ("Bulgaria (BG)", 250_000),
        ("Romania (RO)", 250_000),
    ]
    assert [resolve(part.ref).value for part in figure.parts] == [250_000, 250_000]  # type: ignore[arg-type]


def test_a_country_with_a_hole_in_any_year_is_left_out_and_named() -> None:
    bring_enterprises({("EL", 2014): ("1", ":c", "1", "1"), ("EL", 2015): ("1000", "1000", "1000", "1000")})
    figure = resolve(SUM)
    assert figure.value == 500_000 and figure.details["countries"] == ("BG", "RO")
    assert (
        "2 of 3 countries are counted" in figure.coverage and "Not counted: Greece (EL)." in figure.coverage
    )


def test_a_country_beyond_the_map_has_its_name(client: Client) -> None:
    bring_enterprises({("UK", year): ("1000", "1000", "1000", "1000") for year in (2014, 2015)})
    names = [part.name for part in resolve(SUM).parts]
    assert names == ["Bulgaria (BG)", "Romania (RO)", "United Kingdom (UK)"]
    page = client.get(replace(JOBS, region="UK").address()).content.decode()
    assert "United Kingdom (UK) · 2015" in page and "/regions/UK/" not in page


def test_the_change_is_that_between_its_two_parts() -> None:
    figure = resolve(GROWTH)
    assert figure.value == pytest.approx(25.0)
    assert [part.value for part in figure.parts] == [400_000, 500_000]
    of_a_country = resolve(replace(GROWTH, region="BG"))
    assert of_a_country.value == pytest.approx(25.0)  # 200,000 → 250,000
    assert of_a_country.parts[0].ref == replace(JOBS, region="BG", year=2014)


def test_no_change_is_told_across_a_break_in_a_part() -> None:
    bring_enterprises({("RO", 2015): ("100000", "200000:b", "50000", "2650000")})
    with pytest.raises(FigureNotFound, match="break in series between 2014 and 2015"):
        resolve(GROWTH)
    assert resolve(SUM).flag == "b"


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        (replace(JOBS, activity="wine"), "no cluster category “wine”"),
        (replace(JOBS, activity="\0"), "no cluster category"),
        (replace(JOBS, region="BG99"), "no cell for BG99, tourism, 2015"),
        (replace(JOBS, region=COUNTRIES), "no cell for ALL"),
        (replace(JOBS, year=2010), "no cell"),
        (replace(JOBS, region="HR04", nuts=2024), "no cell"),
        (replace(SUM, region="BG"), "no cell"),
        (replace(SUM, nuts=2024), "counted in NUTS 2013"),
        (replace(SUM, year=2013), "no cell"),
        (replace(GROWTH, base_year=None), "two years"),
        (replace(GROWTH, base_year=2001), "no cell"),
        (replace(GROWTH, region="BG31"), "of countries only"),
        (replace(GROWTH, region="XX"), "No country has every part"),
    ],
)
def test_a_figure_that_is_not_there_says_why(ref: FigureRef, said: str) -> None:
    with pytest.raises(FigureNotFound, match=re.escape(said)):
        resolve(ref)


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("ref", [JOBS, of("share"), of("quotient"), of("stars"), BOUND, SUM, GROWTH])
def test_a_card_tells_the_category_its_revision_and_its_source(
    client: Client, ref: FigureRef, language: str
) -> None:
    page = client.get(ref.address().replace("/en/", f"/{language}/", 1)).content.decode()
    for told in (
        f'href="/{language}/categories/tourism/"',
        {"en": "revision 1", "bg": "редакция 1"}[language],
        "I55, I56:0.5, N79",
        "sbs_r_nuts06_r2",
        {"en": "Eurostat", "bg": "Евростат"}[language],
        "NUTS 2013",
        {"en": "28 November 2026", "bg": "28 ноември 2026"}[language],
        'class="formula"',
        "0.5 × " if language == "en" else "0,5 × ",
        f"/{language}/methods/cluster-category/",
    ):
        assert told in page, told


def test_the_card_says_the_formula_in_words(client: Client) -> None:
    said = text_of(client.get(of("quotient").address()).content)
    assert "Share of “Tourism” in the region ÷ its share in 2 countries together." in said
    assert "“Tourism” = Hotels (I55) + 0.5 × Restaurants (I56) + Travel agencies (N79)." in said
    assert "Location quotient of the cluster category · Tourism · Severozapaden (BG31) · 2015" in said


def test_an_older_version_of_the_table_can_be_asked_for(client: Client) -> None:
    first = queries.indicators_by_code()["persons_employed"].dataset.current
    assert first is not None
    bring_enterprises({("BG31", 2015): ("20000", "20000", "5000", "65000")})
    assert "35,000 persons" in text_of(client.get(JOBS.address()).content)
    assert "25,000 persons" in text_of(client.get(JOBS.address(version=first.number)).content)


def numbers_of(page: str) -> set[str]:
    return set(re.findall(r'class="(?:fig|stars)" href="(/en/figures/[^"]+)"', page))


@pytest.mark.parametrize(
    "address",
    ["/en/categories/tourism/?region=BG32", "/en/categories/tourism/?country=BG", "/en/categories/"],
)
def test_every_number_of_the_pages_opens_a_card(client: Client, address: str) -> None:
    addresses = numbers_of(client.get(address).content.decode())
    assert any("/category-jobs/" in one for one in addresses)
    for one in addresses:
        assert client.get(one.replace("&amp;", "&")).status_code == 200, one


def test_no_number_of_the_tables_is_left_without_a_card(client: Client) -> None:
    """Years, places, weights and counts of parts are no figures; every other number is."""
    page = client.get("/en/categories/tourism/?region=BG32").content.decode()
    cells = re.findall(r'<td class="num"[^>]*>(.*?)</td>', page)
    bare = [one for one in cells if re.search(r"\d", re.sub(r"<a .*?</a>", "", one))]
    assert [one for one in bare if not re.fullmatch(r"\d+|0\.5|\d of 3", one.strip())] == []
    assert {"≥ 3,000"} <= set(re.findall(r'<a class="fig" href="[^"]*BG32/tourism[^"]*">([^<]*)</a>', page))


def test_the_trend_and_its_sentence_open_the_countries_together(client: Client) -> None:
    page = client.get("/en/categories/tourism/").content.decode()
    assert "25.0%</a> more jobs in 2015 than in 2014." in page
    for ref in (SUM, replace(SUM, year=2014), GROWTH):
        assert f'href="{ref.address()}"' in page
    narrowed = client.get("/en/categories/tourism/?country=BG").content.decode()
    assert f'href="{replace(JOBS, region="BG", year=2014).address()}"' in narrowed


def test_a_cluster_organisation_shows_figures_that_open(client: Client) -> None:
    page = client.get("/en/clusters/example-textile-cluster/").content.decode()
    assert "/en/figures/category-" in page


# A table without countries


def test_a_table_without_countries_says_so_on_every_page(client: Client) -> None:
    bring_enterprises_without_countries()
    said = "has regions but no countries"
    for address in (
        "/en/regions/BG31/?nuts=2013",
        "/en/regions/compare/?r=BG31&r=BG32",
        "/en/activities/C14/",
        "/en/categories/tourism/",
        "/en/categories/",
        of("quotient").address(),
        FigureRef("location-quotient", "persons_employed", "BG31", 2013, 2015, "C14").address(),
    ):
        page = text_of(client.get(address).content)
        assert said in page and "such as BG" in page, address
    region = text_of(client.get("/en/regions/BG31/?nuts=2013").content)
    assert "does not have this region" not in region and "What the region is strong in" in region
    assert said not in text_of(client.get("/en/regions/XK/").content)
    bulgarian = text_of(client.get("/bg/categories/tourism/").content)
    assert "за нито една държава" in bulgarian


def test_a_region_the_table_does_not_have_is_told_that(client: Client) -> None:
    bring_enterprises_without_countries()
    page = text_of(client.get("/en/regions/RS21/").content)
    assert "does not have this region" in page and "no countries" not in page
