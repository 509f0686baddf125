"""What the documentation page shows: the OpenAPI description, read for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from clusterpolisee.shell.api.instance import ReadApi
from clusterpolisee.shell.api.limits import MEMBER, VISITOR
from clusterpolisee.shell.api.problems import KINDS, Kind


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    type: str
    rules: str
    about: str
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """One operation as the page tells it."""

    name: str
    path: str
    summary: str
    about: str
    parameters: tuple[Parameter, ...]
    formats: tuple[str, ...]
    statuses: tuple[str, ...]
    example: str
    curl: str


@dataclass(frozen=True)
class Group:
    title: str
    operations: tuple[Operation, ...]

    @property
    def key(self) -> str:
        """Its place on the page, the same in every language."""
        return f"about-{self.operations[0].name}"


@dataclass(frozen=True)
class Guide:
    """Everything on the page."""

    description: str
    groups: tuple[Group, ...]
    problems: tuple[Kind, ...]
    visitor: int
    member: int


def guide(api: ReadApi, language: str) -> Guide:
    told = api.description_in(language)
    operations = [_operation(path, one["get"]) for path, one in told["paths"].items()]
    by_group: dict[str, list[Operation]] = {tag["name"]: [] for tag in told["tags"]}
    for (_path, one), operation in zip(told["paths"].items(), operations, strict=True):
        by_group[one["get"]["tags"][0]].append(operation)
    return Guide(
        description=told["info"]["description"],
        groups=tuple(Group(title, tuple(found)) for title, found in by_group.items()),
        problems=tuple(KINDS.values()),
        visitor=settings.API_REQUESTS_PER_MINUTE[VISITOR],
        member=settings.API_REQUESTS_PER_MINUTE[MEMBER],
    )


def _operation(path: str, told: dict[str, Any]) -> Operation:
    example = told["x-example"]
    return Operation(
        name=told["operationId"],
        path=path,
        summary=told["summary"],
        about=told["description"],
        parameters=tuple(_parameters(told)),
        formats=tuple(told["responses"]["200"]["content"]),
        statuses=tuple(told["responses"]),
        example=example,
        curl=f"curl '{settings.SITE_ADDRESS}{example}'",
    )


def _parameters(told: dict[str, Any]) -> Iterator[Parameter]:
    """Those of the operation; lang, which every operation has, is told once at the top of the page."""
    for parameter in told["parameters"]:
        if parameter["name"] == "lang":
            continue
        schema = parameter["schema"]
        yield Parameter(
            name=parameter["name"],
            place=parameter["in"],
            type=_type(schema),
            rules=_rules(schema),
            about=parameter.get("description", ""),
            is_required=parameter["required"],
        )


def _type(schema: dict[str, Any]) -> str:
    plain = _plain(schema)
    kind = {"integer": _("whole number"), "boolean": _("true or false")}.get(plain.get("type", ""), _("text"))
    return _("%(kind)s, repeated for several") % {"kind": kind} if schema.get("type") == "array" else kind


def _rules(schema: dict[str, Any]) -> str:
    plain, said = _plain(schema), []
    if "enum" in plain:
        said.append(", ".join(str(one) for one in plain["enum"]))
    if "minimum" in plain and "maximum" in plain:
        said.append(f"{plain['minimum']}–{plain['maximum']}")
    if "maxItems" in schema:
        said.append(_("at most %(count)s") % {"count": schema["maxItems"]})
    if schema.get("default") not in (None, []):
        said.append(_("default: %(value)s") % {"value": schema["default"]})
    return "; ".join(said)


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of one value: of an optional one what it is when given, of a list what its entries are."""
    if "items" in schema:
        return _plain(schema["items"])
    given = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return given[0] if given else schema
