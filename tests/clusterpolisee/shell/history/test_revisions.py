"""Revisions read back from history: how two differ, and how two people's words are brought together."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from clusterpolisee.shell.history.comparing import comparison
from clusterpolisee.shell.history.recorder import record
from clusterpolisee.shell.history.revisions import Difference, differences, reconciled, revisions_of

BASE = {"name": "A", "city": "X", "year": "2000"}


def test_what_differs_is_told_in_the_order_of_the_later_one():
    assert differences({"a": "1", "gone": "2"}, {"b": "3", "a": "1"}) == [
        Difference("b", "", "3"),
        Difference("gone", "2", ""),
    ]


def test_what_only_one_of_two_changed_is_taken_from_that_one():
    found = reconciled(BASE, {**BASE, "name": "B"}, {**BASE, "city": "Y"})
    assert found.words == {"name": "B", "city": "Y", "year": "2000"}
    assert (found.clashes, found.taken) == ((), (Difference("name", "A", "B"),))


def test_what_both_changed_stands_as_this_person_wrote_it_and_is_told():
    found = reconciled(BASE, {**BASE, "name": "B"}, {**BASE, "name": "C"})
    assert found.words["name"] == "C" and found.clashes == (Difference("name", "B", "C"),)


def test_what_both_changed_alike_is_no_clash():
    assert reconciled(BASE, {**BASE, "name": "B"}, {**BASE, "name": "B"}).clashes == ()


def test_without_the_beginning_every_difference_is_told():
    found = reconciled(None, {**BASE, "name": "B"}, BASE)
    assert found.clashes == (Difference("name", "B", "A"),) and found.words["name"] == "A"


@pytest.mark.django_db
def test_revisions_are_the_events_that_carry_one():
    thing = get_user_model().objects.create_user(email="thing@example.org")
    record(None, "made", thing, revision=1, snapshot={"a": "1"})
    record(None, "looked-at", thing)
    record(None, "edited", thing, revision=2, snapshot={"a": "2"})
    assert [(one.number, one.person) for one in revisions_of(thing)] == [
        (2, "ClusterPoliSEE"),
        (1, "ClusterPoliSEE"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown"),
    [({}, (1, 2)), ({"from": "2", "to": "1"}, (1, 2)), ({"from": "9", "to": "x"}, None), ({"to": "1"}, None)],
)
def test_a_page_compares_what_is_asked_and_the_newest_two_without_a_question(asked, shown):
    thing = get_user_model().objects.create_user(email="thing@example.org")
    record(None, "made", thing, revision=1, snapshot={"a": "1"})
    record(None, "edited", thing, revision=2, snapshot={"a": "2"})
    found = comparison(revisions_of(thing), asked, str, str)
    numbers = (found["earlier"].number, found["later"].number) if found["lines"] else None
    assert numbers == shown
