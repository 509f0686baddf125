"""Pages on tables and their versions: what is there, where it comes from, what was noticed, who decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterpolisee.evidence import actions, queries, store, unusable
from clusterpolisee.evidence.engine.reckoning import under_way
from clusterpolisee.evidence.import_forms import DeedForm
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.evidence.report import ImportReport
from clusterpolisee.evidence.views.catalogue import dataset_or_404
from clusterpolisee.evidence.wording import deed_words
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may, require
from clusterpolisee.shell.history.queries import events_of
from clusterpolisee.shell.jobs.models import Job


@public
@require_safe
def data_bring(request: HttpRequest) -> HttpResponse:
    """How figures come onto the platform."""
    tables = queries.datasets()
    return render(
        request,
        "evidence/data_bring.html",
        {"tables": tables, "may_import": may(request.user, "evidence.import")},
    )


@public
@require_safe
def data_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version: its file, its report, what was done to it."""
    version = _version(code, number)
    return render(
        request,
        "evidence/data_version.html",
        {
            "table": version.dataset,
            "version": version,
            "report": ImportReport.from_json(version.report),
            "has_rejected": store.rejected_path(version) is not None,
            "events": [(event, deed_words(event.verb)) for event in events_of(version)],
            "may_decide": may(request.user, "evidence.accept"),
            "may_download": version.is_published or may(request.user, "evidence.accept"),
            "is_own": _is_own(request, version),
            "newer": _in_use_since(version),
            "reckoning": _reckoning(request, version),
        },
    )


def _reckoning(request: HttpRequest, version: DatasetVersion) -> Job | None:
    """The work that draws all conclusions anew, where a version has just come into use and somebody may see it."""
    if version.dataset.current_id != version.pk or not may(request.user, "evidence.accept"):
        return None
    return under_way()


@public
@require_safe
def data_raw(request: HttpRequest, code: str, number: int) -> FileResponse:
    """The bytes as they were imported; always a download, never a page."""
    version = _with_open_files(request, code, number)
    if not store.has_raw(version.raw_sha256):
        raise Http404(_("The file of this version is not in the store any more."))
    return FileResponse(
        store.opened_raw(version.raw_sha256),
        as_attachment=True,
        filename=version.raw_name,
        content_type="application/octet-stream",
    )


@public
@require_safe
def data_rejected(request: HttpRequest, code: str, number: int) -> StreamingHttpResponse:
    """The rows that could not be used, with line and reason."""
    version = _with_open_files(request, code, number)
    path = store.rejected_path(version)
    if path is None:
        raise Http404(_("Every row of this version could be used."))
    return rejected_rows(path, version.raw_name, f"{version.dataset.code}-{number}-rejected.csv")


@allow("evidence.accept")
@require_http_methods(["GET", "HEAD", "POST"])
def data_accept(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask, then bring a version into use."""
    return _decide(request, _version(code, number), "accept", actions.accept_version)


@allow("evidence.accept")
@require_http_methods(["GET", "HEAD", "POST"])
def data_reject(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask, then decide against a version."""
    return _decide(request, _version(code, number), "reject", actions.reject_version)


@allow("evidence.roll_back")
@require_http_methods(["GET", "HEAD", "POST"])
def data_roll_back(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then go back to the version before."""
    table = dataset_or_404(code)
    current = queries.current_version(table.code)
    if request.method != "POST":
        earlier = current.previous if current else None
        return render(
            request,
            "evidence/data_confirm.html",
            {"table": table, "version": current, "earlier": earlier, "deed": "roll_back"},
        )
    try:
        earlier = actions.roll_back(actor=request.user, dataset=table, now=timezone.now(), why=_why(request))
    except Obstacle as obstacle:
        messages.error(request, str(obstacle))
    else:
        messages.success(
            request,
            _("Version %(number)s of %(table)s is in use again.")
            % {"number": earlier.number, "table": table.code},
        )
    return redirect("evidence:data_set", code=table.code)


def rejected_rows(path: Path, brought_as: str, saved_as: str) -> StreamingHttpResponse:
    """Send the rows of a file that could not be used, however many they are."""
    answer = StreamingHttpResponse(
        unusable.as_download(path, brought_as), content_type="text/csv; charset=utf-8; header=present"
    )
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=saved_as)
    return answer


def _decide(
    request: HttpRequest, version: DatasetVersion, deed: str, action: Callable[..., DatasetVersion]
) -> HttpResponse:
    if request.method != "POST":
        context: dict[str, Any] = {"table": version.dataset, "version": version, "deed": deed}
        context["is_own"] = deed == "accept" and _is_own(request, version)
        context["report"] = ImportReport.from_json(version.report)
        context["newer"] = _in_use_since(version) if deed == "accept" else None
        return render(request, "evidence/data_confirm.html", context)
    try:
        action(actor=request.user, version=version, now=timezone.now(), why=_why(request))
    except Obstacle as obstacle:
        messages.error(request, str(obstacle))
    else:
        messages.success(request, _done(deed) % {"number": version.number, "table": version.dataset.code})
    return redirect("evidence:data_set", code=version.dataset.code)


def _in_use_since(version: DatasetVersion) -> DatasetVersion | None:
    """The version in use, where the report of one that waits does not compare it with that one."""
    current = queries.current_version(version.dataset.code)
    is_other = current is not None and current.number != ImportReport.from_json(version.report).compared_with
    return current if version.waits and is_other else None


def _is_own(request: HttpRequest, version: DatasetVersion) -> bool:
    """Whether somebody else than the reader has to accept it."""
    return request.user.is_authenticated and queries.needs_second_person(version, request.user)


def _why(request: HttpRequest) -> str:
    """The reason for history; too long a one is cut, not refused, since the deed is what matters."""
    form = DeedForm({"why": request.POST.get("why", "")[:300]})
    return form.cleaned_data["why"] if form.is_valid() else ""


def _done(deed: str) -> str:
    if deed == "accept":
        return _("Version %(number)s of %(table)s is in use.")
    return _("Version %(number)s of %(table)s is rejected; its file and report are kept.")


def _with_open_files(request: HttpRequest, code: str, number: int) -> DatasetVersion:
    """A version whose files this reader may have: what nobody has accepted may have come here by mistake."""
    version = _version(code, number)
    if not version.is_published:
        require(request.user, "evidence.accept", version)
    return version


def _version(code: str, number: int) -> DatasetVersion:
    version = queries.dataset_version(code, number)
    if version is None:
        raise Http404(
            _("There is no version %(number)s of the table %(code)s.") % {"number": number, "code": code}
        )
    return version
