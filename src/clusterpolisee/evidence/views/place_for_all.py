"""The page that asks whether there is a place for all regions, and what can be taken along from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.place_for_all_facts import Asked
from clusterpolisee.evidence.place_for_all_page import PlaceForAllPage
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def place_for_all(request: HttpRequest) -> HttpResponse:
    """Who catches up, where knowledge is at work, how the weakest stand, and who is missing from the figures."""
    page = page_of(request)
    return render(request, "evidence/place_for_all.html", {"page": page, "drawn": drawn(page)})


@public
@require_safe
def place_for_all_part(request: HttpRequest, part: str, form: str) -> HttpResponse:
    """One picture or table of the page."""
    return answer_part(request, page_of(request), part, form, key="place-for-all")


def page_of(request: HttpRequest) -> PlaceForAllPage:
    """The page with what a request asks for."""
    return PlaceForAllPage(Asked.of(request.GET.dict()))
