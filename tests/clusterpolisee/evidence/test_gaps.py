"""Data gaps: a member says what is missing, an analyst looks for it, nothing is closed without a word."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.gaps import actions
from clusterpolisee.evidence.models import DataGap
from clusterpolisee.evidence.obstacles import GapNotPossible, ReasonNeeded
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.deeds import told
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import LATER, NOW, analyst, person, table

pytestmark = pytest.mark.django_db
DEEDS = {
    "take": actions.take_gap,
    "release": actions.release_gap,
    "close": actions.close_gap,
    "reopen": actions.reopen_gap,
}
POSSIBLE = {("open", "take"), ("open", "close"), ("in_work", "take"), ("in_work", "release"), ("in_work", "close"), ("closed", "reopen")}  # fmt: skip


@pytest.fixture
def mira():
    return person(Role.MEMBER, email="mira@vidin.example", name="Mira")


def gap(actor, **fields) -> DataGap:
    return actions.open_gap(actor=actor, missing="Jobs by division", now=NOW, region="RS21", **fields)


@pytest.mark.parametrize(("roles", "may"), [((), False), ((Role.MEMBER,), True), ((Role.ANALYST,), True)])
def test_members_say_what_is_missing_and_visitors_do_not(roles, may: bool) -> None:
    somebody = person(*roles)
    if may:
        assert gap(somebody).opened_by == somebody
    else:
        with pytest.raises(PermissionDenied):
            gap(somebody)


def test_the_list_of_deeds_names_the_gap_and_leads_to_it(mira) -> None:
    one = gap(mira)
    actions.take_gap(actor=analyst(), gap=one, now=LATER)
    (newest, oldest) = told(list(events_of(one)))
    assert (newest.deed, newest.about) == ("took on a data gap", "Jobs by division")
    assert (oldest.deed, oldest.link) == ("said that figures are missing", one.get_absolute_url())


@pytest.mark.parametrize("state", ["open", "in_work", "closed"])
@pytest.mark.parametrize("deed", DEEDS)
def test_what_can_be_done_to_a_gap_in_each_state(mira, state: str, deed: str) -> None:
    one = gap(mira)
    DataGap.objects.filter(pk=one.pk).update(state=state)
    one.refresh_from_db()
    if (state, deed) in POSSIBLE:
        DEEDS[deed](actor=analyst(), gap=one, now=LATER, why="because")
        assert events_of(one)[0].details["why"] == "because"
    else:
        with pytest.raises(GapNotPossible):
            DEEDS[deed](actor=analyst(), gap=one, now=LATER, why="because")


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("roles", [(), (Role.MEMBER,)])
def test_only_analysts_work_on_gaps(mira, deed: str, roles) -> None:
    one = gap(mira)
    with pytest.raises(PermissionDenied):
        DEEDS[deed](actor=person(*roles), gap=one, now=LATER, why="")


def test_a_gap_is_taken_closed_with_a_reason_and_opened_again(mira) -> None:
    one = actions.take_gap(actor=analyst(), gap=gap(mira), now=NOW)
    assert (one.state, one.owner) == ("in_work", analyst())
    with pytest.raises(ReasonNeeded, match="Say why it is closed"):
        actions.close_gap(actor=analyst(), gap=one, now=LATER, why="  ")
    one = actions.close_gap(actor=analyst(), gap=one, now=LATER, why="The office sent them")
    assert (one.state, one.reason, one.closed_at) == ("closed", "The office sent them", LATER)
    one = actions.reopen_gap(actor=analyst(), gap=one, now=LATER)
    assert (one.state, one.reason, one.owner, one.closed_at) == ("open", "", None, None)
    assert [event.verb for event in events_of(one)][::-1] == ["opened", "taken", "closed", "reopened"]


def test_gaps_are_found_by_words_state_region_table_and_owner(mira) -> None:
    jobs = table()
    first = gap(mira, dataset=jobs, why="For the strategy of Belgrade")
    second = actions.open_gap(actor=mira, missing="Patents", now=LATER, region="BG31")
    actions.take_gap(actor=analyst(), gap=second, now=LATER)
    assert [one.pk for one in queries.gaps()] == [second.pk, first.pk]
    assert (
        list(queries.gaps(q="belgrade"))
        == list(queries.gaps(dataset="jobs"))
        == list(queries.gaps(region="rs2"))
        == [first]
    )
    assert list(queries.gaps(state="in_work")) == list(queries.gaps(owner=analyst())) == [second]


def test_a_member_comes_from_a_region_and_says_what_is_missing(client, mira) -> None:
    table()
    client.force_login(mira)
    form = client.get(reverse("evidence:data_gap_new") + "?region=RS21&dataset=jobs").content.decode()
    assert 'value="RS21"' in form and "selected" in form
    answer = client.post(
        reverse("evidence:data_gap_new"),
        {"missing": "Jobs in wine", "region": "rs21", "first_year": 2015, "last_year": 2020},
    )
    one = DataGap.objects.get()
    assert answer["Location"] == one.get_absolute_url() and one.region == "RS21"
    text = client.get(one.get_absolute_url()).content.decode()
    assert (
        "Mira" in text and "mira@vidin.example" not in text.split("<main")[1] and "I look for it" not in text
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"region": "XX99"}, "No NUTS list has the region “XX99”"),
        ({"first_year": 2020, "last_year": 2015}, "The first year comes after the last"),
        ({"first_year": 15}, "15 is no year"),
        ({"missing": ""}, "required"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_a_sentence(client, mira, said: dict, sentence: str) -> None:
    client.force_login(mira)
    answer = client.post(reverse("evidence:data_gap_new"), {"missing": "Jobs", **said})
    assert sentence in answer.content.decode() and not DataGap.objects.exists()


def test_an_analyst_works_on_a_gap_on_its_page(client, mira) -> None:
    one = gap(mira)
    client.force_login(analyst())
    deed = reverse("evidence:data_gap_deed", args=[one.pk])
    assert "I look for it" in client.get(one.get_absolute_url()).content.decode()
    client.post(deed, {"deed": "take"})
    assert "Say why it is closed" in client.post(deed, {"deed": "close"}, follow=True).content.decode()
    text = client.post(deed, {"deed": "close", "why": "They came"}, follow=True).content.decode()
    assert "They came" in text and "closed" in text
    assert "Choose one of the ways" in client.post(deed, {"deed": "delete"}, follow=True).content.decode()


def test_everybody_reads_the_list_and_what_people_write_is_never_markup(client, mira) -> None:
    actions.open_gap(actor=mira, missing="<script>x</script>", why="<b>now</b>", now=NOW)
    text = client.get(reverse("evidence:data_gaps")).content.decode()
    assert "&lt;script&gt;" in text and "<script>x" not in text
    page = client.get(DataGap.objects.get().get_absolute_url()).content.decode()
    assert "<b>now" not in page
