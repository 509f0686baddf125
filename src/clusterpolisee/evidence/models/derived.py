"""Derived indicators: figures made of other figures by a formula that is kept with all its versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusterpolisee.evidence.models.dataset import Indicator, counts_in_points, unit_beside
from clusterpolisee.shell.languages import pick


class DefinitionIsPublished(TypeError):
    """A published definition never changes: write a new version instead."""


class DerivedIndicator(models.Model):
    """One figure made of others. What it means stands in its versions; `current` is the one that is published."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="derived_indicators"
    )
    created_at = models.DateTimeField(_("made at"))
    # Whether pages of regions show it among their key indicators: how it is used, so no part of a definition.
    is_key = models.BooleanField(_("shown on region pages"), default=False)
    current = models.ForeignKey(
        "DerivedVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("derived indicator")
        verbose_name_plural = _("derived indicators")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def last_withdrawn(self) -> DerivedVersion | None:
        """The definition that was taken out of use, while no other has taken its place."""
        if self.current_id is not None:
            return None
        return self.versions.filter(state=DerivedVersion.State.WITHDRAWN).first()


class DerivedVersion(models.Model):
    """One definition: formula, names, unit, weights. A draft can be changed; a published one never."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", pgettext_lazy("version", "published")
        REPLACED = "replaced", _("replaced by a newer version")
        DISCARDED = "discarded", _("put aside")
        WITHDRAWN = "withdrawn", pgettext_lazy("version", "withdrawn")

    _MAY_CHANGE = frozenset({"state", "published_by", "published_at"})

    derived = models.ForeignKey(DerivedIndicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    formula = models.TextField(_("formula"), max_length=2000)
    labels = models.JSONField(_("name by language"), default=dict)
    short_labels = models.JSONField(_("short name by language"), default=dict, blank=True)
    explanation = models.JSONField(_("explanation by language"), default=dict, blank=True)
    unit_labels = models.JSONField(_("unit by language"), default=dict, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    # +1: more is better; −1: less is better; 0: neither
    direction = models.SmallIntegerField(_("direction"), default=0)
    weights = models.JSONField(_("weights of the parts"), default=dict, blank=True)
    weights_name = models.CharField(_("name of the weights"), max_length=120, blank=True)
    weights_version = models.CharField(_("version of the weights"), max_length=20, blank=True)
    minimum_parts = models.PositiveSmallIntegerField(_("least number of known parts"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering = ["derived", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["derived", "number"], name="one_definition_per_number"),
            models.UniqueConstraint(
                fields=["derived"], condition=models.Q(state="draft"), name="one_draft_per_derived_indicator"
            ),
            models.UniqueConstraint(
                fields=["derived"], condition=models.Q(state="published"), name="one_published_definition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.derived.code} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = set(kwargs.get("update_fields") or [field.name for field in self._meta.concrete_fields])
        if self.pk is not None and changed - self._MAY_CHANGE:
            kept = DerivedVersion.objects.filter(pk=self.pk).values_list("state", flat=True).first()
            if kept != self.State.DRAFT:
                raise DefinitionIsPublished(
                    "A published definition never changes: write a new version instead."
                )
        super().save(*args, **kwargs)

    @property
    def code(self) -> str:
        return self.derived.code

    # As an Indicator is asked by cards and pages.

    order = 1000  # after all that are read from a table

    @property
    def is_key(self) -> bool:
        return self.derived.is_key

    @property
    def name(self) -> str:
        return pick(self.labels) or self.derived.code

    @property
    def short_name(self) -> str:
        return pick(self.short_labels) or self.name

    @property
    def about(self) -> str:
        return pick(self.explanation)

    @property
    def unit(self) -> str:
        return pick(self.unit_labels)

    @property
    def activity(self) -> str:
        return ""

    @property
    def unit_beside(self) -> str:
        return unit_beside(self.unit, self.short_name)

    @property
    def counts_in_points(self) -> bool:
        """Percentages and points of a scale change by points."""
        return counts_in_points(self.unit_labels)


class DerivedPart(models.Model):
    """What a definition reads: an indicator of a table, or another derived indicator."""

    version = models.ForeignKey(DerivedVersion, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField(_("order"))
    key = models.CharField(_("as written in the formula"), max_length=100)
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="+")
    derived = models.ForeignKey(DerivedIndicator, null=True, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(_("activity"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("part of a derived indicator")
        verbose_name_plural = _("parts of derived indicators")
        ordering = ["version", "order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(indicator__isnull=False, derived__isnull=True)
                | models.Q(indicator__isnull=True, derived__isnull=False),
                name="a_part_is_one_indicator",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def code(self) -> str:
        """Of the indicator it reads."""
        found = self.derived or self.indicator
        return found.code if found else self.key
