"""A first guess at a table: where its header stands and what each column holds, each with the reason in words.

A guess is only offered. What a person corrected is remembered and offered instead, the next time a file looks the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.importing.mapping import (
    ACROSS,
    ACTIVITY,
    DIMENSION,
    FLAG,
    IGNORED,
    REGION,
    VALUE,
    YEAR,
    Mapping,
    headings,
    year_of_heading,
)
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.regions.folding import fold
from regional_analytics.codes import nace, nuts
from regional_analytics.sources import layout, tidy_csv

Rows = Sequence[tuple[int, list[str]]]
LOOKED_AT = 60
_SHARE = 0.6  # of the cells of a column that must look like something

_NAMES = {
    REGION: (*tidy_csv.REGION, "област", "район", "регион/област", "територия", "nuts код", "περιφέρεια", "regiune",
             "regija", "županija", "općina", "регија", "округ", "megye", "régió", "kraj", "regione", "district"),
    ACTIVITY: (*tidy_csv.ACTIVITIES, "кид", "кид 2008", "икономическа дейност", "отрасъл", "branch", "δραστηριότητα",
               "activitate", "djelatnost", "делатност", "dejavnost"),
    YEAR: (*tidy_csv.YEAR, "години", "έτος", "an", "anul", "godina", "leto", "rok", "év", "anno", "рік", "viti"),
    VALUE: (*tidy_csv.VALUE, "брой", "число", "count", "number", "τιμή", "valoare", "vrijednost", "вредност", "érték", "figure"),
    FLAG: (*tidy_csv.FLAG, "знак", "забележка", "note"),
    IGNORED: (*layout.FREQUENCY, "unit name", "label"),
}  # fmt: skip
_BY_NAME = {fold(name): role for role, names in _NAMES.items() for name in names}
_NUMBER = re.compile(r"[-+−]?\d[\d\s.,'’\u00a0\u202f]*")
_YEAR_CELL = re.compile(
    r"(?:1[89]|20)\d\d(?:\.0+)?(?:\s*г(?:\.|одина)?)?|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}"
)
_FLAG_CELL = re.compile(r"[a-z:]{1,3}")

BY_HEADING = _("its heading says so")
BY_CODES = _("its cells are NUTS codes")
BY_ACTIVITIES = _("its cells are codes of activities")
BY_YEARS = _("its cells are years")
BY_NUMBERS = _("its cells are numbers")
BY_THE_REST = _("it is the only column left")
BY_YEAR_ABOVE = _("its heading is a year, its cells are numbers")
REMEMBERED = _("this is how it was mapped the last time")


@dataclass(frozen=True)
class Guess:
    """A mapping to be looked at, with the reason for each column ("" where there is none)."""

    mapping: Mapping
    reasons: tuple[str, ...]


def header_of(rows: Rows) -> tuple[int, int]:
    """The lines of the first and the last header row.

    The rows above the first figures, as far up as they have several different texts: a title has one.
    """
    data = next((place for place, (_line, cells) in enumerate(rows) if _holds_figures(cells)), None)
    if data is None or data == 0:
        named = next((place for place, (_line, cells) in enumerate(rows) if _known_names(cells) >= 2), 0)
        data = named + 1
    last = data - 1
    first = last
    while first > 0 and last - first < 2 and _heads_columns(rows[first - 1][1]):
        first -= 1
    if _known_names(rows[last][1]) >= 2:  # one row that names everything needs no other
        first = last
    return rows[first][0], rows[last][0]


def guess(rows: Rows, width: int, table: Dataset, header: tuple[int, int] | None = None) -> Guess:
    """What the columns seem to hold. rows: the first of the table; header: its lines, where a person said."""
    first, last = header or header_of(rows)
    named = headings(rows, first, last, width)
    cells = [
        [texts[place] for line, texts in rows if line > last and place < len(texts)] for place in range(width)
    ]
    roles: list[str] = [IGNORED] * width
    reasons = [""] * width
    wanted = [DIMENSION + one["code"] for one in table.dimensions]

    def settle(role: str, fits: Callable[[int], bool], reason: object) -> None:
        """Give the role to the first free column that fits, unless one has it."""
        if role in roles:
            return
        place = next((place for place in range(width) if not roles[place] and fits(place)), None)
        if place is not None:
            roles[place], reasons[place] = role, str(reason)

    for role in wanted:
        settle(
            role,
            lambda place, role=role: fold(named[place]) == fold(role.removeprefix(DIMENSION)),
            BY_HEADING,
        )  # type: ignore[misc]
    for role in (REGION, ACTIVITY, YEAR, VALUE, FLAG):
        if role == ACTIVITY and not table.activity_scheme:
            continue
        settle(role, lambda place, role=role: _said_by(named[place]) == role, BY_HEADING)  # type: ignore[misc]
    settle(
        REGION, lambda place: _mostly(cells[place], lambda text: nuts.exists(nuts.normalise(text))), BY_CODES
    )
    if table.activity_scheme:
        settle(ACTIVITY, lambda place: _mostly(cells[place], _is_activity), BY_ACTIVITIES)
    across = [
        place
        for place in range(width)
        if roles[place] in (IGNORED, VALUE)
        and year_of_heading(named[place])
        and _mostly(cells[place], _is_figure)
    ]
    if YEAR not in roles and across:
        for place in across:
            roles[place], reasons[place] = ACROSS, str(BY_YEAR_ABOVE)
    else:
        settle(
            YEAR, lambda place: _mostly(cells[place], lambda text: bool(_YEAR_CELL.fullmatch(text))), BY_YEARS
        )
        settle(
            VALUE,
            lambda place: _said_by(named[place]) is None and _mostly(cells[place], _is_figure),
            BY_NUMBERS,
        )
    if VALUE not in roles and ACROSS not in roles and roles.count(IGNORED) == 1:
        settle(VALUE, lambda _place: True, BY_THE_REST)
    return Guess(Mapping(first, last, tuple(roles)), tuple(reasons))


def _heads_columns(cells: Sequence[str]) -> bool:
    """Whether a row belongs to the header: it says different things, or one thing of several columns but the first."""
    filled = [cell for cell in cells if cell]
    return len(set(filled)) > 1 or (len(filled) > 1 and not cells[0])


def _said_by(heading: str) -> str | None:
    """The role a heading names: the whole of it, or the last of its rows."""
    for part in (heading, heading.rpartition(" / ")[2], heading.partition(" / ")[0]):
        if (role := _BY_NAME.get(fold(part))) is not None:
            return role
    return None


def _known_names(cells: Sequence[str]) -> int:
    return len({role for cell in cells if (role := _said_by(cell)) is not None})


def _holds_figures(cells: Sequence[str]) -> bool:
    """Whether a row has a number that is no year, or a place and a year: no header has either."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return False
    return any(
        _is_figure(cell) and not _YEAR_CELL.fullmatch(cell) and ":" not in cell for cell in filled
    ) or (
        any(nuts.exists(nuts.normalise(cell)) for cell in filled) and any(_is_figure(cell) for cell in filled)
    )


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) or text in (":", "..", "…", "-", "–", ": c")


def _is_activity(text: str) -> bool:
    code = text.strip().upper()
    return not code[:1].isdigit() and nace.exists(code) and not nuts.exists(code)


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(fits, filled)) >= _SHARE * len(filled)
