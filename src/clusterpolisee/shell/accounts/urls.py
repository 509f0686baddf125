"""Addresses of accounts: our own pages, and allauth's with a word on who may open each."""

from allauth.account.urls import urlpatterns as sign_in_patterns
from allauth.mfa.base.urls import urlpatterns as second_factor_patterns
from allauth.mfa.recovery_codes.urls import urlpatterns as recovery_code_patterns
from allauth.mfa.totp.urls import urlpatterns as app_code_patterns
from allauth.mfa.webauthn.urls import urlpatterns as passkey_patterns
from allauth.socialaccount.urls import urlpatterns as provider_patterns
from django.urls import include, path

from clusterpolisee.shell.accounts.access import PUBLIC, declare_all
from clusterpolisee.shell.accounts.views import deeds, mine, people

# allauth guards its pages by itself; these are how people without an account, or half signed in, come in.
FOR_EVERYBODY = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
}

second_factors = [
    *second_factor_patterns,
    path("app/", include(app_code_patterns)),
    path("recovery-codes/", include(recovery_code_patterns)),
    path("passkeys/", include(passkey_patterns)),
]
declare_all(
    [*sign_in_patterns, *second_factors, *provider_patterns],
    lambda name: PUBLIC if name in FOR_EVERYBODY else "accounts.use_own",
)

urlpatterns = [
    path("mine/", mine.mine, name="account_mine"),
    path("sessions/", mine.sessions, name="account_sessions"),
    path("people/", people.people, name="account_people"),
    path("people/<int:key>/", people.person, name="account_person"),
    path("deeds/", deeds.deeds, name="account_deeds"),
    path("deeds.csv", deeds.deeds_file, name="account_deeds_file"),
    path("second-factors/", include(second_factors)),
    path("elsewhere/", include(provider_patterns)),
    *sign_in_patterns,
]
