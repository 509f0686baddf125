"""Bringing clusters in a file: upload, look at what it would do, apply."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from clusterpolisee.community import actions
from clusterpolisee.community.columns import documented_columns
from clusterpolisee.community.exports import rest_of
from clusterpolisee.community.forms import label_of, value_of
from clusterpolisee.community.models import ClusterFile
from clusterpolisee.community.plans import CHANGED, NEW, Plan, UnreadableFile
from clusterpolisee.community.reading import read_plan, read_text
from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.exports.downloads import content_disposition
from clusterpolisee.shell.history import comparing

PERMISSION = "community.import_clusters"
SHOWN = 200


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("CSV file"))


@allow(PERMISSION)
@require_http_methods(["GET", "POST"])
def cluster_import(request: HttpRequest) -> HttpResponse:
    """Hand in a file, and read which columns it may have."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            text = read_text(upload.read())
            plan = read_plan(text)
        except UnreadableFile as obstacle:
            form.add_error("file", str(obstacle))
        else:
            kept = actions.keep_file(actor=request.user, name=upload.name, text=text, seen=plan.seen)  # type: ignore[arg-type]
            return redirect("community:cluster_file", kept.pk)
    return render(request, "community/cluster_import.html", {"form": form, "columns": documented_columns()})


@allow(PERMISSION)
@require_http_methods(["GET", "POST"])
def cluster_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would do; a button does it. Afterwards, what it did."""
    file = get_object_or_404(ClusterFile, pk=pk)
    if file.applied_at is not None:
        return render(request, "community/cluster_file_applied.html", {"file": file})
    plan = read_plan(file.text)
    if request.method == "POST":
        return _apply(request, file, plan)
    context = {
        "file": file,
        "plan": plan,
        "counts": plan.counts,
        "to_write": plan.counts[NEW] + plan.counts[CHANGED],
        "new": plan.of_kind(NEW)[:SHOWN],
        "changed": [
            (row, comparing.in_words(row.differences, label_of, value_of))
            for row in plan.of_kind(CHANGED)[:SHOWN]
        ],
        "faults": plan.faults[:SHOWN],
    }
    return render(request, "community/cluster_file.html", context)


def _apply(request: HttpRequest, file: ClusterFile, plan: Plan) -> HttpResponse:
    def rest(outcome: actions.Outcome) -> str:
        return rest_of(plan, outcome.kept_aside, _meanwhile())

    try:
        outcome = actions.apply_file(actor=request.user, file=file, plan=plan, rest=rest)  # type: ignore[arg-type]
    except actions.FileApplied as obstacle:
        messages.error(request, str(obstacle))
    else:
        written = outcome.created + outcome.changed
        text = ngettext("%(count)s cluster is written.", "%(count)s clusters are written.", written)
        messages.success(request, text % {"count": written})
    return redirect("community:cluster_file", file.pk)


def _meanwhile() -> str:
    return _("Somebody changed this cluster after the preview, so the row was left out. Upload it again.")


@allow(PERMISSION)
@require_safe
def cluster_file_faults(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that cannot be taken, as they came, with their line and what is wrong."""
    file = get_object_or_404(ClusterFile, pk=pk)
    if file.applied_at is None:
        plan = read_plan(file.text)
        text = rest_of(plan, plan.of_kind("faulty"), "")
    else:
        text = file.text
    answer = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = content_disposition("clusters-faults", _("Rows not taken"), "csv")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
