"""What a region could become good at: the page and what can be taken along from it."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.opportunities.page import OpportunitiesPage
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def opportunities(request: HttpRequest, code: str) -> HttpResponse:
    """The options of a region of the newest NUTS; older codes lead to the page of the region."""
    if code != code.upper():
        return redirect("evidence:region_opportunities", code.upper(), permanent=True)
    page = page_of(request, code)
    if page.region.vintage != regions.current_vintage():
        return redirect("evidence:region", code)
    if request.GET.get("nuts", ""):
        return redirect(page.address)
    return render(request, "evidence/opportunities.html", {"page": page, "body": _body(page)})


def _body(page: OpportunitiesPage) -> str:
    """The page between its frame, kept by what it was made from: the same for every reader of a language."""
    key = ":".join(("opportunities", page.region.code, page.choice.key, page.language, page_stamp()))
    kept: str | None = cache.get(key)
    if kept is None:
        kept = render_to_string("evidence/_opportunities_body.html", {"page": page, "drawn": drawn(page)})
        cache.set(key, kept, timeout=None)
    return mark_safe(kept)  # noqa: S308 – rendered by our own template a line ago


@public
@require_safe
def opportunities_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the page."""
    return answer_part(request, page_of(request, code), part, form, key=f"{code}-opportunities")


def page_of(request: HttpRequest, code: str) -> OpportunitiesPage:
    """The page with what a request asks for."""
    try:
        place = regions.region(code)
    except regions.RegionNotFound as missing:
        raise Http404(str(missing)) from missing
    return OpportunitiesPage(place, request.GET.dict())
