"""What is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

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


def events_by(
    *,
    person: str = "",
    deeds: Iterable[tuple[str, str]] | None = None,
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[Event]:
    """The deeds of a person (name or address, or a part of it), of some kinds (app, verb), from a day to a day.

    Days are those of the platform's time zone, both included. Newest first.
    """
    found = Event.objects.select_related("actor")
    if person.strip():
        found = found.filter(_is_by(person.strip()))
    if deeds is not None:
        wanted = Q(pk__in=[])
        for app, verb in deeds:
            wanted |= Q(app=app, verb=verb)
        found = found.filter(wanted)
    if first:
        found = found.filter(at__gte=_midnight(first))
    if last and last < date.max:
        found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
    return found


def _is_by(person: str) -> Q:
    """SQLite knows capitals of Latin letters only: “нова” has to be asked for as “Нова” too."""
    like = Q(actor_label__icontains=person) | Q(actor__email__icontains=person)
    for spelling in {person.lower(), person.upper(), person.title()}:
        like |= Q(actor_label__contains=spelling) | Q(actor__name__contains=spelling)
    return like


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
