"""The same page in another language."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings


def has_language(path: str) -> bool:
    """Whether the page exists in every language: its address begins with one."""
    return path.lstrip("/").partition("/")[0] in dict(settings.LANGUAGES)


def in_language(path: str, language: str) -> str:
    """/bg/regions/BG31/?nuts=2013 → /en/regions/BG31/?nuts=2013; addresses without a language lead home.

    Done on the text: resolving the address again would cost each page a walk through all of them per language.
    """
    parts = urlsplit(path)
    _first, slash, rest = parts.path.lstrip("/").partition("/")
    if not has_language(parts.path):
        return f"/{language}/"
    return urlunsplit(("", "", f"/{language}{slash}{rest}", parts.query, ""))
