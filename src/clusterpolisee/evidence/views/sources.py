"""Asking the source of a table for more years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.fetching.actions import FETCH, start_fetch
from clusterpolisee.evidence.fetching.more_years import MoreYears
from clusterpolisee.evidence.fetching.source import can_be_fetched
from clusterpolisee.evidence.models import Dataset, SourceState
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.jobs.models import Job
from clusterpolisee.shell.jobs.queries import unfinished_about


@dataclass(frozen=True)
class Offer:
    """What somebody with the right to fetch is offered: a form, the work that is under way, what the source said last."""

    form: MoreYears
    under_way: Job | None
    state: SourceState | None


def offer(request: HttpRequest, tables: Sequence[Dataset]) -> Offer | None:
    """The offer to load more years of these tables; None for those who may not, and for tables without a source."""
    if not may(request.user, "evidence.fetch"):
        return None
    found = [table for table in tables if can_be_fetched(table)]
    if not found:
        return None
    single = found[0] if len(found) == 1 else None
    return Offer(
        form=MoreYears(found, timezone.localdate().year),
        under_way=unfinished_about(FETCH, single.code) if single else None,
        state=SourceState.objects.filter(dataset=single).first() if single else None,
    )


@allow("evidence.fetch")
@require_POST
def data_fetch(request: HttpRequest) -> HttpResponse:
    """Start the work, and lead to the page where it can be watched."""
    tables = [table for table in queries.datasets() if can_be_fetched(table)]
    form = MoreYears(tables, timezone.localdate().year, request.POST)
    code = request.POST.get("table", "")
    table = next((one for one in tables if one.code == code), None)
    if table is None:
        messages.error(request, _("Choose one of the tables that have a source."))
        return redirect("evidence:data")
    if not form.is_valid():
        messages.error(request, _("Write the first and the last year as numbers, like 2016 and 2020."))
        return redirect("evidence:data_set", code=table.code)
    try:
        job = start_fetch(actor=request.user, table=table, years=form.years, now=timezone.now())
    except Obstacle as obstacle:
        messages.error(request, str(obstacle))
        return redirect("evidence:data_set", code=table.code)
    return redirect("jobs:job", pk=job.pk)
