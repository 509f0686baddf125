"""Figure cards, citations, and the methods behind them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.figure_cards import card_of, compared_with_newest, frozen_card
from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from clusterpolisee.evidence.models import Citation
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may


@public
@require_safe
def figure(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> HttpResponse:
    """Where a number comes from: a page of its own, or the inside of a dialog on the page it was clicked on."""
    ref = _ref(request, measure, indicator, region, activity, years)
    card = _card(request, ref)
    context = {"card": card, "may_cite": may(request.user, "evidence.cite")}
    template = "evidence/_figure_card.html" if request.htmx else "evidence/figure.html"
    answer = render(request, template, context)
    answer["Vary"] = "HX-Request, Cookie"
    return answer


@allow("evidence.cite")
@require_POST
def cite(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> HttpResponse:
    """Freeze the figure; the citation's page has the permanent address."""
    ref = _ref(request, measure, indicator, region, activity, years)
    try:
        citation = cite_figure(actor=request.user, ref=ref)
    except FigureNotFound as missing:
        raise Http404(str(missing)) from missing
    messages.success(request, _("The figure is frozen. Its address below will not change."))
    return redirect("evidence:citation", citation.address)


def _ref(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> FigureRef:
    asked = request.GET.get("nuts") or request.POST.get("nuts") or ""
    nuts = (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else regions.current_vintage()
    )
    try:
        return FigureRef.from_parts(measure, indicator, region, activity, years, nuts)
    except FigureNotFound as missing:
        raise Http404(str(missing)) from missing


def _card(request: HttpRequest, ref: FigureRef):
    number = request.GET.get("version", "")
    try:
        version = (
            queries.version_behind(ref.indicator, int(number))
            if number.isascii() and number.isdigit()
            else None
        )
        return card_of(resolve(ref, version=version))
    except FigureNotFound as missing:
        raise Http404(str(missing)) from missing


@public
@require_safe
def citation(request: HttpRequest, address: str) -> HttpResponse:
    """A frozen figure, as it was, and whether the newest version still says so."""
    found = get_object_or_404(
        Citation.objects.select_related("version__dataset", "cited_by"), address=address
    )
    context = {"citation": found, "newest": compared_with_newest(found), "card": frozen_card(found)}
    return render(request, "evidence/citation.html", context)


@public
@require_safe
def permanent_citation(request: HttpRequest, address: str) -> HttpResponse:
    """The address that is printed: without a language, for good; leads to the page in the reader's language."""
    found = get_object_or_404(Citation, address=address)
    return redirect("evidence:citation", found.address)


@allow("evidence.cite")
@require_safe
def my_citations(request: HttpRequest) -> HttpResponse:
    found = Citation.objects.filter(cited_by=request.user).select_related("version__dataset")
    return render(request, "evidence/my_citations.html", {"citations": found})


@public
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    return render(request, "evidence/methods.html", {"explanations": EXPLANATIONS.values()})


@public
@require_safe
def method(request: HttpRequest, key: str) -> HttpResponse:
    explanation = EXPLANATIONS.get(key)
    if explanation is None:
        raise Http404(
            _("There is no method “%(key)s”. The list of methods has them all.") % {"key": key[:40]}
        )
    context = {"explanation": explanation, "schemes": queries.star_schemes() if key == "stars" else ()}
    return render(request, "evidence/method.html", context)
