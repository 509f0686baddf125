"""A Panel answers for all years at once, and calls regions, activities and years by their names."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from factories.employment import JOBS, rows
from regional_analytics import Notes, Panel, StarScheme
from regional_analytics.measures import RefusedInput


def column(frame: pl.DataFrame, name: str, **cell: Any) -> list[Any]:
    return frame.filter(**cell)[name].to_list()


def test_quotients_of_all_years_say_why_they_are_unknown() -> None:
    frame = Panel.from_table(JOBS).location_quotients()
    assert frame.columns == ["region", "activity", "year", "location_quotient", "state"]
    assert column(frame, "location_quotient", year=2015, region="A") == [0.5, 1.5]
    assert column(frame, "location_quotient", year=2014) == [1.0, 1.0, None, None]
    assert column(frame, "state", year=2014, region="B") == ["not_published", "not_published"]


def test_undefined_is_nan_and_unknown_is_null() -> None:
    frame = Panel.from_table(rows(("A", "x", 2015, 0.0), ("B", "x", 2015, 5.0), ("C", "x", 2015, None)))
    quotients = frame.location_quotients()["location_quotient"]
    assert quotients.is_nan().to_list() == [True, False, None]


def test_notes_of_a_panel_bear_names() -> None:
    notes = Notes()
    Panel.from_table(rows(("A", "x", 2015, 0.0), ("B", "x", 2015, 5.0))).location_quotients(notes=notes)
    assert str(*notes.of_kind("undefined")) == "undefined: 1 cell, 0/0: nobody works in the region, at A 2015"


def test_refusals_of_a_panel_bear_names() -> None:
    panel = Panel.from_table(rows(("A", "x", 2014, 1.0), ("A", "x", 2015, -5.0)))
    with pytest.raises(RefusedInput, match=r"cannot be negative: -5, at A x 2015\. Correct"):
        panel.location_quotients()


COUNTRY = rows(
    ("A", "wine", 2014, 20.0), ("A", "steel", 2014, 20.0), ("A", "all", 2014, 50.0),
    ("A", "wine", 2015, 30.0), ("A", "steel", 2015, 10.0), ("A", "all", 2015, 50.0),
    ("XX", "wine", 2014, 100.0), ("XX", "steel", 2014, 100.0), ("XX", "all", 2014, 200.0),
    ("XX", "wine", 2015, 120.0), ("XX", "steel", 2015, 100.0), ("XX", "all", 2015, 240.0),
)  # fmt: skip


def test_a_region_of_the_panel_may_be_the_area() -> None:
    """In 2015 30 of 40 next to 120 of 220."""
    panel = Panel.from_table(COUNTRY).select(activities=["wine", "steel"])
    frame = panel.location_quotients(area="XX")
    assert column(frame, "location_quotient", region="A", activity="wine", year=2015) == [
        pytest.approx(0.75 / (120 / 220))
    ]
    assert column(frame, "location_quotient", region="XX") == [1.0] * 4


def test_another_panel_may_be_the_area_and_its_regions_are_added_up() -> None:
    whole = Panel.from_table(COUNTRY)
    activities = ["wine", "steel"]
    area = whole.select(regions=["A", "XX"], activities=activities)
    frame = whole.select(regions=["A"], activities=activities).location_quotients(area=area)
    assert column(frame, "location_quotient", activity="wine", year=2015) == [
        pytest.approx(0.75 / (150 / 260))
    ]


def test_an_activity_the_area_does_not_have_is_unknown() -> None:
    whole = Panel.from_table(COUNTRY)
    frame = whole.select(activities=["wine", "steel"]).location_quotients(
        area=whole.select(activities=["wine"])
    )
    assert frame.filter(activity="steel")["location_quotient"].null_count() == 4


def test_an_activity_may_hold_the_totals() -> None:
    """In 2015 30 of 50 next to 120 of 240; the total itself is not listed."""
    frame = Panel.from_table(COUNTRY).location_quotients(area="XX", total="all")
    assert frame["activity"].unique().sort().to_list() == ["steel", "wine"]
    assert column(frame, "location_quotient", region="A", activity="wine", year=2015) == [0.6 / 0.5]


def test_totals_without_an_area_are_those_of_all_regions() -> None:
    """In 2015 30 of 50 next to 150 of 290."""
    frame = Panel.from_table(COUNTRY).location_quotients(total="all")
    assert column(frame, "location_quotient", region="A", activity="wine", year=2015) == [
        pytest.approx(0.6 / (150 / 290))
    ]


def test_shares_in_the_region_and_of_the_area() -> None:
    frame = Panel.from_table(COUNTRY).shares(area="XX", total="all")
    assert column(frame, "share_in_region", region="A", activity="wine", year=2015) == [0.6]
    assert column(frame, "share_of_area", region="A", activity="wine", year=2015) == [0.25]


def test_stars_of_all_years_name_their_scheme() -> None:
    frame = Panel.from_table(JOBS).stars(StarScheme("example", "7", 50, 1.5, 50, 10))
    assert frame.columns[3:] == ["size", "specialisation", "focus", "stars", "scheme", "version", "state"]
    assert column(frame, "stars", year=2015) == [0, 3, 3, 0]
    assert column(frame, "stars", year=2014, region="B") == [None, None]
    assert frame.select("scheme", "version").unique().row(0) == ("example", "7")
    assert (frame["size"].dtype, frame["stars"].dtype) == (pl.Boolean, pl.UInt8)


# Shift-share of all regions ------------------------------------------------------------------------------


def test_shift_share_of_a_region_against_its_country() -> None:
    """The country grows by a tenth, wine by a fifth; A's wine from 20 to 30, steel from 20 to 10."""
    panel = Panel.from_table(COUNTRY).select(activities=["wine", "steel"])
    frame = panel.select(regions=["A"]).shift_share(2014, 2015, area=panel.select(regions=["XX"]))
    assert frame.columns == [
        "region", "activity", "start", "end", "change", "national", "mix", "regional", "allocation", "coverage", "method",
    ]  # fmt: skip
    wine = frame.row(by_predicate=pl.col("activity") == "wine", named=True)
    assert (wine["national"], wine["mix"], wine["regional"]) == pytest.approx((2.0, 2.0, 6.0))
    assert (wine["start"], wine["end"], wine["coverage"], wine["method"]) == (2014, 2015, 1.0, "dunn")


def test_the_country_may_be_a_row_of_the_panel() -> None:
    panel = Panel.from_table(COUNTRY).select(activities=["wine", "steel"])
    frame = panel.shift_share(2014, 2015, area="XX", method="esteban-marquillas")
    assert column(frame, "regional", region="XX") == pytest.approx([0.0, 0.0])
    assert frame["method"].unique().to_list() == ["esteban-marquillas"]


def test_a_region_that_fell_silent_is_not_a_loss_of_jobs_in_the_area() -> None:
    """B's 1000 people in wine are secret in 2015. Growth of the area: from A's 20 + 20 to 30 + 20."""
    table = rows(
        ("A", "wine", 2014, 20.0), ("A", "steel", 2014, 20.0), ("A", "wine", 2015, 30.0), ("A", "steel", 2015, 20.0),
        ("B", "wine", 2014, 1000.0), ("B", "wine", 2015, None),
    )  # fmt: skip
    notes = Notes()
    frame = Panel.from_table(table).shift_share(2014, 2015, notes=notes)
    assert column(frame, "regional", region="A") == pytest.approx([0.0, 0.0])
    assert column(frame, "national", region="A") == pytest.approx([5.0, 5.0])
    assert notes.count("partial_area") == 2


def test_a_region_with_nothing_to_compare_is_null_and_noted_by_name() -> None:
    notes = Notes()
    frame = Panel.from_table(JOBS).shift_share(2014, 2015, notes=notes)
    assert frame.filter(region="B")["change"].null_count() == 2
    (note,) = notes.of_kind("nothing_to_compare")
    assert note.labels == (("B",),)


def test_a_refusal_names_region_and_activity() -> None:
    table = rows(
        ("A", "x", 2014, 5.0), ("A", "x", 2015, 5.0), ("A", "y", 2014, 5.0), ("A", "y", 2015, 5.0),
        ("XX", "x", 2014, 9.0), ("XX", "x", 2015, 9.0), ("XX", "y", 2014, 0.0), ("XX", "y", 2015, 0.0),
    )  # fmt: skip
    with pytest.raises(RefusedInput, match=r"at A y\. Choose an area"):
        Panel.from_table(table).shift_share(2014, 2015, area="XX")
