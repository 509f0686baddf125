"""Pages on cluster categories, and what can be taken along from them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import category_sentences
from clusterpolisee.evidence.category_facts import Sources
from clusterpolisee.evidence.category_page import CategoryPage
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def category_list(request: HttpRequest) -> HttpResponse:
    """Every category with what it is made of and where it weighs most."""
    sources = Sources()
    pages = [CategoryPage(one, sources=sources) for one in classifications.categories()]
    context = {
        "pages": pages,
        "scheme": pages[0].category.scheme if pages else None,
        "may_edit": may(request.user, "classifications.edit_categories"),
    }
    return render(request, "evidence/category_list.html", context)


@public
@require_safe
@reader_cache(stamp=page_stamp)
def category(request: HttpRequest, code: str) -> HttpResponse:
    """One category: the answer, its map, its ranking, what it is made of, its clusters."""
    page = page_of(request, code)
    context = {
        "page": page,
        "trend_sentence": category_sentences.trend_in_words(page.trend) if page.trend else "",
        "drawn": drawn(page),
        "may_edit": may(request.user, "classifications.edit_categories"),
    }
    return render(request, "evidence/category.html", context)


@public
@require_safe
def category_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """The map as a picture, or one table of the page."""
    return answer_part(request, page_of(request, code), part, form, key=code)


def page_of(request: HttpRequest, code: str) -> CategoryPage:
    """The category a request asks for, with the year and the regions it names."""
    found = classifications.category(code)
    if found is None:
        raise Http404(
            _("There is no cluster category “%(code)s”. The list of categories has them all.")
            % {"code": code[:60]}
        )
    asked = Selection.asked(request.GET.dict())
    return CategoryPage(
        found,
        year=asked.year,
        country=asked.country,
        kind=asked.kind,
        region=_code(request.GET.get("region", "")),
    )


def _code(text: str) -> str:
    """Only what looks like a code is taken."""
    return text.upper() if text.isascii() and text.isalnum() and len(text) <= 5 else ""
