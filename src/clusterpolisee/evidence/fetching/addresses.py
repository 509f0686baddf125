"""Which addresses may be asked at all: https, the hosts of the sources, and public machines behind their names.

Catalogues can be edited and answers can redirect, so neither is trusted: the address is looked at before each question
and each redirect, and the machine behind the name when the connection is made, so that a name cannot change in between.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from clusterpolisee.evidence.fetching.errors import FetchError

# Everything else of IPv6 is reserved, local, or an old disguise of IPv4.
_UNICAST = ipaddress.ip_network("2000::/3")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class Addresses:
    """The hosts that may be asked. stand_in: a server of the tests on this machine, “http://127.0.0.1:8112”."""

    def __init__(self, hosts: Collection[str], *, stand_in: str = "") -> None:
        self.hosts = frozenset(host.lower() for host in hosts)
        self._stand_in = _origin(stand_in) if stand_in else None
        if self._stand_in and not _is_loopback(self._stand_in[1]):
            raise ValueError(f"The stand-in for sources must be on this machine, not at “{stand_in}”.")

    def check(self, url: str, *, asked: str = "") -> None:
        """Raise unless this address may be asked; asked: the host that led here."""
        host = asked or host_of(url)
        try:
            parts = urlsplit(url)
            origin = _origin(url)
            is_strange = bool(parts.username or parts.password)
        except ValueError:
            raise FetchError("address_refused", host=host, url=url[:200]) from None
        if self._stand_in is not None and origin == self._stand_in:
            return
        is_source = origin[0] == "https" and origin[1] in self.hosts and origin[2] == 443
        if not is_source or is_strange:
            raise FetchError("address_refused", host=host, url=url[:200])

    def check_machine(self, host: str, port: int, address: str) -> None:
        """Raise unless the machine behind a name is a public one (or the stand-in)."""
        if self._stand_in is not None and (host, port) == self._stand_in[1:]:
            return
        if not _is_public(address):
            raise FetchError("not_public", host=host, address=address)


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:80]
    except ValueError:
        return url[:80]


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    return parts.scheme.lower(), (parts.hostname or "").lower().rstrip("."), port


def _is_public(address: str) -> bool:
    """A machine of the open internet; also behind the notations that hide an IPv4 address in IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped or found in _TRANSLATED:
            return _is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        hidden = found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found not in _UNICAST or (hidden is not None and not _is_public(str(hidden))):
            return False
    return found.is_global and not found.is_multicast


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
