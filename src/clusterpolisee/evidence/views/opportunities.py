"""What a region could become good at: the page and what can be taken along from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.opportunities.page import OpportunitiesPage
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part
from clusterpolisee.evidence.views.tabs import kept_body, place_of, way_out
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def opportunities(request: HttpRequest, code: str) -> HttpResponse:
    """The options of a region of the newest NUTS; older codes lead to the page of the region."""
    page = page_of(request, code)
    if (elsewhere := way_out(request, code, page.region, page.tab)) is not None:
        return redirect(elsewhere)
    if request.GET.get("nuts", ""):
        return redirect(page.address)
    body = kept_body(page, "evidence/_opportunities_body.html")
    return render(request, "evidence/opportunities.html", {"page": page, "body": body})


@public
@require_safe
def opportunities_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the page."""
    return answer_part(request, page_of(request, code), part, form, key=f"{code}-opportunities")


def page_of(request: HttpRequest, code: str) -> OpportunitiesPage:
    """The page with what a request asks for."""
    return OpportunitiesPage(place_of(code), request.GET.dict())
