"""Eurostat's bulk TSV, with the old header (geo\\time, newest year first) and the new one (geo\\TIME_PERIOD)."""

from __future__ import annotations

from regional_analytics.sources.errors import DimensionsUnclear
from regional_analytics.sources.formats import EUROSTAT_TSV
from regional_analytics.sources.layout import ACTIVITY, FREQUENCY, Layout, find, find_or_say, year_of
from regional_analytics.sources.problems import Ledger


def tsv_layout(header: str, line: int, problems: Ledger) -> Layout:
    """The key's codes are joined by commas and the years by tabs; cells hold neither, so both cut alike.

    Every cell of the wide table is an observation: “:” is a cell without a value, not the lack of a cell.
    """
    key, *periods = header.strip("\r\n").split("\t")
    dimensions = tuple(name.strip() for name in key.split("\\")[0].split(","))
    years = tuple((len(dimensions) + place, year_of(period)) for place, period in enumerate(periods))
    odd = [period.strip() for period in periods if not year_of(period)]
    if len(odd) == len(periods):
        raise DimensionsUnclear(lacking="years", columns=", ".join(odd[:10]), names="2015, 2016, 2017")
    if odd:
        problems.add("bad-year", [line] * len(odd), "time", odd.__getitem__)
    region, activity = find_or_say(dimensions, ("geo",), "regions"), find(dimensions, ACTIVITY)
    not_series = {region, activity, find(dimensions, FREQUENCY)}
    return Layout(
        format=EUROSTAT_TSV,
        separators=b",\t",
        columns=(*dimensions, *(period.strip() for period in periods)),
        region=region,
        activity=activity,
        series=tuple(place for place in range(len(dimensions)) if place not in not_series),
        years=tuple((place, year) for place, year in years if year),
        quoted=False,
    )
