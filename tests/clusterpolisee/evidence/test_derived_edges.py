"""Where a derived indicator has no value, no change or no page any more: each with its reason."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.defining import (
    CannotBeDefined,
    Written,
    publish_derived,
    save_draft,
    show_on_region_pages,
    withdraw_derived,
)
from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from clusterpolisee.evidence.importing.actions import NewTable, create_table
from clusterpolisee.evidence.indicator_figures import find
from clusterpolisee.evidence.models import DerivedVersion
from clusterpolisee.evidence.obstacles import CodeTaken
from clusterpolisee.evidence.profile import profile_of
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.accounts.roles import Role
from factories.derived import TWO_YEARS, derive, page_of, read, row_of, small
from factories.evidence import NOW, analyst, person

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


# Edges ------------------------------------------------------------------------------------------------


def test_one_over_another_has_its_value_its_tables_and_its_breaks(client: Client) -> None:
    """Half of 12 is 6; the break of the table below cuts both."""
    small("output", "BG31 2013 90, BG31 2014 100 b, BG31 2015 120")
    small("hands", "BG31 2013 10, BG31 2014 10, BG31 2015 10")
    derive("each", "output / hands")
    derive("half", "each / 2")
    row = row_of(page_of("half"), "BG31")
    assert (row.cell.value, row.span, row.change) == (6.0, (2014, 2015), pytest.approx(20.0))
    said = read(client, "/en/indicators/half/")
    assert "Each ÷ 2" in said and "derived, see there" in said
    card = resolve(FigureRef("derived", "half", "BG31", 2024, 2015))
    assert [version.dataset.code for version in card.versions] == ["output", "hands"]


def test_a_table_that_is_not_loaded_is_named_and_the_formula_still_told(client: Client) -> None:
    small("output", TWO_YEARS)
    small("hands", "", loaded=False)
    version = derive("each", "output / hands")
    show_on_region_pages(actor=analyst(), derived=version.derived, shown=True, now=NOW)
    said = read(client, "/en/indicators/each/")
    assert "The table hands has not been loaded here yet" in said and "Output ÷ Hands" in said
    assert client.get("/en/indicators/each/parts/map.csv").status_code == 404
    answer = client.get("/api/v1/indicators/each/series?region=BG31")
    assert answer.status_code == 404 and "hands has not been loaded" in answer.json()["detail"]
    assert client.get("/api/v1/indicators/each").json()["origins"] == []
    profile = profile_of(regions.region("BG31"))
    assert "each" in {one.code for one in profile.absent_indicators}
    assert "Indicators without a figure for this region" in read(client, "/en/regions/BG31/")


def test_parts_of_different_vintages_meet_only_where_the_land_is_the_same(client: Client) -> None:
    """HR03 kept its land from NUTS 2013 to 2024; HR04 was taken apart: 60 ÷ 10 = 6 for the one, nothing for the other."""
    small("output", "HR03 2015 60, HR04 2015 40", nuts=2013)
    small("hands", "HR03 2015 10, HR05 2015 5", nuts=2024)
    derive("each", "output / hands")
    page = page_of("each")
    assert row_of(page, "HR03").cell.value == 6.0
    gone = row_of(page, "HR05")
    assert (gone.cell.value, gone.cover.known, gone.cover.all) == (None, 1, 2)
    assert "Missing: Output (not published)." in read(client, "/en/indicators/each/")
    old = resolve(FigureRef("derived", "each", "HR03", 2013, 2015))
    assert old.value == 6.0


def test_no_change_is_stated_across_a_break_in_any_part(client: Client) -> None:
    """The second table breaks in 2015: 2013 to 2014 is the longest span, 9 → 10."""
    small("output", "BG31 2013 90, BG31 2014 100, BG31 2015 120")
    small("hands", "BG31 2013 10, BG31 2014 10, BG31 2015 12 b")
    derive("each", "output / hands")
    row = row_of(page_of("each"), "BG31")
    assert (row.cell.flag, row.span) == ("b", (2013, 2014)) and row.change == pytest.approx(100 / 9)
    with pytest.raises(FigureNotFound, match="break in series between 2014 and 2015"):
        resolve(FigureRef("growth", "each", "BG31", 2024, 2015, base_year=2014))
    assert resolve(FigureRef("growth", "each", "BG31", 2024, 2014, base_year=2013)).value == pytest.approx(
        100 / 9
    )


def test_a_break_in_an_earlier_year_read_is_no_break_of_the_value() -> None:
    """change(output, 1) of 2014 would cross the break; 2015 and 2016 stand wholly after it."""
    small("output", "BG31 2013 90, BG31 2014 100 b, BG31 2015 120, BG31 2016 150")
    derive("growth_of_output", "change(output, 1)", unit_labels={"en": "%"})
    found = page_of("growth_of_output").shown.series("BG31")
    assert [(cell.value, cell.flag) for cell in found.cells] == [
        (None, ""),
        (None, "b"),
        (20.0, ""),
        (25.0, ""),
    ]
    row = row_of(page_of("growth_of_output"), "BG31")
    assert (row.span, row.change) == ((2015, 2016), 5.0)


def test_dividing_by_zero_is_empty_with_its_reason_and_never_infinite(client: Client) -> None:
    small("output", "BG31 2015 120, BG32 2015 0, BG33 2015 100")
    small("hands", "BG31 2015 0, BG32 2015 10, BG33 2015 10")
    derive("each", "output / hands")
    page = page_of("each")
    assert [(row.region.code, row.cell.value) for row in page.known_rows] == [("BG33", 10.0), ("BG32", 0.0)]
    assert (row_of(page, "BG31").cell.value, row_of(page, "BG31").cell.state) == (None, "not_applicable")
    assert "It would divide by zero, or compare with nothing." in read(client, "/en/indicators/each/")


def test_where_no_year_is_common_the_page_says_so_and_how_it_is_made(client: Client) -> None:
    small("output", "BG31 2014 100, BG32 2014 300")
    small("hands", "BG31 2015 10, BG32 2015 10")
    derive("each", "output / hands")
    said = read(client, "/en/indicators/each/")
    assert "No region has a value in any year: the tables of the parts share no year" in said
    assert "Output ÷ Hands" in said and "Ranking" not in said
    with override("bg"):
        assert "Нито един регион няма стойност" in read(client, "/bg/indicators/each/")
    assert client.get("/en/indicators/each/parts/map.svg").status_code == 404


def test_a_composite_names_the_part_that_is_missing_and_does_not_pretend(client: Client) -> None:
    """BG31: 0 and 50 → 25. BG32: 100, the other is secret → 100 over one part. BG33: neither."""
    small("output", "BG31 2015 100, BG32 2015 300, BG34 2015 200")
    small("hands", "BG31 2015 20, BG32 2015 : c, BG34 2015 10, BG41 2015 30")
    derive("both", "composite(minmax, wealth=output, work=hands)", minimum_parts=1)
    derive("strict", "composite(minmax, wealth=output, work=hands)", minimum_parts=2)
    page = page_of("both")
    assert row_of(page, "BG31").cell.value == 25.0 and row_of(page, "BG31").cover.missing == ()
    secret = row_of(page, "BG32")
    assert secret.cell.value == 100.0
    assert (secret.cover.known, secret.cover.missing) == (1, (("work", 2015, "confidential"),))
    said = read(client, "/en/indicators/both/")
    assert "Missing: Hands (confidential)." in said
    assert "At least 1 of 2 parts must be known" in said and "Equal weights" in said
    assert row_of(page_of("strict"), "BG32").cell.value is None
    assert "Too few of its parts are known. Missing: Hands (confidential)." in read(
        client, "/en/indicators/strict/"
    )
    text = client.get("/en/indicators/both/parts/map.csv").content.decode("utf-8-sig")
    line = next(line for line in text.splitlines() if line.startswith("BG32"))
    assert line.endswith("1,2,Missing: Hands (confidential).")


# Withdrawing ------------------------------------------------------------------------------------------


def test_who_has_the_page_open_when_it_is_withdrawn_is_told(
    client: Client, output_each: DerivedVersion
) -> None:
    reader = person(Role.MEMBER, email="reader@vidin.example")
    ref = FigureRef("derived", "output_each", "BG31", 2024, 2015)
    cited = cite_figure(actor=reader, ref=ref)
    assert client.get("/en/indicators/output_each/").status_code == 200
    withdraw_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    said = read(client, "/en/indicators/output_each/?year=2014", status=410)
    assert "This derived indicator was withdrawn on" in said and "Output ÷ Hands" in said
    for address in (
        "/en/figures/derived/output_each/BG31/-/2015/",
        "/en/figures/rank/output_each/BG31/-/2015/",
        "/en/indicators/output_each/parts/map.csv",
    ):
        assert "was withdrawn" in read(client, address, status=404)
    answer = client.get("/api/v1/indicators/output_each/series?region=BG31")
    assert answer.status_code == 404 and "was withdrawn" in answer.json()["detail"]
    client.force_login(reader)
    assert client.post("/en/figures/derived/output_each/BG31/-/2015/cite/", {"nuts": 2024}).status_code == 404
    assert "12.0" in read(client, f"/en/citations/{cited.address}/")
    assert "output_each" not in client.get("/en/indicators/").content.decode()


def test_a_withdrawn_one_comes_back_with_its_next_version(
    client: Client, output_each: DerivedVersion
) -> None:
    withdraw_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    written = Written(formula="2 * output / hands", labels={"en": "Output each"})
    save_draft(actor=analyst(), derived=output_each.derived, written=written, now=NOW)
    publish_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    assert row_of(page_of("output_each"), "BG31").cell.value == 24.0
    assert "Version 1, withdrawn" in read(client, "/en/indicators/output_each/")


def test_what_another_one_needs_is_not_withdrawn(output_each: DerivedVersion) -> None:
    derive("half", "output_each / 2")
    with pytest.raises(CannotBeDefined, match="“output_each” is a part of “half”"):
        withdraw_derived(actor=analyst(), derived=output_each.derived, now=NOW)
    assert find("output_each") is not None


def test_a_table_cannot_take_the_code_of_a_derived_indicator(output_each: DerivedVersion) -> None:
    new = NewTable("output_each", "Mine", "Office", "CC BY 4.0", "rate", 2024)
    with pytest.raises(CodeTaken):
        create_table(actor=analyst(), new=new, now=NOW)
