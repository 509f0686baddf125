"""The pages of activities: all of them, and one over all regions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.classifications.models import Activity
from clusterpolisee.evidence.activity_page import ActivityPage
from clusterpolisee.evidence.selection import Selection
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.evidence.views.parts import answer_part, drawn
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.ui.page_cache import reader_cache

LONGEST_CODE = 16


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def activity_list(request: HttpRequest) -> HttpResponse:
    """Sections with their divisions, and the groups of the labour force survey."""
    divisions: dict[int | None, list[Activity]] = {}
    for one in classifications.activities(2):
        divisions.setdefault(one.parent_id, []).append(one)
    sections = [(one, divisions.get(one.pk, [])) for one in classifications.activities(1)]
    context = {
        "sections": sections,
        "groups": classifications.activities(0),
        "names": classifications.short_names(get_language() or "en"),
    }
    return render(request, "evidence/activity_list.html", context)


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def activity(request: HttpRequest, code: str) -> HttpResponse:
    """One activity: who is specialised in it, where its jobs are, how its group went."""
    found = _activity(code)
    if found.code != code:
        return redirect("evidence:activity", found.code, permanent=True)
    page = ActivityPage(found, Selection.asked(request.GET.dict()))
    return render(request, "evidence/activity.html", {"page": page, "drawn": drawn(page)})


@public
@require_safe
def activity_part(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """One picture or table of the page."""
    return answer_part(request, page_of(request, code), part, form, key=code)


def page_of(request: HttpRequest, code: str) -> ActivityPage:
    """The activity a request asks for, with the year and the regions it names."""
    return ActivityPage(_activity(code), Selection.asked(request.GET.dict()))


def _activity(code: str) -> Activity:
    try:
        return classifications.activity(code[:LONGEST_CODE].upper())
    except classifications.ActivityNotFound as missing:
        raise Http404(str(missing)) from missing
