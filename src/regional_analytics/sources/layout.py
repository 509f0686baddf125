"""What a header says of a table of text: which column holds what."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regional_analytics.sources.errors import DimensionsUnclear, UnreadableFile
from regional_analytics.sources.flags import printed_letters

ACTIVITY = ("nace_r2", "nace_r1", "nace_r21", "nace_r2_1", "nace", "activity", "economic_activity")
FREQUENCY = ("freq", "frequency")
_NAMES_SHOWN = 3
_YEAR = re.compile(r"([12]\d{3})(?:\.0+)?")
# Greece is EL and the United Kingdom UK in Eurostat's codes; GRC and GBR are ISO's, and left alone.
_ISO_PLACE = re.compile(r"GR(?=$|[0-9Z])|GB(?=$|[C-NZ])")


@dataclass(frozen=True)
class Layout:
    """Where the parts of an observation stand in a row of a table, by column number.

    Long tables have one value a row, in the columns year and value; wide ones a value a year: years holds the number
    of each such column and its year, and year and value say nothing. clean turns what stands in a code column into the code.
    """

    format: str
    separators: bytes
    columns: tuple[str, ...]
    region: int
    activity: int | None
    series: tuple[int, ...]
    year: int = -1
    value: int = -1
    years: tuple[tuple[int, int], ...] = ()
    flags: tuple[int, ...] = ()
    secrecy: int | None = None
    quoted: bool = True
    clean: Callable[[str], str] = str
    letters: Callable[[str], str | None] = printed_letters  # of a flag; None where it is none
    facts: tuple[
        tuple[str, int], ...
    ] = ()  # columns that say the same of all rows: title, updated, dataset_code

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(self.columns[index].lower() for index in self.series)

    @property
    def activity_dimension(self) -> str | None:
        return None if self.activity is None else self.columns[self.activity].lower()


def split_header(line: str, separator: str) -> tuple[str, ...]:
    """The headings of a CSV, without the label after a colon."""
    try:
        found = next(csv.reader([line.replace("\r", " ").strip("\n ")], delimiter=separator), [])
    except csv.Error as error:  # a heading longer than a page
        raise UnreadableFile(name="the table", beginning=line[:60]) from error
    return tuple(name.strip().split(": ")[0].strip() for name in found)


def separator_of(line: str) -> str:
    """The sign that stands most often in the header, outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max((",", ";", "\t"), key=bare.count)


def find(columns: Sequence[str], names: Sequence[str]) -> int | None:
    """The first column with one of these names, the earlier name before the later; case does not matter."""
    lower = [column.lower() for column in columns]
    return next((lower.index(name.lower()) for name in names if name.lower() in lower), None)


def find_or_say(columns: Sequence[str], names: Sequence[str], lacking: str) -> int:
    """The same, and DimensionsUnclear where there is none. lacking: regions, years, or values."""
    found = find(columns, names)
    if found is None:
        shown = ", ".join(column for column in columns if column)
        raise DimensionsUnclear(lacking=lacking, columns=shown, names=", ".join(names[:_NAMES_SHOWN]))
    return found


def region_code(said: str) -> str:
    """The code as Eurostat writes it.

    >>> region_code("GR30"), region_code("GB"), region_code("GRC"), region_code("BG31")
    ('EL30', 'UK', 'GRC', 'BG31')
    """
    return (
        _ISO_PLACE.sub(lambda match: {"GR": "EL", "GB": "UK"}[match[0]], said, count=1)
        if said[:1] == "G"
        else said
    )


def year_of(said: str) -> int:
    """The year, or 0 where it is none.

    >>> year_of("2015"), year_of("2015.0"), year_of("2015-Q1")
    (2015, 2015, 0)
    """
    found = _YEAR.fullmatch(said.strip())
    return int(found[1]) if found else 0
