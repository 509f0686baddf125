"""Region pages, the region list and search, and what can be taken along from them."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.profile import covered_regions
from clusterpolisee.evidence.region_page import RegionPage
from clusterpolisee.evidence.stamps import evidence_stamp, page_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.evidence.views.sources import Offer, offer
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.ui.page_cache import reader_cache

TABLES_OF_ACTIVITIES = ("sbs_r_nuts06_r2", "lfst_r_lfe2en2")  # what regions miss most, and sources have


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def region_list(request: HttpRequest) -> HttpResponse:
    """All countries with their regions: the way in without a map."""
    level_two = list(regions.regions_of(None, 2, regions.current_vintage()))
    by_country: dict[str, list[Region]] = {}
    for region in level_two:
        by_country.setdefault(region.country, []).append(region)
    countries = [(country, by_country.get(country.code, [])) for country in regions.countries()]
    return render(
        request, "evidence/region_list.html", {"countries": countries, "covered": covered_regions()}
    )


@public
@require_safe
def region_search(request: HttpRequest) -> HttpResponse:
    """Find a region by a name in any of its languages, or by its code; one hit opens at once."""
    text = request.GET.get("q", "").strip()[:80]
    found = regions.find_regions(text) if text else []
    if len(found) == 1 or (found and found[0].code == text.upper()):
        return redirect("evidence:region", found[0].code)
    guesses = regions.similar_regions(text) if text and not found else []
    return render(request, "evidence/region_search.html", {"text": text, "found": found, "guesses": guesses})


@public
@require_safe
@reader_cache(stamp=page_stamp)
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a region, in the newest NUTS vintage or in the one asked for."""
    if code != code.upper():
        return redirect("evidence:region", code.upper(), permanent=True)
    vintage = _vintage(request)
    if vintage is None:
        place = _newest(code)
        if place.vintage != regions.current_vintage():
            return _withdrawn(request, place)
    else:
        place = _region(code, vintage)
    page = RegionPage(place, activity=request.GET.get("activity", ""))
    context = {"page": page, "body": _body(page), "offer": _offer(request)}
    return render(request, "evidence/region.html", context)


def _offer(request: HttpRequest) -> Offer | None:
    """More years of what regions miss most; the tables are asked for only for those who may fetch them."""
    if not may(request.user, "evidence.fetch"):
        return None
    return offer(request, [table for code in TABLES_OF_ACTIVITIES if (table := queries.dataset(code))])


def _body(page: RegionPage) -> str:
    """The page between its frame, kept by what it was made from: the same for every reader of a language."""
    key = ":".join(
        (
            "region",
            page.region.code,
            str(page.region.vintage),
            page.wanted_activity,
            page.language,
            page_stamp(),
        )
    )
    kept = cache.get(key)
    if kept is None:
        kept = render_to_string("evidence/_region_body.html", {"page": page, "drawn": drawn(page)})
        cache.set(key, kept, timeout=None)
    return mark_safe(kept)  # noqa: S308 – rendered by our own template a line ago


@public
@require_safe
def region_picture(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture as SVG, PNG, or the specification an interactive view is made from."""
    return answer_part(request, page_of(request, code), part, form, key=code)


@public
@require_safe
def region_table(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """The rows behind one part of the page, with their origin inside the file."""
    return answer_part(
        request, page_of(request, code), part, "json-stat" if form == "json" else form, key=code
    )


def page_of(request: HttpRequest, code: str) -> RegionPage:
    """The region a request asks for, in the vintage and with the activity it names."""
    vintage = _vintage(request)
    place = _newest(code) if vintage is None else _region(code, vintage)
    return RegionPage(place, activity=request.GET.get("activity", ""))


def _vintage(request: HttpRequest) -> int | None:
    asked = request.GET.get("nuts", "")
    if not asked:
        return None
    if not asked.isascii() or not asked.isdigit() or len(asked) != 4:
        raise Http404(
            _("“%(asked)s” is no NUTS vintage; give a year such as 2013 or 2024.") % {"asked": asked[:20]}
        )
    return int(asked)


def _newest(code: str) -> Region:
    try:
        return regions.region(code)
    except regions.RegionNotFound as missing:
        raise Http404(str(missing)) from missing


def _region(code: str, vintage: int) -> Region:
    try:
        return regions.region(code, vintage)
    except regions.RegionNotFound as missing:
        raise Http404(str(missing)) from missing


def _withdrawn(request: HttpRequest, place: Region) -> HttpResponse:
    """A code that is no longer in use: what took its place, and the page it had."""
    context = {
        "region": place,
        "successors": regions.successors_of(place),
        "last_page": f"{reverse('evidence:region', args=[place.code])}?nuts={place.vintage}",
        "name": place.name(get_language() or "en"),
        "newest": regions.current_vintage(),
    }
    return render(request, "evidence/region_withdrawn.html", context)
