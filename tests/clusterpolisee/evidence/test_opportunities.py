"""What a region could become good at: by hand on four activities, and over the tables of the first start."""

from __future__ import annotations

import csv
import io
import json
from argparse import Namespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from clusterpolisee.evidence.engine.space import activity_space
from clusterpolisee.evidence.opportunities.absence import Why
from clusterpolisee.evidence.opportunities.choices import CHOICES, choice_of
from clusterpolisee.evidence.opportunities.facts import OpportunityFacts, Option
from clusterpolisee.evidence.opportunities.page import OpportunitiesPage
from clusterpolisee.evidence.opportunities_command import run
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.models import User
from factories.opportunities import CAME, THERE, bring_jobs
from factories.reading import text_of

pytestmark = pytest.mark.usefixtures("world")
ADDRESS = "/en/regions/{}/opportunities/"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def small_table() -> None:
    bring_jobs(y2015=THERE)


@pytest.fixture
def two_years() -> None:
    bring_jobs(y2010=THERE, y2015=CAME)


def page_of(code: str, **asked: str) -> OpportunitiesPage:
    return OpportunitiesPage(regions.region(code), asked)


def facts_of(code: str, **asked: str) -> OpportunityFacts:
    found = page_of(code, **asked).facts
    assert found is not None
    return found


def option(facts: OpportunityFacts, code: str) -> Option:
    found = facts.option(code)
    assert found is not None
    return found


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of(answer.content)


# By hand


def test_options_are_what_a_region_is_known_not_to_have(small_table: None) -> None:
    assert sorted(one.code for one in facts_of("BG31").options) == ["C14", "J62"]
    assert [one.code for one in facts_of("BG32").options] == [] and facts_of("BG32").unknown == ["J62"]
    assert "has every activity of which that is published" in page_of("BG32").plain(page_of("BG32").answer)[0]


def test_nearness_is_the_part_of_what_is_related_that_is_there(small_table: None) -> None:
    facts = facts_of("BG31")
    assert option(facts, "C14").near == pytest.approx(3 / 7)
    assert option(facts, "J62").near == 0
    assert option(facts, "C14").quotient == 0


def test_the_reasons_add_up_to_the_nearness(small_table: None) -> None:
    clothing = option(facts_of("BG31"), "C14")
    assert [(one.code, one.part) for one in clothing.carriers] == [
        ("C11", pytest.approx(2 / 7)),
        ("C10", pytest.approx(1 / 7)),
    ]
    assert clothing.carried_by == 2
    assert option(facts_of("BG31"), "J62").carriers == ()


def test_the_unpublished_could_lift_the_nearness_so_far() -> None:
    """Software, not published in BG31, is 1/7 of what is related to clothing."""
    bring_jobs(unknown=("BG31", "J62"), y2015=THERE)
    clothing = option(facts_of("BG31"), "C14")
    assert clothing.near == pytest.approx(3 / 7) and clothing.near_at_most == pytest.approx(4 / 7)
    said = page_of("BG31").plain(page_of("BG31").told[0].how_sure)
    assert "it would be 57% of what is related to it, and not 43%" in " ".join(said)


@pytest.mark.parametrize("by", ["low-hanging", "balanced", "long-jumps"])
def test_the_terms_of_a_score_add_up_to_it(by: str) -> None:
    ranked = [one for one in facts_of("BG31", by=by).options if one.score is not None]
    assert ranked
    for one in ranked:
        assert sum(one.terms.values()) == pytest.approx(one.score)


def test_a_list_of_an_earlier_year_is_held_against_what_came(two_years: None, client: Client) -> None:
    page = page_of("BG31")
    assert page.hindsight is not None and (page.hindsight.start, page.hindsight.end) == (2010, 2015)
    assert [(one.code, one.came) for one in page.hindsight.of("BG31")] == [("C14", True), ("J62", False)]
    text = words(client, ADDRESS.format("BG31"))
    assert "Of 2 that the list of 2010 named for Severozapaden, 1 had come by 2015: Clothing." in text
    assert "Not there in 2015: Computer programming." in text
    assert "no better than chance" in text  # every absent activity is on so short a list
    table = client.get("/en/regions/BG31/opportunities/parts/hindsight.csv").content.decode()
    assert "C14" in table and "2010" in table


def test_no_list_of_a_later_year_is_taken_for_one_of_an_earlier(small_table: None) -> None:
    page = page_of("BG31")
    assert page.hindsight is None
    assert "has divisions for 2015 only" in " ".join(page.hindsight_words)


def test_what_would_not_stay_on_the_list_is_marked() -> None:
    facts = facts_of("BG31")
    firm = {one.code: one.firm for one in facts.listed}
    assert firm["C25"] is not None and firm["C25"] > 0.8 and firm["C20"] is not None and firm["C20"] < 0.5
    marks = {one.option.code: one.marks for one in page_of("BG31").told}
    assert "place on the list not firm" in marks["C20"] and "place on the list not firm" not in marks["C25"]


# Over the tables of the first start


def test_the_answer_names_what_is_near_and_more_complex(client: Client) -> None:
    text = words(client, ADDRESS.format("BG31"))
    assert "Nearest to what Severozapaden has, and more complex than its economy today" in text
    assert "Waste and recycling (44%)" in text
    assert "A long jump: Film and music, place 1 of 68 by complexity" in text
    assert "Known for 64 of 68 activities, in 2015." in text


def test_the_answer_in_bulgarian(client: Client) -> None:
    text = words(client, ADDRESS.format("BG31").replace("/en/", "/bg/"))
    assert "Какво може да развие Северозападен?" in text
    assert "Най-близо до това, което Северозападен има" in text and "Дълъг скок: Филми и музика" in text


@pytest.mark.parametrize("code", ["BG31", "EL52", "RO11"])
@pytest.mark.parametrize("by", [one.key for one in CHOICES])
@pytest.mark.parametrize("language", ["en", "bg"])
def test_every_choice_has_a_page_in_every_country(code: str, by: str, language: str, client: Client) -> None:
    text = words(client, f"/{language}/regions/{code}/opportunities/?by={by}")
    with override(language):
        assert str(choice_of(by).meaning) in text


def test_what_is_chosen_is_what_comes_first() -> None:
    nearest = facts_of("BG31").listed
    boldest = facts_of("BG31", by="long-jumps").listed
    assert len(nearest) == len(boldest) == 10
    assert min(one.near for one in nearest) > max(one.near for one in boldest[:3])
    assert all(one.is_more_complex for one in boldest)


def test_the_path_leads_past_the_next_quarter_of_regions() -> None:
    facts = facts_of("BG31", by="few-steps")
    assert facts.path is not None and facts.path.reached and facts.target is not None
    assert facts.steps[-1].complexity >= facts.target[1] > facts.own_complexity
    assert [one.option.code for one in facts.steps] == [one.code for one in facts.listed]


def test_the_page_says_what_is_not_published_and_what_one_year_cannot_say() -> None:
    said = " ".join(page_of("BG31").plain(page_of("BG31").belief))
    assert "4 activities may be there and are not published: Oil and gas" in said
    assert "from 2015 alone" in said and "correlation 0.50, 189 regions, 2015" in said
    untold = " ".join(page_of("BG31").plain(page_of("BG31").hindsight_words))
    assert "has divisions for 2015 only" in untold and "bring another year" in untold


def test_numbers_lead_to_their_figures_and_measures(client: Client) -> None:
    page = client.get(ADDRESS.format("BG31")).content.decode()
    for address in (
        "/en/figures/location-quotient/persons_employed/BG31/E38/2015/",
        "/en/figures/observation/persons_employed/BG31/E38/2015/",
        "/en/methods/relatedness-density/",
        "/en/activities/E38/",
    ):
        assert f'href="{address}' in page
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "key", ["relatedness-density", "activity-complexity", "outlook-gain", "option-scheme", "back-test"]
)
def test_every_measure_shown_is_explained(key: str, client: Client) -> None:
    assert client.get(f"/bg/methods/{key}/").status_code == 200


# Regions without options


@pytest.mark.parametrize(
    ("code", "why", "says"),
    [
        ("RS21", Why.NOT_IN_TABLE, "does not have"),
        ("XK00", Why.NOT_IN_TABLE, "does not have"),
        ("HU11", Why.OTHER_BORDERS, "under other borders (HU10)"),
        ("BG", Why.WIDER, "Choose one"),
        ("BG3", Why.WIDER, "Choose one"),
        ("RS", Why.NOT_IN_TABLE, "does not have"),
    ],
)
def test_a_region_without_options_has_a_page_that_says_why(
    code: str, why: Why, says: str, client: Client
) -> None:
    assert page_of(code).absence.why is why
    text = words(client, ADDRESS.format(code))
    assert says in text
    for language in ("en", "bg"):
        assert client.get(f"/{language}/regions/{code}/opportunities/").status_code == 200


def test_a_country_leads_to_its_regions(client: Client) -> None:
    page = client.get(ADDRESS.format("BG")).content.decode()
    assert 'href="/en/regions/BG31/opportunities/"' in page


def test_without_a_table_the_page_says_what_is_needed(client: Client) -> None:
    from clusterpolisee.evidence.models import Dataset

    Dataset.objects.filter(code="sbs_r_nuts06_r2").update(current=None)
    assert "No table that is loaded here counts jobs by division" in words(client, ADDRESS.format("BG31"))


# Hostile or old addresses


def test_an_older_code_leads_to_the_page_of_the_region(client: Client) -> None:
    assert client.get(ADDRESS.format("HR04"))["Location"] == "/en/regions/HR04/"
    assert client.get(ADDRESS.format("bg31"))["Location"] == ADDRESS.format("BG31")
    assert client.get(ADDRESS.format("BG31") + "?nuts=2013")["Location"] == ADDRESS.format("BG31")
    assert client.get(ADDRESS.format("ZZ99")).status_code == 404


@pytest.mark.parametrize(
    "query", ["?by=nonsense", "?by=%00", "?by=balanced&by=long-jumps", "?x=" + "y" * 5000]
)
def test_what_is_no_choice_is_taken_for_the_first(query: str, client: Client) -> None:
    assert client.get(ADDRESS.format("BG31") + query).status_code == 200


@pytest.mark.parametrize("part", ["nonsense.csv", "options.exe", "hindsight.svg", "hindsight.csv"])
def test_a_part_that_is_not_there_is_not_found(part: str, client: Client) -> None:
    assert client.get(f"/en/regions/BG31/opportunities/parts/{part}").status_code == 404


# Taking along


def test_the_table_has_every_term_and_says_what_is_not_published(client: Client) -> None:
    text = client.get("/en/regions/BG31/opportunities/parts/options.csv").content.decode("utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert len(rows) == 44 and "score_relatedness" in rows[0]
    first = rows[0]
    terms = [float(first[f"score_{key}"]) for key in ("relatedness", "complexity", "gain")]
    assert sum(terms) == pytest.approx(float(first["score"]))
    assert {row["state"] for row in rows[40:]} <= {"confidential", "not_published"}


@pytest.mark.parametrize("form", ["xlsx", "json-stat", "svg", "png", "json"])
def test_the_parts_can_be_taken_along_in_every_form(form: str, client: Client) -> None:
    assert client.get(f"/bg/regions/BG31/opportunities/parts/options.{form}").status_code == 200


def test_the_picture_can_be_shown_elsewhere(client: Client) -> None:
    for tail in ("/", ".svg", "/how/"):
        address = f"/bg/embed/regions/BG31/opportunities/options{tail}?by=balanced"
        assert client.get(address).status_code == 200, address


# Programs and the command line


def test_programs_are_told_the_same(client: Client) -> None:
    told: dict[str, Any] = client.get("/api/v1/regions/BG31/opportunities?by=balanced").json()
    assert told["choice"]["key"] == "balanced" and told["year"] == 2015
    first = told["options"][0]
    assert sum(first["terms"].values()) == pytest.approx(first["score"])
    assert len(told["unknown"]) == 4 and told["origins"][0]["table"]
    assert client.get("/api/v1/regions/BG31/opportunities?format=csv")["Content-Type"].startswith("text/csv")


def test_programs_are_told_why_there_is_nothing(client: Client) -> None:
    told = client.get("/api/v1/regions/RS21/opportunities").json()
    assert told["options"] == [] and "does not have" in told["why_none"][0]
    assert client.get("/api/v1/regions/RS21/opportunities?format=csv").status_code == 404
    assert client.get("/api/v1/regions/ZZ99/opportunities").status_code == 404
    assert client.get("/api/v1/regions/BG31/opportunities?by=nonsense").status_code == 422


def test_an_answer_is_known_again(client: Client) -> None:
    first = client.get("/api/v1/regions/BG31/opportunities")
    again = client.get("/api/v1/regions/BG31/opportunities", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize("code", ["BG31", "RS21", "BG"])
def test_the_command_says_the_same(code: str) -> None:
    out = io.StringIO()
    asked = Namespace(code=code, by=CHOICES[0].key, json=False, lang="bg")
    assert run(asked, out) == 0 and "Какво може да развие" in out.getvalue()
    out = io.StringIO()
    asked.json = True
    assert run(asked, out) == 0 and json.loads(out.getvalue())["region"] == code


def test_the_command_says_when_there_is_no_such_region(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Namespace(code="ZZ99", by=CHOICES[0].key, json=False, lang="en")) == 2
    assert "ZZ99" in capsys.readouterr().err


# How much it costs


def test_the_page_asks_the_database_little(client: Client) -> None:
    client.force_login(User.objects.create_user("reader@vidin.example"))
    client.get("/en/")  # a session that begins asks more
    activity_space()  # made once for each version
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(ADDRESS.format("BG31")).status_code == 200
    assert len(asked) <= 12, "\n".join(one["sql"][:150] for one in asked)


def test_the_page_stays_light(client: Client) -> None:
    assert len(client.get(ADDRESS.format("BG31").replace("/en/", "/bg/")).content) < 150_000
