"""Data gaps: what is missing, why it matters, and who is looking for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.dataset import Dataset, Indicator


class GapState(models.TextChoices):
    OPEN = "open", _("open")
    IN_WORK = "in_work", _("in work")
    CLOSED = "closed", _("closed")


# What can happen to a gap: (state, deed) → state.
GAP_TRANSITIONS: dict[tuple[str, str], GapState] = {
    (GapState.OPEN, "take"): GapState.IN_WORK,
    (GapState.IN_WORK, "take"): GapState.IN_WORK,  # somebody else goes on
    (GapState.IN_WORK, "release"): GapState.OPEN,
    (GapState.OPEN, "close"): GapState.CLOSED,
    (GapState.IN_WORK, "close"): GapState.CLOSED,
    (GapState.CLOSED, "reopen"): GapState.OPEN,
}


class DataGap(models.Model):
    """Figures that should be here and are not, said by a member, looked for by an analyst."""

    missing = models.CharField(_("what is missing"), max_length=200)
    why = models.TextField(_("why it matters"), max_length=2000, blank=True)
    dataset = models.ForeignKey(
        Dataset,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gaps",
        verbose_name=_("dataset"),
    )
    indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gaps",
        verbose_name=_("indicator"),
    )
    region = models.CharField(_("region"), max_length=8, blank=True)
    first_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=GapState.choices, default=GapState.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="gaps_in_work",
        verbose_name=_("who looks for it"),
    )
    reason = models.CharField(_("why it was closed"), max_length=500, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("said by"),
    )
    opened_at = models.DateTimeField(_("said on"))
    closed_at = models.DateTimeField(_("closed on"), null=True)

    class Meta:
        verbose_name = _("data gap")
        verbose_name_plural = _("data gaps")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["state", "region"])]

    def __str__(self) -> str:
        return self.missing

    def get_absolute_url(self) -> str:
        return reverse("evidence:data_gap", args=[self.pk])

    def can(self, deed: str) -> bool:
        return (self.state, deed) in GAP_TRANSITIONS
