"""What other sites may show: framed by anybody, marked by nobody, with title, origin and the way back."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.html import escape

from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.embeds import Embed, frame_snippet, svg_of
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.models import Citation
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import NOW, person
from journeys.page_types import PAGE_TYPES

pytestmark = pytest.mark.usefixtures("world")

FIGURE = "/en/embed/figures/location-quotient/persons_employed/BG31/C14/2015/"
DERIVED = "/en/embed/figures/derived/gdp_per_person_employed/BG31/-/2015/"
REGION = "/en/embed/regions/BG31/trend/"
# Every picture of every kind of page: the address of the page, what was asked of it, its pictures.
PICTURES = {
    ("regions/BG31/", ""): ("activities", "map", "trend", "growth"),
    ("regions/RS21/", ""): ("place",),
    ("indicators/gdp_per_inhabitant_eu27/", "?country=BG"): ("map", "years", "convergence"),
    ("activities/C14/", "?type=rural"): ("map",),
    ("activities/B-E/", ""): ("years",),
    ("categories/food-and-drink/", "?country=BG"): ("map",),
    ("regions/compare/", "?r=BG31&r=EL52"): ("strengths", "employment"),
}
PARTS = [(page, part, asked) for (page, asked), parts in PICTURES.items() for part in parts]


def embeds() -> list[str]:
    citation = cited()
    return [
        f"/en/embed/citations/{citation.address}/",
        FIGURE,
        DERIVED,
        *(f"/en/embed/{page}{part}/{asked}" for page, part, asked in PARTS),
    ]


def pictures() -> list[str]:
    citation = cited()
    return [
        f"/en/embed/citations/{citation.address}.svg",
        f"{FIGURE}figure.svg",
        f"{DERIVED}figure.svg",
        *(f"/en/embed/{page}{part}.svg{asked}" for page, part, asked in PARTS),
    ]


def cited() -> Citation:
    ref = FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL")
    found = Citation.objects.first()
    return found or cite_figure(actor=person(Role.MEMBER), ref=ref, cited_at=NOW)


def policy(answer) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";")]
    return {name: value for name, _space, value in parts}


# The walls -----------------------------------------------------------------------------------------------


def test_embeds_may_be_framed_and_nothing_else_is_loosened(client: Client) -> None:
    ordinary = policy(client.get("/en/"))
    for address in [
        *embeds(),
        *pictures(),
        "/en/embed/citations/nothing/",
        "/en/embed/regions/BG31/nothing/",
        "/en/embed/indicators/nothing/map/",
    ]:
        answer = client.get(address)
        found = policy(answer)
        assert found.pop("frame-ancestors") == "*", address
        assert found == {name: value for name, value in ordinary.items() if name != "frame-ancestors"}, (
            address
        )
        assert "X-Frame-Options" not in answer, address


def test_every_other_page_may_be_framed_by_nobody(client: Client) -> None:
    citation = cited()
    others = [
        *(
            kind.format(language="en")
            for kind in PAGE_TYPES.values()
            if "/embed/" not in kind or kind.endswith("/how/")
        ),
        f"/en/citations/{citation.address}/",
        f"/en/embed/citations/{citation.address}/how/",
        f"{FIGURE}how/",
        *(f"/en/embed/{page}{part}/how/{asked}" for page, part, asked in PARTS),
        "/en/regions/BG31/pictures/trend.svg",
        "/en/regions/BG31/tables/trend.csv",
        "/static/ui/css/no-such-file.css",
    ]
    for address in others:
        answer = client.get(address)
        assert policy(answer)["frame-ancestors"] == "'none'", address
        assert answer["X-Frame-Options"] == "DENY", address


def test_only_the_page_that_shows_a_preview_may_frame_and_only_our_own(client: Client) -> None:
    found = policy(client.get(f"{FIGURE}how/"))
    assert found["frame-src"] == "'self'"
    assert "frame-src" not in policy(client.get("/en/")) and "frame-src" not in policy(client.get(FIGURE))


@pytest.mark.parametrize("signed_in", [False, True])
def test_embeds_set_no_cookie_and_are_the_same_for_everybody(client: Client, signed_in: bool) -> None:
    addresses = [*embeds(), *pictures()]
    before = {address: client.get(address).content for address in addresses}
    if signed_in:
        client.force_login(person(Role.ADMINISTRATOR, email="other@vidin.example"))
    for address in addresses:
        answer = client.get(address)
        assert not answer.cookies and "Cookie" not in answer.get("Vary", ""), address
        assert answer.content == before[address]
        assert "<form" not in answer.content.decode() and "<script" not in answer.content.decode()


def test_embeds_are_kept_for_an_hour_and_asked_for_again_cheaply(client: Client) -> None:
    for address in (FIGURE, f"{FIGURE}figure.svg", REGION):
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=3600"
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304 and not again.content
        assert policy(again)["frame-ancestors"] == "*"


# What they say -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "publisher"), [("en", "Eurostat"), ("bg", "Евростат")])
def test_every_embed_has_its_origin_and_a_way_back_in_its_language(
    client: Client, language: str, publisher: str
) -> None:
    for address in embeds():
        page = client.get(address.replace("/en/", f"/{language}/", 1)).content.decode()
        assert f'<html lang="{language}"' in page and publisher in page and 'class="src"' in page
        assert f'href="/{language}/data/' in page and '<base target="_blank">' in page


def test_a_figure_says_what_its_page_says(client: Client) -> None:
    page = client.get(FIGURE).content.decode()
    assert "<strong>16.0</strong>" in page and "Location quotient · Clothing" in page
    assert 'href="/en/figures/location-quotient/persons_employed/BG31/C14/2015/"' in page


def test_a_citation_that_has_been_overtaken_says_so_wherever_it_is_shown(client: Client) -> None:
    citation = cited()
    address = f"/en/embed/citations/{citation.address}"
    assert "newest version" not in client.get(f"{address}/").content.decode()
    Citation.objects.filter(pk=citation.pk).update(value=270_000.0)
    for form in ("/", ".svg"):
        assert "The newest version says: 280,400 persons" in client.get(address + form).content.decode()


def test_a_choice_of_regions_is_said_where_the_page_that_asked_is_out_of_sight(client: Client) -> None:
    address, asked = "/bg/embed/indicators/unemployment_rate/years", "?country=BG&type=less_developed"
    for form in ("/", ".svg"):
        shown = client.get(f"{address}{form}{asked}").content.decode()
        assert "Показани региони: България, тип „по-слабо развит“" in shown
        assert "Показани региони" not in client.get(address + form).content.decode()


def test_two_tables_are_two_sources(client: Client) -> None:
    page = client.get(DERIVED).content.decode()
    assert "nama_10r_2gdp" in page and "lfst_r_lfe2en2" in page and "11,017 euro per person" in page


def test_light_and_dark_can_be_chosen_and_nothing_else(client: Client) -> None:
    assert 'data-theme="dark"' in client.get(f"{FIGURE}?theme=dark").content.decode()
    assert "data-theme" not in client.get(f"{FIGURE}?theme=x%22onload=").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/en/embed/citations/abcdefghjk/",
        "/en/embed/figures/magic/employment/BG31/TOTAL/2015/",
        "/en/embed/regions/XX99/trend/",
        "/en/embed/regions/RS21/activities/",
        "/en/embed/regions/BG31/indicators/",
        "/en/embed/regions/BG31/trend/?nuts=lots",
        "/en/embed/regions/RS21/growth/",
        "/en/embed/indicators/no_such_indicator/map/",
        "/en/embed/indicators/population/nothing/",
        "/en/embed/indicators/population/indicators/",
        "/en/embed/activities/C99/map/",
        "/en/embed/activities/%3Cscript%3E/map/",
        "/en/embed/categories/no-such-category/map/",
        "/en/embed/categories/tourism/parts/",
        "/en/embed/regions/compare/strengths/",
        "/en/embed/regions/compare/strengths/?r=ATLANTIS",
        "/en/embed/regions/compare/indicators/?r=BG31&r=EL52",
    ],
)
def test_what_is_not_there_is_said_inside_the_frame(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode() and not answer.cookies


# Pictures ------------------------------------------------------------------------------------------------


def test_every_picture_is_sound_xml_with_title_and_visible_source(client: Client) -> None:
    for address in pictures():
        answer = client.get(address)
        assert answer["Content-Type"].startswith("image/svg+xml") and "Content-Disposition" not in answer
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
        assert any(text.startswith("Source: Eurostat, table") for text in texts), address
        assert any(text.startswith("http://localhost:8000/en/") for text in texts), address


def test_text_in_a_picture_is_text_whatever_it_holds() -> None:
    nasty = '<script>alert("1")</script> & \x00]]>'
    embed = Embed(
        title=nasty,
        value=nasty,
        remarks=(nasty,),
        sources=(nasty,),
        versions=(),
        back="/en/",
        page="/en/embed/",
        picture="/en/embed.svg",
        how="/en/how/",
        height=200,
    )
    root = ElementTree.fromstring(svg_of(embed))
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert "alert" in "".join(root.itertext())


# What is pasted ------------------------------------------------------------------------------------------


def test_the_html_to_paste_is_shown_escaped_with_a_preview(client: Client) -> None:
    page = client.get(f"{FIGURE}how/").content.decode()
    snippet = f'<iframe src="http://localhost:8000{FIGURE}" title="Location quotient'
    assert escape(snippet)[:80] in page and f'<iframe src="{FIGURE}"' in page
    assert "&lt;img src=&quot;http://localhost:8000" in page
    dark = client.get(f"{FIGURE}how/?theme=dark").content.decode()
    assert f'<iframe src="{FIGURE}?theme=dark"' in dark


def test_a_title_cannot_leave_its_attribute_in_the_html_to_paste() -> None:
    embed = Embed('"><script>', (), (), "/en/", "/en/embed/", "/en/e.svg", "/en/how/", 200, value="1")
    assert frame_snippet(embed, "") == (
        '<iframe src="http://localhost:8000/en/embed/" title="&quot;&gt;&lt;script&gt;" width="100%" height="200" '
        'loading="lazy" frameborder="0"></iframe>'
    )


HOSTILE = [
    "?country=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "?year=1066/../../&type=%00",
    "?country=BG%27%20OR%201=1",
    "?theme=%22%3E%3Cscript%3E&country=XX",
    "?year=2015&year=%F0%9F%92%A5&callback=alert",
]


@pytest.mark.parametrize("asked", HOSTILE)
@pytest.mark.parametrize("form", ["/", ".svg", "/how/"])
def test_what_an_address_asks_and_is_no_answer_is_in_nothing_that_is_shown_or_pasted(
    client: Client, form: str, asked: str
) -> None:
    answer = client.get(f"/en/embed/indicators/unemployment_rate/map{form}{asked}")
    page = answer.content.decode()
    if form == "/how/":  # its links to other languages keep what was asked, escaped
        page = "".join(re.findall(r"<(?:iframe|textarea)\b.*?</(?:iframe|textarea)>", page, re.DOTALL))
    assert answer.status_code == 200 and "unemployment_rate" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    for word in ("alert", "OR 1=1", "XX", "1066", "callback"):
        assert word not in page


def test_pasted_html_brings_back_the_picture_with_its_filters_and_its_year(client: Client) -> None:
    asked = "country=BG&type=less_developed"
    page = client.get(f"/bg/embed/indicators/unemployment_rate/map/how/?{asked}").content.decode()
    framed = "/bg/embed/indicators/unemployment_rate/map/?year=2024&amp;country=BG&amp;type=less_developed"
    assert f'<iframe src="{framed}"' in page
    assert escape(f'<iframe src="http://localhost:8000{framed}"') in page
    shown = client.get(framed.replace("&amp;", "&")).content.decode()
    assert f'href="{framed.replace("/embed", "", 1).replace("/map/", "/")}#map"' in shown


@pytest.mark.parametrize(("page", "part", "asked"), PARTS)
def test_every_picture_says_in_its_row_of_buttons_how_to_show_it_elsewhere(
    client: Client, page: str, part: str, asked: str
) -> None:
    address = f"/en/{page}{asked}"
    found = re.findall(
        r'<a class="btn" href="([^"]+)">On another site</a>', client.get(address).content.decode()
    )
    ours = [unescape(one) for one in found if f"/{page}{part}/how/" in one]
    assert len(ours) == 1
    how = client.get(ours[0])
    assert how.status_code == 200
    for parameter in filter(None, asked.removeprefix("?").split("&")):
        assert parameter in ours[0]


def test_the_map_keeps_its_activity_and_its_vintage(client: Client) -> None:
    page = client.get("/en/embed/regions/BG31/map/how/?nuts=2024&activity=C10").content.decode()
    assert '<iframe src="/en/embed/regions/BG31/map/?nuts=2024&amp;activity=C10"' in page
    assert "Food" in client.get("/en/embed/regions/BG31/map/?nuts=2024&activity=C10").content.decode()
