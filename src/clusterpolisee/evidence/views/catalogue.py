"""The catalogue: every table with what it is, how full it is, who cites it, and what was done to it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.evidence import actions, queries
from clusterpolisee.evidence.coverage import coverage_map
from clusterpolisee.evidence.derived_plans import published
from clusterpolisee.evidence.models import Dataset, DatasetVersion
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.evidence.views.sources import offer
from clusterpolisee.evidence.wording import deed_words
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.ui.page_cache import reader_cache

TABLES_A_PAGE = 50
CITATIONS_A_PAGE = 25
CITATIONS_SHOWN = 5


@public
@require_safe
@reader_cache(stamp=evidence_stamp)
def data_list(request: HttpRequest) -> HttpResponse:
    """Every table of the catalogue, or those that fit what is asked for."""
    asked = {
        name: request.GET.get(name, "").strip()[:80] for name in ("q", "topic", "kind", "publisher", "year")
    }
    everything = list(queries.datasets())
    fitting = queries.fitting_datasets(everything, **asked)
    return render(
        request,
        "evidence/data_list.html",
        {
            "page": Paginator(fitting, TABLES_A_PAGE).get_page(request.GET.get("page")),
            "asked": asked,
            "is_filtered": any(asked.values()),
            "topics": Dataset.Topic.choices,
            "kinds": Dataset.Kind.choices,
            "publishers": sorted({table.publisher: table.publisher_name for table in everything}.items()),
            "may_decide": may(request.user, "evidence.accept"),
            "may_import": may(request.user, "evidence.import"),
        },
    )


@public
@require_safe
def data_set(request: HttpRequest, code: str) -> HttpResponse:
    """One table: what it is, its version in use by year, all its versions, who cites it, what was done to it."""
    table = dataset_or_404(code)
    current = queries.current_version(table.code)
    citations = queries.citations_of(table)
    versions = list(queries.versions(table))
    return render(
        request,
        "evidence/data_set.html",
        {
            "table": table,
            "current": current,
            "coverage": queries.coverage(current) if current else [],
            "versions": versions,
            "needing_others": _needing_others(request, table, versions),
            "indicators": table.indicators.all(),
            "derived": [one.version for one in published().values() if one.reads(table)],
            "citations": citations[:CITATIONS_SHOWN],
            "citation_count": citations.count(),
            "gaps": queries.gaps(dataset=table.code).exclude(state="closed"),
            "history": [(event, deed_words(event.verb)) for event in queries.history_of(table)],
            "asks_second_person": queries.asks_second_person(table),
            "may_decide": may(request.user, "evidence.accept"),
            "may_import": may(request.user, "evidence.import"),
            "may_set_rules": may(request.user, "evidence.set_rules"),
            "may_roll_back": current is not None
            and current.previous_id is not None
            and may(request.user, "evidence.roll_back"),
            "offer": offer(request, [table]),
        },
    )


def _needing_others(request: HttpRequest, table: Dataset, versions: list[DatasetVersion]) -> set[int]:
    """The versions somebody else than the reader has to accept."""
    if not request.user.is_authenticated or not queries.asks_second_person(table):
        return set()
    return {one.pk for one in versions if queries.needs_second_person(one, request.user)}


@public
@require_safe
def data_coverage(request: HttpRequest, code: str) -> HttpResponse:
    """Region by year: where a table has figures, and where it has none."""
    table = dataset_or_404(code)
    current = queries.current_version(table.code)
    level, country = request.GET.get("level", ""), request.GET.get("country", "").upper()[:2]
    seen = None
    if current is not None:
        asked = int(level) if level in ("0", "1", "2", "3") else None
        seen = coverage_map(current, get_language() or "en", level=asked, country=country)
    return render(request, "evidence/data_coverage.html", {"table": table, "version": current, "seen": seen})


@public
@require_safe
def data_citations(request: HttpRequest, code: str) -> HttpResponse:
    """Every citation of a table's figures, with its permanent address."""
    table = dataset_or_404(code)
    page = Paginator(queries.citations_of(table), CITATIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "evidence/data_citations.html", {"table": table, "page": page})


@allow("evidence.set_rules")
@require_POST
def data_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a second person accepts new versions of the table."""
    required = request.POST.get("second_person") == "1"
    table = actions.set_second_person(
        actor=request.user, dataset=dataset_or_404(code), required=required, now=timezone.now()
    )
    if required:
        messages.success(
            request,
            _("From now on a second person accepts new versions of %(table)s.") % {"table": table.code},
        )
    else:
        messages.success(
            request, _("Whoever brings a version of %(table)s may accept it.") % {"table": table.code}
        )
    return redirect("evidence:data_set", code=table.code)


def dataset_or_404(code: str) -> Dataset:
    table = queries.dataset(code)
    if table is None:
        raise Http404(_("The catalogue has no table “%(code)s”.") % {"code": code})
    return table
