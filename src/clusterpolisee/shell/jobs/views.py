"""Pages of background work: what is under way, how far it is, and how it ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.jobs import actions, queries
from clusterpolisee.shell.jobs.models import Job
from clusterpolisee.shell.jobs.showing import followed, shown

PER_PAGE = 30


@allow("jobs.list")
@never_cache
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """All work in the background, the newest first."""
    page = Paginator(queries.jobs(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "jobs/list.html", {"page": page, "shown": [shown(one, timezone.now()) for one in page]}
    )


@allow("jobs.follow")
@never_cache
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece of work; with the header of our scripts only its middle, which changes."""
    found = _visible(request, pk)
    context = followed(found, request.user, timezone.now())
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
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):  # a path of this site
        return redirect(back)
    return redirect("jobs:job", pk=found.pk)


def _visible(request: HttpRequest, pk: int) -> Job:
    """Who may not see a job is not told that it exists."""
    found = queries.job(pk)
    if found is None or not may(request.user, "jobs.see", found):
        raise Http404(_("There is no work with the number %(number)s that you could see.") % {"number": pk})
    return found
