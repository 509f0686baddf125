"""Make the code tables of regional_analytics.codes from the published lists.

    CLUSTERPOLISEE_DATA=<folder of full tables> python scripts/starter/build_codes.py

Reads the NUTS lists 2010-2024, the NUTS converter's weights and the NACE Rev. 2 list; writes three small tables in
the library's own layout beside src/regional_analytics/codes/data/README.md, which names every source.
"""

from __future__ import annotations

import csv
import gzip
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src/regional_analytics/codes/data"
NAMES = ROOT / "src/clusterpolisee/regions/seeds/names.csv"
VINTAGES = (2010, 2013, 2016, 2021, 2024)
CODE = re.compile(r"[A-Z]{2}[0-9A-Y]{0,3}")

# Not a region: the source cuts UKN10-UKN16 (level 3) to four letters; their parent is UKN0.
MISREAD = {"UKN1"}
# Countries whose statistical regions Eurostat has coded alike since before 2010, absent from the lists at hand.
ALWAYS_THE_SAME = ("ME", "MK", "TR")
COUNTRIES_WITHOUT_LISTS = {"MD": "Moldova", "UK": "United Kingdom", "UA": "Ukraina", "XK": "Kosovo"}

WEIGHTS = {
    "areaKm": "area",
    "pop11": "population_2011",
    "pop21": "population_2021",
    "artif_surf18": "built_up",
}
# A piece below both shares, on both sides, is a drawing inaccuracy of the boundary files, not a change.
LEAST_SHARE_OF_PEOPLE = 0.001
LEAST_SHARE_OF_LAND = 0.005

Codes = dict[int, set[str]]
Names = dict[tuple[str, int], str]


def main() -> None:
    folder = os.environ.get("CLUSTERPOLISEE_DATA")
    if not folder:
        sys.exit(
            "Set CLUSTERPOLISEE_DATA to the folder that holds the full tables (nuts/, classifications/)."
        )
    data = Path(folder)
    weights = pl.read_csv(
        data / "nuts/nuts_crosswalk_weights_2006_2024.csv.gz", infer_schema_length=None
    ).filter(*(_is_region(column) for column in ("from_code", "to_code")))
    codes, names = read_lists(data, weights)
    _write("nuts_codes.csv.gz", ("code", "first", "last", "level", "parent", "name"), code_rows(codes, names))
    _write(
        "nuts_flows.csv.gz",
        ("earlier", "later", "from", "to", *WEIGHTS.values()),
        flow_rows(weights),
    )
    _write("nace_rev2.csv.gz", ("code", "parent", "label"), nace_rows(data))


def _is_region(column: str) -> pl.Expr:
    return ~pl.col(column).str.slice(2).str.contains("Z") & ~pl.col(column).is_in(list(MISREAD))


def read_lists(data: Path, weights: pl.DataFrame) -> tuple[Codes, Names]:
    """Which codes each vintage has, and the names printed with them."""
    codes: Codes = {vintage: set() for vintage in VINTAGES}
    names: Names = {}
    changes = pl.read_csv(data / "nuts/nuts_code_changes_1999_2021.csv", infer_schema_length=None)
    for vintage in VINTAGES[:-1]:
        listed = changes.select(f"code_{vintage}", f"geo_name_{vintage}").drop_nulls(f"code_{vintage}")
        for code, name in listed.iter_rows():
            if CODE.fullmatch(code):
                codes[vintage].add(code)
                names[code, vintage] = (name or "").strip()
    for code, name in pl.read_csv(data / "nuts/nuts_2024_codes_names.csv")[
        "nuts_id", "name_latin"
    ].iter_rows():
        codes[2024].add(code)
        names[code, 2024] = name.strip()
    for vintage in VINTAGES:
        same = (pl.col("from_version") == vintage) & (pl.col("to_version") == vintage)
        codes[vintage] |= set(weights.filter(same)["from_code"])
    complete(codes, names)
    return codes, names


def complete(codes: Codes, names: Names) -> None:
    """Add every country to every vintage, and the statistical regions that have always been the same."""
    for code, name in COUNTRIES_WITHOUT_LISTS.items():
        names[code, 2024] = name
    countries = {code[:2] for vintage in VINTAGES for code in codes[vintage]} | set(COUNTRIES_WITHOUT_LISTS)
    lasting = {code for code in codes[2024] if code[:2] in ALWAYS_THE_SAME}
    for vintage in VINTAGES:
        codes[vintage] |= countries | lasting
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for vintage in VINTAGES:
                if int(row["from_vintage"]) <= vintage <= int(row["to_vintage"]):
                    codes[vintage].add(row["code"])
                    names[row["code"], vintage] = row["latin"]


def code_rows(codes: Codes, names: Names) -> list[tuple[object, ...]]:
    """One row for each unbroken run of vintages in which a code keeps its name."""
    rows: list[tuple[object, ...]] = []
    for code in sorted(set().union(*codes.values())):
        run: list[int] = []
        for vintage in (*VINTAGES, 0):
            here = vintage in codes and code in codes[vintage]
            if run and not (here and _alike(names, code, run[-1], vintage)):
                rows.append((code, run[0], run[-1], len(code) - 2, parent_of(code), _name(names, code, run)))
                run = []
            if here:
                run.append(vintage)
    return rows


def parent_of(code: str) -> str:
    """The code one level up; Northern Ireland ran out of digits, so UKN10-UKN16 belong to UKN0."""
    if len(code) == 2:
        return ""
    return "UKN0" if code.startswith("UKN") and len(code) == 5 else code[:-1]


def _alike(names: Names, code: str, one: int, other: int) -> bool:
    first, second = names.get((code, one), ""), names.get((code, other), "")
    return not first or not second or _folded(first) == _folded(second)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii())


def _name(names: Names, code: str, run: Sequence[int]) -> str:
    found = [names[code, vintage] for vintage in run if names.get((code, vintage))]
    later = [names[code, vintage] for vintage in VINTAGES if names.get((code, vintage))]
    name = (found or later or [code])[-1]
    return re.sub(r"\s+", " ", name.title() if name.isupper() and len(name) > 3 else name)


def flow_rows(weights: pl.DataFrame) -> list[tuple[object, ...]]:
    """What lies where: the piece of one vintage's region inside another vintage's, where that is not the whole."""
    rows: list[tuple[object, ...]] = []
    for earlier, later in combinations(VINTAGES, 2):
        pair = weights.filter(pl.col("from_version") == earlier, pl.col("to_version") == later)
        kept = pair.filter(_matters("from_code") | _matters("to_code"))
        alone = (pl.len().over("from_code") == 1) & (pl.len().over("to_code") == 1)
        changed = kept.filter(~(alone & (pl.col("from_code") == pl.col("to_code"))))
        for row in changed.sort("from_code", "to_code").iter_rows(named=True):
            amounts = (_short(row[column]) for column in WEIGHTS)
            rows.append((earlier, later, row["from_code"], row["to_code"], *amounts))
    return rows


def _matters(side: str) -> pl.Expr:
    """Whether the piece is more than an inaccuracy, as a part of the region on this side."""

    def share(column: str) -> pl.Expr:
        return (pl.col(column) / pl.col(column).sum().over(side)).fill_nan(0.0)

    people = pl.max_horizontal(share("pop11"), share("pop21")) >= LEAST_SHARE_OF_PEOPLE
    return people | (share("areaKm") >= LEAST_SHARE_OF_LAND)


def _short(amount: float) -> str:
    """Whole people, hectares and square kilometres; small amounts with two decimals."""
    return f"{amount:.0f}" if amount >= 100 else f"{amount:.2f}".rstrip("0").rstrip(".")


def nace_rows(data: Path) -> list[tuple[object, ...]]:
    """Code, parent and English label of the 996 positions of NACE Rev. 2, sections in sentence case."""
    listed = pl.read_csv(data / "classifications/nace_rev2_labels_26_languages.csv", infer_schema_length=None)
    return [
        (row["code"], row["parent"] or "", row["en"].capitalize() if row["level"] == 1 else row["en"].strip())
        for row in listed.select("code", "parent", "level", "en").iter_rows(named=True)
    ]


def _write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / name).write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{name}: {text.getvalue().count(chr(10)) - 1} rows, {(TARGET / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
