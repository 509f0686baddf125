"""Addresses of accounts: our own pages, and allauth's with a word on who may open each."""

from allauth.account.urls import urlpatterns as allauth_urlpatterns
from django.urls import path

from clusterpolisee.shell.accounts import views
from clusterpolisee.shell.accounts.access import PUBLIC

# allauth guards these by itself; all its other pages are how people without an account get one.
FOR_THE_SIGNED_IN = {
    "account_change_password",
    "account_email",
    "account_reauthenticate",
    "account_set_password",
}

for pattern in allauth_urlpatterns:
    pattern.callback.access = "accounts.use_own" if pattern.name in FOR_THE_SIGNED_IN else PUBLIC

urlpatterns = [
    path("mine/", views.mine, name="account_mine"),
    path("people/", views.people, name="account_people"),
    *allauth_urlpatterns,
]
