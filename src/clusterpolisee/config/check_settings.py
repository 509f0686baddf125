"""Looks at settings that contradict each other, and at letters."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

from clusterpolisee.config.check_results import Result, look, right, wrong

HERE = ("localhost", "127.0.0.1", "::1")
SECONDS = 3


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or ""


def _is_public() -> bool:
    return _host() not in ("", *HERE)


def address() -> Iterator[Result]:
    """The address people use, the hosts it answers to, and TLS belong together."""
    found = []
    words = {"address": settings.SITE_ADDRESS, "host": _host(), "hosts": ",".join(settings.ALLOWED_HOSTS)}
    others = [host for host in settings.ALLOWED_HOSTS if host.strip("[]") not in HERE]
    if urlsplit(settings.SITE_ADDRESS).scheme not in ("http", "https") or not _host():
        found.append(
            wrong(
                "address",
                _("CLUSTERPOLISEE_ADDRESS is “%(address)s”.") % words,
                _("Give it as https://evidence.example.org."),
            )
        )
    elif not validate_host(_host(), settings.ALLOWED_HOSTS):
        found.append(
            wrong(
                "address",
                _("People come to %(host)s (CLUSTERPOLISEE_ADDRESS), but only %(hosts)s is answered.")
                % words,
                _("Add it: CLUSTERPOLISEE_HOSTS=%(hosts)s,%(host)s") % words,
            )
        )
    elif others and not _is_public():
        found.append(
            look(
                "address",
                _("It answers to %(host)s, but citations and letters will say %(address)s.")
                % {**words, "host": others[0]},
                _("Set CLUSTERPOLISEE_ADDRESS to the address people use."),
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            look("hosts", _("It answers to any host name."), _("Name the hosts in CLUSTERPOLISEE_HOSTS."))
        )
    found += _encryption()
    yield from found or [right("address", _("People come to %(address)s, and it is answered.") % words)]


def _encryption() -> Iterator[Result]:
    behind_proxy = os.environ.get("CLUSTERPOLISEE_BEHIND_PROXY") == "1"
    if settings.SECURE and not behind_proxy:
        yield wrong(
            "tls",
            _(
                "The address begins with https, but the server speaks no TLS itself and would send readers in a circle."
            ),
            _("Let a proxy end TLS in front of it, and set CLUSTERPOLISEE_BEHIND_PROXY=1."),
        )
    elif behind_proxy and not settings.SECURE:
        yield look(
            "tls",
            _("A proxy stands in front, but the address begins with http: cookies are not kept to TLS."),
            _("Set CLUSTERPOLISEE_ADDRESS to https://…"),
        )
    elif _is_public() and not settings.SECURE:
        yield look(
            "tls",
            _("Passwords reach a public address without encryption."),
            _("Put a proxy with TLS in front, and set CLUSTERPOLISEE_ADDRESS to https://…"),
        )


def demonstration() -> Iterator[Result]:
    """Passwords that are printed in the manual, and pages that show the source, are for one's own machine."""
    public = _is_public() or settings.SECURE
    if settings.DEMO and public:
        yield wrong(
            "demo",
            _("Demo accounts with published passwords can sign in at a public address."),
            _("Start it with `clusterpolisee serve`, without CLUSTERPOLISEE_DEMO, in a new home folder."),
        )
    elif settings.DEMO:
        yield look(
            "demo",
            _("This is a demonstration: anyone who reaches it can sign in."),
            _("For work, start it with `clusterpolisee serve`."),
        )
    else:
        yield right("demo", _("No demo accounts are made."))
    if settings.DEBUG and public:
        yield wrong(
            "debug",
            _("Errors show settings and source to everyone at a public address."),
            _("Take CLUSTERPOLISEE_DEBUG away."),
        )
    elif settings.DEBUG:
        yield look(
            "debug",
            _("Errors show settings and source."),
            _("Take CLUSTERPOLISEE_DEBUG away when others use it."),
        )


def letters() -> Iterator[Result]:
    """Without letters nobody can confirm an address or get a new password."""
    if "filebased" in settings.EMAIL_BACKEND:
        sentence = _("Letters are written into %(folder)s and reach nobody.") % {
            "folder": settings.EMAIL_FILE_PATH
        }
        mend = _("Set CLUSTERPOLISEE_EMAIL_HOST, _PORT and _FROM.")
        yield (wrong if _is_public() and not settings.DEMO else look)("letters", sentence, mend)
        return
    if "smtp" not in settings.EMAIL_BACKEND:
        yield look(
            "letters",
            _("Letters go through %(backend)s.") % {"backend": settings.EMAIL_BACKEND},
            _("Send yourself a letter to see that they arrive."),
        )
        return
    if "localhost" in settings.DEFAULT_FROM_EMAIL:
        yield wrong(
            "sender",
            _("Letters come from %(sender)s, which others refuse.") % {"sender": settings.DEFAULT_FROM_EMAIL},
            _("Set CLUSTERPOLISEE_EMAIL_FROM to an address of yours."),
        )
    words = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=SECONDS).close()
    except OSError as mistake:
        yield wrong(
            "letters",
            _("The mail server %(host)s:%(port)s does not answer: %(words)s.")
            % {**words, "words": mistake.strerror or mistake},
            _("See that it runs and lets this machine in; or change CLUSTERPOLISEE_EMAIL_HOST and _PORT."),
        )
    else:
        yield right("letters", _("The mail server %(host)s:%(port)s answers.") % words)
