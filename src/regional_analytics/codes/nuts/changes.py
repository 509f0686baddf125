"""What became of a region between two vintages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from regional_analytics.codes.nuts.errors import UnknownRegion
from regional_analytics.codes.nuts.lists import CURRENT, exists, is_extra_regio, level, vintages_of
from regional_analytics.codes.tables import rows_of

WEIGHTS = ("population_2021", "population_2011", "area", "built_up")
KINDS = ("unchanged", "recoded", "split", "merged", "boundary shift", "discontinued")

WHOLE: Mapping[str, float] = MappingProxyType(dict.fromkeys(WEIGHTS, 1.0))


@dataclass(frozen=True, slots=True)
class Flow:
    """One way out of a region into a later vintage, or back into an earlier one.

    code: the region at the other end. kind: one of KINDS, said of all regions that changed together.
    shares: by weight, what part of the region asked about lies in that one; all its flows together make 1.
    """

    code: str
    kind: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """The part that a region of one vintage and a region of another have in common, in amounts of every weight."""

    source: str
    target: str
    kind: str
    amounts: Mapping[str, float]


@cache
def pieces(from_: int, to: int) -> tuple[Piece, ...]:
    """All pieces of changed regions from one vintage to another; a region without pieces has not changed."""
    if from_ > to:
        return tuple(
            Piece(one.target, one.source, _reversed(one.kind), one.amounts) for one in pieces(to, from_)
        )
    found = [
        (row["from"], row["to"], {weight: float(row[weight]) for weight in WEIGHTS})
        for row in _flows().get((from_, to), ())
    ]
    kinds = _kinds((source, target) for source, target, _ in found)
    return tuple(Piece(source, target, kinds[source], amounts) for source, target, amounts in found)


@cache
def _flows() -> dict[tuple[int, int], list[dict[str, str]]]:
    by_pair: dict[tuple[int, int], list[dict[str, str]]] = {}
    for row in rows_of("nuts_flows.csv.gz"):
        by_pair.setdefault((int(row["earlier"]), int(row["later"])), []).append(row)
    return by_pair


def _reversed(kind: str) -> str:
    return {"split": "merged", "merged": "split"}.get(kind, kind)


def _kinds(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What happened to each source: regions linked by pieces changed together and share one kind."""
    targets_of: dict[str, set[str]] = {}
    sources_of: dict[str, set[str]] = {}
    for source, target in pairs:
        targets_of.setdefault(source, set()).add(target)
        sources_of.setdefault(target, set()).add(source)
    kinds: dict[str, str] = {}
    for start in targets_of:
        if start in kinds:
            continue
        sources, targets, waiting = {start}, set[str](), [start]
        while waiting:
            reached = targets_of[waiting.pop()] - targets
            targets |= reached
            found = set().union(*(sources_of[target] for target in reached)) - sources
            sources |= found
            waiting.extend(found)
        kinds.update(dict.fromkeys(sources, _kind(sources, targets)))
    return kinds


def _kind(sources: set[str], targets: set[str]) -> str:
    match len(sources), len(targets):
        case 1, 1:
            return "recoded"
        case 1, _:
            return "split"
        case _, 1:
            return "merged"
        case _:
            return "boundary shift"


def successors(code: str, *, from_: int | None = None, to: int = CURRENT) -> tuple[Flow, ...]:
    """The regions of another vintage that a region's territory went to; none if it left NUTS.

    from_: the vintage of the code, the newest that has it if not given. Going back in time is allowed.

    >>> [(flow.code, flow.kind, round(flow.shares["population_2021"], 2)) for flow in successors("HU10")]
    [('HU11', 'split', 0.56), ('HU12', 'split', 0.44)]
    >>> successors("UKC1")
    ()
    """
    from_ = _vintage(code, from_)
    found = [piece for piece in pieces(from_, to) if piece.source == code]
    if found:
        return tuple(
            Flow(piece.target, piece.kind, shares)
            for piece, shares in zip(found, _shares(found), strict=True)
        )
    same = exists(code, to) or is_extra_regio(code)
    return (Flow(code, "unchanged", WHOLE),) if same else ()


def predecessors(code: str, *, of: int | None = None, in_: int = 2010) -> tuple[Flow, ...]:
    """The regions of an earlier vintage that a region's territory came from; shares are of the region asked about.

    >>> [(flow.code, flow.kind) for flow in predecessors("SI03", in_=2010)]
    [('SI01', 'boundary shift'), ('SI02', 'boundary shift')]
    """
    return successors(code, from_=of, to=in_)


def kind_of_change(code: str, *, from_: int | None = None, to: int = CURRENT) -> str:
    """In one word what became of a region: one of KINDS.

    >>> kind_of_change("HR041"), kind_of_change("HR04"), kind_of_change("BG31", from_=2013)
    ('recoded', 'split', 'unchanged')
    """
    flows = successors(code, from_=from_, to=to)
    return flows[0].kind if flows else "discontinued"


def boundaries_changed(code: str, from_: int, to: int) -> bool:
    """Whether a code that both vintages have means another territory in each.

    >>> boundaries_changed("BG31", 2010, 2024), boundaries_changed("ITH4", 2013, 2024)
    (False, True)
    """
    for vintage in (from_, to):
        _vintage(code, vintage)
    return from_ != to and any(code in (piece.source, piece.target) for piece in pieces(from_, to))


def _vintage(code: str, vintage: int | None) -> int:
    """The vintage given, if it has the code, else the newest that has."""
    if is_extra_regio(code):
        level(code)
        return vintage or CURRENT
    known = vintages_of(code)
    if not known:
        raise UnknownRegion(code)
    if vintage is not None and not exists(code, vintage):
        raise UnknownRegion(code, vintage, known)
    return vintage or known[-1]


def _shares(found: list[Piece]) -> list[Mapping[str, float]]:
    """Each piece as a part of all of them; where a weight is zero throughout, land decides."""
    totals = {weight: sum(piece.amounts[weight] for piece in found) for weight in WEIGHTS}
    return [
        {
            weight: piece.amounts[weight] / totals[weight]
            if totals[weight]
            else piece.amounts["area"] / totals["area"]
            for weight in WEIGHTS
        }
        for piece in found
    ]
