"""The sign-in service of an organisation (OpenID Connect), as the environment names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED = ("CLUSTERPOLISEE_OIDC_SERVER", "CLUSTERPOLISEE_OIDC_CLIENT_ID", "CLUSTERPOLISEE_OIDC_SECRET")
LOCAL = ("localhost", "127.0.0.1", "::1")


def sign_in_service(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What allauth needs to know of the service; nothing where none is named. Half a service is a mistake."""
    given = {name: environment.get(name, "").strip() for name in NEEDED}
    if not any(given.values()):
        return {}
    if missing := [name for name, value in given.items() if not value]:
        raise ImproperlyConfigured(
            f"A sign-in service needs its address, client and secret; set {', '.join(missing)} as well."
        )
    server = given["CLUSTERPOLISEE_OIDC_SERVER"].rstrip("/")
    parts = urlsplit(server)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise ImproperlyConfigured(
            f"CLUSTERPOLISEE_OIDC_SERVER is “{server}”; give an https:// address: who somebody is must not be told in the open."
        )
    service = {
        "provider_id": "oidc",
        "name": environment.get("CLUSTERPOLISEE_OIDC_NAME", "").strip() or parts.hostname,
        "client_id": given["CLUSTERPOLISEE_OIDC_CLIENT_ID"],
        "secret": given["CLUSTERPOLISEE_OIDC_SECRET"],
        "settings": {"server_url": server},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [service]}}
