"""Activities and themes: what is brought along, and what becomes of it when somebody edits it."""

from __future__ import annotations

import unicodedata

import pytest
from django.utils.translation import override

from clusterpolisee.classifications import queries
from clusterpolisee.classifications.models import Activity, Theme
from clusterpolisee.classifications.queries import ActivityNotFound
from clusterpolisee.classifications.seeding import LANGUAGES, load_classifications
from regional_analytics.codes import nace

GROUPS = ("B-E", "B-N_S95_X_K", "G-I", "M_N", "NRP", "O-Q", "R-U", "TOTAL")


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    load_classifications()


def test_sections_divisions_and_groups_of_trade_are_complete():
    assert [one.code for one in queries.activities(1)] == list(nace.sections())
    assert [one.code for one in queries.activities(2)] == list(nace.divisions())
    trade = [code for code in nace.codes(3) if code[:3] in ("G45", "G46", "G47")]
    assert [one.code for one in queries.activities(3)] == trade
    assert [one.code for one in queries.activities(0)] == sorted(GROUPS)


def test_every_activity_hangs_on_its_parent():
    for one in Activity.objects.filter(level__gt=0).select_related("parent"):
        assert (one.parent.code if one.parent else None) == nace.parent(one.code)


def test_every_activity_has_a_name_in_ten_languages_each_in_its_own_letters():
    for one in Activity.objects.all():
        assert set(one.labels) == set(LANGUAGES), one
        for language, label in one.labels.items():
            script = {"bg": "CYRILLIC", "el": "GREEK"}.get(language, "LATIN")
            assert {unicodedata.name(letter).split()[0] for letter in label if letter.isalpha()} == {
                script
            }, label
            assert label[0].isupper() or label[0].isdigit(), label
            assert not label.isupper(), label


def test_every_activity_has_a_short_name_in_english_and_bulgarian_that_fits_a_chart():
    for one in Activity.objects.all():
        assert set(one.short) == {"en", "bg"}
        assert all(len(name) <= 30 for name in one.short.values()), one.short


@pytest.mark.parametrize("language", ["en", "bg"])
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_short_names_at_one_level_are_told_apart(level, language):
    names = [one.short[language] for one in queries.activities(level)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("code", "language", "short", "name"),
    [
        ("C14", "bg", True, "Облекло"),
        ("C14", "en", True, "Clothing"),
        ("C24", "bg", True, "Метали"),
        ("C14", "en", False, "Manufacture of wearing apparel"),
        ("C", "el", False, "Μεταποίηση"),
        ("C", "de", False, "Verarbeitendes Gewerbe/Herstellung von Waren"),
        ("A", "ro", False, "Agricultură, silvicultură și pescuit"),
        ("C14", "el", True, "Κατασκευή ειδών ένδυσης"),  # no short name in Greek: the official one
        ("C14", "uk", False, "Manufacture of wearing apparel"),  # no name at all: English
        ("C99", "bg", True, "C99"),
    ],
)
def test_a_name_is_the_readers_or_the_nearest_there_is(code, language, short, name):
    assert queries.label(code, language, short=short) == name


def test_all_short_names_take_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        names = queries.short_names("bg")
    assert names["C10"] == "Храни"
    assert len(names) == Activity.objects.count()


def test_an_activity_that_is_not_there_says_so():
    with override("en"), pytest.raises(ActivityNotFound, match="C99"):
        queries.activity("C99")


def test_the_six_themes_are_there_by_number():
    assert [theme.number for theme in queries.themes()] == [1, 2, 3, 4, 5, 6]
    assert queries.themes()[4].labels["en"] == "Cluster and regional specialisation"


def test_loading_again_doubles_nothing():
    before = (Activity.objects.count(), Theme.objects.count())
    assert load_classifications() == before[0]
    assert (Activity.objects.count(), Theme.objects.count()) == before


def test_loading_takes_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load_classifications()


def test_what_somebody_edited_is_left_alone():
    clothing, first = Activity.objects.get(code="C14"), Theme.objects.get(number=1)
    clothing.short["bg"] = "Дрехи"
    clothing.save()
    first.labels["bg"] = "Наука и клъстери"
    first.save()
    load_classifications()
    assert queries.label("C14", "bg", short=True) == "Дрехи"
    assert Theme.objects.get(number=1).labels["bg"] == "Наука и клъстери"


def test_what_nobody_edited_follows_a_newer_package():
    older = Activity.objects.get(code="C14")
    from clusterpolisee.classifications import seeding

    older.short = {"en": "Apparel", "bg": "Дрехи"}
    older.seeded_as = seeding._mark(older.labels, older.short)  # as an older package left it
    older.save()
    load_classifications()
    assert queries.label("C14", "en", short=True) == "Clothing"
