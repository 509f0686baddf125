"""Activities and themes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.languages import pick


class Activity(models.Model):
    """One position of a classification of activities, with its names by language."""

    scheme = models.SlugField(_("classification"), default="nace_rev2")
    code = models.CharField(_("code"), max_length=16)
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    labels = models.JSONField(_("official name by language"), default=dict)
    short = models.JSONField(_("short name by language"), default=dict)
    seeded_as = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="one_activity_per_code")]

    def __str__(self) -> str:
        return self.code


class Theme(models.Model):
    """A thematic priority area; the six of the founding text are the defaults."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    labels = models.JSONField(_("name by language"), default=dict)
    seeded_as = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["number"]

    def __str__(self) -> str:
        return pick(self.labels)
