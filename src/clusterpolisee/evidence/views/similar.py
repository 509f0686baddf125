"""The tab of similar regions, and what can be taken along from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.similar.asked import Asked
from clusterpolisee.evidence.similar.page import SimilarPage
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.evidence.views.tabs import place_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def region_similar(request: HttpRequest, code: str) -> HttpResponse:
    """Who is like the region, why, how surely, and how it does among them. Older vintages are told on the region's own page."""
    if code != code.upper():
        return redirect("evidence:region_similar", code.upper(), permanent=True)
    page = page_of(request, code)
    if "nuts" in request.GET or page.region.vintage != regions.current_vintage():
        query = request.GET.urlencode() if "nuts" in request.GET else ""
        path = reverse("evidence:region", args=[code])
        return redirect(f"{path}?{query}" if query else path)
    return render(request, "evidence/similar.html", {"page": page, "drawn": drawn(page)})


@public
@require_safe
def region_similar_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the tab."""
    return answer_part(request, page_of(request, code), part, form, key=f"{code}-similar")


def page_of(request: HttpRequest, code: str) -> SimilarPage:
    """The tab with what a request asks for."""
    return SimilarPage(place_of(code), Asked.of(request.GET.dict()))
