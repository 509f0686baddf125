"""Regions side by side: asked for in the address, or kept under an address of their own."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.comparing import NothingToCompare, save_comparison, withdraw_comparison
from clusterpolisee.evidence.comparison_facts import MOST
from clusterpolisee.evidence.comparison_page import ComparisonPage, asking_for
from clusterpolisee.evidence.models import SavedComparison
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.ui.page_cache import reader_cache

LONGEST_CODE = 8
LONGEST_SEARCH = 80


@dataclass
class Asked:
    """The regions an address names, and what is wrong with it."""

    regions: list[Region] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [region.code for region in self.regions]


@public
@require_safe
@reader_cache(stamp=queries.data_stamp)
def compare(request: HttpRequest) -> HttpResponse:
    """Up to six regions; without any, a page that says how to choose them."""
    asked = _asked(request.GET.getlist("r"))
    text = request.GET.get("add", "").strip()[:LONGEST_SEARCH]
    candidates = _candidates(text, asked) if text else []
    if len(candidates) == 1 and len(asked.regions) < MOST:
        return redirect(f"{reverse('evidence:compare')}?{asking_for([*asked.codes, candidates[0].code])}")
    if text and not candidates:
        asked.problems.append(
            _("No region is called “%(text)s”. Check the spelling, or try a part of the name or the code.")
            % {"text": text}
        )
    page = ComparisonPage(asked.regions)
    context = {
        "page": page,
        "drawn": drawn(page),
        "problems": asked.problems,
        "text": text,
        "candidates": [(one, _with(asked, one)) for one in candidates],
        "most": MOST,
        "may_save": may(request.user, "evidence.compare"),
    }
    return render(request, "evidence/compare.html", context)


@public
@require_safe
def compare_part(request: HttpRequest, part: str, form: str) -> HttpResponse:
    """One picture or table of a comparison."""
    page = page_of(request)
    key = "-".join(region.code for region in page.regions) or "comparison"
    return answer_part(request, page, part, form, key=key)


def page_of(request: HttpRequest) -> ComparisonPage:
    """The regions a request names, side by side."""
    return ComparisonPage(_asked(request.GET.getlist("r")).regions)


@allow("evidence.compare")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the comparison under an address that stays."""
    asked = _asked(request.POST.getlist("r"))
    try:
        saved = save_comparison(
            actor=request.user,
            regions=asked.regions,
            title=request.POST.get("title", ""),
            note=request.POST.get("note", ""),
        )
    except NothingToCompare as obstacle:
        messages.error(request, str(obstacle))
        return redirect(f"{reverse('evidence:compare')}?{asking_for(asked.codes)}")
    messages.success(request, _("The comparison is kept. Its address will not change."))
    return redirect("evidence:comparison", saved.address)


@public
@require_safe
def comparison(request: HttpRequest, address: str) -> HttpResponse:
    """A kept comparison with today's figures, and which tables have changed since."""
    saved = get_object_or_404(SavedComparison.objects.select_related("saved_by"), address=address)
    found = [_region(code, saved.nuts) for code in saved.regions]
    page = ComparisonPage([region for region in found if region is not None])
    changed = [
        version
        for version in page.versions
        if saved.versions.get(version.dataset.code) not in (None, version.number)
    ]
    context = {
        "page": page,
        "drawn": drawn(page),
        "saved": saved,
        "changed": changed,
        "may_withdraw": may(request.user, "evidence.withdraw_comparison", saved),
    }
    return render(request, "evidence/comparison.html", context)


@allow("evidence.compare")
@require_safe
def my_comparisons(request: HttpRequest) -> HttpResponse:
    """What this person has kept."""
    found = SavedComparison.objects.filter(saved_by=request.user, withdrawn_at=None)
    return render(request, "evidence/my_comparisons.html", {"comparisons": found})


@allow("evidence.compare")
@require_POST
def withdraw(request: HttpRequest, address: str) -> HttpResponse:
    saved = get_object_or_404(SavedComparison, address=address)
    withdraw_comparison(actor=request.user, saved=saved)
    messages.success(request, _("The comparison is no longer on your list. Its address still works."))
    return redirect("evidence:my_comparisons")


def _asked(codes: list[str]) -> Asked:
    """Each code once, six at most; what cannot be shown becomes a sentence."""
    asked, vintage = Asked(), regions.current_vintage()
    for code in dict.fromkeys(code.strip().upper() for code in codes if code.strip()):
        place = _region(code, vintage)
        if place is None:
            asked.problems.append(_unknown(code))
        elif len(asked.regions) == MOST:
            asked.problems.append(
                _("%(region)s was left out: six regions fit side by side. Remove one first.")
                % {"region": place.code}
            )
        else:
            asked.regions.append(place)
    return asked


def _unknown(code: str) -> str:
    try:
        withdrawn = regions.region(code[:LONGEST_CODE])
    except regions.RegionNotFound as missing:
        return str(missing)
    successors = ", ".join(one.code for one in regions.successors_of(withdrawn))
    return _("%(code)s is no longer a region; its land is in %(successors)s today.") % {
        "code": withdrawn.code,
        "successors": successors,
    }


def _region(code: str, vintage: int) -> Region | None:
    try:
        return regions.region(code[:LONGEST_CODE], vintage)
    except regions.RegionNotFound:
        return None


def _candidates(text: str, asked: Asked) -> list[Region]:
    """Regions of today with this name; one that is exactly the code stands alone."""
    newest = regions.current_vintage()
    found = [one for one in regions.find_regions(text) if one.vintage == newest]
    exact = [one for one in found if one.code == text.upper()]
    return [one for one in exact or found if one.code not in asked.codes]


def _with(asked: Asked, place: Region) -> str:
    return f"{reverse('evidence:compare')}?{asking_for([*asked.codes, place.code])}"
