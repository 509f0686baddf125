"""Personal tokens: how a member's program says whose it is."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX = "cps_"
SHOWN = 8  # letters of a token by which its owner knows it again


def new_secret() -> str:
    """256 bits of chance behind a prefix by which scanners of published code recognise it."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept instead of the token. It holds enough chance that a slow hash would protect nothing more."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiToken(models.Model):
    """One token of one person. The token itself is shown once and never kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=80)
    beginning = models.CharField(_("beginning"), max_length=len(PREFIX) + SHOWN, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made on"))
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.beginning}…"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
