"""What a definition would say, before it is published: in words, and for some regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence import derived
from clusterpolisee.evidence.defining import Looked, Written, look_at
from clusterpolisee.evidence.derived_plans import NotComputable, plan_over
from clusterpolisee.evidence.derived_tables import DerivedTable, table_of
from clusterpolisee.evidence.derived_words import in_words, reason_in_words
from clusterpolisee.evidence.models import DerivedIndicator, DerivedPart, DerivedVersion
from clusterpolisee.regions import queries as regions

ROWS = 8


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    value: float | None
    state: str
    reason: str
    parts_known: int


@dataclass(frozen=True)
class Preview:
    """Everything the editor shows beside the form."""

    looked: Looked
    words: str = ""
    year: int | None = None
    rows: tuple[Row, ...] = ()
    known: int = 0
    all_regions: int = 0
    decimals: int = 1
    remark: str = ""
    before: str = ""  # the formula up to the mistake, the mistake, what follows
    mistake: str = ""
    after: str = ""

    @property
    def looks_like_nothing(self) -> bool:
        """Whether a value that is not zero would be written as zero."""
        return any(row.value and not round(row.value, self.decimals) for row in self.rows)


def preview_of(written: Written, *, code: str = "") -> Preview:
    """Check a definition and compute it for the first regions of South East Europe that have a value."""
    looked = look_at(written, code=code)
    if looked.place is not None:
        start, end = looked.place
        text = written.formula
        return Preview(looked, before=text[:start], mistake=text[start:end], after=text[end:])
    if not looked.parts:
        return Preview(looked)
    words = _words(written, looked.parts)
    draft = DerivedVersion(derived=DerivedIndicator(code=code), **asdict(written))
    try:
        plan, _versions = plan_over(draft, looked.parts)
    except NotComputable as missing:
        return Preview(looked, words, remark=str(missing))
    table = table_of(plan, 2, regions.current_vintage())
    year = derived.well_known_year(table)
    if year is None:
        remark = _(
            "No region has a value in any year: the tables of the parts share no year, or all is unknown."
        )
        return Preview(looked, words, remark=remark)
    rows = rows_of(table, year)
    known = sum(row.value is not None for row in rows)
    shown = sorted(rows, key=lambda row: row.value is None)[:ROWS]
    return Preview(looked, words, year, tuple(shown), known, len(rows), written.decimals)


def rows_of(table: DerivedTable, year: int, level: int = 2) -> list[Row]:
    """The regions of South East Europe in one year, in the order of their codes."""
    at, language = table.years.index(year), get_language() or "en"
    found = []
    for region in regions.regions_of(None, level, regions.current_vintage()):
        place = table.place(region.code, year)
        if place is None:
            found.append(Row(region.code, region.name(language), None, "not_published", "", 0))
            continue
        column = place[1]
        found.append(
            Row(
                region.code,
                region.name(language),
                table.value(at, column),
                table.state(at, column),
                reason_in_words(table.reason(at, column)),
                int(table.result.parts_known[at, column]),
            )
        )
    return found


def _words(written: Written, parts: Sequence[DerivedPart]) -> str:
    names = {part.key: derived.name_of_part(part) for part in parts}
    return in_words(written.formula, lambda key, _year: names.get(key, key), weights=written.weights)
