"""In which format somebody wants the answer: by the parameter format, else by the header Accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from clusterpolisee.shell.api.parameters import quoted
from clusterpolisee.shell.api.problems import Problem


@dataclass(frozen=True)
class Format:
    """A way to write an answer: its name as a parameter, its media type, and what that carries besides."""

    key: str
    media_type: str
    content_type: str


JSON = Format("json", "application/json", "application/json; charset=utf-8")
CSV = Format("csv", "text/csv", "text/csv; charset=utf-8; header=present")
JSON_STAT = Format(
    "json-stat", "application/vnd.json-stat+json", "application/vnd.json-stat+json; charset=utf-8"
)


def wanted_format(request: HttpRequest, offered: Sequence[Format], explicit: str | None = None) -> Format:
    """The format asked for; the first one offered where nothing is said. Raises the problem 406."""
    if explicit:
        return next(form for form in offered if form.key == explicit)
    media_type = request.get_preferred_type([form.media_type for form in offered])
    if media_type is None:
        raise Problem(
            406,
            _("This is not available as “%(asked)s”. Ask for one of these: %(offered)s.")
            % {
                "asked": quoted(request.headers.get("Accept", "")),
                "offered": ", ".join(form.media_type for form in offered),
            },
        )
    return next(form for form in offered if form.media_type == media_type)
