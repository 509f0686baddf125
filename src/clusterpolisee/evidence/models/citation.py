"""Citations: figures frozen with the version and the formula they had when somebody argued with them."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.category_definition import CategoryDefinition
from clusterpolisee.evidence.models.dataset import DatasetVersion
from clusterpolisee.evidence.models.derived import DerivedVersion
from clusterpolisee.shell.languages import language_of, pick

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without letters that are read as digits


def new_address() -> str:
    """Ten characters to be read aloud, printed and typed: about 49 bits, so that none can be guessed at."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class CitationIsFrozen(TypeError):
    """A citation never changes; cite the figure again instead."""


class Citation(models.Model):
    """One figure as it stood on one day. Never edited, never deleted."""

    address = models.CharField(max_length=16, unique=True, default=new_address, editable=False)
    reference = models.JSONField(_("figure"))
    measure = models.CharField(_("measure"), max_length=40)
    measure_version = models.PositiveSmallIntegerField(_("version of the formula"), default=1)
    region = models.CharField(_("region"), max_length=8)
    nuts = models.PositiveSmallIntegerField(_("NUTS vintage"))
    # Of a figure of a cluster category its code, which is longer than that of an activity.
    activity = models.CharField(_("activity"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True)
    state = models.CharField(_("state"), max_length=20)
    flag = models.CharField(_("flag"), max_length=16, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    parts = models.JSONField(_("parts"), default=list)
    coverage = models.TextField(_("coverage"), blank=True)
    statements = models.JSONField(_("statement by language"), default=dict)
    # Of a derived figure: the definition it was computed by, as text too, and whatever else its page must tell.
    # Of a figure of a cluster category: its parts and weights on the day, in `details`.
    definition = models.ForeignKey(
        DerivedVersion, null=True, on_delete=models.PROTECT, related_name="citations"
    )
    details = models.JSONField(_("details"), default=dict)
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="citations")
    cited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="citations"
    )
    cited_at = models.DateTimeField(_("cited at"))

    class Meta:
        ordering = ["-cited_at"]
        indexes = [models.Index(fields=["region", "year"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.region} {self.activity} {self.year}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise CitationIsFrozen("A citation never changes; cite the figure again instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise CitationIsFrozen("A citation is permanent; others may have quoted its address.")

    def statement(self, language: str | None) -> str:
        """The figure as one line, in the words it had on the day."""
        return pick(self.statements, language)

    def told(self, language: str | None) -> dict[str, Any]:
        """Unit, coverage and parts in the words they had; older citations know one language only."""
        own = self.details.get("by_language", {})
        kept = own.get(language_of(language).code) or {}
        return {"unit": self.unit, "coverage": self.coverage, "parts": self.parts, **kept}

    @property
    def category(self) -> CategoryDefinition | None:
        """The cluster category as it was defined on the day, where the figure is one of a category."""
        kept = self.details.get("category")
        return CategoryDefinition.from_record(kept) if kept else None

    @property
    def at_least(self) -> float | None:
        """The lower bound, where a part was not published and there is no value."""
        return self.details.get("at_least")

    @property
    def versions(self) -> list[DatasetVersion]:
        """Every dataset version the figure was computed from, the first one first."""
        return [self.version, *(source.version for source in self.further_sources.all())]

    @property
    def permanent_address(self) -> str:
        return settings.SITE_ADDRESS + self.get_absolute_url()

    def get_absolute_url(self) -> str:
        return reverse("permanent_citation", args=[self.address])


class CitedSource(models.Model):
    """A further dataset version that a cited figure was computed from, kept as long as the citation."""

    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="further_sources")
    version = models.ForeignKey(DatasetVersion, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["citation", "version"], name="a_source_is_cited_once")]

    def __str__(self) -> str:
        return f"{self.citation}: {self.version}"
