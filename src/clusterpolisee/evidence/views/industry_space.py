"""The industry space: the tab of a region, the page of all, and what can be taken along from both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.industry_space.everywhere_page import IndustrySpacePage
from clusterpolisee.evidence.industry_space.page import RegionSpacePage
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part
from clusterpolisee.evidence.views.tabs import kept_body, place_of, way_out
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def region_space(request: HttpRequest, code: str) -> HttpResponse:
    """What does the region do, and what lies near it?"""
    page = region_page_of(request, code)
    if (elsewhere := way_out(request, code, page.region, page.tab)) is not None:
        return redirect(elsewhere)
    body = kept_body(page, "evidence/_region_space_body.html")
    return render(request, "evidence/region_space.html", {"page": page, "body": body})


@public
@require_safe
def region_space_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the tab."""
    return answer_part(request, region_page_of(request, code), part, form, key=f"{code}-space")


@public
@require_safe
@reader_cache(stamp=page_stamp)
def industry_space(request: HttpRequest) -> HttpResponse:
    """What do the regions of South East Europe do, and what is near to what?"""
    page = page_of(request)
    body = kept_body(page, "evidence/_industry_space_body.html")
    return render(request, "evidence/industry_space.html", {"page": page, "body": body})


@public
@require_safe
def industry_space_part(request: HttpRequest, part: str, form: str) -> HttpResponse:
    """One picture or table of the page."""
    return answer_part(request, page_of(request), part, form, key="industry-space")


def region_page_of(request: HttpRequest, code: str) -> RegionSpacePage:
    """The tab of the region a request asks for."""
    return RegionSpacePage(place_of(code))


def page_of(request: HttpRequest) -> IndustrySpacePage:
    """The page with what a request asks for."""
    return IndustrySpacePage(request.GET.dict())
