"""Figures from one vintage of NUTS to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from regional_analytics.codes.nuts.changes import WEIGHTS, Piece, pieces
from regional_analytics.codes.nuts.errors import UnknownRegion
from regional_analytics.codes.nuts.lists import exists, is_extra_regio, vintages_of
from regional_analytics.notes import Notes

Matrix = NDArray[np.float64]

STOCK, RATE = "stock", "rate"


@dataclass(frozen=True, eq=False)
class Conversion:
    """Figures in another vintage, and how sure they are.

    values: for each of codes, in the shape the figures came in; NaN where a part is unknown.
    estimated: what part of a value had to be apportioned, because a region was cut; 0 is exact, 1 all estimated.
    low, high: the smallest and largest value that any of the weights gives; equal to values where nothing was cut.
    notes: “incomplete” regions, of which a part was not given, and “lost” ones, whose territory left NUTS.
    """

    codes: tuple[str, ...]
    values: Matrix
    estimated: Matrix
    low: Matrix
    high: Matrix
    from_: int
    to: int
    weight: str
    kind: str
    notes: Notes


def convert(
    values: ArrayLike,
    codes: Sequence[str],
    *,
    from_: int,
    to: int,
    weight: str = "population_2021",
    kind: str = STOCK,
) -> Conversion:
    """Carry figures of regions from one vintage to another.

        stock: y[t] = Σ_s x[s] · w[s,t] / Σ_t' w[s,t']        rate: y[t] = Σ_s x[s] · w[s,t] / Σ_s' w[s',t]

    where w[s,t] is what source and target have in common. A stock (people, jobs, euros) is divided, so that the
    total stays; a rate (a share, euros per head) is averaged. NaN is an unknown figure, never a zero: a target with
    any unknown part is unknown. Countries and extra-regio codes pass unchanged.

    values: (regions,) or (regions, anything), one row for each of codes.
    weight: population_2021, population_2011, area or built_up.
    Source of the weights: Joint Research Centre, NUTS converter 2025.08.

    >>> jobs = convert([900.0, 100.0], ["HR03", "HR04"], from_=2016, to=2021)
    >>> jobs.codes, float(jobs.values.sum())
    (('HR02', 'HR03', 'HR05', 'HR06'), 1000.0)
    >>> jobs.estimated.tolist()
    [1.0, 0.0, 1.0, 1.0]
    """
    given = np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan)
    _check(given, codes, from_, to, weight, kind)
    table = given.reshape(len(codes), -1)
    links = _links(codes, from_, to)
    targets = tuple(sorted({link.target for link in links}))
    notes = Notes()
    _note_losses(notes, codes, links)
    missing = _note_gaps(notes, codes, links, targets, from_, to)
    by_weight = {one: _carried(table, codes, links, targets, one, kind) for one in WEIGHTS}
    spread = np.stack([carried for carried, _ in by_weight.values()])
    result, estimated = by_weight[weight]
    for array in (result, estimated, spread.swapaxes(0, 1)):
        array[missing] = np.nan
    shape = (len(targets), *given.shape[1:])
    return Conversion(
        codes=targets,
        values=result.reshape(shape),
        estimated=estimated.reshape(shape),
        low=spread.min(axis=0).reshape(shape),
        high=spread.max(axis=0).reshape(shape),
        from_=from_,
        to=to,
        weight=weight,
        kind=kind,
        notes=notes,
    )


def convert_table(
    frame: pl.DataFrame,
    *,
    from_: int,
    to: int,
    region: str = "region",
    value: str = "value",
    weight: str = "population_2021",
    kind: str = STOCK,
) -> pl.DataFrame:
    """The same for a tidy table: all columns but region and value say what is counted, and stay as they are.

    Comes back with region, those columns, value, and estimated, low, high as in Conversion. A region without a
    row, or with a null, is unknown; so is every target it has a part in.

    >>> table = pl.DataFrame({"region": ["HU10", "HU10"], "year": [2014, 2015], "value": [100.0, None]})
    >>> moved = convert_table(table, from_=2013, to=2024)
    >>> moved.select("region", "year", pl.col("value").round()).rows()
    [('HU11', 2014, 56.0), ('HU12', 2014, 44.0), ('HU11', 2015, None), ('HU12', 2015, None)]
    """
    within = [column for column in frame.columns if column not in (region, value)]
    groups = frame.select(within).unique(maintain_order=True) if within else pl.DataFrame({"": [0]})
    codes = frame[region].unique(maintain_order=True).to_list()
    numbered = groups.with_row_index("_group")
    cells = (
        frame.join(numbered, on=within, nulls_equal=True) if within else frame.with_columns(_group=pl.lit(0))
    )
    if cells.select(region, "_group").is_duplicated().any():
        raise ValueError(
            f"The table has two figures for one {region} and the same {', '.join(within) or 'cell'}."
        )
    given = np.full((len(codes), groups.height), np.nan)
    place = {code: row for row, code in enumerate(codes)}
    rows = np.array([place[code] for code in cells[region]], dtype=np.intp)
    given[rows, cells["_group"].to_numpy()] = cells[value].cast(pl.Float64).fill_null(np.nan).to_numpy()
    moved = convert(given, codes, from_=from_, to=to, weight=weight, kind=kind)
    columns = {"value": moved.values, "estimated": moved.estimated, "low": moved.low, "high": moved.high}
    long = pl.DataFrame(
        {
            region: list(moved.codes) * groups.height,
            "_group": np.repeat(np.arange(groups.height), len(moved.codes)),
        }
    ).with_columns(
        pl.Series(value if name == "value" else name, array.T.ravel(), nan_to_null=True)
        for name, array in columns.items()
    )
    joined = long.with_columns(pl.col("_group").cast(numbered["_group"].dtype)).join(
        numbered, on="_group", maintain_order="left"
    )
    return joined.select(region, *within, value, "estimated", "low", "high")


def _check(given: Matrix, codes: Sequence[str], from_: int, to: int, weight: str, kind: str) -> None:
    """Refuse what cannot be converted, and say which."""
    if weight not in WEIGHTS:
        raise ValueError(f"There is no weight “{weight}”; the weights are {', '.join(WEIGHTS)}.")
    if kind not in (STOCK, RATE):
        raise ValueError(f"Figures are a stock or a rate, not “{kind}”.")
    if given.ndim == 0 or given.shape[0] != len(codes):
        raise ValueError(
            f"{len(codes)} codes need as many rows of figures; the figures have shape {given.shape}."
        )
    if len(set(codes)) < len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise ValueError(f"These regions are given twice: {', '.join(twice)}.")
    for code in codes:
        if not is_extra_regio(code) and not exists(code, from_):
            raise UnknownRegion(code, from_, vintages_of(code))
    exists("", to)


def _links(codes: Sequence[str], from_: int, to: int) -> list[Piece]:
    """The pieces of the given regions; a region without pieces goes whole to its own code, if that still exists."""
    by_source: dict[str, list[Piece]] = {}
    if from_ != to:
        for piece in pieces(from_, to):
            by_source.setdefault(piece.source, []).append(piece)
    whole = dict.fromkeys(WEIGHTS, 1.0)
    links: list[Piece] = []
    for code in codes:
        if code in by_source:
            links.extend(by_source[code])
        elif exists(code, to) or is_extra_regio(code):
            links.append(Piece(code, code, "unchanged", whole))
    return links


def _carried(
    table: Matrix,
    codes: Sequence[str],
    links: Sequence[Piece],
    targets: Sequence[str],
    weight: str,
    kind: str,
) -> tuple[Matrix, Matrix]:
    """The figures in the new regions by one weight, and what part of each is apportioned."""
    row = {code: number for number, code in enumerate(codes)}
    source = np.array([row[link.source] for link in links], dtype=np.intp)
    place = {code: number for number, code in enumerate(targets)}
    target = np.array([place[link.target] for link in links], dtype=np.intp)
    is_cut = np.bincount(source, minlength=len(codes))[source] > 1
    around = source if kind == STOCK else target
    share = _shares(links, around, weight)
    contribution = share[:, None] * table[source]
    importance = (
        np.abs(contribution) if kind == STOCK else np.broadcast_to(share[:, None], contribution.shape)
    )
    result, whole, cut = (np.zeros((len(targets), table.shape[1])) for _ in range(3))
    np.add.at(result, target, contribution)
    np.add.at(whole, target, importance)
    np.add.at(cut, target, np.where(is_cut[:, None], importance, 0.0))
    estimated = np.divide(cut, whole, out=np.zeros_like(cut), where=whole != 0)
    estimated[np.isnan(result)] = np.nan
    return result, estimated


def _shares(links: Sequence[Piece], around: NDArray[np.intp], weight: str) -> Matrix:
    """Each piece as a part of all pieces of its region; where the weight is zero throughout, land decides."""
    size = int(around.max(initial=-1)) + 1
    amounts, land = (np.array([link.amounts[one] for link in links]) for one in (weight, "area"))
    empty = np.bincount(around, amounts, size) == 0
    used = np.where(empty[around], land, amounts)
    share: Matrix = used / np.bincount(around, used, size)[around]
    return share


def _note_losses(notes: Notes, codes: Sequence[str], links: Sequence[Piece]) -> None:
    kept = {link.source for link in links}
    lost = [(row,) for row, code in enumerate(codes) if code not in kept]
    notes.add(
        "lost", "the region has no successor; its figure is in no region", axes=("region",), positions=lost
    )


def _note_gaps(
    notes: Notes, codes: Sequence[str], links: Sequence[Piece], targets: Sequence[str], from_: int, to: int
) -> NDArray[np.bool_]:
    """Which targets also need a region that was not given; their figures are unknown."""
    reached, given = set(targets), set(codes)
    others = pieces(from_, to) if from_ != to else ()
    lacking = {piece.target for piece in others if piece.target in reached and piece.source not in given}
    missing = np.array([code in lacking for code in targets], dtype=np.bool_)
    notes.add(
        "incomplete",
        "a part of the region was not given, so its figure is unknown",
        axes=("converted region",),
        positions=[(int(row),) for row in np.flatnonzero(missing)],
    )
    return missing
