"""NACE Rev. 2 has 21 sections, 88 divisions, 272 groups and 615 classes (Regulation (EC) No 1893/2006)."""

from __future__ import annotations

import pytest

from regional_analytics.codes import nace


def test_the_classification_is_complete():
    assert [len(nace.codes(level)) for level in (1, 2, 3, 4)] == [21, 88, 272, 615]
    assert nace.sections() == tuple("ABCDEFGHIJKLMNOPQRSTU")
    assert nace.divisions()[0] == "A01"
    assert nace.divisions()[-1] == "U99"


@pytest.mark.parametrize(
    ("spelt", "code", "level", "parent", "section", "division"),
    [
        ("C", "C", 1, None, "C", None),
        ("C14", "C14", 2, "C", "C", "C14"),
        ("14", "C14", 2, "C", "C", "C14"),
        ("G451", "G451", 3, "G45", "G", "G45"),
        ("45.1", "G451", 3, "G45", "G", "G45"),
        ("01.11", "A0111", 4, "A011", "A", "A01"),
        ("S95", "S95", 2, "S", "S", "S95"),
    ],
)
def test_an_activity_is_read_in_either_spelling(spelt, code, level, parent, section, division):
    found = nace.parse(spelt)
    assert (found.code, found.level, found.parent) == (code, level, parent)
    assert (found.section, found.division) == (section, division)


@pytest.mark.parametrize("code", ["C04", "A14", "X", "C1", "C99", "", "14.111", "c14", "C-"])
def test_what_is_not_in_the_classification_is_unknown(code):
    assert not nace.exists(code)
    with pytest.raises(nace.UnknownActivity):
        nace.parse(code)


def test_every_activity_is_a_child_of_its_parent():
    for level in (2, 3, 4):
        for code in nace.codes(level):
            above = nace.parent(code)
            assert above is not None
            assert code in nace.children(above)


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("B-E", ("B", "C", "D", "E")),
        ("G-I", ("G", "H", "I")),
        ("M_N", ("M", "N")),
        ("O-Q", ("O", "P", "Q")),
        ("R-U", ("R", "S", "T", "U")),
        ("C10-C12", ("C10", "C11", "C12")),
        ("C10-12", ("C10", "C11", "C12")),
        ("M72_M74", ("M72", "M74")),
        ("B-N_S95_X_K", (*"BCDEFGHIJLMN", "S95")),
        ("NRP", ()),
    ],
)
def test_a_group_of_eurostats_tables_has_its_members(group, members):
    assert nace.is_aggregate(group)
    assert nace.exists(group)
    assert nace.members(group) == members


def test_the_total_is_all_sections():
    assert nace.members("TOTAL") == nace.sections()


@pytest.mark.parametrize("code", ["E-B", "B-B", "B-C14", "X_K", "B-E_X_K", "B--E", "B-", "Z-A"])
def test_what_cannot_be_read_is_no_group(code):
    assert not nace.is_aggregate(code)
    with pytest.raises(nace.UnknownActivity):
        nace.members(code)


def test_one_activity_is_no_group_and_is_its_own_member():
    assert not nace.is_aggregate("C14")
    assert nace.members("C14") == ("C14",)


def test_asking_for_a_group_as_one_activity_names_its_members():
    with pytest.raises(nace.UnknownActivity, match="group of activities: B, C, D, E"):
        nace.parse("B-E")


def test_labels_are_sentences_not_shouts():
    assert nace.label("C") == "Manufacturing"
    assert nace.label("C14") == "Manufacture of wearing apparel"
