"""Questions about tokens."""

from __future__ import annotations

from django.db.models import QuerySet

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.api.models import ApiToken, digest_of


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """All tokens of a person, those in use first, newest first."""
    return ApiToken.objects.filter(user=user).order_by("revoked_at", "-created_at", "-pk")


def tokens_in_use(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user, revoked_at=None)


def token_behind(secret: str) -> ApiToken | None:
    """The token with this secret, its owner at hand; revoked ones too, so that their owner is told (one query)."""
    return ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
