"""What holds what: the header of a table, the role of each of its columns, and what all its rows have in common."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clusterpolisee.evidence.importing.places import letter_of
from clusterpolisee.evidence.importing.refusals import MappingRefused
from clusterpolisee.evidence.models import Dataset

REGION, ACTIVITY, YEAR, VALUE, FLAG, ACROSS, IGNORED = (
    "region", "activity", "year", "value", "flag", "across", "",
)  # fmt: skip
DIMENSION = "dim:"  # dim:sex
ROLE_NAMES = {
    REGION: pgettext_lazy("role of a column", "region"),
    ACTIVITY: pgettext_lazy("role of a column", "activity"),
    YEAR: pgettext_lazy("role of a column", "year"),
    VALUE: pgettext_lazy("role of a column", "figure"),
    FLAG: pgettext_lazy("role of a column", "flag"),
    ACROSS: gettext_lazy("figures of the year in its heading"),
    IGNORED: gettext_lazy("not used"),
}
MOST_HEADER_ROWS = 5
DASHES = ("", "missing", "zero")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True)
class Mapping:
    """How a table is read. Lines are those of the file; roles are in the order of the columns.

    constants: what all rows have in common: year, activity, or a dimension the file does not say.
    decimal: "." or ",", or "" where the figures tell. dash: what a lone dash means.
    """

    header_first: int
    header_last: int
    roles: tuple[str, ...]
    constants: MappingOf[str, str] = field(default_factory=dict)
    decimal: str = ""
    dash: str = ""

    def places(self, role: str) -> list[int]:
        return [place for place, one in enumerate(self.roles) if one == role]

    def place(self, role: str) -> int | None:
        return next(iter(self.places(role)), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "header": [self.header_first, self.header_last],
            "roles": list(self.roles),
            "constants": dict(self.constants),
            "decimal": self.decimal,
            "dash": self.dash,
        }

    @classmethod
    def from_json(cls, said: MappingOf[str, Any]) -> Mapping:
        first, last = said["header"]
        return cls(
            first,
            last,
            tuple(said["roles"]),
            said.get("constants", {}),
            said.get("decimal", ""),
            said.get("dash", ""),
        )


def headings(rows: Sequence[tuple[int, list[str]]], first: int, last: int, width: int) -> list[str]:
    """The heading of each column: what its header rows say, from above, each text once."""
    said: list[list[str]] = [[] for _column in range(width)]
    for line, cells in rows:
        if first <= line <= last:
            for place, text in enumerate(cells[:width]):
                if text and text not in said[place]:
                    said[place].append(text)
    return [" / ".join(parts) for parts in said]


def signature(headings: Sequence[str]) -> str:
    """What a table looks like from above; the same next year, when only figures and years have changed."""
    plain = [_YEAR.sub("#", heading.casefold()) for heading in headings]
    while plain and not plain[-1]:
        plain.pop()
    # A table that grows by a year to the right is still the same table.
    kept = [one for place, one in enumerate(plain) if place == 0 or one != plain[place - 1] or "#" not in one]
    return hashlib.sha256(json.dumps(kept, ensure_ascii=False).encode()).hexdigest()


def year_of_heading(heading: str) -> int | None:
    """The year a heading speaks of, None where it names none or several.

    >>> year_of_heading("2015 г."), year_of_heading("2014/2015"), year_of_heading("Total")
    (2015, None, None)
    """
    found = {int(year) for year in _YEAR.findall(heading)}
    return found.pop() if len(found) == 1 else None


def needed_dimensions(table: Dataset) -> list[str]:
    """The dimensions a file has to say, or a person for it."""
    return [one["code"] for one in table.dimensions if not {"default", "only"} & set(one)]


def check(mapping: Mapping, headings: Sequence[str], table: Dataset) -> None:
    """Refuse, with one sentence, what cannot be followed."""
    for role in dict.fromkeys(mapping.roles):
        if role not in (IGNORED, ACROSS) and len(places := mapping.places(role)) > 1:
            raise MappingRefused(
                _(
                    "The columns %(columns)s are both said to hold the %(role)s. Only one can: choose it, and “not used” for the other."
                )
                % {"columns": _columns(places, headings), "role": role_name(role)}
            )
    if mapping.place(REGION) is None:
        raise MappingRefused(_("No column holds the regions. Say which one does."))
    _check_figures(mapping, headings)
    _check_years(mapping, headings)
    if table.activity_scheme and mapping.place(ACTIVITY) is None and not mapping.constants.get(ACTIVITY):
        raise MappingRefused(
            _(
                "The table %(table)s is broken down by activity. Say which column holds it, or write the one activity all rows are about."
            )
            % {"table": table.code}
        )
    for code in needed_dimensions(table):
        if mapping.place(DIMENSION + code) is None and not mapping.constants.get(DIMENSION + code):
            raise MappingRefused(
                _(
                    "The table %(table)s needs “%(dimension)s”. Say which column holds it, or write what all rows have in common."
                )
                % {"table": table.code, "dimension": code}
            )


def role_name(role: str) -> str:
    return str(ROLE_NAMES.get(role, role.removeprefix(DIMENSION)))


def column_name(place: int, heading: str) -> str:
    """B “Activity”, as a spreadsheet calls it and as its heading does."""
    letter = letter_of(place + 1)
    return _("%(letter)s “%(heading)s”") % {"letter": letter, "heading": heading} if heading else letter


def _check_figures(mapping: Mapping, headings: Sequence[str]) -> None:
    value, across = mapping.place(VALUE), mapping.places(ACROSS)
    if value is None and not across:
        raise MappingRefused(
            _(
                "No column holds the figures. Say which one does; where each year has a column of its own, say so for each."
            )
        )
    if value is not None and across:
        raise MappingRefused(
            _(
                "%(value)s is said to hold the figures, and %(across)s the figures of one year each. A table is read in one of the two ways."
            )
            % {"value": column_name(value, headings[value]), "across": _columns(across, headings)}
        )


def _check_years(mapping: Mapping, headings: Sequence[str]) -> None:
    across, constant = mapping.places(ACROSS), mapping.constants.get(YEAR, "")
    by_year: dict[int, list[int]] = {}
    for place in across:
        year = year_of_heading(headings[place])
        if year is None:
            raise MappingRefused(
                _(
                    "The heading of %(column)s does not name one year. Correct the header rows, or do not use the column."
                )
                % {"column": column_name(place, headings[place])}
            )
        by_year.setdefault(year, []).append(place)
    for year, places in by_year.items():
        if len(places) > 1:
            raise MappingRefused(
                _(
                    "The columns %(columns)s are all said to hold the figures of %(year)s. Use one of them; what the headings say besides the year makes a table of its own."
                )
                % {"columns": _columns(places, headings), "year": year}
            )
    if across and (mapping.place(YEAR) is not None or constant):
        raise MappingRefused(
            _(
                "The years stand in the headings and are said once more besides. Take the column, or the year of all rows, away."
            )
        )
    if not across and mapping.place(YEAR) is None and not constant:
        raise MappingRefused(
            _("No column holds the years. Say which one does, or write the year all rows are about.")
        )
    if constant and (mapping.place(YEAR) is not None or not _YEAR.fullmatch(constant)):
        raise MappingRefused(
            _(
                "“%(year)s” cannot be the year of all rows: write four digits, and map no column of years besides."
            )
            % {"year": constant}
        )


def _columns(places: Sequence[int], headings: Sequence[str]) -> str:
    return ", ".join(column_name(place, headings[place]) for place in places)
