"""What people said of files, remembered for the next file of the same source."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.dataset import Dataset


class ColumnMapping(models.Model):
    """Which column holds what, for files of one table whose headings look like this."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="column_mappings")
    signature = models.CharField(_("signature of the headings"), max_length=64)
    mapping = models.JSONField(_("mapping"), default=dict)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "signature"], name="one_mapping_per_look_of_a_table")
        ]

    def __str__(self) -> str:
        return f"{self.dataset.code} {self.signature[:8]}"


class CodeDecision(models.Model):
    """What a text means that is no code: a region or an activity, or nothing that is wanted (an empty code)."""

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        ACTIVITY = "activity", _("activity")

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="code_decisions")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("text in the file"), max_length=300)
    code = models.CharField(_("code"), max_length=20, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("meaning of a code")
        verbose_name_plural = _("meanings of codes")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "kind", "text"], name="one_meaning_per_text")
        ]

    def __str__(self) -> str:
        return f"{self.text} → {self.code or '–'}"
