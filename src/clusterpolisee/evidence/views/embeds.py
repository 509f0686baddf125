"""Small pages and pictures for other sites, and the page that gives their HTML away.

These are the only pages that another site may frame; their policy is loosened by this one word and nothing else. They
are made without the request's session, so that they can neither know nor mark who looks at them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from clusterpolisee.evidence.embeds import (
    Embed,
    embed_of_citation,
    embed_of_figure,
    embed_of_part,
    frame_snippet,
    picture_snippet,
    svg_of,
    with_theme,
)
from clusterpolisee.evidence.figures import FigureNotFound, resolve
from clusterpolisee.evidence.models import Citation
from clusterpolisee.evidence.parts import NoSuchPart, PageWithParts
from clusterpolisee.evidence.views import (
    activities,
    categories,
    comparisons,
    indicators,
    industry_space,
    opportunities,
    partners,
    place_for_all,
    region,
    similar,
)
from clusterpolisee.evidence.views.figures import ref_of
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.exports.pictures import stamp_svg
from clusterpolisee.shell.languages import language_of

View = Callable[..., HttpResponse]
Find = Callable[..., Embed]
THEMES = ("light", "dark")
KEPT_SECONDS = 3600


def _citation(request: HttpRequest, address: str) -> Embed:
    found = get_object_or_404(
        Citation.objects.select_related("version__dataset").prefetch_related(
            "further_sources__version__dataset"
        ),
        address=address,
    )
    return embed_of_citation(found)


def _figure(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> Embed:
    try:
        return embed_of_figure(resolve(ref_of(request, measure, indicator, region, activity, years)))
    except FigureNotFound as missing:
        raise Http404(str(missing)) from missing


def _part_of(page_of: Callable[..., PageWithParts]) -> Find:
    """A picture of the page that the address asks for. What it does not understand of the address is left out of it."""

    def find(request: HttpRequest, part: str, **place: str) -> Embed:
        try:
            return embed_of_part(page_of(request, **place), part)
        except NoSuchPart as missing:
            raise Http404(str(missing)) from missing

    return find


def _for_other_sites(view: View) -> View:
    """May be framed by everybody; kept for an hour; nothing about the reader in it. What is missing is said inside."""

    @public
    @require_safe
    @xframe_options_exempt
    @csp_replace({"frame-ancestors": ["*"]})
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Http404 as missing:
            reason = missing.args[0] if missing.args and isinstance(missing.args[0], str) else ""
            page = render_to_string(
                "evidence/embed_missing.html", {"reason": reason, "language": _language()}
            )
            return HttpResponse(page, status=404)
        answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:24]}"'
        answer["X-Robots-Tag"] = "noindex"
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer

    return shown


def _page(find: Find) -> View:
    def page(request: HttpRequest, **place: str) -> HttpResponse:
        context = {"embed": find(request, **place), "theme": _theme(request), "language": _language()}
        return HttpResponse(render_to_string("evidence/embed.html", context))

    return _for_other_sites(page)


def _picture(find: Find) -> View:
    def picture(request: HttpRequest, **place: str) -> HttpResponse:
        embed = find(request, **place)
        text = svg_of(embed)
        if embed.origins:
            text = stamp_svg(text, embed.origins, embed.title)
        return HttpResponse(text, content_type="image/svg+xml; charset=utf-8")

    return _for_other_sites(picture)


def _how(find: Find) -> View:
    """The HTML to paste, and what it will look like. This page frames our own, so it may; nobody may frame it."""

    @public
    @require_safe
    @csp_replace({"frame-src": [SELF]})
    def how(request: HttpRequest, **place: str) -> HttpResponse:
        embed, theme = find(request, **place), _theme(request)
        context = {
            "embed": embed,
            "theme": theme,
            "preview": with_theme(embed.page, theme),
            "frame_html": frame_snippet(embed, theme),
            "picture_html": picture_snippet(embed),
            "themes": ["", *THEMES],
        }
        return render(request, "evidence/embed_how.html", context)

    return how


def _theme(request: HttpRequest) -> str:
    asked = request.GET.get("theme", "")
    return asked if asked in THEMES else ""


def _language() -> Any:
    return language_of(get_language())


embed_citation, embed_citation_svg, embed_citation_how = (
    _page(_citation),
    _picture(_citation),
    _how(_citation),
)
embed_figure, embed_figure_svg, embed_figure_how = _page(_figure), _picture(_figure), _how(_figure)
# Every page with pictures: kind → how the page is found. Addresses are made of these in embed_urls.
PAGES: dict[str, Callable[..., PageWithParts]] = {
    "region_space": industry_space.region_page_of,
    "industry_space": industry_space.page_of,
    "region_partners": partners.page_of,
    "region": region.page_of,
    "region_opportunities": opportunities.page_of,
    "region_similar": similar.page_of,
    "indicator": indicators.page_of,
    "activity": activities.page_of,
    "category": categories.page_of,
    "comparison": comparisons.page_of,
    "place_for_all": place_for_all.page_of,
}


def part_views(kind: str) -> tuple[View, View, View]:
    """The page to be framed, the picture, and how it is done."""
    find = _part_of(PAGES[kind])
    return _page(find), _picture(find), _how(find)
