"""What allauth tells us about, so that history remembers it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.models import User


@receiver(authenticator_added)
def second_factor_added(user: User, authenticator: Authenticator, **_told: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # they come and go with the others
        actions.note_second_factor(actor=user, kind=authenticator.type, is_new=True)


@receiver(authenticator_removed)
def second_factor_removed(user: User, authenticator: Authenticator, **_told: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        actions.note_second_factor(actor=user, kind=authenticator.type, is_new=False)
