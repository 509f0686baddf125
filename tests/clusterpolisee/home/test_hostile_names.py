"""A name is text, whoever wrote it: on every page, in every picture and in every file that leaves the platform."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import openpyxl
import pytest
import rdflib
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.test import Client

from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.roles import Role
from journeys.page_types import OWN_PAGE_TYPES, PAGE_TYPES

NASTY = '=HYPERLINK("//x.example",1)</script><script>alert(1)</script><img src=x onerror=alert(1)>]]>\'"&{{1}}${1}'
FLOORS = ("evidence", "community", "regions", "classifications", "accounts")
# What people write: texts by language wherever they stand, and these fields of one text.
BY_LANGUAGE = {
    "labels",
    "short_labels",
    "explanation",
    "unit_labels",
    "names",
    "short",
    "description",
    "descriptions",
    "notes",
    "note",
    "services",
    "publisher_names",
}
OF_ONE_TEXT = {
    *(
        "name",
        "title",
        "missing",
        "why",
        "reason",
        "publisher",
        "licence",
        "attribution",
        "weights_name",
        "raw_name",
    ),
    *(
        "name_native",
        "name_latin",
        "name_en",
        "name_bg",
        "aliases",
        "address",
        "phone",
        "manager_name",
        "source",
    ),
    *("manager_contact", "source_note", "source_url", "note"),
}
FILE = re.compile(r"\.(csv|xlsx|json|svg|ttl|jsonld|rdf|bib|ris)$")
FORMULA = re.compile(r"^[=+\-@\t\r]")


def plant() -> int:
    """Every name there is becomes the same nasty one; how many fields that were."""
    planted = 0
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.JSONField) and field.name in BY_LANGUAGE:
                planted += model._default_manager.update(**{field.name: {"en": NASTY, "bg": NASTY}})
            elif isinstance(field, models.CharField) and field.name in OF_ONE_TEXT and not field.unique:
                with contextlib.suppress(IntegrityError), transaction.atomic():  # of two things with one name
                    planted += model._default_manager.update(**{field.name: NASTY[: field.max_length]})
    return planted


class _Looking(HTMLParser):
    """What of a page would run or load, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.told: list[str] = []
        self._is_told = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = given.get("type") or ""
        if tag == "script" and not given.get("src") and "json" not in kind:
            self.wrong.append("a script in the page")
        self._is_told = tag == "script" and "json" in kind
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.wrong += [
            f"{tag} {name}={value}"
            for name, value in given.items()
            if name in ("href", "src", "action")
            and re.match(r"\s*(javascript|data):", value or "", re.IGNORECASE)
        ]
        if given.get("src") == "x":
            self.wrong.append("a picture out of a name")
        self.links += [given["href"] or ""] if given.get("href") else []

    def handle_data(self, data: str) -> None:
        if self._is_told:
            self.told.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_told = False


def wrong_on_page(text: str) -> tuple[list[str], list[str]]:
    looking = _Looking()
    looking.feed(text)
    looking.close()
    for told in looking.told:
        json.loads(told)
    return looking.wrong, looking.links


def wrong_in_file(kind: str, content: bytes) -> list[str]:
    if kind == "svg":
        return [
            f"{element.tag} {name}"
            for element in ElementTree.fromstring(content).iter()
            for name in [*element.attrib, element.tag]
            if re.sub(r"\{.*\}", "", name).lower().startswith(("on", "script", "foreignobject"))
        ]
    if kind == "csv":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        cells = [cell for row in rows for cell in row if FORMULA.match(cell)]
        return [cell for cell in cells if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)]
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        return [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    if kind == "json":
        json.loads(content)
        return _computed(json.loads(content))
    if kind in ("ttl", "jsonld", "rdf"):
        form = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}[kind]
        rdflib.Graph().parse(data=content, format=form)
    return []


def _computed(told: Any, key: str = "") -> list[str]:
    """Parts of a picture's description that its program would compute: no name may stand there."""
    if isinstance(told, dict):
        return [one for name, inner in told.items() for one in _computed(inner, name)]
    if isinstance(told, list):
        return [one for inner in told for one in _computed(inner, key)]
    is_computed = key in ("expr", "signal", "calculate", "filter", "test", "labelExpr")
    return [f"{key}: {told[:60]}"] if is_computed and isinstance(told, str) and "HYPERLINK" in told else []


@pytest.mark.usefixtures("world")
def test_a_nasty_name_is_text_on_every_page_and_in_every_file(client: Client) -> None:
    boss = User.objects.create_user("boss@vidin.example", name="Boss")
    RoleAssignment.objects.create(user=boss, role=Role.ADMINISTRATOR)
    assert plant() > 500
    cache.clear()
    client.force_login(User.objects.get(pk=boss.pk))
    found: dict[str, list[str]] = {}
    seen: Counter[str] = Counter()
    files: set[str] = {"/catalog.ttl", "/catalog.jsonld", "/catalog.rdf"}
    for address in {**PAGE_TYPES, **OWN_PAGE_TYPES}.values():
        path = address.format(language="en")
        answer = client.get(path)
        assert answer.status_code < 500, path
        text = answer.content.decode()
        seen["with the name"] += "alert(1)" in text
        wrong, links = wrong_on_page(text)
        if wrong:
            found[path] = wrong
        led = {urljoin(path, link) for link in links}
        files |= {link for link in led if link.startswith("/") and FILE.search(urlsplit(link).path)}
    for path in sorted(files - {path for path in files if "/static/" in path}):
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.status_code == 200:
            kind = FILE.search(urlsplit(path).path)[1]  # type: ignore[index]
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            seen[kind] += 1
            if wrong := wrong_in_file(kind, content):
                found[path] = wrong
    assert found == {}
    assert (
        seen["with the name"] > 25 and min(seen[kind] for kind in ("csv", "xlsx", "json", "svg", "ttl")) > 0
    ), seen
