"""Thresholds as named, versioned data: which stars a cluster earns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.languages import pick


class StarScheme(models.Model):
    """One way to give cluster stars. The scheme in use is the newest active one."""

    name = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version"), max_length=20)
    names = models.JSONField(_("name by language"), default=dict, blank=True)
    note = models.JSONField(_("note by language"), default=dict, blank=True)
    size_top_percent = models.FloatField(_("size: best regions, percent"), default=10)
    specialisation_threshold = models.FloatField(_("specialisation: location quotient from"), default=2)
    focus_top_percent = models.FloatField(_("focus: best regions, percent"), default=10)
    minimum_employment = models.FloatField(_("least employment for any star"), default=1000)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["-is_active", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_scheme_per_name_and_version")
        ]

    @property
    def note_text(self) -> str:
        return pick(self.note)

    def __str__(self) -> str:
        return _("%(name)s, version %(version)s") % {
            "name": pick(self.names) or self.name,
            "version": self.version,
        }
