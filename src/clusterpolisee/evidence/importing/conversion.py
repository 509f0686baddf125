"""Observations carried from one vintage of NUTS to another, and how sure the result is, in words and figures.

Regions whose land did not change pass as they are. What is carried is derived: a figure that rests on a region that was
cut is an estimate (flag e), one that is unknown in any part stays unknown, and what has no successor keeps its vintage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import pipeline
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.report import WARNING, Finding
from clusterpolisee.shell.languages import format_percent
from regional_analytics.codes import nuts
from regional_analytics.tables import OBSERVATION_SCHEMA, state_expression

CELL = ["series", "activity", "year"]
WEIGHTS = nuts.WEIGHTS
SHOWN = 40


@dataclass(frozen=True)
class Offer:
    """What a conversion would mean for the regions of one file."""

    from_: int
    to: int
    unchanged: int
    recoded: tuple[str, ...]
    merged: tuple[str, ...]
    cut: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Uncertain:
    """One region whose figures rest on cut ones: what share of them, and how far the weights lie apart."""

    code: str
    estimated: float
    low_percent: float
    high_percent: float


@dataclass(frozen=True)
class Converted:
    """The observations in the other vintage, with what a person should know of them."""

    observations: pl.DataFrame
    figures: int
    share_estimated: float
    uncertain: tuple[Uncertain, ...]
    unknown: int
    lost: tuple[str, ...]

    def sentence(self, from_: int, to: int) -> str:
        """In the active language."""
        return _(
            "%(figures)s figures are carried from NUTS %(from)s to NUTS %(to)s; %(share)s of their amount rests on "
            "regions that were cut, and is estimated."
        ) % {
            "figures": self.figures,
            "from": from_,
            "to": to,
            "share": format_percent(self.share_estimated, decimals=1),
        }


def offer(observations: pl.DataFrame, table: Dataset) -> Offer | None:
    """None where the file is coded in the table's vintage, or where no region of it differs there."""
    codes = _codes(observations)
    declared = pipeline.vintage_of_file(codes, expected=table.nuts_vintage, asked=None)
    if declared == table.nuts_vintage:
        return None
    by_kind: dict[str, list[str]] = {}
    for code in codes:
        if nuts.exists(code, declared):
            by_kind.setdefault(_kind(code, declared, table.nuts_vintage), []).append(code)
    if set(by_kind) <= {"unchanged"}:
        return None
    return Offer(
        declared,
        table.nuts_vintage,
        len(by_kind.get("unchanged", [])),
        tuple(by_kind.get("recoded", ())),
        tuple(by_kind.get("merged", ())),
        tuple(by_kind.get("cut", ())),
        tuple(by_kind.get("lost", ())),
    )


def convert(
    observations: pl.DataFrame, *, from_: int, to: int, kind: str, weight: str = WEIGHTS[0]
) -> Converted:
    """Carry what changed; the rest stays. kind: stock (divided, so that totals stay) or rate (averaged)."""
    spelling = {code: nuts.normalise(code) for code in observations["region"].unique()}
    frame = observations.with_columns(pl.col("region").replace(spelling))
    kinds = {code: _kind(code, from_, to) for code in spelling.values() if nuts.exists(code, from_)}
    moving = [code for code, one in kinds.items() if one in ("recoded", "merged", "cut")]
    # A region that did not change itself may still receive a part of one that did.
    targets = (
        {flow.code for code in moving for flow in nuts.successors(code, from_=from_, to=to)}
        if from_ < to
        else {flow.code for code in moving for flow in nuts.predecessors(code, of=from_, in_=to)}
    )
    involved = [code for code in kinds if code in moving or code in targets]
    rest = frame.filter(~pl.col("region").is_in(involved))
    carried = frame.filter(pl.col("region").is_in(involved)).unique(
        ["region", *CELL], keep="first", maintain_order=True
    )
    if not carried.height:
        return Converted(frame, 0, 0.0, (), 0, ())
    moved = nuts.convert_table(
        carried.select("region", *CELL, "value"),
        from_=from_,
        to=to,
        weight=weight,
        kind="stock" if kind == "stock" else "rate",
    )
    facts = _facts(carried, from_, to)
    moved = moved.join(facts, on=["region", *CELL], how="inner")
    letters = (
        pl.when(pl.col("value").is_not_null() & (pl.col("estimated") > 0))
        .then(pl.col("flag") + "e")
        .otherwise(pl.col("flag"))
    )
    flag = letters.map_elements(lambda text: "".join(sorted(set(text))), return_dtype=pl.String)
    result = moved.with_columns(flag=flag).with_columns(
        state=state_expression(pl.col("value"), pl.col("flag"))
    )
    amounts = moved.drop_nulls("value").with_columns(weight=pl.col("value").abs())
    total = float(amounts["weight"].sum())
    share = float((amounts["weight"] * amounts["estimated"]).sum()) / total if total else 0.0
    return Converted(
        pl.concat([rest.select(list(OBSERVATION_SCHEMA)), _in_schema(result)]),
        amounts.height,
        share,
        _uncertain(amounts),
        moved["value"].null_count(),
        tuple(code for code, one in kinds.items() if one == "lost"),
    )


def findings(converted: Converted, from_: int, to: int) -> list[Finding]:
    """What the report of the version says of the conversion."""
    found = []
    if converted.figures:
        params = {"from": str(from_), "vintage": to, "percent": round(100 * converted.share_estimated, 1)}
        found.append(Finding("converted", WARNING, converted.figures, params=params))
    if converted.lost:
        found.append(
            Finding("lost_regions", WARNING, len(converted.lost), params={"codes": list(converted.lost[:20])})
        )
    return found


def default_kind(table: Dataset) -> str:
    """Counts and amounts are divided; rates and indices are averaged."""
    return "stock" if table.kind in (Dataset.Kind.STOCK, Dataset.Kind.MONEY) else "rate"


def _codes(observations: pl.DataFrame) -> list[str]:
    return [code for code in map(nuts.normalise, observations["region"].unique().sort()) if nuts.exists(code)]


def _kind(code: str, from_: int, to: int) -> str:
    """unchanged, recoded, merged (into one region, whole), cut (into several) or lost."""
    flows = (
        nuts.successors(code, from_=from_, to=to) if from_ < to else nuts.predecessors(code, of=from_, in_=to)
    )
    if not flows:
        return "lost"
    if len(flows) > 1:
        return "cut"
    if flows[0].kind == "unchanged":
        return "unchanged"
    return "recoded" if flows[0].kind == "recoded" else "merged"


def _facts(carried: pl.DataFrame, from_: int, to: int) -> pl.DataFrame:
    """For each new cell the flags and the first line of the cells it is made of."""
    links: dict[str, list[str]] = {"region": [], "target": []}
    for code in carried["region"].unique():
        flows = (
            nuts.successors(code, from_=from_, to=to)
            if from_ < to
            else nuts.predecessors(code, of=from_, in_=to)
        )
        for flow in flows:
            links["region"].append(code)
            links["target"].append(flow.code)
    joined = carried.join(pl.DataFrame(links), on="region")
    return (
        joined.group_by(["target", *CELL])
        .agg(flag=pl.col("flag").str.join(""), line=pl.col("line").min())
        .rename({"target": "region"})
    )


def _uncertain(amounts: pl.DataFrame) -> tuple[Uncertain, ...]:
    rows = (
        amounts.filter((pl.col("estimated") > 0) & (pl.col("weight") > 0))
        .group_by("region")
        .agg(
            estimated=(pl.col("estimated") * pl.col("weight")).sum() / pl.col("weight").sum(),
            low=((pl.col("low") - pl.col("value")) / pl.col("weight")).mean(),
            high=((pl.col("high") - pl.col("value")) / pl.col("weight")).mean(),
        )
        .sort("estimated", "region", descending=[True, False])
    )
    return tuple(Uncertain(code, share, low, high) for code, share, low, high in rows.head(SHOWN).iter_rows())


def _in_schema(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select([pl.col(name).cast(dtype) for name, dtype in OBSERVATION_SCHEMA.items()])


def as_json(chosen: Mapping[str, str], from_: int, to: int) -> dict[str, object]:
    """How the conversion is kept with the version."""
    return {"from": from_, "to": to, **chosen}
