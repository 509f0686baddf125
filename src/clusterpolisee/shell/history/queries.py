"""What is remembered."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet

from clusterpolisee.shell.history.models import Event


def events_of(thing: Model) -> QuerySet[Event]:
    """All that was done to one thing, newest first, with its actors at hand (one query)."""
    return Event.objects.filter(
        app=thing._meta.app_label, kind=thing._meta.model_name, key=str(thing.pk)
    ).select_related("actor")


def events_of_all(things: Iterable[Model]) -> QuerySet[Event]:
    """All that was done to any of these things, newest first, with its actors at hand (one query)."""
    wanted = Q(pk__in=())
    keys: dict[tuple[str, str], list[str]] = {}
    for thing in things:
        keys.setdefault((thing._meta.app_label, str(thing._meta.model_name)), []).append(str(thing.pk))
    for (app, kind), of_kind in keys.items():
        wanted |= Q(app=app, kind=kind, key__in=of_kind)
    return Event.objects.filter(wanted).select_related("actor")


def latest_events(count: int = 50) -> QuerySet[Event]:
    """The newest deeds on the whole platform."""
    return Event.objects.select_related("actor")[:count]
