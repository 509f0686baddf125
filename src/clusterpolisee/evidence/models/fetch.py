"""What is remembered of asking a source, so that it is not asked in vain."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.dataset import Dataset


class SourceState(models.Model):
    """What the source of a table said when it was asked last, and when that was."""

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, related_name="source_state")
    address = models.TextField(_("address"), blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    updated = models.CharField(_("updated, as the source says"), max_length=60, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True)

    class Meta:
        verbose_name = _("state of a source")
        verbose_name_plural = _("states of sources")

    def __str__(self) -> str:
        return f"{self.dataset.code}: {self.updated or self.address}"
