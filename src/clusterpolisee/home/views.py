"""The home page: the map, the way to one's region, three stories from the data, what the platform is for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.overview import overview
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html", {"overview": overview()})
