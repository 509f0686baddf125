"""Bringing a file in the browser: choose it, say what it holds, look at what it would change, bring it. Step by step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterpolisee.evidence import import_forms as forms
from clusterpolisee.evidence import queries
from clusterpolisee.evidence.importing import actions, background, conversion, readout, steps, working
from clusterpolisee.evidence.importing.pages import CodesPage, ColumnsPage, sheet_choices
from clusterpolisee.evidence.importing.readout import LOOKED_AT
from clusterpolisee.evidence.importing.refusals import COMMAND, NotReadYet, StepNotPossible
from clusterpolisee.evidence.importing.size_limit import was_too_large
from clusterpolisee.evidence.models import Upload
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.evidence.report import ImportReport
from clusterpolisee.evidence.views.data import rejected_rows
from clusterpolisee.shell.accounts.access import allow

GET_OR_POST = ["GET", "HEAD", "POST"]
PREVIEWED = 15  # rows under the header
View = Callable[..., HttpResponseBase]


def of_own_upload(view: View) -> View:
    """Give the view the upload the address names, if it is the reader's; what stands in the way becomes a message."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponseBase:
        upload = queries.upload(request.user, token)
        if upload is None:
            raise Http404(_("You are bringing no file at this address."))
        if not upload.is_draft:
            return to_version(request, upload)
        try:
            return view(request, upload)
        except NotReadYet:
            return redirect("evidence:import_work", token)
        except StepNotPossible as obstacle:
            messages.error(request, str(obstacle))
            return redirect(steps.address(upload, steps.next_step(upload)))

    return guarded


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
def import_start(request: HttpRequest) -> HttpResponse:
    """Choose a file, or go on with one."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if was_too_large(request):
            form = forms.UploadForm()
            messages.error(
                request,
                _(
                    "The file is larger than %(limit)s MB and was not kept. Bring a part of it, or pack it with gzip; whoever runs this site can bring it whole, by “%(command)s”."
                )
                % {"limit": settings.IMPORT_LIMIT_MB, "command": COMMAND},
            )
        elif form.is_valid():
            file: TemporaryUploadedFile = form.cleaned_data["file"]
            try:
                upload = actions.keep_upload(
                    actor=request.user,
                    file=Path(file.temporary_file_path()),
                    name=file.name or "",
                    now=timezone.now(),
                )
            except Obstacle as obstacle:
                form.add_error("file", str(obstacle))
            else:
                return redirect(upload)
    context = {
        "form": form,
        "uploads": queries.unfinished_uploads(request.user),
        "limit": settings.IMPORT_LIMIT_MB,
    }
    return render(request, "evidence/import_start.html", context)


@allow("evidence.import")
@require_safe
@of_own_upload
def import_resume(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Where it was left; where a worker is at it, the page that shows how far it is."""
    if (job := queries.work_on(upload)) and job.is_unfinished:
        return redirect("evidence:import_work", upload.token)
    return redirect(steps.address(upload, steps.next_step(upload)))


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_table(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Which table the file belongs to: recognised, chosen, or described now."""
    recognised = None if upload.dataset else readout.recognised(upload)
    form = forms.TableForm(request.POST or None, initial={"dataset": upload.dataset or recognised})
    if form.is_valid():
        actions.choose_table(
            actor=request.user, upload=upload, table=form.cleaned_data["dataset"], now=timezone.now()
        )
        return _on(upload, steps.TABLE)
    return step_page(request, upload, steps.TABLE, form=form, recognised=recognised)


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_new_table(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Describe a table nobody has described yet."""
    form = forms.NewTableForm(request.POST or None)
    if form.is_valid():
        try:
            new = actions.NewTable(**form.cleaned_data)
            table = actions.create_table(actor=request.user, new=new, now=timezone.now())
        except Obstacle as obstacle:
            form.add_error("code", str(obstacle))
        else:
            actions.choose_table(actor=request.user, upload=upload, table=table, now=timezone.now())
            return _on(upload, steps.TABLE)
    return step_page(request, upload, steps.TABLE, template="new_table", form=form)


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_sheet(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Where in the file the table stands: which sheet, which header rows."""
    readout.table_of(upload)
    is_workbook = upload.format == readout.WORKBOOK
    context: dict[str, Any] = {}
    try:
        if is_workbook:
            book = readout.book_of(upload)
            context |= {"book": book, "sheet_form": _sheet_form(request, upload, book)}
            if request.method == "POST" and "sheet" in request.POST and context["sheet_form"].is_valid():
                place = context["sheet_form"].cleaned_data["sheet"]
                actions.choose_sheet(actor=request.user, upload=upload, place=place, now=timezone.now())
                return redirect(steps.address(upload, steps.SHEET))
        if not is_workbook or "sheet" in upload.choices:
            header = tuple(upload.choices.get("header", ())) or readout.guessed_header(upload)
            look = readout.look_at(upload, header)
            asked = request.method == "POST" and "first" in request.POST
            form = forms.HeaderForm(
                request.POST if asked else None, initial={"first": header[0], "last": header[1]}
            )
            if form.is_valid():
                first, last = form.cleaned_data["first"], form.cleaned_data["last"]
                actions.choose_header(
                    actor=request.user, upload=upload, first=first, last=last, now=timezone.now()
                )
                go_on = "preview" not in request.POST
                return _on(upload, steps.SHEET) if go_on else redirect(steps.address(upload, steps.SHEET))
            context |= {"form": form, "look": look, "rows": look.preview(PREVIEWED)}
    except StepNotPossible:
        raise
    except Obstacle as obstacle:
        context["obstacle"] = str(obstacle)
    return step_page(request, upload, steps.SHEET, **context)


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_columns(request: HttpRequest, upload: Upload) -> HttpResponse:
    """What each column holds: guessed or remembered, corrected by a person."""
    if "header" not in upload.choices:
        raise StepNotPossible(_("Say first in which lines the header stands."))
    page = ColumnsPage(upload, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            actions.map_columns(actor=request.user, upload=upload, mapping=page.mapping, now=timezone.now())
            if not upload.is_long:  # a long one is being read already, and says itself what stands in the way
                readout.read(upload)
        except StepNotPossible:
            raise
        except Obstacle as obstacle:
            page.obstacle = str(obstacle)
        else:
            return _on(upload, steps.COLUMNS)
    return step_page(request, upload, steps.COLUMNS, page=page)


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_codes(request: HttpRequest, upload: Upload) -> HttpResponse:
    """What texts mean that are no codes."""
    obstacle = ""
    if request.method == "POST":
        try:
            said = CodesPage.said(request.POST)
            actions.decide_codes(actor=request.user, upload=upload, decisions=said, now=timezone.now())
        except StepNotPossible:
            raise
        except Obstacle as refused:
            obstacle = str(refused)
        else:
            later = CodesPage.left_for_later(request.POST, said)
            return redirect(f"{steps.address(upload, steps.CODES)}?forward={later}")
    try:
        page = CodesPage(upload)
    except StepNotPossible:
        raise
    except Obstacle as refused:
        return step_page(request, upload, steps.CODES, obstacle=str(refused))
    if "forward" in request.GET and not page.is_asking(request.GET["forward"]):
        return _on(upload, steps.CODES)
    return step_page(request, upload, steps.CODES, page=page, obstacle=obstacle)


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_vintage(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Carry the figures to the table's vintage of NUTS, or not; with what that would mean."""
    table = readout.table_of(upload)
    offer = conversion.offer(readout.places(upload), table)
    if offer is None:
        if "forward" in request.GET:
            return _on(upload, steps.VINTAGE)
        return step_page(request, upload, steps.VINTAGE)
    chosen = {"do": "", "kind": conversion.default_kind(table), "weight": conversion.WEIGHTS[0]}
    chosen |= upload.choices.get("conversion", {})
    form = forms.VintageForm(request.POST or None, initial=chosen)
    if form.is_valid():
        said = form.cleaned_data
        actions.choose_vintage(actor=request.user, upload=upload, now=timezone.now(), **said)
        if "preview" not in request.POST:
            return _on(upload, steps.VINTAGE)
        chosen |= said
    shown, year = readout.shown(upload)
    converted = conversion.convert(
        shown, from_=offer.from_, to=offer.to, kind=chosen["kind"], weight=chosen["weight"]
    )
    return step_page(
        request, upload, steps.VINTAGE, form=form, offer=offer, converted=converted,
        sentence=converted.sentence(offer.from_, offer.to), year=year,
    )  # fmt: skip


@allow("evidence.import")
@require_http_methods(GET_OR_POST)
@of_own_upload
def import_check(request: HttpRequest, upload: Upload) -> HttpResponse:
    """What the file would change, and bringing it."""
    table = readout.table_of(upload)
    initial = {
        "licence": table.licence,
        "url": table.address,
        "retrieved_on": timezone.localdate(),
        **upload.source,
    }
    deed = request.POST.get("deed", "")
    form = forms.SourceForm(request.POST if deed == "check" else None, initial=initial)
    obstacle = ""
    try:
        if deed == "bring" and upload.is_long:
            background.begin_bringing(actor=request.user, upload=upload, now=timezone.now())
            return redirect("evidence:import_work", upload.token)
        if deed == "bring":
            actions.bring_upload(actor=request.user, upload=upload, now=timezone.now())
            return to_version(request, upload)
        if deed == "check" and form.is_valid():
            now = timezone.now()
            actions.describe_source(actor=request.user, upload=upload, now=now, **form.cleaned_data)
            if upload.is_long:
                background.begin_check(actor=request.user, upload=upload, now=now)
                return redirect("evidence:import_work", upload.token)
            actions.check_upload(actor=request.user, upload=upload, now=now)
            return redirect(f"{steps.address(upload, steps.CHECK)}#report")
    except StepNotPossible:
        raise
    except Obstacle as refused:
        obstacle = str(refused)
    is_fresh = upload.checked.get("of") == readout.fingerprint(upload)
    report = ImportReport.from_json(upload.checked["report"]) if is_fresh and not obstacle else None
    return step_page(
        request, upload, steps.CHECK, form=form, obstacle=obstacle, report=report,
        is_stale=bool(upload.checked) and not is_fresh, checked=upload.checked,
        has_rejected=bool(report and report.rejected), needs_second=queries.asks_second_person(table),
    )  # fmt: skip


@allow("evidence.import")
@require_safe
@of_own_upload
def import_rejected(request: HttpRequest, upload: Upload) -> StreamingHttpResponse:
    """The rows the last check set aside, with line and reason."""
    path = working.rejected_path(upload)
    if not path.exists():
        raise Http404(_("No check has set rows aside."))
    return rejected_rows(path, upload.name, f"{Path(upload.name).stem}-rejected.csv")


@allow("evidence.import")
@require_POST
@of_own_upload
def import_discard(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Throw an unfinished file away."""
    actions.discard_upload(actor=request.user, upload=upload, now=timezone.now())
    messages.success(request, _("“%(name)s” was thrown away.") % {"name": upload.name})
    return redirect("evidence:import_start")


def _sheet_form(request: HttpRequest, upload: Upload, book: Any) -> forms.SheetForm:
    visible = next((sheet.place for sheet in book.sheets if not sheet.is_hidden), 0)
    asked = request.method == "POST" and "sheet" in request.POST
    return forms.SheetForm(
        request.POST if asked else None,
        sheets=sheet_choices(book),
        initial={"sheet": upload.choices.get("sheet", visible)},
    )


def step_page(
    request: HttpRequest, upload: Upload, step: str, *, template: str = "", **context: Any
) -> HttpResponse:
    """The page of a step, with the bar of all steps."""
    given = {
        "upload": upload,
        "table": upload.dataset,
        "steps": steps.steps_of(upload, step),
        "looked_at": LOOKED_AT,
    }
    return render(request, f"evidence/import_{template or step}.html", {**given, **context})


def _on(upload: Upload, step: str) -> HttpResponse:
    """To the step after this one; steps that have nothing to ask lead on by themselves."""
    return redirect(f"{steps.address(upload, steps.after(upload, step))}?forward=first")


def to_version(request: HttpRequest, upload: Upload) -> HttpResponse:
    if upload.version is None:
        messages.info(request, _("“%(name)s” was thrown away.") % {"name": upload.name})
        return redirect("evidence:import_start")
    version = upload.version
    messages.success(
        request,
        _("“%(name)s” is version %(number)s of %(table)s (%(state)s).")
        % {
            "name": upload.name,
            "number": version.number,
            "table": version.dataset.code,
            "state": version.get_state_display(),
        },
    )
    return redirect("evidence:data_version", code=version.dataset.code, number=version.number)
