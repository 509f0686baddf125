"""A second pair of eyes: whoever brings a version does not accept it where the table, or the platform, asks for that."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from clusterpolisee.evidence import actions, queries
from clusterpolisee.evidence.models import State
from clusterpolisee.evidence.obstacles import NeedsSecondPerson
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import JOBS, LATER, NOW, analyst, bring, changed, person, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def boris():
    return person(Role.ANALYST, email="boris@vidin.example", name="Boris")


def test_the_importer_cannot_accept_and_every_other_analyst_can(boris) -> None:
    table(second_person=True)
    outcome = bring(JOBS)
    assert outcome.version.state == State.STAGED  # though nothing in it gives pause
    with pytest.raises(NeedsSecondPerson, match="You brought version 1 of jobs yourself"):
        actions.accept_version(actor=analyst(), version=outcome.version, now=NOW)
    assert queries.current_version("jobs") is None
    actions.accept_version(actor=boris, version=outcome.version, now=NOW)
    assert queries.current_version("jobs").accepted_by == boris


def test_the_platform_can_ask_for_it_of_all_tables(settings, boris) -> None:
    settings.SECOND_PERSON_ACCEPTS = True
    table()
    version = bring(JOBS).version
    with pytest.raises(NeedsSecondPerson):
        actions.accept_version(actor=analyst(), version=version, now=NOW)
    assert actions.accept_version(actor=boris, version=version, now=NOW).state == State.ACCEPTED


def test_the_operator_of_the_machine_is_exempt(settings) -> None:
    settings.SECOND_PERSON_ACCEPTS = True
    table()
    assert bring(JOBS, actor=operator()).version.state == State.ACCEPTED


def test_the_importer_may_reject_and_roll_back_his_own(boris) -> None:
    jobs = table(second_person=True)
    first = bring(JOBS).version
    actions.accept_version(actor=boris, version=first, now=NOW)
    second = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,111,")).version
    actions.accept_version(actor=boris, version=second, now=NOW)
    assert actions.roll_back(actor=analyst(), dataset=jobs, now=LATER, why="A typing error") == first
    third = bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,112,")).version
    assert actions.reject_version(actor=analyst(), version=third, now=LATER).state == State.REJECTED
    assert events_of(second).get(verb="rolled-back").details["why"] == "A typing error"


@pytest.mark.parametrize("roles", [(), (Role.MEMBER,), (Role.ANALYST,)])
def test_only_administrators_decide_whether_a_second_person_is_needed(roles) -> None:
    with pytest.raises(PermissionDenied):
        actions.set_second_person(actor=person(*roles), dataset=table(), required=True, now=NOW)


def test_pages_say_it_and_offer_no_button_that_cannot_work(client, boris) -> None:
    table(second_person=True)
    bring(JOBS)
    client.force_login(analyst())
    address = reverse("evidence:data_version", args=["jobs", 1])
    accept = reverse("evidence:data_accept", args=["jobs", 1])
    text = client.get(address).content.decode()
    assert "A second person has to accept it" in text and accept not in text
    assert "A second person has to accept it" in client.post(accept, follow=True).content.decode()
    client.force_login(boris)
    assert accept in client.get(address).content.decode()
    client.post(accept, {"why": "Looked at each figure"})
    page = client.get(reverse("evidence:data_set", args=["jobs"])).content.decode()
    assert "Looked at each figure" in page and "Boris" in page


def test_an_administrator_changes_the_rule_on_the_page_of_the_table(client) -> None:
    jobs = table()
    client.force_login(person(Role.ADMINISTRATOR, email="vera@vidin.example"))
    text = client.post(
        reverse("evidence:data_rules", args=["jobs"]), {"second_person": "1"}, follow=True
    ).content.decode()
    jobs.refresh_from_db()
    assert jobs.second_person and "a second person accepts new versions of jobs" in text
    assert events_of(jobs).get().details["second_person"] is True


def test_neither_the_page_of_the_table_nor_the_question_offers_what_cannot_be_done(client, boris) -> None:
    table(second_person=True)
    bring(JOBS)
    accept = reverse("evidence:data_accept", args=["jobs", 1])
    for who, may_accept in ((analyst(), False), (boris, True)):
        client.force_login(who)
        page = client.get(reverse("evidence:data_set", args=["jobs"])).content.decode()
        asked = client.get(accept).content.decode()
        assert (f'href="{accept}"' in page, 'name="why"' in asked) == (may_accept, may_accept)
        assert reverse("evidence:data_reject", args=["jobs", 1]) in page
