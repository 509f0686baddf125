"""The pages of indicators: all of them, and one over all regions and years."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.definition_page import DefinitionPage, withdrawn_page
from clusterpolisee.evidence.derived_plans import NotComputable, published
from clusterpolisee.evidence.indicator_figures import figures_of, find, indicator_in
from clusterpolisee.evidence.indicator_page import IndicatorPage
from clusterpolisee.evidence.indicator_sentences import (
    convergence_in_words,
    coverage_in_words,
    nothing_in_words,
    parts_in_words,
)
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator: those read from a table under it, the derived ones with what they are made of."""
    context = {
        "indicators": queries.indicators(),
        "derived": [DefinitionPage(one) for one in published().values()],
        "may_define": may(request.user, "evidence.define"),
    }
    return render(request, "evidence/indicator_list.html", context)


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: map, ranking, years, whether the regions come nearer to each other; how a derived one is made."""
    found = find(code)
    if found is None:
        return _nothing(request, code)
    definition = DefinitionPage.of(found)
    context = {
        "definition": definition,
        "may_define": bool(definition) and may(request.user, "evidence.define"),
    }
    try:
        page = IndicatorPage(figures_of(found), Selection.asked(request.GET.dict()))
    except NotComputable as missing:
        context |= {"indicator": indicator_in(found), "missing": missing}
        return render(request, "evidence/indicator_empty.html", context)
    context |= {
        "page": page,
        "drawn": drawn(page),
        "coverage": coverage_in_words(page),
        "parts_known": parts_in_words(page),
        "nothing_known": nothing_in_words(page),
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
    found = find(code)
    if found is None:
        gone = withdrawn_page(code)
        raise Http404(gone.sentence if gone else _no_indicator(code))
    try:
        return IndicatorPage(figures_of(found), Selection.asked(request.GET.dict()))
    except NotComputable as missing:
        raise Http404(str(missing)) from missing


def _nothing(request: HttpRequest, code: str) -> HttpResponse:
    """There never was such an indicator, or there is none any more: then its definitions are still told."""
    gone = withdrawn_page(code)
    if gone is None:
        raise Http404(_no_indicator(code))
    context = {"definition": gone, "may_define": may(request.user, "evidence.define")}
    return render(request, "evidence/indicator_withdrawn.html", context, status=410)


def _no_indicator(code: str) -> str:
    return _("There is no indicator “%(code)s”. All of them are listed.") % {"code": code[:60]}
