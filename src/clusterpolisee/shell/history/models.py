from __future__ import annotations

from typing import NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class HistoryIsAppendOnly(Exception):
    """Somebody tried to change or remove what was remembered."""

    def __init__(self) -> None:
        super().__init__("History is only ever added to: record a new event instead of changing an old one.")


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **changes: object) -> NoReturn:
        raise HistoryIsAppendOnly

    def bulk_update(self, *args: object, **options: object) -> NoReturn:
        raise HistoryIsAppendOnly

    def delete(self) -> NoReturn:
        raise HistoryIsAppendOnly

    delete.queryset_only = True  # as in Django: Event.objects has no delete of its own


class Event(models.Model):
    """One deed, remembered: actor, verb, thing, details, moment."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200, blank=True)  # stays when the account goes
    verb = models.SlugField(max_length=60, db_index=False)
    app = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    details = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["app", "kind", "key", "-at"], name="history_of_thing"),
            models.Index(fields=["-at"], name="history_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label or 'ClusterPoliSEE'} {self.verb} {self.app}.{self.kind} {self.key}"

    def save(self, *args: object, **options: object) -> None:
        if not self._state.adding:
            raise HistoryIsAppendOnly
        super().save(*args, **options)

    def delete(self, *args: object, **options: object) -> NoReturn:
        raise HistoryIsAppendOnly
