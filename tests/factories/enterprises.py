"""A small table of persons employed in enterprises, whose tourism (I55 + ½ I56 + N79) can be reckoned by hand.

2015: in BG31 10,000 + ½ · 20,000 + 5,000 = 25,000 of 100,000 (25 %), in the two countries together 500,000 of 4,000,000
(12.5 %): a quotient of 2. In BG32 the restaurants are confidential: at least 3,000. The countries together had 400,000 in
2014: 25 % more in 2015.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from clusterpolisee.evidence.actions import Source, accept_version, import_file
from clusterpolisee.evidence.models import DatasetVersion, State
from clusterpolisee.shell.accounts.queries import operator

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
ACTIVITIES = ("I55", "I56", "N79", "C14")
CELLS: dict[tuple[str, int], tuple[str, str, str, str]] = {
    ("BG", 2014): ("50000", "200000", "50000", "650000"),
    ("RO", 2014): ("50000", "200000", "50000", "2650000"),
    ("BG", 2015): ("100000", "200000", "50000", "650000"),
    ("RO", 2015): ("100000", "200000", "50000", "2650000"),
    ("BG31", 2015): ("10000", "20000", "5000", "65000"),
    ("BG32", 2015): ("1000", ":c", "2000", "97000"),
    ("BG33", 2015): ("1000", "2000", "1000", "96000"),
}


def enterprises(changed: dict[tuple[str, int], tuple[str, str, str, str]] | None = None) -> bytes:
    """The table as a file; `changed` replaces rows or adds some, or takes them away where it gives ()."""
    lines = ["geo,nace_r2,indic_sb,year,value,flag"]
    for (region, year), values in {**CELLS, **(changed or {})}.items():
        for activity, value in zip(ACTIVITIES, values, strict=False):
            number, _colon, flag = value.partition(":")
            lines.append(f"{region},{activity},V16110,{year},{number},{flag}")
    return ("\n".join(lines) + "\n").encode()


def bring_enterprises(
    changed: dict[tuple[str, int], tuple[str, str, str, str]] | None = None,
) -> DatasetVersion:
    """Bring the table into use."""
    outcome = import_file(
        actor=operator(),
        file=enterprises(changed),
        source=Source(name="enterprises.csv", retrieved_on=date(2026, 11, 28)),
        dataset="sbs_r_nuts06_r2",
        now=NOON,
    )
    version = outcome.version
    assert version is not None, outcome
    if version.state == State.STAGED:
        accept_version(actor=operator(), version=version, now=NOON)
    version.refresh_from_db()
    return version


def bring_enterprises_without_countries() -> DatasetVersion:
    """The same without any row of a country."""
    return bring_enterprises({key: () for key in CELLS if len(key[0]) == 2})  # type: ignore[misc]
