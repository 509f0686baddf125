"""Figure cards, citations, and the methods behind them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.basket import baskets_of
from clusterpolisee.evidence.bibliography import (
    FILES,
    quotations,
    reference_of_citation,
    reference_of_version,
    references_of,
)
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.figure_cards import card_of, compared_with_newest, frozen_card
from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from clusterpolisee.evidence.models import Citation
from clusterpolisee.evidence.views.collecting import put_into_basket
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may


@public
@require_safe
def figure(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> HttpResponse:
    """Where a number comes from: a page of its own, or the inside of a dialog on the page it was clicked on."""
    ref = ref_of(request, measure, indicator, region, activity, years)
    card = _card(request, ref)
    may_cite = may(request.user, "evidence.cite")
    context = {"card": card, "may_cite": may_cite, "baskets": baskets_of(request.user) if may_cite else ()}
    template = "evidence/_figure_card.html" if request.htmx else "evidence/figure.html"
    answer = render(request, template, context)
    answer["Vary"] = "HX-Request, Cookie"
    return answer


@allow("evidence.cite")
@require_POST
def cite(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> HttpResponse:
    """Freeze the figure, and put it into the basket that was chosen; its page has the permanent address."""
    ref = ref_of(request, measure, indicator, region, activity, years)
    try:
        citation = cite_figure(actor=request.user, ref=ref)
    except FigureNotFound as missing:
        raise Http404(str(missing)) from missing
    messages.success(request, _("The figure is frozen. Its address below will not change."))
    if "basket" in request.POST:
        put_into_basket(request, citation)
    return redirect("evidence:citation", citation.address)


def ref_of(
    request: HttpRequest, measure: str, indicator: str, region: str, activity: str, years: str
) -> FigureRef:
    """The figure an address names; 404 with a sentence for what is not one."""
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


def _citation(address: str) -> Citation:
    found = Citation.objects.select_related("version__dataset", "cited_by", "definition__derived__current")
    return get_object_or_404(found.prefetch_related("further_sources__version__dataset"), address=address)


@public
@require_safe
def citation(request: HttpRequest, address: str) -> HttpResponse:
    """A frozen figure, as it was, whether the newest version still says so, and how it is quoted."""
    found = _citation(address)
    may_collect = may(request.user, "evidence.collect")
    context = {
        "citation": found,
        "newest": compared_with_newest(found),
        "card": frozen_card(found),
        "quotations": quotations(reference_of_citation(found)),
        "tables": [(one, quotations(reference_of_version(one))) for one in found.versions],
        "files": FILES,
        "may_collect": may_collect,
        "baskets": baskets_of(request.user) if may_collect else (),
    }
    return render(request, "evidence/citation.html", context)


@public
@require_safe
def citation_bibliography(request: HttpRequest, address: str, form: str) -> HttpResponse:
    """The citation and its tables as a file for programs that keep references."""
    return bibliography_file([_citation(address)], form, f"citation-{address}")


def bibliography_file(citations: list[Citation], form: str, name: str) -> HttpResponse:
    known = FILES.get(form)
    if known is None:
        raise Http404(
            _("There is no format “%(format)s”. Choose one of these: %(formats)s.")
            % {"format": form[:20], "formats": ", ".join(FILES)}
        )
    _label, media_type, write = known
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(write(references_of(citations)), content_type=media_type, headers=headers)


@public
@require_safe
def permanent_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version of a table, quoted without a language; leads to its page in the reader's."""
    if queries.dataset_version(code, number) is None:
        raise Http404(
            _("There is no version %(number)s of the table %(code)s.") % {"number": number, "code": code}
        )
    return redirect("evidence:data_version", code, number)


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
    context = {"citations": found, "baskets": baskets_of(request.user)}
    return render(request, "evidence/my_citations.html", context)


@public
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "evidence/methods.html",
        {"explanations": [one for one in EXPLANATIONS.values() if not one.method]},
    )


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
