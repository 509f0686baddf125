"""One API made of the resources the apps bring: its addresses and its description."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from ninja.responses import NinjaJSONEncoder

from clusterpolisee import __version__
from clusterpolisee.shell.accounts.access import PUBLIC
from clusterpolisee.shell.api.answers import json_answer
from clusterpolisee.shell.api.door import door
from clusterpolisee.shell.api.parameters import Reading, problem_of
from clusterpolisee.shell.api.problems import Problem, ProblemAnswer
from clusterpolisee.shell.api.resource import Declared, Resource

PREFIX = "api/v1/"
VERSION = "1"


class Link(Schema):
    """One operation and where it is."""

    name: str
    summary: str
    address: str


class Start(Schema):
    """What can be read here."""

    title: str
    version: str
    description: str
    documentation: str
    catalogue: str
    operations: list[Link]


class ReadApi(NinjaAPI):
    """Reading, for everyone: resources in, addresses and a description out."""

    def __init__(
        self, *, title: Any, description: Any, catalogue: str, resources: Sequence[Resource]
    ) -> None:
        super().__init__(
            title=title,
            version=VERSION,
            description=description,
            urls_namespace="api",
            openapi_url=None,
            docs_url=None,
        )
        self.catalogue = catalogue
        self.resources = (*resources, self._start())
        for resource in self.resources:
            self.add_router("", resource)

    @property
    def declared(self) -> dict[str, Declared]:
        """Every operation by its name."""
        return {name: one for resource in self.resources for name, one in resource.declared.items()}

    def addresses(self) -> list[URLPattern]:
        """Every operation behind the door; whatever else stands below the prefix is a problem, never a page."""
        found = []
        for pattern in self.urls[0]:
            if declared := self.declared.get(pattern.name or ""):
                pattern.callback = door(pattern.callback, declared)
                found.append(pattern)
        return [
            *found,
            path("openapi.json", door(self._openapi, None), name="api_openapi"),
            re_path(r"^.*$", door(_no_such_address, None), name="api_elsewhere"),
        ]

    def on_exception(self, request: HttpRequest, mistake: Any) -> HttpResponse:
        """Nothing is answered here: the door tells every problem in the same form."""
        if isinstance(mistake, ValidationError):
            raise problem_of(mistake.errors) from mistake
        raise mistake

    def description_in(self, language: str) -> dict[str, Any]:
        """The OpenAPI description; the same for the life of the process."""
        return _description(self, language)

    def _openapi(self, request: HttpRequest) -> HttpResponse:
        return json_answer(request, self.description_in(get_language() or "en"))

    def _start(self) -> Resource:
        start = Resource(gettext_lazy("Start"))

        @start.read(
            "/",
            name="api_start",
            access=PUBLIC,
            answers=Start,
            summary=gettext_lazy("What can be read"),
            about=gettext_lazy("Every operation with its address."),
            example=f"/{PREFIX}",
        )
        def start_here(request: HttpRequest, query: Query[Reading]) -> HttpResponse:
            described = self.description_in(get_language() or "en")
            operations = [
                {
                    "name": told["get"]["operationId"],
                    "summary": told["get"]["summary"],
                    "address": settings.SITE_ADDRESS + where,
                }
                for where, told in described["paths"].items()
            ]
            return json_answer(
                request,
                {
                    "title": described["info"]["title"],
                    "version": VERSION,
                    "description": described["info"]["description"],
                    "documentation": f"{settings.SITE_ADDRESS}/{PREFIX}docs",
                    "catalogue": settings.SITE_ADDRESS + self.catalogue,
                    "operations": operations,
                },
            )

        return start


def _no_such_address(request: HttpRequest, **given: Any) -> HttpResponse:
    raise Problem(
        404,
        _("There is nothing at this address. The list of operations is at /%(prefix)s.") % {"prefix": PREFIX},
    )


@lru_cache(maxsize=32)
def _description(api: ReadApi, language: str) -> dict[str, Any]:
    """Ninja's description as plain values in the active language, with the problems and tokens it does not know of."""
    told = api.get_openapi_schema(path_prefix=PREFIX)
    problem = ProblemAnswer.model_json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    told["components"]["schemas"] |= {**problem.pop("$defs", {}), "ProblemAnswer": problem}
    told["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": _(
                "A token made in your account. Reading needs none; with one you may ask more often."
            ),
        }
    }
    told["info"] |= {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}, "x-software": __version__}
    told["servers"] = [{"url": settings.SITE_ADDRESS}]
    told["externalDocs"] = {"url": f"{settings.SITE_ADDRESS}/{PREFIX}docs"}
    told["tags"] = [{"name": resource.title} for resource in api.resources]
    for operations in told["paths"].values():
        for operation in operations.values():
            _one_by_one(operation)
    return json.loads(json.dumps(told, cls=NinjaJSONEncoder))


def _one_by_one(operation: dict[str, Any]) -> None:
    """Titles that only repeat a name are left out, and lists are said to be repeated parameters."""
    for parameter in operation["parameters"]:
        parameter["schema"].pop("title", None)
        parameter["schema"].pop("description", None)
        if examples := parameter.pop(
            "examples", None
        ):  # a list in JSON Schema, where it stays; here one is enough
            parameter["example"] = examples[0]
        if parameter["schema"].get("type") == "array":
            parameter |= {"style": "form", "explode": True}
