"""How allauth behaves on this platform."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override

from clusterpolisee.shell.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Members after confirming their address; e-mails in the person's language; demo accounts in demos only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(getattr(settings, "OPEN_FOR_SIGNUP", True))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_admitted else None

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        from clusterpolisee.shell.accounts.actions import welcome

        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            welcome(actor=email_address.user)
        return bool(confirmed)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.preferred_language = get_language() or ""
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user")
        with override(getattr(user, "preferred_language", "") or get_language()):
            super().send_mail(template_prefix, email, context)
