"""The pages of derived indicators: for readers, and the editor for analysts."""

from __future__ import annotations

import pytest
from django.test import Client

from clusterpolisee.evidence.derived_plans import defined
from clusterpolisee.evidence.models import DerivedIndicator, DerivedVersion
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import person
from factories.reading import text_of

pytestmark = pytest.mark.usefixtures("world")

LIST = "/en/indicators/derived/"
EDITOR = f"{LIST}gdp_per_person_employed/"
PAGE = "/en/indicators/gdp_per_person_employed/"
FILLED = {
    "code": "jobs_per_1000",
    "formula": "per(employment, population, 1000)",
    "name_en": "Jobs per 1,000 inhabitants",
    "name_bg": "Работни места на 1000 души",
    "decimals": "0",
    "direction": "1",
}


def signed_in(client: Client, *roles: Role) -> User:
    user = person(*roles)
    client.force_login(user)
    return user


def test_everybody_reads_what_is_published_in_words_with_its_values_and_sources(client: Client) -> None:
    for language, words in (("en", "GDP ÷ Employment"), ("bg", "÷ Заетост")):
        page = client.get(PAGE.replace("/en/", f"/{language}/")).content.decode()
        assert words in page and "per(1000000 * gdp_million_eur, employment)" in page
        assert f"/{language}/figures/derived/gdp_per_person_employed/BG31/-/2015/" in page
        assert "nama_10r_2gdp" in page


def test_a_composite_shows_its_weights_its_method_and_its_coverage(client: Client) -> None:
    page = text_of(client.get("/en/indicators/conditions_for_innovation/?year=2015").content)
    for told in (
        "Equal weights 1",
        "GDP per inhabitant, PPS: 1 (25%)",
        "lowest (0) and the highest (100)",
        "At least 3 of 4 parts must be known",
        "each year is scaled by itself",
    ):
        assert told in page


def test_the_card_of_a_derived_figure_is_shown_and_cited(client: Client) -> None:
    address = "/en/figures/derived/gdp_per_person_employed/BG31/-/2015/"
    page = client.get(address).content.decode()
    assert "11,017 euro per person" in page and page.count("Eurostat, <a") == 2
    signed_in(client, Role.MEMBER)
    answer = client.post(f"{address}cite/", {"nuts": 2024}, follow=True).content.decode()
    assert "11,017 euro per person" in answer and "version 1 of the formula" in answer


@pytest.mark.parametrize(
    ("roles", "status"), [(None, 302), ((), 403), ((Role.MEMBER,), 403), ((Role.ANALYST,), 200)]
)
@pytest.mark.parametrize("address", ["new/", "check/?formula=population", "gdp_per_person_employed/edit/"])
def test_the_editor_is_for_analysts(
    client: Client, roles: tuple[Role, ...] | None, status: int, address: str
) -> None:
    if roles is not None:
        signed_in(client, *roles)
    assert client.get(LIST + address).status_code == status


@pytest.mark.parametrize(("roles", "status"), [(None, 302), ((Role.MEMBER,), 403)])
@pytest.mark.parametrize("deed", ["publish/", "discard/", "show/", "withdraw/"])
def test_the_deeds_are_for_analysts(
    client: Client, roles: tuple[Role, ...] | None, status: int, deed: str
) -> None:
    if roles is not None:
        signed_in(client, *roles)
    assert client.post(EDITOR + deed).status_code == status


def test_an_analyst_writes_checks_keeps_and_publishes(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    checked = client.post(f"{LIST}new/", {**FILLED, "deed": "check"}).content.decode()
    assert "Employment ÷ Population × 1,000" in checked and not DerivedIndicator.objects.filter(
        code=FILLED["code"]
    )
    kept = client.post(f"{LIST}new/", {**FILLED, "deed": "save"}, follow=True)
    assert "The draft is kept." in kept.content.decode()
    assert DerivedVersion.objects.get(derived__code="jobs_per_1000").state == "draft"
    assert "jobs_per_1000" in client.get(LIST).content.decode()
    client.post(f"{LIST}jobs_per_1000/publish/")
    found = defined("jobs_per_1000")
    assert found is not None and found.version.labels["bg"] == "Работни места на 1000 души"
    client.logout()
    page = client.get(f"{LIST}jobs_per_1000/", follow=True).content.decode()
    assert "No region has a value in any year" in page  # the tables of the first start share no year


def test_readers_do_not_see_drafts(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    client.post(f"{LIST}new/", {**FILLED, "deed": "save"})
    client.logout()
    assert client.get(f"{LIST}jobs_per_1000/").status_code == 404
    assert "jobs_per_1000" not in client.get("/en/indicators/").content.decode()
    assert client.get("/en/figures/derived/jobs_per_1000/BG31/-/2015/").status_code == 404


def test_a_mistake_is_shown_at_its_place_and_in_the_readers_language(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    page = client.post(
        f"{LIST}new/", {**FILLED, "formula": "2 * populatoin", "deed": "check"}
    ).content.decode()
    assert "Did you mean “population”?" in page and "<mark>populatoin</mark>" in page
    assert (
        "Line 1 of the weights"
        in client.post(f"{LIST}new/", {**FILLED, "weights": "income two", "deed": "save"}).content.decode()
    )


def test_what_is_typed_is_escaped(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    nasty = '"><script>alert(1)</script>'
    answers = [
        client.get(f"{LIST}check/", {"formula": nasty, "own_code": nasty}),
        client.post(f"{LIST}new/", {**FILLED, "formula": nasty, "name_en": nasty, "deed": "check"}),
        client.post(
            f"{LIST}new/", {**FILLED, "name_en": nasty, "name_bg": nasty, "deed": "save"}, follow=True
        ),
        client.post(f"{LIST}jobs_per_1000/publish/", follow=True),
        client.get(LIST),
    ]
    for answer in answers:
        assert "<script>alert" not in answer.content.decode()


def test_the_check_answers_while_one_types(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    answer = client.get(f"{LIST}check/", {"formula": "gdp_million_eur / employment"})
    page = answer.content.decode()
    assert (
        "million euro per persons" in page and "<html" not in page and answer["Cache-Control"] == "no-store"
    )
    halfway = client.get(f"{LIST}check/", {"formula": "gdp_million_eur /"}).content.decode()
    assert "ends too early" in halfway


def test_a_code_that_is_taken_is_told_beside_its_field(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    answer = client.post(f"{LIST}new/", {**FILLED, "code": "population", "deed": "save"})
    assert (
        answer.status_code == 422 and "There is an indicator “population” already." in answer.content.decode()
    )


def test_the_editor_says_when_values_would_look_like_nothing(client: Client) -> None:
    """Million euro per person is 0.0 with one decimal, for every region."""
    signed_in(client, Role.ANALYST)
    small = {**FILLED, "formula": "per(gdp_million_eur, population)", "decimals": "1", "deed": "check"}
    told = "With 1 decimal, values that are not zero are written as zero."
    assert told in text_of(client.post(f"{LIST}new/", small).content)
    enough = {**small, "formula": "per(gdp_million_eur, population, 1000000)"}
    assert told not in text_of(client.post(f"{LIST}new/", enough).content)


def test_the_editor_of_a_first_draft_leads_to_no_page_that_is_not_there(client: Client) -> None:
    signed_in(client, Role.ANALYST)
    client.post(f"{LIST}new/", {**FILLED, "deed": "save"})
    page = client.get(f"{LIST}jobs_per_1000/edit/").content.decode()
    assert "/en/indicators/jobs_per_1000/" not in page and 'derived/jobs_per_1000/"' not in page
