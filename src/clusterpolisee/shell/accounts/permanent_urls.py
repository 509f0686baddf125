"""Addresses a sign-in service is told once: the same in every language."""

from allauth.socialaccount.providers.openid_connect import views
from django.urls import path

from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.accounts.providers import back_in_their_language, by_a_page

urlpatterns = [
    path("account/<slug:provider_id>/login/", public(by_a_page(views.login)), name="openid_connect_login"),
    path(
        "account/<slug:provider_id>/callback/",
        public(back_in_their_language(views.callback)),
        name="openid_connect_callback",
    ),
]
