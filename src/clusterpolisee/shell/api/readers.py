"""Who asks: somebody with a token, or an address."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.api.actions import note_use
from clusterpolisee.shell.api.limits import MEMBER, VISITOR, Budget, spend
from clusterpolisee.shell.api.problems import Problem
from clusterpolisee.shell.api.queries import token_behind

_BEARER = re.compile(r"(?i:bearer) +([A-Za-z0-9._~+/-]{1,200}=*)", re.ASCII)
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="ClusterPoliSEE", error="invalid_token"'}


@dataclass(frozen=True)
class Reader:
    """Whoever asks, with what is left of their budget."""

    user: User | AnonymousUser
    budget: Budget


def reader_of(request: HttpRequest) -> Reader:
    """The reader, one request poorer. Cookies say nothing here: a page of another site may ask in their name."""
    given = request.headers.get("Authorization")
    if given is None:
        return Reader(AnonymousUser(), spend(VISITOR, address_of(request)))
    found = _BEARER.fullmatch(given.strip())
    if found is None:
        spend(VISITOR, address_of(request))
        raise Problem(400, _("The header Authorization has to read “Bearer”, a space, and your token."))
    token = token_behind(found[1])
    if token is None or token.is_revoked or not may(token.user, "api.use_tokens", token):
        spend(VISITOR, address_of(request))  # guessing costs as much as asking
        raise Problem(401, _refusal(token is not None and token.is_revoked), headers=CHALLENGE)
    budget = spend(MEMBER, str(token.user_id))
    note_use(actor=token.user, token=token)
    return Reader(token.user, budget)


def _refusal(was_revoked: bool) -> str:
    if was_revoked:
        return _("This token was revoked. Make a new one in your account, or ask without a token.")
    return _(
        "This token is not known here, or its owner may not use it any more. Check that it was copied whole."
    )


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: one machine, or a whole /64 network of IPv6, which is one household.

    Behind a proxy it is what that proxy wrote last; what stands before it could be anybody's invention.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address):
        mapped = known.ipv4_mapped
        return str(mapped or ipaddress.ip_network((known, 64), strict=False).network_address)
    return str(known)
