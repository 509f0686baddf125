"""The pages of indicators: all of them, and one over all regions and years."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.indicator_facts import NothingToShow
from clusterpolisee.evidence.indicator_page import IndicatorPage
from clusterpolisee.evidence.indicator_sentences import convergence_in_words, coverage_in_words
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=queries.data_stamp)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator with its newest year, under the table it is read from."""
    return render(request, "evidence/indicator_list.html", {"indicators": queries.indicators()})


@public
@require_safe
@reader_cache(stamp=queries.data_stamp)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: map, ranking, years, and whether the regions come nearer to each other."""
    found = queries.indicator(code)
    if found is None:
        raise Http404(_("There is no indicator “%(code)s”. All of them are listed.") % {"code": code[:60]})
    try:
        page = IndicatorPage(found, Selection.asked(request.GET.dict()))
    except NothingToShow:
        return render(request, "evidence/indicator_empty.html", {"indicator": found})
    context = {
        "page": page,
        "drawn": drawn(page),
        "coverage": coverage_in_words(page),
        "convergence": convergence_in_words(page),
    }
    return render(request, "evidence/indicator.html", context)


@public
@require_safe
def indicator_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the page."""
    return answer_part(request, page_of(request, code), part, form, key=code)


def page_of(request: HttpRequest, code: str) -> IndicatorPage:
    """The indicator a request asks for, with the year and the regions it names."""
    found = queries.indicator(code)
    if found is None or found.dataset.current is None:
        raise Http404(_("There is no indicator “%(code)s”. All of them are listed.") % {"code": code[:60]})
    return IndicatorPage(found, Selection.asked(request.GET.dict()))
