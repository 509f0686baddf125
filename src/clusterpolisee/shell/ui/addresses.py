"""The same page in another language."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings


def in_language(path: str, language: str) -> str:
    """/bg/regions/BG31/?nuts=2013 → /en/regions/BG31/?nuts=2013; addresses without a language lead home.

    Done on the text: resolving the address again would cost each page a walk through all of them per language.
    """
    parts = urlsplit(path)
    first, slash, rest = parts.path.lstrip("/").partition("/")
    if first not in dict(settings.LANGUAGES):
        return f"/{language}/"
    return urlunsplit(("", "", f"/{language}{slash}{rest}", parts.query, ""))
