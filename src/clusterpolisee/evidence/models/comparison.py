"""Saved comparisons: which regions somebody laid side by side, under an address that stays."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.citation import new_address


class SavedComparison(models.Model):
    """Regions in their vintage, a title, and the versions that were in use on the day."""

    address = models.CharField(max_length=16, unique=True, default=new_address, editable=False)
    title = models.CharField(_("title"), max_length=160)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    regions = models.JSONField(_("regions"))
    nuts = models.PositiveSmallIntegerField(_("NUTS vintage"))
    versions = models.JSONField(_("versions by table"), default=dict)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="comparisons"
    )
    saved_at = models.DateTimeField(_("saved at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:comparison", args=[self.address])
