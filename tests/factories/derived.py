"""Small tables to divide by hand, derived indicators over them, and their pages."""

from __future__ import annotations

from typing import Any

from django.test import Client

from clusterpolisee.evidence.defining import Written, publish_derived, start_derived
from clusterpolisee.evidence.indicator_figures import figures_of, find
from clusterpolisee.evidence.indicator_page import IndicatorPage
from clusterpolisee.evidence.models import DerivedVersion, Indicator
from clusterpolisee.evidence.selection import Selection
from factories.evidence import NOW, analyst, bring, table
from factories.reading import text_of

TWO_YEARS = "BG31 2014 100, BG31 2015 120, BG32 2014 300, BG32 2015 300, BG33 2014 80, BG33 2015 100"
TENS = "BG31 2014 10, BG31 2015 10, BG32 2014 10, BG32 2015 10, BG33 2014 10, BG33 2015 20"


def small(code: str, cells: str, *, nuts: int = 2024, loaded: bool = True, **fields: Any) -> Indicator:
    """A table with one indicator. cells: “BG31 2014 100, BG31 2015 110 b”."""
    made = table(code, activity_scheme="", nuts_vintage=nuts, kind="rate", suspicious_factor=1000)
    found = Indicator.objects.create(
        code=code,
        dataset=made,
        labels={"en": code.capitalize(), "bg": code.capitalize()},
        is_key=False,
        **{"compares_levels": False, **fields},
    )
    if loaded:
        rows = [([*cell.split(), ""])[:4] for cell in cells.split(",")]
        text = "region,year,value,flag\n" + "".join(f"{','.join(row)}\n" for row in rows)
        outcome = bring(text, dataset=code, name=f"{code}.csv")
        assert outcome.version is not None and outcome.version.state == "accepted", outcome.report
    return found


def derive(code: str, formula: str, **fields: Any) -> DerivedVersion:
    written = Written(
        formula=formula,
        **{"labels": {"en": code.capitalize(), "bg": code.capitalize()}, "direction": 1, **fields},
    )
    draft = start_derived(actor=analyst(), code=code, written=written, now=NOW)
    return publish_derived(actor=analyst(), derived=draft.derived, now=NOW)


def page_of(code: str, **asked: str) -> IndicatorPage:
    found = find(code)
    assert found is not None
    return IndicatorPage(figures_of(found), Selection.asked(asked))


def row_of(page: IndicatorPage, region: str) -> Any:
    return next(row for row in page.rows if row.region.code == region)


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status
    return text_of(answer.content)
