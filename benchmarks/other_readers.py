"""Reading the same files as one does without us: the PyPI package eurostat, and pandas.

Both end where our reader ends: region, activity, year, series, value, state, flag, line.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import eurostat
import eurostat.eurostat as package
import numpy as np
import pandas as pd

STATES = ["reported", "estimated", "not_published", "confidential", "not_applicable"]
EUROSTAT_CODES = {"GR": "EL", "GB": "UK"}


def by_eurostat(path: Path) -> pd.DataFrame:
    """A bulk TSV by eurostat.get_data_df(flags=True), whose two calls to the service are answered with the file.

    The package parses what it downloads, cell by cell, and gives a wide table with a column of values and one of
    flags for each year; what follows makes observations of it, as its users do.
    """
    package.__dict__["__get_dims_info__"] = lambda code, **_: ("ESTAT", "EUROSTAT", [])
    package.__dict__["__get_resp__"] = lambda url, **_: SimpleNamespace(content=path.read_bytes())
    wide = eurostat.get_data_df("lfst_r_lfe2en2", flags=True)
    wide = wide.rename(columns={name: name.split("\\")[0] for name in wide.columns if "\\" in name})
    wide["line"] = np.arange(2, len(wide) + 2, dtype="uint32")
    keys = ["unit", "nace_r2", "age", "geo", "line"]
    values = wide.melt(keys, [name for name in wide if name.endswith("_value")], "year", "value")
    flags = wide.melt(keys, [name for name in wide if name.endswith("_flag")], "year", "flag")
    flag = flags["flag"].fillna("").str.strip(": ")
    return pd.DataFrame(
        {
            "region": _as_eurostat_writes(values["geo"]),
            "activity": values["nace_r2"],
            "year": values["year"].str.removesuffix("_value").astype("int16"),
            "series": values["unit"] + "." + values["age"],
            "value": values["value"].astype("float64"),
            "state": _states(values["value"].notna(), flag),
            "flag": flag,
            "line": values["line"],
        }
    )


def by_pandas(path: Path) -> pd.DataFrame:
    """A tidy CSV by the shortest way in pandas. It would stop at the first cell that is no number, without its line."""
    table = pd.read_csv(path)
    flag = pd.Series("", index=table.index)
    return pd.DataFrame(
        {
            "region": _as_eurostat_writes(table["geo"]),
            "activity": table["nace_r2"],
            "year": table["year"].astype("int16"),
            "series": "",
            "value": table["value"],
            "state": _states(table["value"].notna(), flag),
            "flag": flag,
            "line": np.arange(2, len(table) + 2, dtype="uint32"),
        }
    )


def by_careful_pandas(path: Path) -> pd.DataFrame:
    """The same with what our reader promises: bad rows set aside with their line, flags in cells, empty told from odd."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["line"] = np.arange(2, len(table) + 2, dtype="uint32")
    cell = table["value"].str.strip()
    parts = cell.str.extract(r"^(?P<number>[^A-Za-z(]*?)\s*\(?(?P<flag>[a-z]*)\)?$")
    flag = parts["flag"].fillna("")
    value = pd.to_numeric(parts["number"].replace({":": ""}), errors="coerce")
    year = pd.to_numeric(table["year"].str.strip(), errors="coerce")
    is_bad = (
        (value.isna() & ~parts["number"].isin(["", ":"])) | year.isna() | (table["geo"].str.strip() == "")
    )
    good = ~is_bad
    return pd.DataFrame(
        {
            "region": _as_eurostat_writes(table["geo"][good].str.strip()),
            "activity": table["nace_r2"][good].str.strip(),
            "year": year[good].astype("int16"),
            "series": "",
            "value": value[good],
            "state": _states(value[good].notna(), flag[good]),
            "flag": flag[good],
            "line": table["line"][good],
        }
    )


def _as_eurostat_writes(regions: pd.Series) -> pd.Series:
    codes = {code: EUROSTAT_CODES.get(code[:2], code[:2]) + code[2:] for code in regions.unique()}
    return regions.map(codes)


def _states(has_value: pd.Series, flag: pd.Series) -> pd.Categorical:
    numbers = np.select(
        [
            has_value & flag.str.contains("[esi]"),
            has_value,
            flag.str.contains("c"),
            flag.str.contains("[zm]"),
        ],
        [1, 0, 3, 4],
        2,
    )
    return pd.Categorical.from_codes(numbers, STATES)
