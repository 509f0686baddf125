"""Who did what, and when: everything for administrators, what concerns data for analysts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterpolisee.shell.accounts.access import allow
from clusterpolisee.shell.accounts.forms import DeedsForm
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.exports.tidy_csv import defused
from clusterpolisee.shell.history.deeds import Told, known_deeds, told
from clusterpolisee.shell.history.models import Event
from clusterpolisee.shell.history.queries import events_by

COLUMNS = ("at", "person", "email", "verb", "deed", "thing_kind", "thing_key", "thing", "details", "record")
CHUNK = 500


@allow("accounts.read_data_deeds")
@require_safe
def deeds(request: HttpRequest) -> HttpResponse:
    """The deeds that fit, newest first."""
    form, events = _asked_for(request)
    page = Paginator(events, 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": told(list(page)),
        "sees_all": may(request.user, "accounts.read_all_deeds"),
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/deeds.html", context)


@allow("accounts.read_data_deeds")
@require_safe
def deeds_file(request: HttpRequest) -> StreamingHttpResponse:
    """The same deeds as a file, all of them. No cell of it is a formula for a spreadsheet."""
    _form, events = _asked_for(request)
    answer = StreamingHttpResponse(_lines(events), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = 'attachment; filename="deeds.csv"'
    return answer


def _asked_for(request: HttpRequest) -> tuple[DeedsForm, QuerySet[Event]]:
    """The form as filled in, and what may be seen of what it asks for; what makes no sense is said and left aside."""
    data_only = not may(request.user, "accounts.read_all_deeds")
    known = known_deeds(about_data_only=data_only)
    form = DeedsForm(request.GET, deeds=known)
    form.is_valid()
    given = form.cleaned_data
    wanted = [(app, verb) for app, verb, _words in known if given.get("deed") in (f"{app}.{verb}", "", None)]
    return form, events_by(
        person=given.get("person", ""),
        deeds=wanted if data_only or given.get("deed") else None,
        first=given.get("first"),
        last=given.get("last"),
    )


class _Line:
    """What csv.writer writes into: the line is what it was given."""

    def write(self, line: str) -> str:
        return line


def _lines(events: QuerySet[Event]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    waiting: list[Event] = []
    for event in events.iterator(chunk_size=CHUNK):
        waiting.append(event)
        if len(waiting) == CHUNK:
            yield from _written(writer, told(waiting))
            waiting = []
    yield from _written(writer, told(waiting))


def _written(writer: Any, rows: Iterable[Told]) -> Iterator[str]:
    for row in rows:
        event = row.event
        cells = (
            event.at.isoformat(timespec="seconds"),
            event.actor_label,
            event.actor.email if event.actor else "",
            event.verb,
            row.deed,
            f"{event.app}.{event.kind}",
            event.key,
            row.thing,
            row.details,
            json.dumps(event.details, ensure_ascii=False),
        )
        yield writer.writerow([defused(str(cell)) for cell in cells])
