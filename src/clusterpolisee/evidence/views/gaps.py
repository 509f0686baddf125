"""What is missing: said by members, looked for by analysts."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterpolisee.evidence import import_forms as forms
from clusterpolisee.evidence import queries
from clusterpolisee.evidence.gaps import actions
from clusterpolisee.evidence.models import DataGap, GapState
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.evidence.wording import deed_words
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.history.queries import events_of

GAPS_A_PAGE = 30
DEEDS = {
    "take": actions.take_gap,
    "release": actions.release_gap,
    "close": actions.close_gap,
    "reopen": actions.reopen_gap,
}


@public
@require_safe
def data_gaps(request: HttpRequest) -> HttpResponse:
    """All gaps, or those that fit what is asked for."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "state", "region", "dataset")}
    is_mine = "mine" in request.GET and request.user.is_authenticated
    found = queries.gaps(**asked, owner=request.user if is_mine else None)
    context = {
        "page": Paginator(found, GAPS_A_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "is_mine": is_mine,
        "is_filtered": is_mine or any(asked.values()),
        "states": GapState.choices,
        "tables": queries.datasets(),
        "may_open": may(request.user, "evidence.open_gap"),
        "may_work": may(request.user, "evidence.work_on_gap"),
    }
    return render(request, "evidence/data_gaps.html", context)


@allow("evidence.open_gap")
@require_http_methods(["GET", "HEAD", "POST"])
def data_gap_new(request: HttpRequest) -> HttpResponse:
    """Say that figures are missing; the page somebody comes from fills in what it knows."""
    known = {name: request.GET.get(name, "")[:60] for name in ("region", "first_year", "last_year")}
    known["dataset"] = queries.dataset(request.GET.get("dataset", ""))  # type: ignore[assignment]
    known["indicator"] = queries.indicator(request.GET.get("indicator", ""))  # type: ignore[assignment]
    form = forms.GapForm(request.POST or None, initial=known)
    if form.is_valid():
        gap = actions.open_gap(actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("It is known now that this is missing."))
        return redirect(gap)
    return render(request, "evidence/data_gap_new.html", {"form": form})


@public
@require_safe
def data_gap(request: HttpRequest, number: int) -> HttpResponse:
    """One gap with its history."""
    gap = _gap(number)
    context = {
        "gap": gap,
        "deeds": [
            deed
            for deed in DEEDS
            if gap.can(deed) and not (deed == "take" and gap.owner_id == request.user.pk)
        ],
        "history": [(event, deed_words(event.verb)) for event in events_of(gap)],
        "may_work": may(request.user, "evidence.work_on_gap"),
    }
    return render(request, "evidence/data_gap.html", context)


@allow("evidence.work_on_gap")
@require_POST
def data_gap_deed(request: HttpRequest, number: int) -> HttpResponse:
    """Take, give back, close or reopen a gap."""
    gap, form = _gap(number), forms.DeedForm(request.POST)
    action = DEEDS.get(request.POST.get("deed", ""))
    if action is None or not form.is_valid():
        messages.error(request, _("Choose one of the ways that are offered."))
        return redirect(gap)
    try:
        action(actor=request.user, gap=gap, now=timezone.now(), why=form.cleaned_data["why"])
    except Obstacle as obstacle:
        messages.error(request, str(obstacle))
    return redirect(gap)


def _gap(number: int) -> DataGap:
    gap = queries.gap(number)
    if gap is None:
        raise Http404(_("There is no data gap %(number)s.") % {"number": number})
    return gap
