"""Pages on cluster organisations: who sees what, what finds what, and two people at one form."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusterpolisee.community import actions, queries
from clusterpolisee.community.models import Cluster
from clusterpolisee.community.records import facts_of, words_of
from clusterpolisee.regions import queries as regions


def text_of(page: bytes) -> str:
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body))).replace("\u00a0", " ")


def as_sent(cluster: Cluster, **changes: str) -> dict[str, object]:
    """What a browser would send from the form of a cluster."""
    words = words_of(facts_of(cluster)) | {"revision": str(cluster.revision)} | changes
    sent: dict[str, object] = {key: text for key, text in words.items() if text}
    sent["categories"] = [code for code in words["categories"].split(", ") if code]
    return sent


def test_a_visitor_sees_published_clusters_and_no_drafts(client, draft):
    page = text_of(client.get("/en/clusters/").content)
    assert "Example Textile Cluster" in page and "Wine of the Plain" not in page
    assert client.get(f"/en/clusters/{draft.slug}/").status_code == 404
    assert client.get(f"/en/clusters/{draft.slug}/history/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("proposer", 200), ("member", 404), ("analyst", 200)])
def test_a_draft_is_seen_by_who_proposed_it_and_by_analysts(people, draft, signed_in, who, status):
    assert signed_in(people[who]).get(f"/en/clusters/{draft.slug}/").status_code == status


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("q=tekstil", "Example Textile Cluster"),
        ("q=ТЕКСТИЛ", "Example Textile Cluster"),
        ("q=cifrov+klaster", "Example Digital Cluster"),
        ("q=παράδειγμα", "Example Tourism Cluster"),
        ("q=namestaj", "Example Wood and Furniture Cluster"),
        ("q=Šumadija", "Example Wood and Furniture Cluster"),
        ("country=RO", "Example Automotive Cluster"),
        ("region=BG3", "Example Textile Cluster"),
        ("category=digital", "Example Digital Cluster"),
        ("stage=emergence", "Example Tourism Cluster"),
        ("label=silver", "Example Food and Wine Cluster"),
    ],
)
def test_the_list_is_narrowed_in_any_script(client, question, name):
    rows = re.findall(
        r'<th scope="row" class="in-words"><a [^>]*>([^<]*)',
        client.get(f"/en/clusters/?{question}").content.decode(),
    )
    assert rows == [name]


def test_a_list_in_which_nothing_fits_says_what_to_do(client):
    assert "No cluster organisation fits" in text_of(client.get("/en/clusters/?q=zzzz").content)


@pytest.mark.parametrize("nonsense", ["country=<b>", "stage=huge", "region=%27%3B--", "page=x"])
def test_nonsense_in_the_question_asks_for_nothing(client, nonsense):
    assert "6 organisations" in text_of(client.get(f"/en/clusters/?{nonsense}").content)


def test_a_page_gives_each_statement_its_source_and_date(client):
    page = text_of(client.get("/en/clusters/example-textile-cluster/").content)
    assert (
        "A cluster organisation in Severozapaden, founded in 2012. It had 34 members on 31 March 2026."
        in page
    )
    assert "Source: Invented member list · as of 31 March 2026" in page
    assert "Source: Invented for the demonstration: no real organisation · as of 1 June 2026" in page


def test_text_in_another_language_says_which(client):
    page = client.get("/bg/clusters/example-automotive-cluster/").content.decode()
    assert '<span lang="en">Example Automotive Cluster</span>' in page and '<p lang="en">An invented' in page


def test_a_label_that_ran_out_is_said_to_have_run_out(client):
    assert "bronze, ran out in 2025" in text_of(
        client.get("/en/clusters/example-wood-and-furniture-cluster/").content
    )


def test_the_figures_of_its_categories_stand_on_the_page(client):
    page = client.get("/en/clusters/example-automotive-cluster/").content
    assert "What the figures say here" in text_of(page)
    assert "/en/figures/category-quotient/persons_employed/RO42/automotive/2015/" in page.decode()


def test_a_member_proposes_and_an_analyst_publishes_it(client, people, signed_in):
    sent = {
        "name_en": "Honey of the Rila",
        "region": "BG41",
        "organisation_source": "https://example.org/members",
        "organisation_date": "2026-02-03",
    }
    answer = signed_in(people["member"]).post("/en/clusters/new/", sent)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 404
    analyst = signed_in(people["analyst"])
    assert "1 proposal waits" in text_of(analyst.get("/en/clusters/").content)
    analyst.post(f"{answer['Location']}publish/")
    page = client.get(answer["Location"])
    assert page.status_code == 200 and 'href="https://example.org/members"' in page.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"region": "BG99"}, "no region “BG99”"),
        ({"name_en": ""}, "needs a name, in any language"),
        ({"activities": "C10, X77"}, "NACE Rev. 2 has no “X77”"),
        ({"members_total": "5"}, "add up to 12, more than all 5"),
        ({"members_smes": "11"}, "more small and medium-sized enterprises than companies"),
        ({"members_on": ""}, "on which day the members were counted"),
        ({"label": "gold"}, "A label runs out"),
        ({"founded": "2999"}, "in the future"),
        ({"website": "javascript:alert(1)"}, "with https:// in front"),
        ({"website": "ftp://example.org"}, "with https:// in front"),
        ({"manager_name": "Vera"}, "only with the manager's consent"),
        ({"organisation_source": ""}, "Say where this is known from"),
    ],
)
def test_a_fault_is_said_and_nothing_written_is_lost(draft, people, signed_in, change, sentence):
    sent = as_sent(draft, address="Vidin, Danube street 1", **change)
    page = signed_in(people["proposer"]).post(f"/en/clusters/{draft.slug}/edit/", sent)
    assert page.status_code == 200 and sentence in text_of(page.content)
    assert "Danube street 1" in page.content.decode()
    assert Cluster.objects.get(pk=draft.pk).address == ""


def test_hostile_text_is_shown_as_text(published, people, signed_in, client):
    evil = "<script>alert(1)</script>"
    sent = as_sent(published, description_en=evil, organisation_source='https://x.example/"onclick="a')
    signed_in(people["analyst"]).post(f"/en/clusters/{published.slug}/edit/", sent)
    page = client.get(f"/en/clusters/{published.slug}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and evil not in page and '"onclick="' not in page


def test_two_people_at_one_form_lose_nothing(published, people, signed_in):
    stored = Cluster.objects.get(pk=published.pk)
    first = as_sent(stored, founded="2001", phone="+359 2 000")
    second = as_sent(stored, founded="2002", address="Plovdiv")
    address = f"/en/clusters/{published.slug}/edit/"
    assert signed_in(people["analyst"]).post(address, first).status_code == 302
    page = signed_in(people["administrator"]).post(address, second)
    said = text_of(page.content)
    assert "Two people wrote here at the same time" in said and "Nothing was overwritten" in said
    stored.refresh_from_db()
    assert (stored.founded, stored.phone, stored.address) == (2001, "+359 2 000", "")
    form = page.context["form"]
    assert form.initial["founded"] == "2002"  # both changed it: her words, his beside them
    assert form.initial["phone"] == "+359 2 000"  # only he changed it
    assert form.initial["address"] == "Plovdiv"  # only she changed it
    assert [line.before for line in page.context["meanwhile"]["clashes"]] == ["2001"]
    merged = as_sent(stored, founded="2002", address="Plovdiv", phone="+359 2 000")
    assert signed_in(people["administrator"]).post(address, merged).status_code == 302
    stored.refresh_from_db()
    assert (stored.founded, stored.phone, stored.address) == (2002, "+359 2 000", "Plovdiv")


def test_the_history_compares_two_versions(published, people, signed_in, client):
    signed_in(people["analyst"]).post(
        f"/en/clusters/{published.slug}/edit/", as_sent(published, founded="1999")
    )
    page = client.get(f"/bg/clusters/{published.slug}/history/?from=1&to=3").content.decode()
    compared = re.findall(r"<td><del>(.*?)</del></td><td><ins>(.*?)</ins></td>", page)
    assert ("2015", "1999") in compared and len(compared) == 2
    page = client.get(f"/en/clusters/{published.slug}/history/?from=1&to=2").content.decode()
    assert "<del>draft</del></td><td><ins>published</ins>" in page
    assert client.get(f"/en/clusters/{published.slug}/history/?from=x&to=99").status_code == 200


def test_an_archived_cluster_is_gone_for_visitors_and_comes_back(published, people, signed_in, client):
    address, analyst = f"/en/clusters/{published.slug}/", signed_in(people["analyst"])
    analyst.post(f"{address}archive/")
    assert client.get(address).status_code == 404
    assert "Archived: only analysts see it" in text_of(analyst.get(address).content)
    analyst.post(f"{address}bring-back/")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("deed", ["publish", "archive", "bring-back"])
def test_a_member_who_sends_the_deed_of_an_analyst_is_refused(draft, people, signed_in, deed):
    assert signed_in(people["proposer"]).post(f"/en/clusters/{draft.slug}/{deed}/").status_code == 403
    assert signed_in(people["proposer"]).get(f"/en/clusters/{draft.slug}/{deed}/").status_code == 405


def test_a_language_can_be_added_and_is_not_lost_by_others(draft, people, signed_in):
    proposer = signed_in(people["proposer"])
    assert 'name="name_hu"' in proposer.get(f"/en/clusters/{draft.slug}/edit/?language=hu").content.decode()
    proposer.post(f"/en/clusters/{draft.slug}/edit/", as_sent(draft, name_hu="Borklaszter"))
    stored = Cluster.objects.get(pk=draft.pk)
    assert stored.names["hu"] == "Borklaszter"
    proposer.post(f"/en/clusters/{draft.slug}/edit/", as_sent(stored, founded="2000"))
    assert Cluster.objects.get(pk=draft.pk).names["hu"] == "Borklaszter"


# On region pages


def test_a_region_page_lists_the_clusters_of_its_parts(client):
    page = text_of(client.get("/en/regions/BG/").content)
    assert "Cluster organisations here" in page and "All 3 organisations" in page


def test_a_region_page_without_clusters_says_how_to_propose_one(client):
    page = client.get("/en/regions/BG32/").content
    assert "None is known here yet" in text_of(page) and "/en/clusters/new/" in page.decode()


def test_a_region_of_an_older_vintage_finds_the_clusters_of_its_successors(member, analyst, facts):
    made = actions.propose_cluster(actor=member, facts=facts(name="Adriatic Example", region="HR06"))
    actions.publish_cluster(actor=analyst, cluster=made)
    found = queries.clusters_in(regions.region("HR04", 2013))
    assert [one.name for one in found.clusters] == ["Adriatic Example"]


def test_a_kept_region_page_shows_a_cluster_as_soon_as_it_is_published(client, draft, analyst):
    assert "Wine of the Plain" not in client.get("/en/regions/BG31/").content.decode()
    actions.publish_cluster(actor=analyst, cluster=draft)
    assert "Wine of the Plain" in client.get("/en/regions/BG31/").content.decode()


def test_the_card_costs_a_region_page_one_query(django_assert_num_queries):
    place = regions.region("BG31")
    with django_assert_num_queries(1):
        found = queries.clusters_in(place)
        assert [(one.name, one.region.code) for one in found.clusters]


def test_a_region_page_with_clusters_keeps_its_budget(people, signed_in):
    cache.clear()
    reader = signed_in(people["member"])
    reader.get("/en/account/mine/")  # the session is noted once, when somebody has signed in
    with CaptureQueriesContext(connection) as cold:
        page = reader.get("/en/regions/BG31/")
    assert len(cold) <= 12, [query["sql"][:90] for query in cold]
    assert len(page.content) < 150_000


def test_the_list_of_many_clusters_costs_as_many_queries_as_that_of_few(client, member, analyst, facts):
    with CaptureQueriesContext(connection) as few:
        client.get("/en/clusters/")
    for number in range(8):
        made = actions.propose_cluster(actor=member, facts=facts(name=f"Number {number}"))
        actions.publish_cluster(actor=analyst, cluster=made)
    with CaptureQueriesContext(connection) as many:
        client.get("/en/clusters/")
    assert len(many) == len(few)
