"""Proposing, editing, publishing and archiving clusters: who may, what is remembered, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterpolisee.community import actions
from clusterpolisee.community.models import Cluster, State
from clusterpolisee.community.records import facts_of, words_of
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.history.deeds import told
from clusterpolisee.shell.history.queries import events_of
from clusterpolisee.shell.history.revisions import ChangedMeanwhile, revisions_of

DEEDS: dict[str, Callable[..., Any]] = {
    "edit": lambda actor, cluster, facts: actions.edit_cluster(
        actor=actor, cluster=cluster, facts=facts(founded=2016), base_revision=cluster.revision
    ),
    "publish": lambda actor, cluster, facts: actions.publish_cluster(actor=actor, cluster=cluster),
    "archive": lambda actor, cluster, facts: actions.archive_cluster(actor=actor, cluster=cluster),
    "bring back": lambda actor, cluster, facts: actions.bring_back_cluster(actor=actor, cluster=cluster),
}
# Who may do a deed on a cluster in a state; everybody else may not.
TABLE = {
    ("edit", State.DRAFT): {"proposer", "analyst", "administrator"},
    ("edit", State.PUBLISHED): {"analyst", "administrator"},
    ("publish", State.DRAFT): {"analyst", "administrator"},
    ("archive", State.DRAFT): {"analyst", "administrator"},
    ("archive", State.PUBLISHED): {"analyst", "administrator"},
    ("bring back", State.ARCHIVED): {"analyst", "administrator"},
}


def in_state(cluster: Cluster, state: State, analyst: Any) -> Cluster:
    if state != State.DRAFT:
        cluster = actions.publish_cluster(actor=analyst, cluster=cluster)
    if state == State.ARCHIVED:
        cluster = actions.archive_cluster(actor=analyst, cluster=cluster)
    return cluster


@pytest.mark.parametrize(("deed", "state"), TABLE)
@pytest.mark.parametrize(
    "who", ["visitor", "without a role", "proposer", "member", "analyst", "administrator"]
)
def test_a_deed_needs_its_role(people, draft, facts, deed, state, who):
    cluster = in_state(draft, state, people["analyst"])
    if who in TABLE[deed, state]:
        assert DEEDS[deed](people[who], cluster, facts).revision == cluster.revision + 1
    else:
        with pytest.raises(NotAllowed):
            DEEDS[deed](people[who], cluster, facts)
        assert Cluster.objects.get(pk=cluster.pk).revision == cluster.revision


@pytest.mark.parametrize("who", ["visitor", "without a role"])
def test_only_members_propose(people, facts, who):
    with pytest.raises(NotAllowed):
        actions.propose_cluster(actor=people[who], facts=facts())


@pytest.mark.parametrize(
    ("deed", "state"),
    [("publish", State.PUBLISHED), ("bring back", State.DRAFT), ("archive", State.ARCHIVED)],
)
def test_a_deed_that_does_not_fit_the_state_says_so(people, draft, facts, deed, state):
    cluster = in_state(draft, state, people["analyst"])
    with pytest.raises(actions.WrongState, match="Reload"):
        DEEDS[deed](people["analyst"], cluster, facts)


def test_an_archived_cluster_comes_back_as_what_it_was(published, analyst):
    actions.archive_cluster(actor=analyst, cluster=published)
    assert actions.bring_back_cluster(actor=analyst, cluster=published).state == State.PUBLISHED


def test_every_deed_is_remembered_with_what_the_cluster_said(published, analyst, facts):
    actions.edit_cluster(
        actor=analyst, cluster=published, facts=facts(founded=1999), base_revision=published.revision
    )
    found = revisions_of(published)
    assert [(one.number, one.verb, one.actor_label) for one in found] == [
        (3, "edited", "Ana"),
        (2, "published", "Ana"),
        (1, "proposed", "Mila"),
    ]
    assert (found[0].snapshot["founded"], found[1].snapshot["founded"]) == ("1999", "2015")
    assert (found[1].snapshot["state"], found[2].snapshot["state"]) == ("published", "draft")


def test_the_list_of_deeds_names_the_cluster_and_leads_to_it(published):
    (newest, *_older) = told(list(events_of(published)))
    assert (newest.deed, newest.about) == ("published a cluster organisation", published.name)
    assert newest.link == f"/en/clusters/{published.slug}/"


def test_an_edit_that_changes_nothing_is_no_new_version(published, analyst):
    stored = Cluster.objects.get(pk=published.pk)
    actions.edit_cluster(actor=analyst, cluster=stored, facts=facts_of(stored), base_revision=stored.revision)
    assert len(revisions_of(stored)) == 2


def test_an_edit_of_what_has_changed_meanwhile_overwrites_nothing(published, analyst, facts):
    actions.edit_cluster(
        actor=analyst, cluster=published, facts=facts(founded=2001), base_revision=published.revision
    )
    with pytest.raises(ChangedMeanwhile):
        actions.edit_cluster(
            actor=analyst, cluster=published, facts=facts(founded=2002), base_revision=published.revision
        )
    assert Cluster.objects.get(pk=published.pk).founded == 2001


def test_the_history_does_not_keep_what_the_manager_may_take_back(analyst, facts):
    said = facts(manager_name="Vera Petrova", manager_contact="vera@example.org", manager_consent=True)
    cluster = actions.propose_cluster(actor=analyst, facts=said)
    kept = str([one.snapshot for one in revisions_of(cluster)])
    assert cluster.manager_name == "Vera Petrova" and "Vera" not in kept and "vera@" not in kept


@pytest.mark.parametrize("names", [{"en": "Wine of the Plain"}, {"bg": "Х", "en": "wine of the PLAIN!"}])
def test_the_same_organisation_is_not_proposed_twice(draft, member, facts, names):
    with pytest.raises(actions.ClusterExists, match="known in this region already"):
        actions.propose_cluster(actor=member, facts=facts(names=names))


def test_the_same_name_in_another_region_is_another_organisation(draft, member, facts):
    other = actions.propose_cluster(actor=member, facts=facts(region="BG42"))
    assert (draft.slug, other.slug) == ("wine-of-the-plain", "wine-of-the-plain-2")


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        ({"bg": "Винен клъстер „Дунав“"}, "vinen-klaster-dunav"),
        ({"el": "Κρασί"}, "krasi"),
        ({"en": "Import"}, "import-cluster"),
        ({"uk": "!!!"}, "cluster"),
    ],
)
def test_an_address_is_made_of_any_alphabet_and_meets_no_page(member, facts, names, slug):
    assert actions.propose_cluster(actor=member, facts=facts(names=names)).slug == slug


def test_what_is_stored_reads_back_as_it_was_stated(draft, facts):
    said = facts(activities=("C11",), categories=("food-and-drink",))
    assert words_of(facts_of(Cluster.objects.get(pk=draft.pk))) == words_of(said)
