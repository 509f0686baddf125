"""Which codes there are, and what became of them. Counts are those of the NUTS regulations and of Eurostat's list."""

from __future__ import annotations

import pytest

from regional_analytics.codes import nuts

MEMBERS_27 = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "EL",
        "ES",
        "FI",
        "FR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


@pytest.mark.parametrize(
    ("vintage", "members", "counts"),
    [
        (2010, MEMBERS_27 | {"UK"}, (98, 272, 1315)),
        (2013, MEMBERS_27 | {"UK"}, (98, 276, 1342)),
        (2016, MEMBERS_27 | {"UK"}, (104, 281, 1348)),
        (2021, MEMBERS_27, (92, 242, 1166)),
        (2024, MEMBERS_27, (92, 244, 1165)),
    ],
)
def test_each_vintage_has_as_many_regions_as_its_regulation_says(vintage, members, counts):
    found = (
        sum(nuts.country(code) in members for code in nuts.codes(vintage, level=level)) for level in (1, 2, 3)
    )
    assert tuple(found) == counts


@pytest.mark.parametrize("vintage", nuts.VINTAGES)
def test_every_region_has_a_parent_in_its_own_vintage_and_is_among_its_children(vintage):
    for code in nuts.codes(vintage):
        above = nuts.parent(code, vintage)
        if nuts.level(code) == 0:
            assert above is None
        else:
            assert above is not None
            assert nuts.exists(above, vintage)
            assert code in nuts.children(above, vintage)


def test_northern_ireland_is_the_parent_of_the_codes_that_do_not_look_like_it():
    assert nuts.parent("UKN10", 2016) == "UKN0"
    assert not nuts.exists("UKN1", 2016)


@pytest.mark.parametrize(
    ("spelt", "eurostat"), [("GR", "EL"), ("gr30", "EL30"), ("GBC1", "UKC1"), (" bg31", "BG31")]
)
def test_other_spellings_become_eurostats(spelt, eurostat):
    assert nuts.normalise(spelt) == eurostat


@pytest.mark.parametrize("code", ["BGZ", "BGZZ", "BGZZZ", "FRXX", "EEX"])
def test_extra_regio_codes_are_recognised_and_are_no_regions(code):
    assert nuts.is_extra_regio(code)
    assert not nuts.exists(code)


@pytest.mark.parametrize("code", ["XK", "XK00", "LU", "BG31", "EU27_2020"])
def test_regions_and_groups_are_not_taken_for_extra_regio(code):
    assert not nuts.is_extra_regio(code)


@pytest.mark.parametrize("code", ["EU27_2020", "EU28", "EU15", "EA19", "EA", "EFTA", "EEA30_2007"])
def test_groups_of_countries_have_no_level(code):
    assert nuts.is_aggregate(code)
    with pytest.raises(nuts.UnknownRegion, match="group of countries"):
        nuts.level(code)


@pytest.mark.parametrize("code", ["EE", "EL", "ES", "EL30"])
def test_countries_that_begin_with_e_are_no_groups(code):
    assert not nuts.is_aggregate(code)


@pytest.mark.parametrize("code", ["", "B", "bg31", "BG3111", "QQ11", "BG-1"])
def test_what_does_not_look_like_a_region_has_no_level(code):
    with pytest.raises(nuts.UnknownRegion):
        nuts.level(code)


def test_a_withdrawn_code_says_in_which_vintages_it_exists():
    with pytest.raises(
        nuts.UnknownRegion, match="NUTS 2024 has no region “HR04”; it exists in 2010, 2013, 2016"
    ):
        nuts.parent("HR04", 2024)


def test_a_vintage_that_never_was_is_refused_with_those_that_were():
    with pytest.raises(nuts.UnknownVintage, match="2010, 2013, 2016, 2021, 2024"):
        nuts.exists("BG31", 2015)


@pytest.mark.parametrize(
    ("code", "vintage", "kind", "now"),
    [
        ("BG31", 2010, "unchanged", ["BG31"]),
        ("HR041", 2016, "recoded", ["HR050"]),
        ("HR04", 2016, "split", ["HR02", "HR05", "HR06"]),
        ("HU10", 2013, "split", ["HU11", "HU12"]),
        ("EL12", 2010, "recoded", ["EL52"]),
        ("EL131", 2010, "merged", ["EL531"]),
        ("ITG29", 2010, "merged", ["ITG2D"]),
        ("SI01", 2010, "boundary shift", ["SI03"]),
        ("SI02", 2010, "boundary shift", ["SI03", "SI04"]),
        ("UKC1", 2021, "discontinued", []),
    ],
)
def test_what_became_of_a_region_is_said_in_one_word_and_its_codes(code, vintage, kind, now):
    assert nuts.kind_of_change(code, from_=vintage) == kind
    assert [flow.code for flow in nuts.successors(code, from_=vintage)] == now


def test_most_people_of_continental_croatia_live_in_the_north_and_the_east_a_third_in_zagreb():
    shares = {flow.code: flow.shares["population_2021"] for flow in nuts.successors("HR04")}
    assert {code: round(share, 2) for code, share in shares.items()} == {
        "HR02": 0.4,
        "HR05": 0.3,
        "HR06": 0.31,
    }


def test_shares_of_a_region_make_one_whole_by_every_weight():
    for earlier in nuts.VINTAGES:
        for later in nuts.VINTAGES:
            for code in nuts.codes(earlier, level=2):
                flows = nuts.successors(code, from_=earlier, to=later)
                for weight in nuts.WEIGHTS:
                    assert not flows or sum(flow.shares[weight] for flow in flows) == pytest.approx(1)


def test_predecessors_are_the_way_back():
    assert [(flow.code, flow.kind) for flow in nuts.predecessors("HU11", in_=2013)] == [("HU10", "merged")]
    assert [flow.code for flow in nuts.predecessors("EL531", in_=2010)] == ["EL131", "EL133"]


@pytest.mark.parametrize(
    ("code", "from_", "to", "changed"),
    [
        ("BG31", 2010, 2024, False),
        ("HR03", 2010, 2024, False),
        ("HU21", 2010, 2024, False),
        ("ITH4", 2013, 2016, True),
        ("ITH4", 2016, 2024, False),
        ("RS21", 2016, 2024, False),
    ],
)
def test_the_same_code_keeps_its_boundaries_or_not(code, from_, to, changed):
    assert nuts.boundaries_changed(code, from_, to) is changed


def test_nobody_answers_for_boundaries_of_a_vintage_without_the_code():
    with pytest.raises(nuts.UnknownRegion):
        nuts.boundaries_changed("HR04", 2016, 2024)


def test_codes_of_one_vintage_tell_it_without_contradiction():
    guess = nuts.vintage_of(["BG31", "HR04", "HU10", "SI03", "EU28", "ELZZ"])
    assert (guess.vintage, guess.contradictions, guess.unknown) == (2013, (), ())


def test_two_vintages_in_one_set_of_codes_are_told_apart():
    guess = nuts.vintage_of(["EL51", "EL52", "EL53", "SI03", "HR04", "HU10", "EL11"])
    assert guess.vintage == 2013
    assert guess.is_mixed
    assert guess.contradictions == ("EL11",)


def test_codes_nobody_knows_are_named_and_do_not_vote():
    guess = nuts.vintage_of(["BG99", "HU10"])
    assert (guess.vintage, guess.unknown) == (2013, ("BG99",))


def test_only_unknown_codes_give_no_vintage():
    assert nuts.vintage_of(["QQ", "BG99"]).vintage is None


def test_regions_outside_the_union_do_not_contradict_a_vintage():
    assert not nuts.vintage_of(["RS21", "XK00", "MK00", "HR04", "HU10"]).is_mixed


@pytest.mark.full_data
def test_the_regional_tables_at_hand_are_recognised(full_tables):
    import polars as pl

    lfs = pl.read_csv(
        full_tables / "employment/lfst_r_lfe2en2_employment_by_section_nuts2_2008_2015_tidy.csv.gz",
        infer_schema_length=None,
    )
    sbs = pl.read_csv(
        full_tables / "employment/sbs_r_nuts06_r2_persons_employed_2015.csv", infer_schema_length=None
    )
    for table in (lfs, sbs):
        guess = nuts.vintage_of(table.drop_nulls("value")["geo"].unique())
        assert (guess.vintage, guess.unknown) == (2013, ())
    # The labour force survey file repeats some old codes beside the new ones; the other one does not.
    assert not guess.contradictions
