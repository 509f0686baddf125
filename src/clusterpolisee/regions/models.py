"""Regions and how they are drawn."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterpolisee.regions.types import RegionKind, TypeKind


class Region(models.Model):
    """One NUTS (or statistical) region in one vintage of the classification."""

    code = models.CharField(_("code"), max_length=8)
    vintage = models.PositiveSmallIntegerField(_("NUTS vintage"))
    level = models.PositiveSmallIntegerField(_("level"))
    country = models.CharField(_("country"), max_length=2)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name_native = models.CharField(_("name in its language"), max_length=160)
    name_native_language = models.CharField(_("language of the name"), max_length=12)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_bg = models.CharField(_("name in Bulgarian"), max_length=160)
    aliases = models.CharField(_("other names, separated by semicolons"), max_length=300, blank=True)
    # All names, folded to plain letters, between bars: |severozapaden|северозападен|
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code", "-vintage"]
        constraints = [
            models.UniqueConstraint(fields=["code", "vintage"], name="one_region_per_code_and_vintage")
        ]
        indexes = [models.Index(fields=["vintage", "level", "country"])]

    def __str__(self) -> str:
        return f"{self.code} ({self.vintage})"

    def name(self, language: str) -> str:
        """The name for a reader: Bulgarian, English, or the region's own in its own language; else Latin letters."""
        if language == "bg":
            return self.name_bg
        if language == "en":
            return self.name_en
        if language == self.name_native_language:
            return self.name_native
        return self.name_latin


class Boundary(models.Model):
    """How a code is drawn in some vintages: a GeoJSON geometry in degrees, with the source that drew it."""

    code = models.CharField(_("code"), max_length=8)
    first_vintage = models.PositiveSmallIntegerField(_("from vintage"))
    last_vintage = models.PositiveSmallIntegerField(_("to vintage"))
    level = models.PositiveSmallIntegerField(_("level"))
    geometry = models.JSONField(_("geometry"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        ordering = ["code", "first_vintage"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "first_vintage"], name="one_boundary_per_code_and_vintage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.first_vintage}–{self.last_vintage})"


class RegionType(models.Model):
    """Of which type a region is, in one typology. Codes keep their type over the vintages in which they are drawn alike."""

    kind = models.CharField(_("typology"), max_length=20, choices=TypeKind.choices)
    code = models.CharField(_("code"), max_length=8)
    type = models.CharField(_("type"), max_length=20, choices=RegionKind.choices)

    class Meta:
        verbose_name = _("type of region")
        verbose_name_plural = _("types of regions")
        ordering = ["kind", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_type_per_region_and_kind")]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_type_display()}"
