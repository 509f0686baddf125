"""What is remembered."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from clusterpolisee.shell.history.models import Event


def events_of(thing: Model) -> QuerySet[Event]:
    """All that was done to one thing, newest first, with its actors at hand (one query)."""
    return Event.objects.filter(
        app=thing._meta.app_label, kind=thing._meta.model_name, key=str(thing.pk)
    ).select_related("actor")


def latest_events(count: int = 50) -> QuerySet[Event]:
    """The newest deeds on the whole platform."""
    return Event.objects.select_related("actor")[:count]
