"""Resources: the operations an app brings, each with what it declares.

datasets = Resource(_("Datasets"))

@datasets.read("/datasets/{code}", name="api_dataset", access="evidence.read", answers=OneDataset, errors=(404,), …)
def dataset(request, code: Code, query: Query[Reading]) -> HttpResponse: …
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from clusterpolisee.shell.api.formats import JSON, Format
from clusterpolisee.shell.api.problems import KINDS, MEDIA_TYPE

# What can happen to any request, whatever it asks for.
ALWAYS = (400, 401, 406, 422, 429)


@dataclass(frozen=True)
class Declared:
    """What an operation says about itself."""

    name: str
    path: str
    access: str
    errors: tuple[int, ...]
    formats: tuple[Format, ...]
    parameters: frozenset[str]
    lists: frozenset[str]
    example: str


class Resource(Router):
    """A ninja router whose operations say more than ninja asks for."""

    def __init__(self, title: Any) -> None:
        super().__init__(tags=[title])
        self.title = title
        self.declared: dict[str, Declared] = {}

    def read(
        self,
        path: str,
        *,
        name: str,
        access: str,
        answers: type[Schema],
        summary: Any,
        about: Any,
        example: str,
        errors: Sequence[int] = (),
        formats: Sequence[Format] = (JSON,),
    ) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
        """One operation. access: “public” or a permission; example: an address that works in the demo."""
        refused = () if access == "public" else (403,)
        all_errors = tuple(sorted({*ALWAYS, *refused, *errors}))
        register = self.get(
            path,
            response={200: answers},
            url_name=name,
            operation_id=name.removeprefix("api_"),
            summary=summary,
            description=about,
            openapi_extra=_described(access, all_errors, formats, example),
        )

        def declare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
            register(view)
            queries = [
                model
                for model in view._ninja_operation.models  # type: ignore[attr-defined]
                if model.__ninja_param_source__ == "query"
            ]
            self.declared[name] = Declared(
                name=name,
                path=path,
                access=access,
                errors=all_errors,
                formats=tuple(formats),
                parameters=frozenset(key for model in queries for key in model.__ninja_flatten_map__),
                lists=frozenset(key for model in queries for key in model.__ninja_collection_fields__),
                example=example,
            )
            return view

        return declare


def _described(access: str, errors: Sequence[int], formats: Sequence[Format], example: str) -> dict[str, Any]:
    """What OpenAPI is told beyond ninja's own: every format, every problem, every header, who may ask."""
    texts = {
        form.media_type: {"schema": {"type": "string" if form.key == "csv" else "object"}}
        for form in formats
        if form is not JSON
    }
    problem = {"$ref": "#/components/schemas/ProblemAnswer"}
    responses: dict[int, Any] = {
        200: {"description": _("The answer"), "content": texts, "headers": _HEADERS},
        304: {"description": _("You have these very bytes already (If-None-Match)")},
    }
    for status in errors:
        responses[status] = {
            "description": KINDS[status].title,
            "content": {MEDIA_TYPE: {"schema": problem}},
        }
    responses[429]["headers"] = {"Retry-After": _number(_("Seconds until the next request"))}
    return {
        "responses": responses,
        "security": [{}, {"token": []}],
        "x-access": access,
        "x-example": example,
    }


def _text(description: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


def _number(description: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "integer"}}


_HEADERS = {
    "ETag": _text(_("Known by the data version: send it back as If-None-Match")),
    "RateLimit": _text(_("What is left of this minute")),
    "RateLimit-Policy": _text(_("How many requests a minute there are")),
}
