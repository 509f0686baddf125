"""A table of four activities in five regions whose relations can be reckoned by hand.

Each activity has a quarter of all jobs in the two countries, and a region spreads its people evenly over what it has: so
its quotient is 4 ÷ (how many it has) there, and 0 elsewhere.

    2010   C10 food   C11 beverages   C14 clothing   J62 software
    BG31    has        has             –              –
    BG32    has        has             has            not published
    BG33    –          has             has            –
    BG34    –          –               has            has
    BG41    –          –               –              has

Found together over the larger number: φ[C10, C11] = 2/3, φ[C10, C14] = 1/3, φ[C11, C14] = 2/3, φ[C14, J62] = 1/3, the rest 0.
In BG31 clothing has (1/3 + 2/3) ÷ (1/3 + 2/3 + 1 + 1/3) = 3/7 of what is related to it, software 0.
In 2015 the same, and clothing has come to BG31.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from clusterpolisee.evidence.actions import Source, accept_version, import_file
from clusterpolisee.evidence.models import DatasetVersion, State
from clusterpolisee.shell.accounts.queries import operator

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
ACTIVITIES = ("C10", "C11", "C14", "J62")
THERE = {
    "BG31": ("C10", "C11"),
    "BG32": ("C10", "C11", "C14"),
    "BG33": ("C11", "C14"),
    "BG34": ("C14", "J62"),
    "BG41": ("J62",),
}
CAME = {**THERE, "BG31": ("C10", "C11", "C14")}
UNKNOWN = ("BG32", "J62")
PEOPLE = 12_000


def jobs(there: dict[str, Sequence[str]], year: int, unknown: tuple[str, str] = UNKNOWN) -> list[str]:
    rows = [f"{country},{code},V16110,{year},100000," for country in ("BG", "RO") for code in ACTIVITIES]
    for region, has in there.items():
        for code in ACTIVITIES:
            value = PEOPLE // len(has) if code in has else 0
            cell = ",c" if (region, code) == unknown else f"{value},"
            rows.append(f"{region},{code},V16110,{year},{cell}")
    return rows


def bring_jobs(*, unknown: tuple[str, str] = UNKNOWN, **years: dict[str, Sequence[str]]) -> DatasetVersion:
    """bring_jobs(y2010=THERE, y2015=CAME): the table of these years in use."""
    lines = ["geo,nace_r2,indic_sb,year,value,flag"]
    for name, there in years.items():
        lines += jobs(there, int(name[1:]), unknown)
    outcome = import_file(
        actor=operator(),
        file=("\n".join(lines) + "\n").encode(),
        source=Source(name="jobs.csv", retrieved_on=date(2026, 11, 28)),
        dataset="sbs_r_nuts06_r2",
        now=NOON,
    )
    version = outcome.version
    assert version is not None, outcome
    if version.state == State.STAGED:
        accept_version(actor=operator(), version=version, now=NOON)
    version.refresh_from_db()
    return version
