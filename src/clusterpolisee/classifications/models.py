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


class CategoryScheme(models.Model):
    """A named, versioned way to group activities into cluster categories."""

    code = models.SlugField(_("code"), unique=True)
    version = models.CharField(_("version"), max_length=20)
    names = models.JSONField(_("name by language"), default=dict)
    notes = models.JSONField(_("note by language"), default=dict, blank=True)

    class Meta:
        verbose_name = _("scheme of categories")
        verbose_name_plural = _("schemes of categories")
        ordering = ["code"]

    def __str__(self) -> str:
        return _("%(name)s, version %(version)s") % {
            "name": pick(self.names) or self.code,
            "version": self.version,
        }

    @property
    def note(self) -> str:
        return pick(self.notes)


class ClusterCategory(models.Model):
    """A named grouping of activities that clusters are counted by."""

    scheme = models.ForeignKey(CategoryScheme, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(_("code"), unique=True, max_length=60)
    labels = models.JSONField(_("name by language"), default=dict)
    descriptions = models.JSONField(_("description by language"), default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    seeded_as = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("cluster category")
        verbose_name_plural = _("cluster categories")
        ordering = ["code"]

    def __str__(self) -> str:
        return pick(self.labels) or self.code

    @property
    def description(self) -> str:
        return pick(self.descriptions)

    @property
    def weights(self) -> dict[str, float]:
        """Activity → the share of it that belongs here, in the order of the codes."""
        return {part.activity.code: part.weight for part in self.parts.all()}


class CategoryPart(models.Model):
    """One activity of a category, with the share of it that belongs there."""

    category = models.ForeignKey(ClusterCategory, on_delete=models.CASCADE, related_name="parts")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField(_("weight"), default=1.0)

    class Meta:
        ordering = ["activity__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "activity"], name="an_activity_stands_once_in_a_category"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0, weight__lte=1), name="a_weight_is_above_0_up_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity.code}:{self.weight:g}"
