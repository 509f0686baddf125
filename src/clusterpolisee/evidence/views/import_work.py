"""Long files on their way: how far a worker is with one, and letting it be read again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.importing import background, readout, steps
from clusterpolisee.evidence.views.import_wizard import GET_OR_POST, step_page, to_version
from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.jobs.models import State as JobState
from clusterpolisee.shell.jobs.showing import followed


@allow("evidence.import")
@never_cache
@require_http_methods(GET_OR_POST)
def import_work(request: HttpRequest, token: str) -> HttpResponse:
    """How far the work on a file is; with the header of our scripts only what changes of it."""
    upload = queries.upload(request.user, token)
    if upload is None:
        raise Http404(_("You are bringing no file at this address."))
    address = reverse("evidence:import_work", args=[token])
    job = queries.work_on(upload)
    context: dict[str, Any] = {"leads_on": True, "hint": "evidence/_import_work_hint.html"}
    context = {**context, **followed(job, request.user, timezone.now(), address)} if job else {}
    if job and request.headers.get("HX-Request") == "true":
        return render(request, "jobs/_job.html", context)
    if not upload.is_draft:
        return to_version(request, upload)
    if request.method == "POST":
        background.begin_reading(actor=request.user, upload=upload, now=timezone.now())
        return redirect("evidence:import_work", token)
    wants_reading = readout.is_waiting(upload) and (job is None or job.state == JobState.DONE)
    if job is None and not wants_reading:
        return redirect(steps.address(upload, steps.next_step(upload)))
    context["asks_to_read"] = wants_reading
    is_late = job is not None and not wants_reading and job.kind in (background.CHECK, background.BRING)
    step = steps.CHECK if is_late else steps.next_step(upload)
    return step_page(request, upload, step, template="work", **context)
