"""Derived indicators as analysts write them. Readers meet them among all indicators (views/indicators.py)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
    show_on_region_pages,
    start_derived,
    withdraw_derived,
    written_of,
)
from clusterpolisee.evidence.derived_forms import DerivedForm, initial_of
from clusterpolisee.evidence.derived_plans import published
from clusterpolisee.evidence.derived_preview import preview_of
from clusterpolisee.evidence.models import DerivedIndicator, DerivedVersion
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.history.deeds import told
from clusterpolisee.shell.history.queries import events_of
from regional_analytics.formulas import FUNCTIONS

EVENTS = 20


@public
@require_safe
def derived_list(request: HttpRequest) -> HttpResponse:
    """The workshop of analysts: what is being written, in use, withdrawn. Readers find them among all indicators."""
    if not may(request.user, "evidence.define"):
        return redirect(f"{reverse('evidence:indicators')}#derived")
    context = {
        "drafts": questions.drafts(),
        "definitions": published().values(),
        "withdrawn": questions.withdrawn(),
    }
    return render(request, "evidence/derived_list.html", context)


@public
@require_safe
def derived(request: HttpRequest, code: str) -> HttpResponse:
    """Where its page once was: now it is the page of an indicator; a first draft leads to its editor."""
    found = _found(code)
    is_seen = found.current_id is not None or found.last_withdrawn is not None
    if is_seen:
        query = request.META.get("QUERY_STRING", "")
        address = reverse("evidence:indicator", args=[found.code])
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    if may(request.user, "evidence.define"):
        return redirect("evidence:derived_edit", found.code)
    raise Http404(_("There is no indicator “%(code)s”.") % {"code": code})


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
    latest = latest or found.last_withdrawn
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
    return redirect("evidence:indicator", code)


@allow("evidence.define")
@require_POST
def derived_show(request: HttpRequest, code: str) -> HttpResponse:
    """Among the key indicators of regions, or not."""
    shown = request.POST.get("shown") == "yes"
    show_on_region_pages(actor=request.user, derived=_found(code), shown=shown, now=timezone.now())
    if shown:
        messages.success(request, _("Region pages and comparisons show it among the key indicators."))
    else:
        messages.success(request, _("Region pages and comparisons do not show it any more."))
    return redirect("evidence:derived_edit", code)


@allow("evidence.define")
@require_POST
def derived_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    try:
        withdraw_derived(actor=request.user, derived=_found(code), now=timezone.now())
    except CannotBeDefined as refusal:
        messages.warning(request, str(refusal))
        return redirect("evidence:derived_edit", code)
    messages.success(request, _("It is withdrawn. Its versions and what was cited from it stay."))
    return redirect("evidence:derived")


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
    return redirect("evidence:derived")


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
        "history": told(list(events_of(found)[:EVENTS])) if found else (),
        "functions": FUNCTIONS.values(),
        "names": sorted(known_names(code).items()),
    }
    return render(request, "evidence/derived_edit.html", context, status=422 if form.errors else 200)


def _found(code: str) -> DerivedIndicator:
    found = questions.derived_indicator(code)
    if found is None:
        raise Http404(_("There is no indicator “%(code)s”.") % {"code": code[:60]})
    return found
