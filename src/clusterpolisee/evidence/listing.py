"""Names in a row, as sentences need them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from clusterpolisee.evidence.sentences import in_words


def listed(parts: Iterable[SafeString]) -> SafeString:
    """A, B and C."""
    found = list(parts)
    if len(found) < 2:
        return found[0] if found else SafeString("")
    first = format_html_join(", ", "{}", ((one,) for one in found[:-1]))
    return in_words(gettext("{names} and {last}"), names=first, last=found[-1])


def activity_link(code: str, name: str) -> SafeString:
    """The name of an activity, leading to its page; in quotation marks where it has a comma in it."""
    return format_html('<a href="{}">{}</a>', reverse("evidence:activity", args=[code]), clear(name))


def clear(name: str) -> str:
    """A name that can stand in a row of names: with a comma in it nobody would know where it ends."""
    return gettext("“%(activity)s”") % {"activity": name} if "," in name else name


def method_link(text: str, key: str) -> SafeString:
    """A number that leads to how it is computed."""
    return format_html('<a class="fig" href="{}">{}</a>', reverse("evidence:method", args=[key]), text)
