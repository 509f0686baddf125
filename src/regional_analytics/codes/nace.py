"""NACE Rev. 2: activities from sections to classes, and the groups of them that Eurostat publishes.

Codes are spelt as in Eurostat's tables: C section, C10 division, C101 group, C1011 class. The dotted spelling of the
classification itself (10.11) is understood too. Groups are spelt B-E (a range), M_N (a sum), B-N_S95_X_K (a range
and a division, except K), TOTAL (everything), NRP (no answer).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from regional_analytics.codes.tables import rows_of

SECTION, DIVISION, GROUP, CLASS = 1, 2, 3, 4
TOTAL, NO_ANSWER = "TOTAL", "NRP"

_SINGLE = re.compile(r"[A-U]\d{0,4}")
_RANGE = re.compile(r"([A-U]\d{0,2})-([A-U]?\d{0,2})")


class UnknownActivity(LookupError):
    """A code that is not in NACE Rev. 2, or a group where one activity was asked for."""

    def __init__(self, code: str, hint: str = "") -> None:
        self.code = code
        super().__init__(
            f"NACE Rev. 2 has no activity “{code}”. {hint or 'Codes look like C, C10, C101 or C1011.'}"
        )


@dataclass(frozen=True, slots=True)
class Activity:
    """One position of the classification; level is 1 for a section to 4 for a class."""

    code: str
    level: int
    parent: str | None
    section: str
    division: str | None
    label: str


@cache
def _activities() -> dict[str, Activity]:
    found: dict[str, Activity] = {}
    spelt: dict[str, str] = {"": ""}
    for row in rows_of("nace_rev2.csv.gz"):
        plain, above = row["code"], spelt[row["parent"]]
        section = above[:1] or plain
        code = plain if plain.isalpha() else section + plain.replace(".", "")
        spelt[plain] = code
        level = max(len(code) - 1, SECTION)
        division = code[:3] if level >= DIVISION else None
        found[code] = Activity(code, level, above or None, section, division, row["label"])
    return found


@cache
def _dotted() -> dict[str, str]:
    """10, 10.1 and 10.11 → C10, C101, C1011."""
    return {
        code[1:3] + ("." + code[3:] if code[3:] else ""): code
        for code, activity in _activities().items()
        if activity.level >= DIVISION
    }


def parse(code: str) -> Activity:
    """The activity with this code, in either spelling.

    >>> parse("C10").parent, parse("10.11").code, parse("G451").division
    ('C', 'C1011', 'G45')
    """
    found = _activities().get(_dotted().get(code, code))
    if found is None:
        hint = (
            f"It is a group of activities: {', '.join(members(code)) or 'none'}."
            if is_aggregate(code)
            else ""
        )
        raise UnknownActivity(code, hint)
    return found


def exists(code: str) -> bool:
    """Whether the code is an activity or a group that can be read.

    >>> exists("C10"), exists("B-E"), exists("C04")
    (True, True, False)
    """
    return code in _activities() or code in _dotted() or is_aggregate(code)


def parent(code: str) -> str | None:
    """The activity one level up, None for a section.

    >>> parent("C1011"), parent("C")
    ('C101', None)
    """
    return parse(code).parent


def children(code: str) -> tuple[str, ...]:
    """The activities one level down.

    >>> children("B")
    ('B05', 'B06', 'B07', 'B08', 'B09')
    """
    above = parse(code).code
    return tuple(one.code for one in _activities().values() if one.parent == above)


def codes(level: int) -> tuple[str, ...]:
    """All activities of a level, in the order of the classification: 21, 88, 272 and 615 of them."""
    return tuple(one.code for one in _activities().values() if one.level == level)


def sections() -> tuple[str, ...]:
    """A to U."""
    return codes(SECTION)


def divisions() -> tuple[str, ...]:
    """The 88 two-digit activities, A01 to U99."""
    return codes(DIVISION)


def label(code: str) -> str:
    """The English label.

    >>> label("C14")
    'Manufacture of wearing apparel'
    """
    return parse(code).label


def is_aggregate(code: str) -> bool:
    """Whether a code is a group of activities, like B-E, M_N or TOTAL, rather than one of them.

    >>> is_aggregate("M_N"), is_aggregate("C10-C12"), is_aggregate("C10")
    (True, True, False)
    """
    if code in (TOTAL, NO_ANSWER):
        return True
    if code in _activities() or code in _dotted():
        return False
    try:
        return bool(_read(code))
    except UnknownActivity:
        return False


def members(aggregate: str) -> tuple[str, ...]:
    """The activities that a group is made of; nothing for NRP, which is people who did not say.

    >>> members("B-E"), members("B-N_S95_X_K")[-4:]
    (('B', 'C', 'D', 'E'), ('L', 'M', 'N', 'S95'))
    """
    if aggregate == TOTAL:
        return sections()
    if aggregate == NO_ANSWER:
        return ()
    if aggregate in _activities():
        return (aggregate,)
    return _read(aggregate)


@cache
def _read(aggregate: str) -> tuple[str, ...]:
    """Parts joined by “_”, each one activity or a range; what follows X is taken out again."""
    kept: list[str] = []
    taken_out: set[str] = set()
    excepting = False
    for part in aggregate.split("_"):
        if part == "X" and kept:
            excepting = True
        elif excepting:
            taken_out.update(_part(part, aggregate))
        else:
            kept.extend(_part(part, aggregate))
    if not taken_out <= set(kept):
        raise UnknownActivity(aggregate)
    return tuple(code for code in kept if code not in taken_out)


def _part(part: str, aggregate: str) -> tuple[str, ...]:
    if _SINGLE.fullmatch(part) and part in _activities():
        return (part,)
    found = _RANGE.fullmatch(part)
    if found is None:
        raise UnknownActivity(aggregate)
    first, last = found.groups()
    if last.isdigit():  # C10-12 is short for C10-C12
        last = first[0] + last
    if first not in _activities() or last not in _activities():
        raise UnknownActivity(aggregate)
    row = codes(parse(first).level)
    if last not in row or row.index(last) <= row.index(first):
        raise UnknownActivity(aggregate)
    return row[row.index(first) : row.index(last) + 1]
