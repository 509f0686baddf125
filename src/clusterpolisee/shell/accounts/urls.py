"""Addresses of accounts; allauth's pages declare that everyone may open them, since they guard themselves."""

from django.urls import include, path

from clusterpolisee.shell.accounts import views

urlpatterns = [
    path("mine/", views.mine, name="account_mine"),
    path("people/", views.people, name="account_people"),
    path("", include("allauth.account.urls")),
]
