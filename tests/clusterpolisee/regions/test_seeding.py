"""The starter pack of places."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from clusterpolisee.regions.models import Boundary, Region
from clusterpolisee.regions.seeding import load_regions
from regional_analytics.codes import nuts

pytestmark = pytest.mark.usefixtures("places")

COUNTRIES = (
    "AL",
    "AT",
    "BA",
    "BG",
    "EL",
    "HR",
    "HU",
    "IT",
    "MD",
    "ME",
    "MK",
    "RO",
    "RS",
    "SI",
    "SK",
    "UA",
    "XK",
)
CYRILLIC, GREEK, LATIN = "CYRILLIC", "GREEK", "LATIN"


def scripts(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def test_every_region_of_the_seventeen_countries_is_there_in_every_vintage_it_exists_in():
    listed = {
        (code, vintage) for vintage in nuts.VINTAGES for code in nuts.codes(vintage) if code[:2] in COUNTRIES
    }
    assert set(Region.objects.values_list("code", "vintage")) == listed


def test_every_region_hangs_on_its_parent_of_the_same_vintage():
    for place in Region.objects.select_related("parent"):
        above = nuts.parent(place.code, place.vintage)
        assert (place.parent.code if place.parent else None) == above
        assert place.parent is None or place.parent.vintage == place.vintage


def test_every_region_has_all_its_names_each_in_its_own_letters():
    for place in Region.objects.filter(vintage__in=(2010, 2024)):
        assert scripts(place.name_bg) == {CYRILLIC}, place
        assert scripts(place.name_latin) == scripts(place.name_en) == {LATIN}, place
        expected = {
            "bg": CYRILLIC,
            "sr": CYRILLIC,
            "mk": CYRILLIC,
            "uk": CYRILLIC,
            "cnr": CYRILLIC,
            "el": GREEK,
        }
        assert scripts(place.name_native) == {expected.get(place.name_native_language, LATIN)}, place


def test_romanian_names_have_commas_below_not_cedillas():
    names = "".join(Region.objects.filter(country="RO").values_list("name_native", flat=True))
    assert not set(names) & set("şţŞŢ")
    assert {"ș", "ț"} <= set(names)


def test_bulgarian_names_at_one_level_of_one_country_are_told_apart():
    for (country, level), names in (
        ((country, level), Region.objects.filter(vintage=2024, country=country, level=level))
        for country in COUNTRIES
        for level in (1, 2, 3)
    ):
        counted = Counter(names.values_list("name_bg", flat=True))
        assert not [name for name, count in counted.items() if count > 1], (country, level)


def test_loading_again_writes_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as asked:
        assert load_regions() == Region.objects.count()
    assert not [
        query for query in asked.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_loading_again_mends_what_is_missing_or_different():
    Region.objects.filter(code="BG31", vintage=2024).update(name_bg="Североизточен")
    Region.objects.filter(code="BG311", vintage=2024).delete()
    Boundary.objects.filter(code="BG31").update(source="somebody")
    Boundary.objects.create(
        code="BG31", first_vintage=2016, last_vintage=2024, level=2, geometry={}, source=""
    )
    load_regions()
    place = Region.objects.get(code="BG31", vintage=2024)
    assert place.name_bg == "Северозападен"
    assert Region.objects.get(code="BG311", vintage=2024).parent == place
    assert Boundary.objects.get(code="BG31").source.startswith("Natural Earth")


def test_a_region_keeps_its_identity_when_its_name_is_mended():
    before = Region.objects.get(code="BG31", vintage=2024).pk
    Region.objects.filter(pk=before).update(name_en="?")
    load_regions()
    assert Region.objects.get(code="BG31", vintage=2024).pk == before
