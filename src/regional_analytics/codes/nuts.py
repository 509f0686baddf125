"""NUTS regions: which codes each vintage has, what became of them, and how figures move between vintages.

Codes are Eurostat's: Greece is EL, the United Kingdom UK. Vintages are the years the classification is named
after. The tables behind this module and their sources are described in data/README.md.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

VINTAGES = (2010, 2013, 2016, 2021, 2024)
NEWEST = VINTAGES[-1]
WEIGHTS = ("population_2021", "population_2011", "area", "built_up")
Weight = Literal["population_2021", "population_2011", "area", "built_up"]
Change = Literal["same", "recoded", "split", "merged", "boundary shift", "discontinued"]
_AGGREGATES = ("EU", "EA", "EFTA", "EEA", "EFTA_", "OECD", "WORLD", "WB")
_PREFIXES = {"GR": "EL", "GB": "UK"}


class UnknownRegion(LookupError):
    """No vintage, or not the one asked for, has this code."""

    def __init__(self, code: str, vintage: int | None = None) -> None:
        where = f"NUTS {vintage}" if vintage else "any NUTS vintage from 2010 to 2024"
        super().__init__(f"{code} is no region of {where}. Check the code and its vintage.")
        self.code, self.vintage = code, vintage


class UnknownVintage(LookupError):
    """There is no such NUTS vintage here."""

    def __init__(self, vintage: int) -> None:
        super().__init__(f"There is no NUTS {vintage} here; the vintages are {', '.join(map(str, VINTAGES))}.")
        self.vintage = vintage


class _Run(NamedTuple):
    first: int
    last: int
    parent: str
    name: str


@cache
def _runs() -> dict[str, tuple[_Run, ...]]:
    runs: dict[str, list[_Run]] = defaultdict(list)
    for row in _rows("nuts_codes.csv.gz"):
        runs[row["code"]].append(_Run(int(row["first"]), int(row["last"]), row["parent"], row["name"]))
    return {code: tuple(sorted(found)) for code, found in runs.items()}


@cache
def _children() -> dict[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for code, runs in _runs().items():
        for run in runs:
            for vintage in VINTAGES:
                if run.first <= vintage <= run.last:
                    found[run.parent, vintage].append(code)
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


class _Piece(NamedTuple):
    """The land of one code that lies in another code of another vintage, by four measures."""

    code: str
    amounts: dict[str, float]


@cache
def _pieces() -> dict[tuple[int, int], dict[str, tuple[_Piece, ...]]]:
    """(from, to) → code → where its land lies. Codes not listed kept code and land."""
    found: dict[tuple[int, int], dict[str, list[_Piece]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows("nuts_flows.csv.gz"):
        earlier, later = int(row["earlier"]), int(row["later"])
        amounts = {weight: float(row[weight]) for weight in WEIGHTS}
        found[earlier, later][row["from"]].append(_Piece(row["to"], amounts))
        found[later, earlier][row["to"]].append(_Piece(row["from"], amounts))
    return {pair: {code: tuple(pieces) for code, pieces in codes.items()} for pair, codes in found.items()}


def _rows(name: str) -> Iterable[dict[str, str]]:
    packed = files("regional_analytics.codes").joinpath("data", name).read_bytes()
    return csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())


# Reading a code ------------------------------------------------------------------------------------------


def normalise(code: str) -> str:
    """Eurostat's spelling of a code: no spaces, capitals, EL for Greece, UK for the United Kingdom.

    >>> normalise(" gr30 "), normalise("GB")
    ('EL30', 'UK')
    """
    plain = code.strip().upper()
    if len(plain) <= 5 and plain[:2] in _PREFIXES:
        return _PREFIXES[plain[:2]] + plain[2:]
    return plain


def level(code: str) -> int:
    """0 for a country, 1 to 3 below: the number of characters after the country.

    >>> level("BG"), level("BG31"), level("BG311")
    (0, 2, 3)
    """
    if not 2 <= len(code) <= 5:
        raise UnknownRegion(code)
    return len(code) - 2


def country(code: str) -> str:
    """The country of a region: its first two letters.

    >>> country("EL52")
    'EL'
    """
    return code[:2]


def is_aggregate(code: str) -> bool:
    """Is it a group of countries (EU27_2020, EA19, EFTA), not a place?

    >>> is_aggregate("EU27_2020"), is_aggregate("EA19"), is_aggregate("EE00"), is_aggregate("EU")
    (True, True, False, True)
    """
    return code.startswith(_AGGREGATES)


def is_extra_regio(code: str) -> bool:
    """Does it stand for what belongs to no region of a country (ships, embassies, unknown)? Its rest is Z or X only.

    >>> is_extra_regio("ELZZ"), is_extra_regio("CZZ"), is_extra_regio("CZ"), is_extra_regio("HUXXX")
    (True, True, False, True)
    """
    rest = code[2:]
    return bool(rest) and not is_aggregate(code) and set(rest) <= {"Z", "X"}


def exists(code: str, vintage: int | None = None) -> bool:
    """Is it a region of this vintage, or of any?

    >>> exists("HR04", 2013), exists("HR04", 2024), exists("HR04")
    (True, False, True)
    """
    runs = _runs().get(code, ())
    if vintage is None:
        return bool(runs)
    _check(vintage)
    return any(run.first <= vintage <= run.last for run in runs)


def vintages_of(code: str) -> tuple[int, ...]:
    """The vintages that have the code, oldest first; empty for a code that never was.

    >>> vintages_of("HR04")
    (2010, 2013, 2016)
    """
    return tuple(vintage for vintage in VINTAGES if exists(code, vintage))


def name(code: str, vintage: int | None = None) -> str:
    """The name in Latin letters, in a vintage or in the newest one that has the code.

    >>> name("BG31")
    'Severozapaden'
    """
    runs = _runs().get(code, ())
    found = [run for run in runs if vintage is None or run.first <= vintage <= run.last]
    if not found:
        raise UnknownRegion(code, vintage)
    return found[-1].name


def parent(code: str, vintage: int | None = None) -> str | None:
    """The code one level up; None for a country.

    >>> parent("BG311"), parent("BG")
    ('BG31', None)
    """
    runs = [run for run in _runs().get(code, ()) if vintage is None or run.first <= vintage <= run.last]
    if not runs:
        raise UnknownRegion(code, vintage)
    return runs[-1].parent or None


def children(code: str, vintage: int = NEWEST) -> tuple[str, ...]:
    """The codes one level down in a vintage.

    >>> children("HR0", 2013), children("HR0", 2021)
    (('HR03', 'HR04'), ('HR02', 'HR03', 'HR05', 'HR06'))
    """
    _check(vintage)
    return _children().get((code, vintage), ())


def codes(vintage: int = NEWEST, *, at_level: int | None = None) -> tuple[str, ...]:
    """All codes of a vintage, of one level where asked."""
    _check(vintage)
    return tuple(
        code for code in sorted(_runs()) if (at_level is None or level(code) == at_level) and exists(code, vintage)
    )


class VintageGuess(NamedTuple):
    """Which vintage explains a set of codes.

    vintage         the one that has most of them, the newest of equals; None where none has any
    contradicting   codes it does not have, that another vintage has: a second vintage in the file
    unknown         codes no vintage has
    """

    vintage: int | None
    contradicting: tuple[str, ...]
    unknown: tuple[str, ...]


def vintage_of(codes: Collection[str]) -> VintageGuess:
    """Guess the vintage a file is coded in from its codes; aggregates and extra-regio codes say nothing.

    >>> vintage_of(["HR03", "HR04", "HU10"])
    VintageGuess(vintage=2013, contradicting=(), unknown=())
    >>> vintage_of(["HR04", "HR05", "HR06", "XX99"])
    VintageGuess(vintage=2024, contradicting=('HR04',), unknown=('XX99',))
    """
    places = {code for code in codes if not is_aggregate(code) and not is_extra_regio(code)}
    known = {code for code in places if exists(code)}
    counts = {vintage: sum(exists(code, vintage) for code in known) for vintage in VINTAGES}
    best = max(VINTAGES, key=lambda vintage: (counts[vintage], vintage))
    vintage = best if counts[best] else None
    against = sorted(code for code in known if vintage is not None and not exists(code, vintage))
    return VintageGuess(vintage, tuple(against), tuple(sorted(places - known)))


# Between vintages ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Successor:
    """A region of another vintage that has land of this one.

    change   what happened: recoded (the same land under a new code), split, merged, boundary shift, same
    shares   the part of this region that went there, 0-1, by each weight
    """

    code: str
    change: Change
    shares: dict[str, float]

    @property
    def share(self) -> float:
        """By population in 2021."""
        return self.shares["population_2021"]


def successors(code: str, *, from_: int | None = None, to: int = NEWEST) -> tuple[Successor, ...]:
    """The regions of a later vintage that have a region's land, the largest part first.

    from_   the vintage the code is meant in; by default the newest that has it, up to `to`
    Empty where the land is in no region of that vintage (a country that left). Raises UnknownRegion.

    >>> [(s.code, s.change, round(s.share, 2)) for s in successors("HR04")]
    [('HR02', 'split', 0.4), ('HR06', 'split', 0.31), ('HR05', 'split', 0.3)]
    >>> [(s.code, s.change) for s in successors("EL12")]
    [('EL52', 'recoded')]
    """
    _check(to)
    start = _meant(code, from_, [vintage for vintage in VINTAGES if vintage <= to])
    return _related(code, start, to)


def predecessors(code: str, *, of: int | None = None, in_: int) -> tuple[Successor, ...]:
    """The regions of an earlier vintage whose land a region has now; shares are parts of this region.

    >>> [(p.code, p.change) for p in predecessors("HR05", in_=2013)]
    [('HR04', 'split')]
    """
    _check(in_)
    start = _meant(code, of, [vintage for vintage in reversed(VINTAGES) if vintage >= in_])
    return _related(code, start, in_)


def boundaries_changed(code: str, from_: int, to: int) -> bool:
    """Does the code mean other land in the two vintages? A code that one of them lacks has changed.

    >>> boundaries_changed("BG31", 2013, 2024), boundaries_changed("HR04", 2013, 2024)
    (False, True)
    """
    if not (exists(code, from_) and exists(code, to)):
        return True
    return from_ != to and code in _pieces().get((from_, to), {})


def _related(code: str, start: int, to: int) -> tuple[Successor, ...]:
    pieces = _pieces().get((start, to), {}).get(code)
    if start == to or pieces is None:
        whole = dict.fromkeys(WEIGHTS, 1.0)
        return (Successor(code, "same", whole),) if exists(code, to) else ()
    sums = {weight: sum(piece.amounts[weight] for piece in pieces) for weight in WEIGHTS}
    found = [
        Successor(
            piece.code,
            _kind(code, piece.code, start, to),
            {weight: piece.amounts[weight] / sums[weight] if sums[weight] else 0.0 for weight in WEIGHTS},
        )
        for piece in pieces
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.code)))


def _kind(code: str, other: str, start: int, to: int) -> Change:
    """What happened between two regions, read forward in time."""
    earlier, later = (code, other) if start <= to else (other, code)
    first, last = min(start, to), max(start, to)
    out = len(_pieces()[first, last].get(earlier, ()))
    into = len(_pieces()[last, first].get(later, ()))
    if earlier == later:
        return "boundary shift"
    if out == 1 and into == 1:
        return "recoded"
    if out > 1 and into == 1:
        return "split"
    return "merged" if out == 1 else "boundary shift"


def _meant(code: str, given: int | None, candidates: Sequence[int]) -> int:
    if given is not None:
        if not exists(code, given):
            raise UnknownRegion(code, given)
        return given
    having = [vintage for vintage in candidates if exists(code, vintage)]
    if not having:
        raise UnknownRegion(code)
    return having[-1]


def _check(vintage: int) -> None:
    if vintage not in VINTAGES:
        raise UnknownVintage(vintage)


@dataclass(frozen=True)
class Conversion:
    """Figures moved to another vintage.

    codes         regions of the new vintage, sorted
    values        their figures; masked where a part is unknown
    apportioned   the part of each figure that had to be divided by weights, 0-1: 0 means nothing was estimated
    low, high     the figure by the weight that gives least and most: how much the choice of weight matters
    lost          codes whose land is in no region of the new vintage; their figures are in none
    """

    codes: tuple[str, ...]
    values: np.ma.MaskedArray
    apportioned: npt.NDArray[np.float64]
    low: np.ma.MaskedArray
    high: np.ma.MaskedArray
    lost: tuple[str, ...]


def convert(
    codes: Sequence[str],
    values: npt.ArrayLike,
    *,
    from_: int,
    to: int,
    weight: Weight = "population_2021",
    kind: Literal["stock", "rate"] = "stock",
) -> Conversion:
    """Move figures from the regions of one vintage to those of another.

        stock   Y[j] = Σ_i X[i] · w[i, j] / Σ_k w[i, k]       what is divided; the sum of all regions stays
        rate    Y[j] = Σ_i X[i] · w[i, j] / Σ_k w[k, j]       what is averaged, weighted by the parts

    codes    regions of vintage from_, each once
    values   (regions,), masked where unknown; an unknown part makes the whole unknown
    Raises UnknownRegion, UnknownVintage, ValueError for a code given twice or an unknown weight or kind.
    Source of the weights: JRC NUTS converter (population 2011 and 2021, area, built-up surface).

    >>> new = convert(["HR03", "HR04"], [100.0, 1000.0], from_=2013, to=2021)
    >>> new.codes, bool(abs(new.values.sum() - 1100.0) < 1e-9)
    (('HR02', 'HR03', 'HR05', 'HR06'), True)
    """
    _check(from_), _check(to)
    if weight not in WEIGHTS or kind not in ("stock", "rate"):
        raise ValueError(f"Weights are {', '.join(WEIGHTS)}; kinds are stock and rate.")
    if len(set(codes)) != len(codes):
        raise ValueError("A code stands more than once; add its figures up first.")
    for code in codes:
        if not exists(code, from_):
            raise UnknownRegion(code, from_)
    data = np.ma.masked_invalid(np.ma.asarray(values, dtype=np.float64))
    targets = {code: _related(code, from_, to) for code in codes}
    new = tuple(sorted({target.code for related in targets.values() for target in related}))
    by_weight = {one: _apply(codes, data, targets, new, from_, to, one, kind) for one in WEIGHTS}
    chosen = by_weight[weight]
    stacked = np.ma.stack(list(by_weight.values()))
    lost = tuple(code for code in codes if not targets[code])
    return Conversion(new, chosen, _apportioned(codes, data, targets, new, weight), stacked.min(axis=0), stacked.max(axis=0), lost)


def _apply(
    codes: Sequence[str],
    data: np.ma.MaskedArray,
    targets: dict[str, tuple[Successor, ...]],
    new: tuple[str, ...],
    from_: int,
    to: int,
    weight: str,
    kind: str,
) -> np.ma.MaskedArray:
    place = {code: index for index, code in enumerate(new)}
    sums, weights = np.zeros(len(new)), np.zeros(len(new))
    unknown = np.zeros(len(new), dtype=np.bool_)
    for row, code in enumerate(codes):
        for target in targets[code]:
            column = place[target.code]
            if np.ma.getmaskarray(data)[row]:
                unknown[column] = True
                continue
            part = target.shares[weight] if kind == "stock" else _amount(code, target.code, from_, to, weight)
            sums[column] += float(data[row]) * part
            weights[column] += part
    if kind == "rate":
        unknown |= weights == 0
        sums = sums / np.where(weights == 0, 1.0, weights)
    return np.ma.MaskedArray(sums, mask=unknown)


def _amount(code: str, target: str, from_: int, to: int, weight: str) -> float:
    pieces = _pieces().get((from_, to), {}).get(code)
    if pieces is None:
        return 1.0
    return next(piece.amounts[weight] for piece in pieces if piece.code == target)


def _apportioned(
    codes: Sequence[str],
    data: np.ma.MaskedArray,
    targets: dict[str, tuple[Successor, ...]],
    new: tuple[str, ...],
    weight: str,
) -> npt.NDArray[np.float64]:
    """How much of each new figure comes from regions that were divided."""
    place = {code: index for index, code in enumerate(new)}
    divided, whole = np.zeros(len(new)), np.zeros(len(new))
    for row, code in enumerate(codes):
        if np.ma.getmaskarray(data)[row]:
            continue
        for target in targets[code]:
            amount = abs(float(data[row])) * target.shares[weight]
            whole[place[target.code]] += amount
            divided[place[target.code]] += amount if len(targets[code]) > 1 else 0.0
    return np.divide(divided, whole, out=np.zeros(len(new)), where=whole > 0)
