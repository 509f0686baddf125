"""Reading pages in tests: their text as a person sees it, and readers with a role."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

from clusterpolisee.shell.accounts.models import RoleAssignment, User


def text_of(page: bytes) -> str:
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body))).replace("\u00a0", " ")


def user_with(role: str) -> User:
    """Somebody with this role; the same person each time."""
    user, _new = User.objects.get_or_create(email=f"{role}@example.org")
    RoleAssignment.objects.get_or_create(user=user, role=role)
    return user


def reader_with(role: str) -> Client:
    """The same person, signed in."""
    client = Client()
    client.force_login(user_with(role))
    return client
