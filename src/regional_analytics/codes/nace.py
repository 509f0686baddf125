"""NACE Rev. 2: sections, divisions, groups and classes, and the way Eurostat's tables spell them.

The classification writes 14.11; Eurostat's tables write C1411, and C14 for the division 14 of section C. Tables
also have groups of sections (B-E, G-I) and a whole (TOTAL). `parse` reads all of them.
"""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WHOLE = "TOTAL"
NOT_STATED = "NRP"
# Letters joined by - are a run of sections, letters joined by _ a list; S95 alone stands for its division.
_RUN = re.compile(r"([A-U])-([A-U])")
_LIST = re.compile(r"[A-U](_[A-U]\d*)+|[A-U]-[A-U](_[A-U]\d*)*(_X_[A-U]\d*)*")
_SPELT = re.compile(r"([A-U])(\d{2})(\d)?(\d)?")
_PLAIN = re.compile(r"(\d{2})(?:\.(\d)(\d)?)?")


class UnknownActivity(LookupError):
    """NACE Rev. 2 has no such position."""

    def __init__(self, code: str) -> None:
        super().__init__(f"“{code}” is no activity of NACE Rev. 2, nor one of the groups Eurostat's tables use.")
        self.code = code


@dataclass(frozen=True)
class Activity:
    """One position: level 1 section, 2 division, 3 group, 4 class; 0 for a group of sections or the whole."""

    code: str
    level: int
    parent: str | None
    section: str | None
    division: str | None
    label: str


@cache
def _positions() -> dict[str, tuple[str, str]]:
    packed = files("regional_analytics.codes").joinpath("data", "nace_rev2.csv.gz").read_bytes()
    rows = csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())
    return {row["code"]: (row["parent"], row["label"]) for row in rows}


@cache
def _section_of_division() -> dict[str, str]:
    return {code: parent for code, (parent, _label) in _positions().items() if re.fullmatch(r"\d{2}", code)}


@cache
def parse(code: str) -> Activity:
    """Read a code in either spelling; the answer is spelt as Eurostat's tables do.

    >>> parse("C14").label
    'Manufacture of wearing apparel'
    >>> parse("14.1").code, parse("C141").parent, parse("G-I").level
    ('C141', 'C14', 0)
    """
    if len(code) == 1 and code in _positions():
        return Activity(code, 1, None, code, None, _positions()[code][1])
    if is_aggregate(code):
        return Activity(code, 0, None, None, None, "")
    plain = _plain(code)
    if plain is None or plain not in _positions():
        raise UnknownActivity(code)
    division = plain[:2]
    section = _section_of_division()[division]
    if code[0].isalpha() and code[0] != section:
        raise UnknownActivity(code)
    parent_plain, label = _positions()[plain]
    depth = {2: 2, 4: 3, 5: 4}[len(plain)]
    parent_code = section if depth == 2 else section + parent_plain.replace(".", "")
    return Activity(section + plain.replace(".", ""), depth, parent_code, section, section + division, label)


def exists(code: str) -> bool:
    """Is it a position of NACE Rev. 2 or a group Eurostat's tables use?

    >>> exists("C14"), exists("C99"), exists("M_N"), exists("A14")
    (True, False, True, False)
    """
    try:
        parse(code)
    except UnknownActivity:
        return False
    return True


def parent(code: str) -> str | None:
    """The position above; None for a section or a group of sections."""
    return parse(code).parent


@cache
def children(code: str) -> tuple[str, ...]:
    """The positions one level down, spelt as Eurostat's tables do.

    >>> children("C14")
    ('C141', 'C142', 'C143')
    """
    above = parse(code).code
    return tuple(sorted(one.code for plain in _positions() if (one := parse(plain)).parent == above))


def divisions() -> tuple[str, ...]:
    """All 88 divisions, spelt with their section: A01 … U99."""
    return tuple(sorted(section + code for code, section in _section_of_division().items()))


def is_aggregate(code: str) -> bool:
    """Is it a group of sections, the whole, or “not stated”?

    >>> [is_aggregate(code) for code in ("TOTAL", "B-E", "M_N", "NRP", "B-N_S95_X_K", "C14")]
    [True, True, True, True, True, False]
    """
    return code in (WHOLE, NOT_STATED) or bool(_LIST.fullmatch(code))


def members(code: str) -> tuple[str, ...]:
    """The sections (and single divisions) a group is made of; the whole is made of all sections.

    >>> members("B-E"), members("M_N"), members("B-D_S95_X_C")
    (('B', 'C', 'D', 'E'), ('M', 'N'), ('B', 'D', 'S95'))
    """
    if code == WHOLE:
        return tuple(sorted(one for one in _positions() if len(one) == 1))
    if code == NOT_STATED:
        return ()
    if not is_aggregate(code):
        raise UnknownActivity(code)
    included, _without, excluded = code.partition("_X_")
    found: list[str] = []
    for part in included.split("_"):
        run = _RUN.fullmatch(part)
        found += [chr(one) for one in range(ord(run[1]), ord(run[2]) + 1)] if run else [part]
    return tuple(one for one in found if one not in excluded.split("_"))


def _plain(code: str) -> str | None:
    """C1411 → 14.11, 14.11 → 14.11; None where it is neither."""
    spelt = _SPELT.fullmatch(code)
    if spelt:
        digits = "".join(part for part in spelt.groups()[1:] if part)
        return digits if len(digits) == 2 else f"{digits[:2]}.{digits[2:]}"
    return code if _PLAIN.fullmatch(code) else None
