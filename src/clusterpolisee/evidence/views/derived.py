"""Derived indicators: what there is, what each means, and the editor for analysts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from clusterpolisee.evidence import derived as questions
from clusterpolisee.evidence.defining import (
    CannotBeDefined,
    discard_draft,
    known_names,
    publish_derived,
    save_draft,
    start_derived,
    written_of,
)
from clusterpolisee.evidence.derived_forms import DerivedForm, initial_of
from clusterpolisee.evidence.derived_preview import preview_of, rows_of
from clusterpolisee.evidence.derived_tables import NotComputable, plan_of, table_of
from clusterpolisee.evidence.models import DerivedIndicator, DerivedVersion
from clusterpolisee.regions.queries import current_vintage
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.history.queries import events_of
from regional_analytics.formulas import FUNCTIONS


@public
@require_safe
def derived_list(request: HttpRequest) -> HttpResponse:
    """What is published; for analysts also what is being written."""
    may_define = may(request.user, "evidence.define")
    context = {
        "definitions": [(one, questions.words_of(one)) for one in questions.published()],
        "drafts": questions.drafts() if may_define else (),
        "may_define": may_define,
    }
    return render(request, "evidence/derived_list.html", context)


@public
@require_safe
def derived(request: HttpRequest, code: str) -> HttpResponse:
    """One derived indicator: its formula, its parts with their sources, its values, its versions."""
    found, may_define = _found(code), may(request.user, "evidence.define")
    if found.current is None and not may_define:
        raise Http404(_("There is no indicator “%(code)s”.") % {"code": code})
    versions = found.versions.exclude(state=DerivedVersion.State.DISCARDED).select_related("published_by")
    context = {
        "derived": found,
        "versions": [one for one in versions if may_define or one.state != DerivedVersion.State.DRAFT],
        "draft": versions.filter(state=DerivedVersion.State.DRAFT).first() if may_define else None,
        "may_define": may_define,
        "events": events_of(found)[:20] if may_define else (),
        **(_shown(found.current, request.GET.get("year", "")) if found.current else {}),
    }
    return render(request, "evidence/derived.html", context)


def _shown(current: DerivedVersion, asked: str) -> dict[str, object]:
    """The published definition with its values in the year asked for, else in a well known one."""
    told: dict[str, object] = {
        "definition": current,
        "words": questions.words_of(current),
        "parts": [(part, questions.name_of_part(part)) for part in questions.parts_of(current)],
    }
    try:
        plan, sources = plan_of(current)
    except NotComputable as missing:
        return {**told, "missing": missing.code}
    table = table_of(plan, 2, current_vintage())
    years = table.years_with_values
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    chosen = year if year in years else questions.well_known_year(table)
    rows = rows_of(table, chosen) if chosen else []
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0) * (current.direction or 1), row.code))
    refs = [(row, questions.ref_of(current.code, row.code, chosen)) for row in rows if chosen]
    return {
        **told,
        "sources": sources,
        "years": years,
        "year": chosen,
        "rows": refs,
        "parts_count": len(table.result.parts),
        "known": sum(row.value is not None for row in rows),
    }


@allow("evidence.define")
@require_http_methods(["GET", "HEAD", "POST"])
def derived_new(request: HttpRequest) -> HttpResponse:
    """Begin one: “check” only looks, “save” keeps a draft."""
    form = DerivedForm(request.POST or None, is_new=True)
    if request.method != "POST" or not form.is_valid():
        return _editor(request, form, None)
    if request.POST.get("deed") == "check":
        return _editor(request, form, None, checked=True)
    code = form.cleaned_data["code"]
    try:
        start_derived(actor=request.user, code=code, written=form.written, now=timezone.now())
    except CannotBeDefined as refusal:
        form.add_error("code", str(refusal))
        return _editor(request, form, None)
    messages.success(request, _("The draft is kept. Publish it when it says what you mean."))
    return redirect("evidence:derived_edit", code)


@allow("evidence.define")
@require_http_methods(["GET", "HEAD", "POST"])
def derived_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Write on: the draft, or a new one from what is published."""
    found = _found(code)
    latest = found.versions.filter(state=DerivedVersion.State.DRAFT).first() or found.current
    form = DerivedForm(request.POST or None, is_new=False, initial=initial_of(latest) if latest else {})
    if request.method == "POST" and form.is_valid() and request.POST.get("deed") != "check":
        save_draft(actor=request.user, derived=found, written=form.written, now=timezone.now())
        messages.success(request, _("The draft is kept. Publish it when it says what you mean."))
        return redirect("evidence:derived_edit", code)
    checked = request.method == "POST" and form.is_valid()
    return _editor(request, form, found, checked=checked, stored=latest)


@allow("evidence.define")
@require_GET
def derived_check(request: HttpRequest) -> HttpResponse:
    """The part of the editor that tells what a formula says, for the script that asks while one types."""
    form = DerivedForm(request.GET, is_new=False)
    form.is_valid()
    for name in [name for name in form.errors if name not in ("formula", "weights")]:
        del form.errors[name]
    preview = None if form.errors else preview_of(form.sketch, code=request.GET.get("own_code", "")[:60])
    context = {"form": form, "preview": preview}
    answer = render(request, "evidence/_derived_preview.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@allow("evidence.define")
@require_POST
def derived_publish(request: HttpRequest, code: str) -> HttpResponse:
    try:
        version = publish_derived(actor=request.user, derived=_found(code), now=timezone.now())
    except CannotBeDefined as refusal:
        messages.warning(request, str(refusal))
        return redirect("evidence:derived_edit", code)
    messages.success(request, _("Version %(number)s is published.") % {"number": version.number})
    return redirect("evidence:derived_indicator", code)


@allow("evidence.define")
@require_POST
def derived_discard(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(code)
    try:
        discard_draft(actor=request.user, derived=found, now=timezone.now())
    except CannotBeDefined as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The draft is put aside."))
    return redirect("evidence:derived_indicator", code) if found.current else redirect("evidence:derived")


def _editor(
    request: HttpRequest,
    form: DerivedForm,
    found: DerivedIndicator | None,
    *,
    checked: bool = False,
    stored: DerivedVersion | None = None,
) -> HttpResponse:
    code = found.code if found else ""
    preview = None
    if checked:
        preview = preview_of(form.written, code=code)
    elif stored is not None and not form.is_bound:
        preview = preview_of(written_of(stored), code=code)
    context = {
        "form": form,
        "derived": found,
        "draft": stored if stored and stored.state == DerivedVersion.State.DRAFT else None,
        "preview": preview,
        "functions": FUNCTIONS.values(),
        "names": sorted(known_names(code).items()),
    }
    return render(request, "evidence/derived_edit.html", context, status=422 if form.errors else 200)


def _found(code: str) -> DerivedIndicator:
    found = questions.derived_indicator(code)
    if found is None:
        raise Http404(_("There is no indicator “%(code)s”.") % {"code": code[:60]})
    return found
