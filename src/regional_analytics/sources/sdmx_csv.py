"""SDMX-CSV 1.0 and 2.0: codes alone, codes with a column of labels after each, or “BG31: Severozapaden” in one cell."""

from __future__ import annotations

import re

from regional_analytics.sources.formats import SDMX_CSV_1
from regional_analytics.sources.layout import (
    ACTIVITY,
    FREQUENCY,
    Layout,
    find,
    find_or_say,
    separator_of,
    split_header,
)

REGION = ("geo", "REF_AREA", "region", "TERRITORIAL_LEVEL")
_TIME, _VALUE, _LABEL_OF_STRUCTURE = "TIME_PERIOD", "OBS_VALUE", "STRUCTURE_NAME"
_ABOUT_THE_TABLE = (
    "DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", _LABEL_OF_STRUCTURE, "ACTION", "SERIES_KEY", "OBS_KEY",
)  # fmt: skip
_CODE_AND_LABEL = re.compile(r"([A-Za-z0-9_.+\-]+): ")


def sdmx_layout(header: str, form: str) -> Layout:
    """Dimensions stand before the value; what stands after it belongs to the observation."""
    separator = separator_of(header)
    columns = split_header(header, separator)
    time, value = find_or_say(columns, (_TIME,), "years"), find_or_say(columns, (_VALUE,), "values")
    labels = _label_columns(columns, time, value)
    codes = ["" if place in labels else name for place, name in enumerate(columns)]
    region, activity = find_or_say(codes, REGION, "regions"), find(codes, ACTIVITY)
    not_series = {
        time,
        region,
        activity,
        find(codes, FREQUENCY),
        *(find(codes, [name]) for name in _ABOUT_THE_TABLE),
    }
    flags = (find(codes, ["OBS_FLAG"]), find(codes, ["OBS_STATUS"]))
    facts = {
        "dataset_code": find(codes, ["DATAFLOW"] if form == SDMX_CSV_1 else ["STRUCTURE_ID"]),
        "title": find(columns, [_LABEL_OF_STRUCTURE]),
        "updated": find(codes, ["LAST UPDATE"]),
    }
    return Layout(
        format=form,
        separators=separator.encode(),
        columns=columns,
        region=region,
        activity=activity,
        series=tuple(place for place in range(value) if codes[place] and place not in not_series),
        year=time,
        value=value,
        flags=tuple(place for place in flags if place is not None),
        secrecy=find(codes, ["CONF_STATUS"]),
        clean=code_of,
        facts=tuple((name, place) for name, place in facts.items() if place is not None),
    )


def _label_columns(columns: tuple[str, ...], time: int, value: int) -> set[int]:
    """Every second column after STRUCTURE_NAME, where the table has labels of its own; their headings are free text."""
    name = find(columns, [_LABEL_OF_STRUCTURE])
    if name is None:
        return set()
    first = name + 1
    while first < len(columns) and columns[first].upper() in _ABOUT_THE_TABLE:
        first += 1
    is_paired = value - time >= 2 and not (time - first) % 2 and not (value - first) % 2
    return {name, *range(first + 1, len(columns), 2)} if is_paired else {name}


def code_of(said: str) -> str:
    """The code of a cell that may carry its label.

    >>> code_of("BG31: Severozapaden"), code_of("BG31")
    ('BG31', 'BG31')
    """
    found = _CODE_AND_LABEL.match(said)
    return found[1] if found else said


def table_code(said: str) -> str:
    """The table in the name of a data flow.

    >>> table_code("ESTAT:NAMA_10R_2GDP$DEFAULTVIEW(1.0)")
    'nama_10r_2gdp'
    """
    return re.sub(r"[($].*$", "", said.split(":")[1] if ":" in said else said).strip().lower()
