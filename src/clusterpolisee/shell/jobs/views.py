"""Pages of background work: what is under way, how far it is, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.jobs import actions, queries
from clusterpolisee.shell.jobs.kinds import sentence, title_of
from clusterpolisee.shell.jobs.models import Job
from clusterpolisee.shell.jobs.running import is_lost

PER_PAGE = 30


@allow("jobs.list")
@never_cache
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """All work in the background, the newest first."""
    page = Paginator(queries.jobs(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page, "shown": [_shown(one) for one in page]})


@allow("jobs.follow")
@never_cache
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work; with the header of our scripts only its middle, which changes."""
    found = _visible(request, pk)
    context = {
        **_shown(found),
        "may_stop": found.can_be_stopped and may(request.user, "jobs.stop", found),
        "may_list": may(request.user, "jobs.list"),
        "ahead": queries.ahead_of(found),
        "nobody_works": queries.nobody_works(found, timezone.now()),
    }
    context["may_resume"] = (found.can_go_on or context["lost"]) and may(request.user, "jobs.resume", found)
    fragment = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/_job.html" if fragment else "jobs/job.html", context)


@allow("jobs.follow")
@require_POST
def job_stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, _visible(request, pk), actions.cancel_job)


@allow("jobs.follow")
@require_POST
def job_resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, _visible(request, pk), actions.resume_job)


def _do(request: HttpRequest, found: Job, action: Callable[..., Job]) -> HttpResponse:
    try:
        action(actor=request.user, job=found, now=timezone.now())
    except actions.NotPossible as obstacle:
        messages.error(request, str(obstacle))
    return redirect("jobs:job", pk=found.pk)


def _visible(request: HttpRequest, pk: int) -> Job:
    """Who may not see a job is not told that it exists."""
    found = queries.job(pk)
    if found is None or not may(request.user, "jobs.see", found):
        raise Http404(_("There is no work with the number %(number)s that you could see.") % {"number": pk})
    return found


def _shown(one: Job) -> dict[str, Any]:
    lost = is_lost(one, timezone.now())
    return {
        "job": one,
        "lost": lost,
        "title": title_of(one.kind),
        "message": sentence(one.message, one.message_words),
        "error": sentence("lost", {}) if lost else sentence(one.error, one.error_words),
        "result_url": f"/{get_language()}{one.result_url}" if one.result_url else "",
    }
