"""Parameters: the shapes operations share, and what is said about those that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from clusterpolisee.shell.api.problems import Problem, Trouble

DEFAULT_LANGUAGE = "en"
FIRST_YEAR, LAST_YEAR = 1900, 2200
Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]  # type: ignore[valid-type]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, examples=[2015])]
_LONGEST_QUOTE = 60


def one_of(years: Sequence[int], example: int) -> Any:
    """The type of a parameter that has to be one of these years."""

    def is_known(year: int) -> int:
        if year not in years:
            raise PydanticCustomError("literal_error", "not known", {"expected": ", ".join(map(str, years))})
        return year

    return Annotated[
        int, AfterValidator(is_known), Field(json_schema_extra={"enum": list(years)}, examples=[example])
    ]


class Reading(Schema):
    """What every operation understands."""

    lang: Language = Field(  # type: ignore[valid-type]
        DEFAULT_LANGUAGE, description=gettext_lazy("The language of names, titles and problems.")
    )


def language_of(request: HttpRequest) -> str:
    """The language asked for, known or not: what is not offered is refused later, in English."""
    try:
        asked = request.GET.get("lang", "")
    except TooManyFieldsSent:
        asked = ""
    return asked if asked in dict(settings.LANGUAGES) else DEFAULT_LANGUAGE


def check_names(request: HttpRequest, *, known: Collection[str], lists: Collection[str]) -> None:
    """Every parameter is one the operation knows, and only lists are given more than once."""
    try:
        given = request.GET
    except TooManyFieldsSent:
        raise _too_many(request) from None
    troubles = [Trouble(quoted(name), "query", _unknown(name, known)) for name in given if name not in known]
    troubles += [
        Trouble(name, "query", _("Give “%(name)s” once.") % {"name": name})
        for name in given
        if name in known and name not in lists and len(given.getlist(name)) > 1
    ]
    if troubles:
        raise Problem(422, " ".join(trouble.detail for trouble in troubles[:3]), troubles[:20])


def _too_many(request: HttpRequest) -> Problem:
    """Django does not read a query of more parameters than its setting allows; say which one it was."""
    names = [name for name, _value in parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)]
    most = max(set(names), key=names.count, default="")
    return Problem.with_parameter(
        quoted(most),
        _("“%(name)s” is given %(count)s times. Ask in several requests.")
        % {"name": quoted(most), "count": names.count(most)},
    )


def _unknown(name: str, known: Collection[str]) -> str:
    return _("There is no parameter “%(name)s” here. The known ones: %(known)s.") % {
        "name": quoted(name),
        "known": ", ".join(sorted(known)),
    }


def problem_of(errors: Sequence[dict[str, Any]]) -> Problem:
    """The errors of the schema as one problem. An unusable part of the address is an address that leads nowhere."""
    troubles = [_trouble(error) for error in errors]
    status = 404 if any(trouble.place == "path" for trouble in troubles) else 422
    return Problem(status, " ".join(trouble.detail for trouble in troubles[:3]), troubles[:20])


def _trouble(error: dict[str, Any]) -> Trouble:
    place, *rest = error["loc"]
    names = [part for part in rest if isinstance(part, str)]
    name = names[-1] if names else str(place)
    return Trouble(name, str(place), _sentence(name, error["type"], error.get("ctx") or {}))


def _sentence(name: str, kind: str, context: dict[str, Any]) -> str:
    """What the parameter may be, in the reader's language."""
    told = {
        "missing": _("“%(name)s” has to be given."),
        "int_parsing": _("“%(name)s” has to be a whole number."),
        "int_parsing_size": _("“%(name)s” has to be a whole number of reasonable size."),
        "int_from_float": _("“%(name)s” has to be a whole number."),
        "bool_parsing": _("“%(name)s” has to be true or false."),
        "greater_than_equal": _("“%(name)s” has to be %(ge)s or more."),
        "less_than_equal": _("“%(name)s” has to be %(le)s or less."),
        "literal_error": _("“%(name)s” has to be one of these: %(expected)s."),
        "string_too_long": _("“%(name)s” is longer than %(max_length)s characters."),
        "string_too_short": _("“%(name)s” is shorter than %(min_length)s characters."),
        "too_long": _("“%(name)s” may be given %(max_length)s times at most; ask in several requests."),
        "too_short": _("“%(name)s” has to be given."),
        "string_pattern_mismatch": _(
            "“%(name)s” is not written as it should be (%(pattern)s). To give several, repeat the parameter."
        ),
    }.get(kind, _("“%(name)s” cannot be used."))
    known = {key: str(value).replace(" or ", ", ").replace("'", "") for key, value in context.items()}
    return told % {"name": name, **known}


def quoted(text: str) -> str:
    """Something a stranger wrote, short and without control characters, fit to be shown."""
    shown = re.sub(r"[^\x20-\x7e\u00a0-\u024f\u0370-\u04ff]", "�", text)
    return shown if len(shown) <= _LONGEST_QUOTE else f"{shown[:_LONGEST_QUOTE]}…"
