"""The lists themselves: which codes a vintage has, their levels, parents and names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from regional_analytics.codes.nuts.errors import UnknownRegion, UnknownVintage
from regional_analytics.codes.tables import rows_of

VINTAGES = (2010, 2013, 2016, 2021, 2024)
CURRENT = 2024

_SHAPE = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
# EU27_2020, EU28, EA19, EEA30_2007, EFTA …: groups of countries as Eurostat codes them.
_GROUP = re.compile(r"(EU|EA|EEA|EFTA)\d*(_\w+)?")
_OTHER_SPELLINGS = {"GR": "EL", "GB": "UK"}


@dataclass(frozen=True, slots=True)
class _Run:
    """One code through consecutive vintages under one name."""

    first: int
    last: int
    parent: str
    name: str


@cache
def _runs() -> dict[str, tuple[_Run, ...]]:
    runs: dict[str, tuple[_Run, ...]] = {}
    for row in rows_of("nuts_codes.csv.gz"):
        run = _Run(int(row["first"]), int(row["last"]), row["parent"], row["name"])
        runs[row["code"]] = (*runs.get(row["code"], ()), run)
    return runs


@cache
def _children() -> dict[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = {}
    for code, runs in _runs().items():
        for run in runs:
            for vintage in VINTAGES:
                if run.first <= vintage <= run.last:
                    found.setdefault((run.parent, vintage), []).append(code)
    return {place: tuple(sorted(codes)) for place, codes in found.items()}


def _checked(vintage: int) -> int:
    if vintage not in VINTAGES:
        raise UnknownVintage(vintage, VINTAGES)
    return vintage


def _run(code: str, vintage: int | None) -> _Run:
    """The run of a code that covers the vintage, the newest run without one."""
    runs = _runs().get(code, ())
    if not runs:
        raise UnknownRegion(code)
    if vintage is None:
        return runs[-1]
    _checked(vintage)
    for run in runs:
        if run.first <= vintage <= run.last:
            return run
    raise UnknownRegion(code, vintage, vintages_of(code))


def normalise(code: str) -> str:
    """The code as Eurostat writes it: capitals, EL for Greece, UK for the United Kingdom.

    >>> normalise(" gr522 "), normalise("GB"), normalise("EU27_2020")
    ('EL522', 'UK', 'EU27_2020')
    """
    code = code.strip().upper()
    return _OTHER_SPELLINGS.get(code[:2], code[:2]) + code[2:]


def level(code: str) -> int:
    """0 for a country, 1 to 3 for its regions; extra-regio codes have levels too.

    >>> level("BG"), level("BG314"), level("BGZZ")
    (0, 3, 2)
    """
    if _GROUP.fullmatch(code):
        raise UnknownRegion(code, hint="It is a group of countries, which has no level.")
    if not _SHAPE.fullmatch(code) or code[:2] not in _runs():
        raise UnknownRegion(code)
    return len(code) - 2


def country(code: str) -> str:
    """The country's two letters, as Eurostat writes them (EL, UK, XK).

    >>> country("EL522")
    'EL'
    """
    level(code)
    return code[:2]


def countries() -> tuple[str, ...]:
    """The country codes of the lists, in alphabetical order."""
    return tuple(sorted(code for code in _runs() if len(code) == 2))


def parent(code: str, vintage: int | None = None) -> str | None:
    """The region one level up, None for a country. Without a vintage: in the newest one that has the code.

    >>> parent("BG314"), parent("UKN10", 2016), parent("BG")
    ('BG31', 'UKN0', None)
    """
    if is_extra_regio(code):
        level(code)
        return code[:-1]
    return _run(code, vintage).parent or None


def ancestors(code: str, vintage: int | None = None) -> tuple[str, ...]:
    """Parent, grandparent and so on up to the country.

    >>> ancestors("BG314")
    ('BG31', 'BG3', 'BG')
    """
    found: list[str] = []
    above = parent(code, vintage)
    while above:
        found.append(above)
        above = parent(above, vintage)
    return tuple(found)


def children(code: str, vintage: int | None = None) -> tuple[str, ...]:
    """The regions one level down, without extra-regio; empty at level 3.

    >>> children("HR", 2021), children("HR0", 2016)
    (('HR0',), ('HR03', 'HR04'))
    """
    run = _run(code, vintage)
    return _children().get((code, run.last if vintage is None else vintage), ())


def codes(vintage: int, *, level: int | None = None, country: str | None = None) -> tuple[str, ...]:
    """All codes of a vintage, of one level or one country if given, in alphabetical order.

    >>> codes(2024, level=2, country="SI")
    ('SI03', 'SI04')
    """
    _checked(vintage)
    return tuple(
        code
        for code, runs in _runs().items()
        if (level is None or len(code) - 2 == level)
        and (country is None or code[:2] == country)
        and any(run.first <= vintage <= run.last for run in runs)
    )


def exists(code: str, vintage: int | None = None) -> bool:
    """Whether the vintage has the region, or without one: whether any has. Extra-regio codes are no regions.

    >>> exists("HR04", 2016), exists("HR04", 2021), exists("HR04"), exists("BGZZ")
    (True, False, True, False)
    """
    runs = _runs().get(code, ())
    if vintage is None:
        return bool(runs)
    _checked(vintage)
    return any(run.first <= vintage <= run.last for run in runs)


def vintages_of(code: str) -> tuple[int, ...]:
    """The vintages that have the code, oldest first; empty for a code nobody knows.

    >>> vintages_of("HU10"), vintages_of("XX99")
    ((2010, 2013), ())
    """
    return tuple(vintage for vintage in VINTAGES if exists(code, vintage))


def name(code: str, vintage: int | None = None) -> str:
    """The region's name in Latin letters.

    >>> name("EL52"), name("HU333", 2021)
    ('Kentriki Makedonia', 'Csongrád')
    """
    return _run(code, vintage).name


def is_extra_regio(code: str) -> bool:
    """Whether a code stands for what lies in no region (BGZ, BGZZ) or in an unknown one (BGXX).

    >>> is_extra_regio("BGZZZ"), is_extra_regio("FRXX"), is_extra_regio("BG31")
    (True, True, False)
    """
    rest = code[2:]
    return bool(rest) and set(rest) <= {"Z", "X"} and len(rest) <= 3


def is_aggregate(code: str) -> bool:
    """Whether a code is a group of countries, like EU27_2020, EA19 or EFTA.

    >>> is_aggregate("EU27_2020"), is_aggregate("EE"), is_aggregate("EFTA")
    (True, False, True)
    """
    return bool(_GROUP.fullmatch(code))
