"""History: what was done is remembered, and stays remembered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusterpolisee.shell.history.models import Event, HistoryIsAppendOnly
from clusterpolisee.shell.history.queries import events_of, latest_events
from clusterpolisee.shell.history.recorder import record

pytestmark = pytest.mark.django_db

MAY = datetime(2025, 5, 3, 12, 0, tzinfo=UTC)
JUNE = datetime(2025, 6, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def maria():
    return get_user_model().objects.create_user(
        email="maria@example.org", password="a long pass phrase", name="Maria"
    )


@pytest.fixture
def thing():
    """Any saved record will do; a person is at hand on the ground floor."""
    return get_user_model().objects.create_user(email="thing@example.org", password="a long pass phrase")


def test_a_deed_is_remembered_with_actor_verb_thing_and_details(maria, thing):
    event = record(
        maria, "imported", thing, at=MAY, version=3, cells=Decimal("12.5"), retrieved=date(2025, 5, 2)
    )
    event.refresh_from_db()
    assert (event.actor, event.actor_label, event.verb) == (maria, "Maria", "imported")
    assert (event.app, event.kind, event.key) == ("accounts", "user", str(thing.pk))
    assert event.details == {"version": 3, "cells": "12.5", "retrieved": "2025-05-02"}
    assert event.at == MAY


def test_the_moment_is_now_unless_given(maria, thing):
    before = datetime.now(UTC)
    assert before <= record(maria, "imported", thing).at <= datetime.now(UTC)


def test_events_of_a_thing_come_newest_first_and_leave_out_other_things(maria, thing):
    record(maria, "imported", thing, at=MAY)
    record(maria, "rolled-back", thing, at=JUNE)
    record(maria, "imported", maria, at=JUNE)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told = [(event.verb, event.actor.email) for event in events_of(thing)]
    assert told == [("rolled-back", "maria@example.org"), ("imported", "maria@example.org")]
    assert len(queries) == 1


def test_latest_events_are_as_many_as_asked_for(maria, thing):
    for verb in ("imported", "accepted", "rolled-back"):
        record(maria, verb, thing)
    assert [event.verb for event in latest_events(2)] == ["rolled-back", "accepted"]


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_what_the_platform_does_itself_has_no_actor(nobody, thing):
    event = record(nobody, "refreshed", thing, at=MAY)
    assert (event.actor, event.actor_label) == (None, "")
    assert str(event) == f"ClusterPoliSEE refreshed accounts.user {thing.pk}"


def test_an_event_keeps_the_name_when_the_account_is_removed(maria, thing):
    event = record(maria, "imported", thing)
    maria.delete()
    event.refresh_from_db()
    assert (event.actor, event.actor_label) == (None, "Maria")


def test_an_event_can_neither_be_changed_nor_removed(maria, thing):
    event = record(maria, "imported", thing)
    event.verb = "never-happened"
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(verb="never-happened"),
        lambda: Event.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(HistoryIsAppendOnly, match="only ever added to"):
            attempt()
    assert events_of(thing).get().verb == "imported"


def test_a_thing_without_a_key_is_refused(maria):
    with pytest.raises(ValueError, match="Save the user first"):
        record(maria, "imported", get_user_model()(email="new@example.org"))


def test_a_verb_is_a_slug(maria, thing):
    with pytest.raises(ValidationError):
        record(maria, "was imported!", thing)
