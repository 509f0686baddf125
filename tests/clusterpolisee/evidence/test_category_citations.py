"""Citations of category figures: they keep value, data and definition, and say when either gives another value today."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from clusterpolisee.classifications import actions as classification_actions
from clusterpolisee.classifications import queries as classifications
from clusterpolisee.classifications.category_words import CategoryFacts
from clusterpolisee.evidence.basket import collect, default_basket, items_of, publish_basket
from clusterpolisee.evidence.basket_files import basket_json, basket_table
from clusterpolisee.evidence.bibliography import quotations, reference_of_citation
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.figure_cards import compared_with_newest, frozen_card
from clusterpolisee.evidence.figure_refs import COUNTRIES
from clusterpolisee.evidence.figures import FigureRef, resolve
from clusterpolisee.evidence.models import Citation
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.exports.tidy_csv import to_csv
from factories.enterprises import NOON, bring_enterprises
from factories.evidence import person
from factories.reading import text_of

JOBS = FigureRef("category-jobs", "persons_employed", "BG31", 2013, 2015, "tourism")
QUOTIENT = replace(JOBS, measure="category-quotient")
BOUND = replace(JOBS, region="BG32")
GOLDEN = Path(__file__).parents[2] / "golden/api"
SUM = replace(JOBS, measure="category-sum", region=COUNTRIES)


@pytest.fixture
def small_table(world: None) -> None:
    bring_enterprises()


pytestmark = pytest.mark.usefixtures("small_table")


def cited(ref: FigureRef) -> Citation:
    citation = cite_figure(actor=person(Role.MEMBER), ref=ref, cited_at=NOON)
    return Citation.objects.get(pk=citation.pk)


def weigh(weights: dict[str, float], name: str = "Tourism") -> None:
    """Somebody edits the category."""
    tourism = classifications.category("tourism")
    assert tourism is not None
    facts = CategoryFacts({**tourism.labels, "en": name}, tourism.descriptions, weights)
    classification_actions.edit_category(
        actor=operator(), category=tourism, facts=facts, base_revision=tourism.revision
    )


ALL_RESTAURANTS = {"I55": 1.0, "I56": 1.0, "N79": 1.0}
MORE_HOTELS = {("BG31", 2015): ("12000", "20000", "5000", "63000")}


def test_a_citation_keeps_the_parts_and_weights_of_its_revision() -> None:
    kept = cited(JOBS)
    assert (kept.value, kept.activity) == (25_000, "tourism")
    assert kept.category is not None and kept.category.revision == 1
    assert kept.category.weights == {"I55": 1.0, "I56": 0.5, "N79": 1.0}
    assert [(part["value"], part["weight"]) for part in kept.parts] == [
        (10_000, 1.0),
        (20_000, 0.5),
        (5_000, 1.0),
    ]


def test_a_citation_keeps_its_value_after_a_weight_is_changed(client: Client) -> None:
    kept = cited(JOBS)
    weigh(ALL_RESTAURANTS)  # 10,000 + 20,000 + 5,000
    assert resolve(JOBS).value == 35_000
    kept.refresh_from_db()
    newest = compared_with_newest(kept)
    assert kept.value == 25_000 and not newest.is_same and newest.definition is not None
    page = text_of(client.get(f"/en/citations/{kept.address}/").content)
    assert "BG31) · 2015: 25,000 persons" in page and "I55, I56:0.5, N79" in page
    assert "by them the newest version (2) says 35,000 persons." in page
    assert "Its parts or weights have been changed since." in page
    assert "weight 0.5: 20,000 persons" in page and "0.5 × Restaurants (I56)" in page


def test_a_citation_keeps_its_value_after_the_data_are_updated(client: Client) -> None:
    kept = cited(JOBS)
    bring_enterprises(MORE_HOTELS)  # 12,000 + ½ · 20,000 + 5,000
    newest = compared_with_newest(kept)
    assert (newest.is_same, newest.text, newest.definition) == (False, "27,000 persons", None)
    page = text_of(client.get(f"/en/citations/{kept.address}/").content)
    assert "25,000 persons" in page and "The newest version (3) says 27,000 persons." in page


def test_a_citation_tells_data_and_definition_apart_when_both_have_changed() -> None:
    kept = cited(JOBS)
    bring_enterprises(MORE_HOTELS)
    weigh(ALL_RESTAURANTS)  # 12,000 + 20,000 + 5,000
    assert compared_with_newest(kept).sentence == (
        "The newest version (3) says 27,000 persons by the parts and weights of the citation, and "
        "37,000 persons by those the category has now (revision 2)."
    )


def test_another_name_changes_nothing_that_was_cited(client: Client) -> None:
    kept = cited(JOBS)
    weigh({"I55": 1.0, "I56": 0.5, "N79": 1.0}, name="Travel")
    newest = compared_with_newest(kept)
    assert newest.is_same and newest.definition is None
    page = text_of(client.get(f"/en/citations/{kept.address}/").content)
    assert "Tourism · " in page and "have been changed since" not in page


def test_a_quotient_follows_neither_the_category_nor_the_data() -> None:
    kept = cited(QUOTIENT)
    weigh({"C14": 1.0})  # 65 % of BG31 by 82.5 % of the countries
    assert kept.value == pytest.approx(2.0) and compared_with_newest(kept).text == "0.8"


def test_a_lower_bound_is_cited_as_one(client: Client) -> None:
    kept = cited(BOUND)
    assert (kept.value, kept.state, kept.at_least) == (None, "confidential", 3_000)
    assert kept.statement("en").endswith("2015: confidential as a whole; at least 3,000 persons")
    assert compared_with_newest(kept).is_same
    bring_enterprises({("BG32", 2015): ("1500", ":c", "2000", "96500")})
    newest = compared_with_newest(kept)
    assert not newest.is_same and newest.text == "confidential as a whole; at least 3,500 persons"


def test_countries_together_are_cited_with_those_that_were_counted() -> None:
    kept = cited(SUM)
    bring_enterprises({("RO", 2014): ("50000", ":c", "50000", "2650000")})
    assert kept.details["countries"] == ["BG", "RO"] and [p["value"] for p in kept.parts] == [
        250_000,
        250_000,
    ]
    assert compared_with_newest(kept).text == "250,000 persons"


def test_citing_twice_gives_one_citation_until_the_category_is_edited() -> None:
    actor = person(Role.MEMBER)
    first, second = (cite_figure(actor=actor, ref=JOBS) for _time in range(2))
    weigh(ALL_RESTAURANTS)
    third = cite_figure(actor=actor, ref=JOBS)
    assert first == second != third and third.category.revision == 2  # type: ignore[union-attr]


def test_a_citation_speaks_the_language_of_its_reader(client: Client) -> None:
    kept = cited(JOBS)
    page = text_of(client.get(f"/bg/citations/{kept.address}/").content)
    assert "Заети в клъстерната категория · Туризъм · Северозападен (BG31) · 2015: 25 000 души" in page
    assert "0,5 × Ресторанти (I56)" in page and "редакция 1" in page
    weigh(ALL_RESTAURANTS)
    changed = text_of(client.get(f"/bg/citations/{kept.address}/").content)
    assert "Частите или теглата ѝ са променени оттогава." in changed and "35 000 души" in changed


def test_a_long_code_and_many_secret_parts_fit(client: Client) -> None:
    """What SQLite lets pass PostgreSQL counts: a code of 31 letters, a sentence that names seventeen parts."""
    codes = [
        "H50",
        "H51",
        "J58",
        "J59",
        "J60",
        "J61",
        "J62",
        "J63",
        "M69",
        "M70",
        "M71",
        "M72",
        "M73",
        "M74",
        "M75",
        "N78",
    ]
    weigh({"I55": 1.0, **dict.fromkeys(codes, 1.0)})
    assert len(cited(JOBS).coverage) > 200
    wide = classifications.category("medicines-and-medical-technology")
    assert wide is not None
    facts = CategoryFacts(wide.labels, wide.descriptions, {"I55": 1.0})
    classification_actions.edit_category(actor=operator(), category=wide, facts=facts, base_revision=1)
    ana = person(Role.MEMBER, email="ana@vidin.example")
    ref = replace(JOBS, activity="medicines-and-medical-technology")
    assert cite_figure(actor=ana, ref=ref).value == 10_000


# What carries a citation


def test_a_member_cites_on_the_page_into_her_basket(client: Client) -> None:
    vesela = person(Role.MEMBER)
    client.force_login(vesela)
    answer = client.post(f"{JOBS.address().split('?')[0]}cite/", {"nuts": 2013, "basket": ""})
    citation = Citation.objects.get()
    assert answer["Location"] == f"/en/citations/{citation.address}/"
    assert [item.citation for item in items_of(default_basket(actor=vesela, now=NOON))] == [citation]


def test_a_basket_takes_figure_definition_and_bound_along(client: Client) -> None:
    vesela = person(Role.MEMBER)
    basket = default_basket(actor=vesela, now=NOON)
    for ref in (JOBS, BOUND):
        citation = cite_figure(actor=vesela, ref=ref, cited_at=NOON)
        collect(actor=vesela, basket=basket, citation=citation, now=NOON)
    weigh(ALL_RESTAURANTS)
    text = to_csv(basket_table(basket, items_of(basket))).decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    total, bound = csv.DictReader(io.StringIO("\n".join(lines)))
    assert (total["value"], total["category"], total["activity"]) == ("25000", "tourism", "")
    assert total["definition"] == "tourism, revision 1: I55, I56:0.5, N79"
    assert (bound["value"], bound["at_least"], bound["state"]) == ("", "3000", "confidential")
    told = json.loads(basket_json(basket, items_of(basket)))["citations"]
    assert told[0]["category"]["weights"]["I56"] == 0.5 and told[0]["parts"][1]["weight"] == 0.5
    assert told[0]["newest"]["same"] is False and told[1]["at_least"] == 3_000
    publish_basket(actor=vesela, basket=basket, now=NOON)
    page = text_of(client.get(f"/en/baskets/{basket.address}/").content)
    assert "by them the newest version (2) says 35,000 persons." in page
    for form in ("csv", "xlsx", "json"):
        assert client.get(f"/en/baskets/{basket.address}/basket.{form}").status_code == 200
    assert "sbs_r_nuts06_r2" in client.get(f"/en/baskets/{basket.address}/bibliography.bib").content.decode()


@pytest.mark.parametrize("language", ["en", "bg"])
def test_it_is_quoted_as_any_other(language: str) -> None:
    kept = cited(QUOTIENT)
    with override(language):
        texts = {one.key: one.text for one in quotations(reference_of_citation(kept))}
        assert frozen_card(kept).statement in texts["apa"]
    assert kept.permanent_address in texts["bibtex"].replace("\\", "") and "sbs" in texts["ris"]


def test_another_site_shows_it_and_says_that_the_category_was_changed(client: Client) -> None:
    kept = cited(JOBS)
    live = "/en/embed/figures/category-jobs/persons_employed/BG31/tourism/2015/"
    assert "25,000 persons" in client.get(f"{live}?nuts=2013").content.decode()
    assert "25,000 persons" in client.get(f"{live}figure.svg?nuts=2013").content.decode()
    assert client.get(f"{live}how/?nuts=2013").status_code == 200
    weigh(ALL_RESTAURANTS)
    frozen = text_of(client.get(f"/en/embed/citations/{kept.address}/").content)
    assert "25,000 persons" in frozen and "other parts or weights now (revision 2)" in frozen
    assert "35,000 persons" in client.get(f"{live}?nuts=2013").content.decode()


def test_a_lower_bound_on_another_site_is_said_as_one(client: Client) -> None:
    kept = cited(BOUND)
    page = client.get(f"/en/embed/citations/{kept.address}/").content.decode()
    assert "<strong>confidential as a whole; at least 3,000 persons</strong>" in page
    assert page.count("at least 3,000 persons") == 1  # the title does not say it once more


# For programs

FIGURES = "/api/v1/measures/{}/figures?indicator=persons_employed&year=2015&nuts=2013&{}"


def test_programs_ask_for_figures_of_categories(client: Client) -> None:
    told = client.get(FIGURES.format("category-jobs", "region=BG31&region=BG32&category=tourism")).json()
    whole, bound = told["figures"]
    assert (whole["value"], whole["category"], whole["activity"]) == (25_000, "tourism", "")
    assert [(part["value"], part["weight"]) for part in whole["parts"]][1] == (20_000, 0.5)
    assert whole["details"]["category"]["revision"] == 1
    assert (bound["value"], bound["state"], bound["details"]["at_least"]) == (None, "confidential", 3_000)
    assert bound["parts"][1]["state"] == "confidential"
    assert client.get(whole["card"].removeprefix("http://localhost:8000")).status_code == 200


def test_programs_ask_for_countries_together_and_their_change(client: Client) -> None:
    told = client.get(FIGURES.format("category-sum", "region=ALL&category=tourism")).json()
    assert told["figures"][0]["value"] == 500_000
    query = "region=ALL&category=tourism&base_year=2014"
    assert client.get(FIGURES.format("category-growth", query)).json()["figures"][0]["value"] == 25.0


def test_an_answer_is_kept_only_while_the_category_is_the_same(client: Client) -> None:
    address = FIGURES.format("category-jobs", "region=BG31&category=tourism&version=2")
    first = client.get(address)
    assert "immutable" not in first["Cache-Control"]
    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    weigh(ALL_RESTAURANTS)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304 and changed.json()["figures"][0]["value"] == 35_000


@pytest.mark.parametrize(
    ("measure", "query", "status", "said"),
    [
        ("category-jobs", "region=BG31", 422, "give “category”"),
        ("category-jobs", "region=BG31&category=wine", 404, "no cluster category “wine”"),
        ("category-jobs", "region=BG31&category=Wine!", 422, "category"),
    ],
)
def test_what_is_no_category_is_said(
    client: Client, measure: str, query: str, status: int, said: str
) -> None:
    answer = client.get(FIGURES.format(measure, query))
    assert answer.status_code == status and said in answer.content.decode()


@pytest.mark.parametrize(
    "regions", ["region=BG31", "region=BG31&region=BG32&region=BG33&region=BG&region=RO"]
)
def test_many_figures_of_a_category_cost_as_many_queries_as_one(
    client: Client, django_assert_num_queries, regions: str
) -> None:
    # The indicator, the scheme of stars, the category with its activities (three), their names.
    with django_assert_num_queries(6):
        client.get(FIGURES.format("category-jobs", f"{regions}&category=tourism"))


def test_a_citation_tells_programs_its_definition_for_good(client: Client) -> None:
    kept = cited(JOBS)
    weigh(ALL_RESTAURANTS)
    told = client.get(f"/api/v1/citations/{kept.address}").json()
    assert (told["value"], told["category"], told["activity"]) == (25_000, "tourism", "")
    assert told["definition"]["weights"] == {"I55": 1.0, "I56": 0.5, "N79": 1.0}
    assert told["formula"] == "E[r, c] = Σa w[a] · E[r, a]" and told["at_least"] is None
    assert [part["weight"] for part in told["parts"]] == [1.0, 0.5, 1.0]


def test_a_cited_lower_bound_is_that_of_the_golden_file(client: Client) -> None:
    kept = cited(BOUND)
    weigh(ALL_RESTAURANTS)
    told = client.get(f"/api/v1/citations/{kept.address}?lang=bg").json()
    told["address"] = told["address"].replace(kept.address, "…")
    assert told == json.loads((GOLDEN / "citation-of-a-category.json").read_text())
