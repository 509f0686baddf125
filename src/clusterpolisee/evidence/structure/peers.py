"""Where a region stands among all regions of its level."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import polars as pl

from clusterpolisee.evidence import store
from clusterpolisee.evidence.models import DatasetVersion, Indicator
from clusterpolisee.evidence.structure.series import Folder, of_level
from regional_analytics import measures


@dataclass(frozen=True)
class Peers:
    """All regions of one level with a value in one year."""

    regions: tuple[str, ...]
    values: np.ndarray


def peers_of(version: DatasetVersion, indicator: Indicator, activity: str, year: int, level: int) -> Peers:
    return _peers(Folder(version), indicator.series, indicator.dataset.multiplier, activity, year, level)


@lru_cache(maxsize=512)
def _peers(folder: Folder, series: str, multiplier: float, activity: str, year: int, level: int) -> Peers:
    rows = whole_series(folder, series).filter(
        (pl.col("activity") == activity) & (pl.col("year") == year) & pl.col("value").is_not_null()
    )
    rows = of_level(rows, level)
    # A code can stand in two vintages (HR03 before and after a change): each place counts once, newest first.
    newest = rows["nuts"].max()
    rows = rows.filter(pl.col("nuts") == newest) if newest is not None else rows
    return Peers(tuple(rows["region"].to_list()), rows["value"].to_numpy() * multiplier)


@lru_cache(maxsize=16)
def whole_series(folder: Folder, series: str) -> pl.DataFrame:
    return store.observations(folder, series=[series])


def standing_of(
    version: DatasetVersion, indicator: Indicator, region: str, nuts_vintage: int, activity: str, year: int
) -> measures.Standing | None:
    """Rank, median and quartiles of a region among all regions of its level with a value."""
    peers = peers_of(version, indicator, activity, year, len(region) - 2)
    if region not in peers.regions:
        return None
    best: Literal["highest", "lowest"] = "lowest" if indicator.direction < 0 else "highest"
    return measures.standing(peers.values, peers.regions.index(region), best=best)
