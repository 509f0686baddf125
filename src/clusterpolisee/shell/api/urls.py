"""Addresses of the pages beside the API; those of the operations come from the API itself."""

from __future__ import annotations

from django.urls import URLPattern, path

from clusterpolisee.shell.api import views
from clusterpolisee.shell.api.instance import ReadApi

# Under account/, in every language.
urlpatterns = [path("tokens/", views.tokens, name="api_tokens")]


def addresses_of(api: ReadApi) -> list[URLPattern]:
    """The documentation and every operation, below the prefix of the API, without a language."""
    return [path("docs", views.documentation(api), name="api_docs"), *api.addresses()]
