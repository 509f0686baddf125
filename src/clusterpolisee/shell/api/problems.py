"""What went wrong, told to programs and to the people behind them (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its name in addresses, its status, what it is called, what helps."""

    key: str
    status: int
    title: Any
    advice: Any


KINDS = {
    kind.status: kind
    for kind in (
        Kind(
            "malformed-request",
            400,
            _("The request cannot be read"),
            _("Send the header Authorization as “Bearer” and your token, and no body."),
        ),
        Kind(
            "token-not-accepted",
            401,
            _("The token is not accepted"),
            _(
                "Make a new token in your account, or leave the header Authorization out: reading needs no token."
            ),
        ),
        Kind(
            "not-allowed",
            403,
            _("This is not open to you"),
            _("The sentence in “detail” says which role is needed."),
        ),
        Kind(
            "not-found",
            404,
            _("There is no such thing"),
            _("The sentence in “detail” says what is missing and where the known ones are listed."),
        ),
        Kind("method-not-allowed", 405, _("The API only reads"), _("Use GET or HEAD.")),
        Kind(
            "no-such-format",
            406,
            _("The answer does not exist in this format"),
            _(
                "Ask for one of the formats named in “detail”, by the header Accept or by the parameter format."
            ),
        ),
        Kind(
            "data-changed",
            409,
            _("The data changed between two pages"),
            _("Begin again at the first page, or name the version you began with."),
        ),
        Kind(
            "unusable-parameter",
            422,
            _("A parameter cannot be used"),
            _("“errors” names each parameter and says what it may be."),
        ),
        Kind(
            "too-many-requests",
            429,
            _("Too many requests"),
            _("Wait as many seconds as Retry-After says. A member's token gives more requests a minute."),
        ),
        Kind(
            "server-error",
            500,
            _("Something broke on our side"),
            _("Nothing was lost. Try again later; if it stays, tell the people who run this platform."),
        ),
    )
}


@dataclass(frozen=True)
class Trouble:
    """One parameter and what is wrong with it."""

    parameter: str
    place: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {"parameter": self.parameter, "in": self.place, "detail": self.detail}


@dataclass
class Problem(Exception):
    """Raised anywhere below the door; the door turns it into the answer."""

    status: int
    detail: str
    errors: Sequence[Trouble] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def with_parameter(cls, parameter: str, detail: str, place: str = "query") -> Problem:
        return cls(422, detail, [Trouble(parameter, place, detail)])


class ProblemTrouble(Schema):
    """One parameter and what is wrong with it."""

    parameter: str
    place: str = Field(alias="in")
    detail: str


class ProblemAnswer(Schema):
    """RFC 9457. “type” leads to the explanation of the kind, “detail” is a sentence for people."""

    type: str = Field(json_schema_extra={"format": "uri"})
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemTrouble] = []


def problem_answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    kind = KINDS[problem.status]
    told = {
        "type": f"{settings.SITE_ADDRESS}{DOCS}#{kind.key}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": problem.detail,
        "instance": request.path[:300],
    }
    if problem.errors:
        told["errors"] = [trouble.as_json() for trouble in problem.errors]
    answer = HttpResponse(
        json.dumps(told, ensure_ascii=False) + "\n", status=kind.status, content_type=MEDIA_TYPE
    )
    answer["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        answer[name] = value
    return answer
