"""What Django and allauth tell us about: history remembers second factors, and an ended session is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

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


@receiver(user_logged_out)
def session_ended(request: HttpRequest, **_told: Any) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()


@receiver(user_logged_in)
def forget_sessions_that_ran_out(**_told: Any) -> None:
    """Devices and addresses are kept no longer than somebody can be signed in with them."""
    long_ago = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    UserSession.objects.filter(last_seen_at__lt=long_ago).delete()
