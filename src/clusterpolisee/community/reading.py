"""From the bytes of a CSV file to a plan: which rows are new, changed, unchanged or faulty. Writes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from clusterpolisee.community import plans
from clusterpolisee.community.exports import undefused
from clusterpolisee.community.forms import ClusterForm, Lists, as_form_data
from clusterpolisee.community.models import Cluster, State
from clusterpolisee.community.naming import same_name
from clusterpolisee.community.plans import Fault, Plan, PlannedRow, UnreadableFile
from clusterpolisee.community.queries import Known
from clusterpolisee.community.records import (
    ALWAYS,
    BY_LANGUAGE,
    PLAIN,
    STATEMENTS,
    ClusterFacts,
    facts_of,
    words_of,
)
from clusterpolisee.shell.history.revisions import differences
from clusterpolisee.shell.languages.registry import BY_CODE

MOST_BYTES, MOST_ROWS, LONGEST_CELL = 2 * 1024 * 1024, 5000, 8000
_OF_LANGUAGE = re.compile(rf"({'|'.join(BY_LANGUAGE)})_([a-z]{{2,3}}(?:-[a-z]+)?)")
_OWN = {"region", "state", "activities", "categories", *PLAIN} | {
    f"{group}_{kind}" for group in STATEMENTS for kind in ("source", "date")
}
_SILENT = {"line", "fault", ""}  # what our own list of faulty rows adds


def read_text(content: bytes) -> str:
    """The text of a file; raises UnreadableFile with a sentence."""
    if len(content) > MOST_BYTES:
        raise UnreadableFile(_("The file is larger than 2 MB. Split it into smaller ones."))
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError as obstacle:
        raise UnreadableFile(
            _("The file is not written in UTF-8. In your spreadsheet, save it as “CSV UTF-8”.")
        ) from obstacle
    if "\0" in text:
        raise UnreadableFile(_("This is no CSV file: it holds bytes that no text has."))
    return text


def read_plan(text: str) -> Plan:
    """What the file would do to the clusters as they are now; raises UnreadableFile with a sentence."""
    lines = _records(text)
    first = next(lines, None)
    if first is None:
        raise UnreadableFile(_("The file is empty. Its first line names the columns."))
    header = tuple(name.strip().casefold() for name in first[1])
    _check_header(header)
    reader = _Reader(header)
    rows = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == MOST_ROWS:
            raise UnreadableFile(_("The file has more than 5,000 rows. Split it into smaller ones."))
        rows.append(reader.row(number, cells))
    if not rows:
        raise UnreadableFile(_("The file names columns and has no rows."))
    unknown = tuple(name for name in header if not _is_known(name) and name not in _SILENT)
    return Plan(header, tuple(rows), unknown)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line they begin on; the separator is told from the first line."""
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as obstacle:
            raise UnreadableFile(
                _("Line %(line)s cannot be read: a quotation mark is opened and not closed, or stands alone.")
                % {"line": begins}
            ) from obstacle
        yield begins, cells
        begins = reader.line_num + 1


def _check_header(header: tuple[str, ...]) -> None:
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise UnreadableFile(_("The column “%(column)s” stands twice. Leave one.") % {"column": doubled[0]})
    if "region" not in header or not any(name.startswith("name_") for name in header):
        raise UnreadableFile(
            _(
                "The first line must name the columns, “region” and “name_en” (or another language) among them."
            )
        )


def _is_known(name: str) -> bool:
    found = _OF_LANGUAGE.fullmatch(name)
    return name in _OWN or (found is not None and found[2] in BY_CODE)


class _Reader:
    """Reads row after row, and remembers which clusters earlier rows have named."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self.header = header
        self.lists, self.known = Lists(), Known()
        found = (_OF_LANGUAGE.fullmatch(name) for name in header if _is_known(name))
        self.languages = tuple(dict.fromkeys([*ALWAYS, *(one[2] for one in found if one)]))
        self.named: dict[object, int] = {}

    def row(self, line: int, cells: list[str]) -> PlannedRow:
        if len(cells) > len(self.header):
            sentence = _("The row has %(cells)s cells for %(columns)s columns.") % {
                "cells": len(cells),
                "columns": len(self.header),
            }
            return _faulty(line, cells, "", [Fault(line, "", sentence)])
        said = self._said(cells)
        name = next((said[key] for key in said if key.startswith("name_")), "")
        if too_long := [column for column, text in said.items() if len(text) > LONGEST_CELL]:
            faults = [Fault(line, column, _("The text is too long.")) for column in too_long]
            return _faulty(line, cells, name, faults)
        cluster, fault = self._match(line, said)
        if fault is not None:
            return _faulty(line, cells, name, [fault])
        return self._checked(line, cells, said, cluster, name)

    def _said(self, cells: list[str]) -> dict[str, str]:
        """Column → text of the cells that say something; an empty cell changes nothing."""
        pairs = zip(self.header, cells, strict=False)
        said = {
            column: undefused(cell.strip()) for column, cell in pairs if _is_known(column) and cell.strip()
        }
        if "region" in said:
            said["region"] = said["region"].upper()
        return said

    def _match(self, line: int, said: dict[str, str]) -> tuple[Cluster | None, Fault | None]:
        """The cluster this row speaks of: by its identifier, else by a name in its region."""
        identifier = said.get("external_id", "")
        names = [text for column, text in said.items() if column.startswith("name_")]
        cluster = self.known.by_identifier.get(identifier) if identifier else None
        namesake = self.known.named(names, said.get("region", ""))
        if namesake is not None and namesake != cluster and identifier and (cluster or namesake.external_id):
            sentence = _("“%(name)s” is known in this region under another identifier.")
            return None, Fault(line, "external_id", sentence % {"name": namesake.name})
        cluster = cluster or namesake
        return cluster, None

    def _checked(
        self, line: int, cells: list[str], said: dict[str, str], cluster: Cluster | None, name: str
    ) -> PlannedRow:
        stored = words_of(facts_of(cluster)) if cluster else {}
        languages = dict.fromkeys([*self.languages, *(_languages_in(stored))])
        data = as_form_data({**stored, **said})
        form = ClusterForm(data, languages=tuple(languages), lists=self.lists)
        form.is_valid()
        faults = [
            Fault(line, column if column != "__all__" else "", str(sentence))
            for column, sentences in form.errors.items()
            for sentence in sentences
        ]
        faults += self._state_faults(line, said.get("state", ""), cluster)
        if faults:
            return _faulty(line, cells, name, faults)
        facts = form.facts()
        if fault := self._doubled(line, facts, cluster):
            return _faulty(line, cells, name, [fault])
        found = tuple(differences(stored, words_of(facts))) if cluster else ()
        kind = plans.NEW if cluster is None else plans.CHANGED if found else plans.UNCHANGED
        state = said.get("state", State.DRAFT).casefold()
        return PlannedRow(line, kind, name or str(cluster), cells, facts, cluster, found, (), state)

    def _state_faults(self, line: int, given: str, cluster: Cluster | None) -> list[Fault]:
        state = given.casefold()
        if not state or (cluster is not None and state == cluster.state):
            return []
        if cluster is not None and state in State.values:
            sentence = _("It is %(state)s. Whether a known cluster is published is decided on its page.")
            return [Fault(line, "state", sentence % {"state": cluster.get_state_display()})]
        if state in (State.DRAFT, State.PUBLISHED):
            return []
        return [Fault(line, "state", _("A new cluster is “draft” or “published”."))]

    def _doubled(self, line: int, facts: ClusterFacts, cluster: Cluster | None) -> Fault | None:
        """Whether an earlier row of the file spoke of the same organisation."""
        keys: list[object] = [(same_name(name), facts.region.code) for name in facts.names.values()]
        if facts.plain.get("external_id"):
            keys.append(facts.plain["external_id"])
        if cluster is not None:
            keys.append(cluster.pk)
        earlier = next((self.named[key] for key in keys if key in self.named), None)
        if earlier is not None:
            sentence = _("Line %(line)s speaks of the same organisation.") % {"line": earlier}
            return Fault(line, "", sentence)
        self.named.update(dict.fromkeys(keys, line))
        return None


def _languages_in(words: dict[str, str]) -> list[str]:
    return [found[2] for column in words if (found := _OF_LANGUAGE.fullmatch(column))]


def _faulty(line: int, cells: list[str], name: str, faults: list[Fault]) -> PlannedRow:
    return PlannedRow(line, plans.FAULTY, name, cells, faults=tuple(faults))
