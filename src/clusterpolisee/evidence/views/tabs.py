"""Which region a tab is asked for, and where codes lead that have no tab of their own."""

from __future__ import annotations

import gzip
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import drawn
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region

KEPT_SECONDS = 24 * 3600


def place_of(code: str) -> Region:
    """The region with this code in the newest vintage that has it; 404 with a sentence where there is none."""
    try:
        return regions.region(code.upper())
    except regions.RegionNotFound as missing:
        raise Http404(str(missing)) from missing


def way_out(request: HttpRequest, code: str, place: Region, tab: str) -> str | None:
    """Small letters lead to the code as it is written, withdrawn codes to the page that says what became of them."""
    if place.vintage != regions.current_vintage():
        return reverse("evidence:region", args=[place.code])
    if code != place.code:
        asked = urlencode(request.GET.dict())
        return reverse(f"evidence:{tab}", args=[place.code]) + (f"?{asked}" if asked else "")
    return None


def kept_body(page: PageWithParts, template: str) -> SafeString:
    """The page between its frame, kept by what it was made from: the same for every reader of a language.

    Packed, since choices in the address make many pages, and all that are kept lie in memory.
    """
    key = ":".join((template, page.address, page.language, page_stamp()))
    packed = cache.get(key)
    if packed is None:
        packed = gzip.compress(
            render_to_string(template, {"page": page, "drawn": drawn(page)}).encode(), 3, mtime=0
        )
        cache.set(key, packed, KEPT_SECONDS)
    return mark_safe(gzip.decompress(packed).decode())  # noqa: S308 – rendered by our own template a line ago
