"""Figure cards and citations: every number tells its origin; a citation never changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from clusterpolisee.evidence.models import Citation, CitationIsFrozen, DatasetVersion, State
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import NotAllowed

pytestmark = pytest.mark.usefixtures("world")

QUOTIENT = FigureRef("location-quotient", "persons_employed", "BG31", 2024, 2015, "C14")
JOBS = FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL")
GROWTH = FigureRef("growth", "employment", "BG31", 2024, 2015, "TOTAL", 2011)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def person(role: str | None, email: str = "ana@example.org") -> User:
    user = User.objects.create_user(email, name="Ana")
    if role:
        RoleAssignment.objects.create(user=user, role=role)
    return User.objects.get(pk=user.pk)


def test_a_thousand_persons_become_persons() -> None:
    assert resolve(JOBS).value == 280_400


def test_the_quotient_is_the_share_here_by_the_share_there() -> None:
    figure = resolve(QUOTIENT)
    here, there = (part.value for part in figure.parts)
    assert figure.value == pytest.approx(here / there)  # type: ignore[operator]
    assert figure.value == pytest.approx(16.0, abs=0.05)


def test_growth_is_the_change_between_its_two_parts() -> None:
    figure = resolve(GROWTH)
    assert [part.value for part in figure.parts] == [292_400, 280_400]
    assert figure.value == pytest.approx(100 * (280.4 - 292.4) / 292.4)


def test_growth_over_a_break_is_refused_with_the_reason() -> None:
    with pytest.raises(FigureNotFound, match="break in series between 2008 and 2015"):
        resolve(FigureRef("growth", "employment", "BG31", 2024, 2015, "TOTAL", 2008))


@pytest.mark.parametrize(
    "ref",
    [
        FigureRef("observation", "chairs", "BG31", 2024, 2015, "TOTAL"),
        FigureRef("observation", "employment", "BG31", 2024, 1950, "TOTAL"),
        FigureRef("observation", "employment", "ZZ99", 2024, 2015, "TOTAL"),
        FigureRef("location-quotient", "persons_employed", "BG31", 2024, 2015, "A01"),
        FigureRef("location-quotient", "persons_employed", "BG3", 2024, 2015, "C14"),
        FigureRef("rank", "gdp_per_inhabitant_eu27", "XK00", 2024, 2023),
    ],
)
def test_a_figure_that_is_not_there_says_so(ref: FigureRef) -> None:
    with pytest.raises(FigureNotFound):
        resolve(ref)


def test_unpublished_is_a_state_not_a_number() -> None:
    figure = resolve(FigureRef("observation", "persons_employed", "BG31", 2024, 2015, "C12"))
    assert figure.value is None and figure.state == "not_published"


@pytest.mark.parametrize(
    "ref",
    [
        QUOTIENT,
        JOBS,
        GROWTH,
        FigureRef("stars", "persons_employed", "BG31", 2024, 2015, "C14"),
        FigureRef("shift-share", "employment", "BG31", 2024, 2015, "TOTAL", 2011),
        FigureRef("median", "gdp_per_inhabitant_eu27", "BG31", 2024, 2023),
    ],
)
@pytest.mark.parametrize("language", ["en", "bg"])
def test_a_card_tells_source_version_territory_and_formula(
    client: Client, ref: FigureRef, language: str
) -> None:
    address = ref.address().replace("/en/", f"/{language}/", 1)
    page = client.get(address).content.decode()
    version = queries.indicator(ref.indicator).dataset  # type: ignore[union-attr]
    for told in (
        version.code,
        {"en": "Eurostat", "bg": "Евростат"}[language],
        "NUTS",
        "CC BY 4.0",
        'class="formula"',
        version.address.replace("&", "&amp;"),
    ):
        assert told in page


def test_a_click_gets_the_card_alone_and_a_reader_without_script_a_whole_page(client: Client) -> None:
    assert "<html" not in client.get(QUOTIENT.address(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in client.get(QUOTIENT.address()).content.decode()


def test_an_address_that_names_no_figure_is_a_sentence(client: Client) -> None:
    answer = client.get("/en/figures/magic/employment/BG31/TOTAL/2015/")
    assert answer.status_code == 404 and "does not name a figure" in answer.content.decode()


# Citations


@pytest.mark.parametrize(
    ("role", "allowed"), [(None, False), ("member", True), ("analyst", True), ("administrator", True)]
)
def test_citing_needs_a_name(role: str | None, allowed: bool) -> None:
    actor = person(role)
    if allowed:
        assert cite_figure(actor=actor, ref=QUOTIENT, cited_at=NOON).value == pytest.approx(16.0, abs=0.05)
    else:
        with pytest.raises(NotAllowed):
            cite_figure(actor=actor, ref=QUOTIENT, cited_at=NOON)


def test_a_member_cites_on_the_page_and_gets_a_permanent_address(client: Client) -> None:
    client.force_login(person("member"))
    answer = client.post(QUOTIENT.address() + "cite/", {"nuts": 2024})
    citation = Citation.objects.get()
    assert answer["Location"] == f"/en/citations/{citation.address}/"
    client.logout()
    assert client.get(f"/citations/{citation.address}/").status_code == 302
    page = client.get(f"/bg/citations/{citation.address}/").content.decode()
    assert "Коефициент на локализация · Облекло (C14) · Северозападен (BG31) · 2015: 16,0" in page


def test_a_visitor_who_cites_is_asked_to_sign_in(client: Client) -> None:
    assert "/account/login/" in client.post(QUOTIENT.address() + "cite/")["Location"]


def test_a_citation_can_be_neither_edited_nor_deleted() -> None:
    citation = cite_figure(actor=person("member"), ref=QUOTIENT, cited_at=NOON)
    citation.value = 1.0
    with pytest.raises(CitationIsFrozen):
        citation.save()
    with pytest.raises(CitationIsFrozen):
        citation.delete()


def test_citing_twice_gives_the_same_citation() -> None:
    actor = person("member")
    assert cite_figure(actor=actor, ref=QUOTIENT) == cite_figure(actor=actor, ref=QUOTIENT)


def test_a_citation_keeps_its_value_after_the_dataset_is_updated(client: Client) -> None:
    from clusterpolisee.evidence.actions import Source, import_file
    from clusterpolisee.shell.accounts.queries import operator

    citation = cite_figure(actor=person("member"), ref=JOBS, cited_at=NOON)
    revised = b"geo,nace_r2,unit,age,year,value\n" + b"".join(
        b"%s,TOTAL,THS,Y_GE15,%d,%d\n" % (code, year, value)
        for code, value in ((b"BG31", 290), (b"BG", 3032))
        for year in range(2011, 2016)
    )
    outcome = import_file(
        actor=operator(),
        file=revised,
        source=Source(name="revised.csv", retrieved_on=NOON.date()),
        dataset="lfst_r_lfe2en2",
        now=NOON,
    )
    version = outcome.version
    assert version is not None
    if version.state == State.STAGED:
        from clusterpolisee.evidence.actions import accept_version

        accept_version(actor=operator(), version=version, now=NOON)
    assert resolve(JOBS).value == 290_000
    frozen = Citation.objects.get(pk=citation.pk)
    assert frozen.value == 280_400 and frozen.version == DatasetVersion.objects.get(pk=citation.version_id)
    assert "290,000" in client.get(f"/en/citations/{citation.address}/").content.decode()
