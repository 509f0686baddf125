"""How connections are made: only to the address that was checked. Loaded when something is fetched, not with the pages."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from clusterpolisee.evidence.fetching.addresses import Addresses


def transport(addresses: Addresses) -> httpx.HTTPTransport:
    """How connections are made: to the very address that was checked, without proxies and without HTTP/2."""
    made = httpx.HTTPTransport(trust_env=False)
    made._pool = httpcore.ConnectionPool(  # httpx offers no other way to hand its pool a way of connecting
        ssl_context=httpx.create_ssl_context(trust_env=False),
        max_connections=4,
        network_backend=_Checked(addresses),
    )
    return made


class _Checked(httpcore.SyncBackend):
    """Looks a name up once, checks what it found, and connects to that and nothing else."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        error: Exception | None = None
        for address in _looked_up(host, port):
            self._addresses.check_machine(host, port, address)
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address.")


def _looked_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))
