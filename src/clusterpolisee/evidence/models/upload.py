"""Files on their way: what somebody is bringing, and how far they have come."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.dataset import Dataset, DatasetVersion


def new_token() -> str:
    """Part of an address nobody else can guess."""
    return secrets.token_hex(10)


class Upload(models.Model):
    """One file that somebody is bringing. A closed browser loses nothing: each step is kept here as it is taken."""

    class State(models.TextChoices):
        DRAFT = "draft", _("unfinished")
        BROUGHT = "brought", _("brought")
        DISCARDED = "discarded", _("thrown away")

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size of the file"))
    sha256 = models.CharField(_("hash of the file"), max_length=64)
    format = models.CharField(_("format"), max_length=40)
    dataset = models.ForeignKey(
        Dataset, null=True, on_delete=models.SET_NULL, related_name="uploads", verbose_name=_("dataset")
    )
    # What was decided step by step: sheet, mapping, decisions, conversion, source. See evidence/importing.
    choices = models.JSONField(_("choices"), default=dict)
    checked = models.JSONField(_("result of the last check"), default=dict)
    version = models.ForeignKey(
        DatasetVersion,
        null=True,
        on_delete=models.SET_NULL,
        related_name="uploads",
        verbose_name=_("version"),
    )
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("last changed"))

    class Meta:
        verbose_name = _("file on its way")
        verbose_name_plural = _("files on their way")
        ordering = ["-changed_at"]
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("evidence:import_resume", args=[self.token])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_long(self) -> bool:
        """Whether its steps are taken in the background; decided when it comes."""
        return bool(self.choices.get("is_long"))

    @property
    def source(self) -> dict[str, Any]:
        """Where the file comes from, as its owner said."""
        return self.choices.get("source", {})

    @property
    def retrieved_on(self) -> date:
        said = self.source.get("retrieved_on")
        return date.fromisoformat(said) if said else self.created_at.date()
