"""Plain CSV with a row for each observation, however offices and spreadsheets write it."""

from __future__ import annotations

from regional_analytics.sources.flags import letters_of
from regional_analytics.sources.formats import TIDY_CSV
from regional_analytics.sources.layout import (
    ACTIVITY,
    FREQUENCY,
    Layout,
    find,
    find_or_say,
    separator_of,
    split_header,
)

REGION = ("geo", "region", "nuts", "nuts_id", "nuts_code", "code", "регион", "код")
ACTIVITIES = (*ACTIVITY, "sector", "nace_code", "дейност")
YEAR = ("year", "time", "time_period", "period", "година")
VALUE = ("value", "obs_value", "values", "стойност")
FLAG = ("flag", "obs_flag", "flags", "status", "obs_status", "флаг")
STATE = ("state",)


def tidy_layout(header: str, *, region: str | None, activity: str | None) -> Layout:
    """Columns are known by their names; all that have another name make up the series.

    region, activity   the names of those columns, where they are unusual
    """
    separator = separator_of(header)
    columns = split_header(header.lstrip("\ufeff"), separator)
    places = {
        "region": find_or_say(columns, (region,) if region else REGION, "regions"),
        "activity": find_or_say(columns, (activity,), "activities")
        if activity
        else find(columns, ACTIVITIES),
        "year": find_or_say(columns, YEAR, "years"),
        "value": find_or_say(columns, VALUE, "values"),
    }
    flags = [place for place in (find(columns, FLAG), find(columns, STATE)) if place is not None]
    not_series = {*places.values(), *flags, find(columns, FREQUENCY)}
    return Layout(
        format=TIDY_CSV,
        separators=separator.encode(),
        columns=columns,
        series=tuple(place for place, name in enumerate(columns) if name and place not in not_series),
        flags=tuple(flags),
        letters=letters_of,
        **places,  # type: ignore[arg-type]  # only activity may be None
    )
