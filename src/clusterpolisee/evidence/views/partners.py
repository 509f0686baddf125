"""The partners tab of a region, and what can be taken along from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.partners.page import RegionPartnersPage
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part
from clusterpolisee.evidence.views.tabs import kept_body, place_of, way_out
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def region_partners(request: HttpRequest, code: str) -> HttpResponse:
    """With whom should we team up?"""
    page = page_of(request, code)
    if (elsewhere := way_out(request, code, page.region, page.tab)) is not None:
        return redirect(elsewhere)
    body = kept_body(page, "evidence/_region_partners_body.html")
    return render(request, "evidence/region_partners.html", {"page": page, "body": body})


@public
@require_safe
def region_partners_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the tab."""
    return answer_part(request, page_of(request, code), part, form, key=f"{code}-partners")


def page_of(request: HttpRequest, code: str) -> RegionPartnersPage:
    """The page with what a request asks for."""
    return RegionPartnersPage(place_of(code), request.GET.dict())
