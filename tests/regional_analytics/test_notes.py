"""Notes count and name what a number alone does not say."""

from __future__ import annotations

from regional_analytics import Note, Notes
from regional_analytics.notes import PLACES_KEPT


def test_a_note_counts_its_positions_and_names_them_in_words() -> None:
    notes = Notes()
    notes.add("undefined", "0/0", axes=("region", "activity"), positions=[(0, 2), (1, 0)])
    (note,) = notes
    assert note.count == 2
    assert str(note) == "undefined: 2 cells, 0/0, at region 0, activity 2; region 1, activity 0"


def test_a_note_about_nothing_is_not_written() -> None:
    notes = Notes()
    notes.add("undefined", "0/0", axes=("region",), positions=[])
    assert len(notes) == 0


def test_a_note_may_touch_more_cells_than_it_has_positions() -> None:
    notes = Notes()
    notes.add("undefined", "nobody in the region", count=68, axes=("region",), positions=[(3,)])
    assert notes.count("undefined") == 68
    assert notes.of_kind("undefined")[0].positions == ((3,),)


def test_labels_come_as_region_activity_year_whatever_the_order_of_axes() -> None:
    note = Note("duplicates", "added up", 1, ("activity", "region"), ((1, 0),))
    labelled = note.labelled({"region": ("BG31",), "activity": ("C13", "C14")}, year="2015")
    assert labelled.labels == (("BG31", "C14", "2015"),)
    assert str(labelled) == "duplicates: 1 cell, added up, at BG31 C14 2015"


def test_a_long_list_is_shown_short_and_counted_whole() -> None:
    notes = Notes()
    notes.add("undefined", "0/0", axes=("region",), positions=[(at,) for at in range(PLACES_KEPT + 1)])
    (note,) = notes
    assert note.count == 1001
    assert len(note.positions) == 1000
    assert str(note).endswith("region 4 and 995 more")


def test_a_sheet_counts_by_kind_over_several_notes() -> None:
    notes = Notes()
    for year in (2014, 2015):
        step = Notes()
        step.add("left_out", "unknown", axes=("region",), positions=[(0,), (1,)])
        notes.take(step, {"region": ("A", "B")}, year=str(year))
    assert notes.count("left_out") == 4
    assert [note.labels[0] for note in notes] == [("A", "2014"), ("A", "2015")]
    assert notes.of_kind("undefined") == ()


def test_a_pair_of_activities_keeps_both_its_names() -> None:
    note = Note("undefined", "0/0", 1, ("activity", "region", "activity"), ((1, 0, 0),))
    labelled = note.labelled({"region": ("BG31",), "activity": ("C13", "C14")}, year="2015")
    assert labelled.labels == (("BG31", "C14", "C13", "2015"),)
