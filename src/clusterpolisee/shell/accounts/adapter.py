"""How allauth behaves on this platform."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.languages import COMPLETE_LANGUAGES


class AccountAdapter(DefaultAccountAdapter):
    """Members after confirming their address; letters and pages in the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(getattr(settings, "OPEN_FOR_SIGNUP", True))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A right password is not enough: the operator's account and demo accounts outside a demo stay shut."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_admitted else None

    def pre_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse | None:
        """Whichever way somebody comes, by password, passkey or sign-in service: who is not admitted stays out."""
        if not user.is_admitted:
            return render(request, "account/account_inactive.html", status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **told)
        return answer

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            actions.welcome(actor=email_address.user, address=email_address)
        return bool(confirmed)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.preferred_language = get_language() or ""
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person; to an address nobody has an account with, in the language of the page."""
        with override(_language_of(context.get("user")) or get_language()):
            words = {**context, **_links(context), "site_address": settings.SITE_ADDRESS}
            super().send_mail(template_prefix, email, words)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return f"/{_language_of(request.user) or get_language()}/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{get_language()}/"


def _links(context: dict[str, Any]) -> dict[str, str]:
    """The links of a letter, at our own address: whoever asks for the letter can write any host into the request."""
    links = {name: urlsplit(str(link)) for name, link in context.items() if name.endswith("_url") and link}
    return {
        name: settings.SITE_ADDRESS + urlunsplit(("", "", link.path, link.query, ""))
        for name, link in links.items()
    }


def _language_of(person: Any) -> str:
    """The language a person chose, as long as it is still offered."""
    chosen = getattr(person, "preferred_language", "")
    return chosen if chosen in {language.code for language in COMPLETE_LANGUAGES} else ""
