"""Coming in through the sign-in service of one's organisation (OpenID Connect).

Way of a person: button on the sign-in page → POST to allauth's login → `by_a_page` (a page that leads on: the content
policy lets no form end on another machine) → the service → callback with state and code → `ProviderAdapter.
pre_social_login`, which lets nobody on whose address the service has not confirmed → an account known to belong to the
service's user, or one whose owner confirmed the same address here too, or a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from requests import RequestException

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.models import User

LANGUAGE_LEFT_IN = "sign_in_language"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Nobody gets an account, or into one, by an address that only they claim to have."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if sociallogin.is_existing:
            if not sociallogin.user.is_admitted:
                raise ImmediateHttpResponse(render(request, "account/account_inactive.html", status=403))
            return
        names = {"provider": sociallogin.provider.name}
        address = next(filter(_is_vouched_for, sociallogin.email_addresses), None)
        if address is None:
            raise _refused(
                request,
                _("%(provider)s did not confirm your e-mail address, so nobody knows that it is yours.")
                % names,
                _("Confirm the address there and try again, or create an account with a password here."),
            )
        if _somebody_has(address.email):
            raise _refused(
                request,
                _("There is an account with your address, but its address was never confirmed here.") % names,
                _("Sign in with its password, or ask for a new one: that confirms the address."),
            )

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Into an account that exists, only if its owner has confirmed the same address here."""
        vouched_for = {one.email.lower() for one in login.email_addresses if _is_vouched_for(one)}
        is_confirmed_here = EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
        return email.lower() in vouched_for and is_confirmed_here

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.email = user.email.lower()
        user.name = str(data.get("name") or "")[:150]
        user.preferred_language = get_language() or ""
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        actions.welcome_from_provider(actor=user, provider=sociallogin.provider.name)
        return user


def by_a_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What leads to another machine becomes a page of ours that leads there."""

    @wraps(view)
    def leading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            _remember_language(request)
        try:
            answer = view(request, *args, **kwargs)
        except (RequestException, KeyError, ValueError):  # no answer, or none that says where to go
            return render(request, "socialaccount/authentication_error.html", status=502)
        address = answer.headers.get("Location", "")
        if request.method != "POST" or not address.startswith(("https://", "http://")):
            return answer
        return render(request, "socialaccount/go_on.html", {"address": address})

    return leading


def back_in_their_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address to come back to has no language; what is answered there is in the one people left in."""

    @wraps(view)
    def back(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if language := request.session.get(LANGUAGE_LEFT_IN):
            _speak(request, language)
        return view(request, *args, **kwargs)

    return back


def _remember_language(request: HttpRequest) -> None:
    """The language of the page whose button was pressed."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        request.session[LANGUAGE_LEFT_IN] = language
        _speak(request, language)


def _speak(request: HttpRequest, language: str) -> None:
    """As the middleware does it, so that the whole answer is of one language."""
    activate(language)
    request.LANGUAGE_CODE = language


def _is_vouched_for(address: EmailAddress) -> bool:
    """Some services say “false” in words, which Python would take for a yes."""
    return address.verified is True or str(address.verified).lower() == "true"


def _somebody_has(email: str) -> bool:
    return (
        User.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email).exists()
    )


def _refused(request: HttpRequest, obstacle: str, way_out: str) -> ImmediateHttpResponse:
    words = {"obstacle": obstacle, "way_out": way_out}
    return ImmediateHttpResponse(render(request, "socialaccount/refused.html", words, status=403))
