"""How connections are made: only to the address that was checked. Loaded when something is fetched, not with the pages."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from clusterpolisee.evidence.fetching.addresses import Addresses
from clusterpolisee.evidence.fetching.errors import FetchError


def transport(addresses: Addresses, *, seconds: float) -> httpx.HTTPTransport:
    """How connections are made: to the very address that was checked, without proxies and without HTTP/2.

    seconds: how long one answer may take from its first letter; a connection is used for one answer only.
    """
    made = httpx.HTTPTransport(trust_env=False)
    made._pool = httpcore.ConnectionPool(  # httpx offers no other way to hand its pool a way of connecting
        ssl_context=httpx.create_ssl_context(trust_env=False),
        max_connections=4,
        max_keepalive_connections=0,
        network_backend=_Checked(addresses, seconds),
    )
    return made


class _Checked(httpcore.SyncBackend):
    """Looks a name up once, checks what it found, and connects to that and nothing else."""

    def __init__(self, addresses: Addresses, seconds: float) -> None:
        self._addresses = addresses
        self._seconds = seconds

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
                stream = super().connect_tcp(address, port, timeout, local_address, socket_options)
                return _Timed(stream, host, self._seconds, time.monotonic() + self._seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address.")


class _Timed(httpcore.NetworkStream):
    """A connection with an end: a source that sends a letter a minute, even of its headers, holds nobody for ever."""

    def __init__(self, stream: httpcore.NetworkStream, host: str, seconds: float, until: float) -> None:
        self._stream, self._host, self._seconds, self._until = stream, host, seconds, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._until - time.monotonic()
        try:
            if left <= 0:
                raise httpcore.ReadTimeout
            return self._stream.read(max_bytes, left if timeout is None else min(timeout, left))
        except httpcore.ReadTimeout:
            if time.monotonic() < self._until:
                raise
            minutes = max(1, round(self._seconds / 60))
            raise FetchError("too_slow", host=self._host, minutes=minutes) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _Timed(secured, self._host, self._seconds, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _looked_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))
