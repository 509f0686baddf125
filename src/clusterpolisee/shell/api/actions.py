"""Deeds on tokens: made, revoked, used."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.api.models import PREFIX, SHOWN, ApiToken, digest_of, new_secret
from clusterpolisee.shell.api.queries import tokens_in_use
from clusterpolisee.shell.history.recorder import record

MOST_TOKENS = 10


class TooManyTokens(ValueError):
    """Nobody needs more programs than this; forgotten tokens are a danger."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have %(count)s tokens in use, which is the most. Revoke one that no program uses any more."
            )
            % {"count": MOST_TOKENS}
        )


@transaction.atomic
def create_token(*, actor: User, name: str, now: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token and its secret, which is nowhere kept: whoever asked shows it once."""
    require(actor, "api.use_tokens")
    User.objects.select_for_update().get(pk=actor.pk)  # two at the same moment must not both be the tenth
    if tokens_in_use(actor).count() >= MOST_TOKENS:
        raise TooManyTokens()
    secret = new_secret()
    token = ApiToken.objects.create(
        user=actor,
        name=name,
        beginning=secret[: len(PREFIX) + SHOWN],
        digest=digest_of(secret),
        created_at=now or timezone.now(),
    )
    record(actor, "created-token", token, name=name)
    return token, secret


@transaction.atomic
def revoke_token(*, actor: User, token: ApiToken, now: datetime | None = None) -> None:
    """From now on the token opens nothing. Revoking twice changes nothing."""
    require(actor, "api.use_tokens", token)
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now or timezone.now())
    if changed:
        record(actor, "revoked-token", token, name=token.name)


def note_use(*, actor: User, token: ApiToken, today: date | None = None) -> None:
    """Remember the day, written once a day: enough to see that a token is forgotten. No deed worth a history."""
    require(actor, "api.use_tokens", token)
    day = today or timezone.localdate()
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)
