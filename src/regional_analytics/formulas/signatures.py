"""How each function is written: what a reader of an error or of the editor's help is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Signature:
    """A function of the language: its name, how it is written, how many arguments it takes."""

    name: str
    usage: str
    least: int
    most: int
    options: tuple[str, ...] = ()


MANY = 30
BEST = ("highest", "lowest")
NORMALISATIONS = ("minmax", "zscore", "percentile", "as_is")
FUNCTIONS = {
    one.name: one
    for one in (
        Signature("ratio", "ratio(part, whole)", 2, 2),
        Signature("per", "per(counted, base, 1000)", 2, 3),
        Signature("share", "share(part, whole)", 2, 2),
        Signature("index", "index(indicator, 2015)", 2, 2),
        Signature("change", "change(indicator, 5)", 2, 2),
        Signature("difference", "difference(indicator, 5)", 2, 2),
        Signature("rank", "rank(indicator) or rank(indicator, best=lowest)", 1, 2, ("best",)),
        Signature("percentile", "percentile(indicator)", 1, 1),
        Signature("zscore", "zscore(indicator)", 1, 1),
        Signature("minmax", "minmax(indicator)", 1, 1),
        Signature("composite", "composite(minmax, income=gdp, work=-unemployment)", 2, MANY + 1),
    )
}
