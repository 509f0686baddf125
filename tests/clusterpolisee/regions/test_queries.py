"""Questions about places, asked as people ask them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from clusterpolisee.regions import queries
from clusterpolisee.regions.queries import RegionNotFound

pytestmark = pytest.mark.usefixtures("places")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("BG31", "BG31"),
        ("bg31", "BG31"),
        ("gr52", "EL52"),
        ("Северозападен", "BG31"),
        ("Severozapaden", "BG31"),
        ("severozap", "BG31"),
        ("СЕВЕРОЗАПАДЕН", "BG31"),
        ("Солун", "EL522"),
        ("Thessaloniki", "EL522"),
        ("Salonica", "EL522"),
        ("Θεσσαλονίκη", "EL522"),
        ("ΘΕΣΣΑΛΟΝΙΚΗ", "EL522"),
        ("θεσσαλονικη", "EL522"),
        ("Θεσσαλία", "EL61"),
        ("Thessalia", "EL61"),
        ("Тесалия", "EL61"),
        ("Шумадија и Западна", "RS21"),
        ("sumadija", "RS218"),
        ("Šumadija", "RS218"),
        ("Ниш", "RS225"),
        ("Niš", "RS225"),
        ("Виена", "AT13"),
        ("Wien", "AT13"),
        ("Beč", "AT13"),
        ("Бургенланд", "AT11"),
        ("București", "RO321"),
        ("Bucuresti", "RO321"),
        ("Bucureşti", "RO321"),  # with the cedilla of old keyboards
        ("Győr", "HU221"),
        ("gyor", "HU221"),
        ("Загреб", "HR05"),
        ("Скопје", "MK008"),
        ("Tirana", "AL022"),
        ("Korce", "AL034"),
        ("Косово", "XK"),
        ("Kosova", "XK"),
        ("Україна", "UA"),
        ("Moldova", "MD"),
        ("Апулия", "ITF4"),
    ],
)
def test_a_place_is_found_first_by_its_code_or_its_name_in_any_script(typed, found):
    assert queries.find_regions(typed)[0].code == found


@pytest.mark.parametrize("typed", ["", "   ", "—", "Atlantis", "Zürich"])
def test_nothing_is_found_where_nothing_is(typed):
    assert queries.find_regions(typed) == []


def test_a_name_that_several_places_have_finds_each_code_once_todays_first():
    found = queries.find_regions("Θεσσαλία")
    assert [(place.code, place.vintage) for place in found] == [("EL61", 2024), ("EL14", 2010)]


def test_a_search_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.find_regions("Sofia")


def test_a_region_is_shown_in_the_newest_vintage_that_has_it():
    assert queries.region("BG31").vintage == 2024
    assert queries.region("HR04").vintage == 2016
    assert queries.region("BG31", 2013).vintage == 2013


@pytest.mark.parametrize(("code", "vintage"), [("HR04", 2024), ("BG99", None), ("RS21", 2010)])
def test_a_region_that_is_not_there_says_so(code, vintage):
    with override("en"), pytest.raises(RegionNotFound, match=code):
        queries.region(code, vintage)


def test_the_countries_come_in_reading_order_with_bulgaria_first():
    codes = [place.code for place in queries.countries()]
    assert codes[:3] == ["BG", "EL", "RO"]
    assert sorted(codes) == sorted(queries.COUNTRIES)
    assert len(codes) == 17


def test_regions_of_a_country_are_those_of_the_vintage():
    assert [place.code for place in queries.regions_of("HR", 2, 2016)] == ["HR03", "HR04"]
    assert [place.code for place in queries.regions_of("HR", 2, 2024)] == ["HR02", "HR03", "HR05", "HR06"]


def test_family_ties_stay_in_one_vintage(django_assert_num_queries):
    place = queries.region("BG31", 2013)
    with django_assert_num_queries(2):
        assert [one.code for one in queries.ancestors_of(place)] == ["BG", "BG3"]
        assert [one.code for one in queries.children_of(place)] == [
            "BG311",
            "BG312",
            "BG313",
            "BG314",
            "BG315",
        ]
    assert {one.vintage for one in queries.children_of(place)} == {2013}


def test_a_withdrawn_region_names_its_successors_the_largest_first():
    found = queries.successors_of(queries.region("HR04"))
    assert [one.code for one in found] == ["HR02", "HR06", "HR05"]
    assert [round(one.share, 2) for one in found] == [0.4, 0.31, 0.3]
    assert {one.region.vintage for one in found} == {2024}


def test_a_region_of_today_names_what_it_was_before():
    assert [one.code for one in queries.predecessors_of(queries.region("HU11"), 2013)] == ["HU10"]
    assert queries.predecessors_of(queries.region("BG31"), 2013) == []


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("EL52", "bg", "Централна Македония"),
        ("EL52", "en", "Central Macedonia"),
        ("EL52", "el", "Κεντρική Μακεδονία"),
        ("EL52", "hu", "Kentriki Makedonia"),
        ("RS21", "sr", "Регион Шумадије и Западне Србије"),
        ("RS21", "sr-latn", "Region Šumadije i Zapadne Srbije"),
        ("RS21", "bg", "Шумадия и Западна Сърбия"),
        ("MK008", "mk", "Скопски"),
        ("ME", "cnr", "Црна Гора"),
        ("BG31", "en", "Severozapaden"),
        ("BG31", "de", "Severozapaden"),
        ("AT12", "de", "Niederösterreich"),
        ("AT12", "bg", "Долна Австрия"),
        ("UA", "uk", "Україна"),
    ],
)
def test_a_name_is_given_in_the_readers_language_or_in_latin_letters(code, language, name):
    assert queries.region(code).name(language) == name


def test_a_name_is_that_of_its_vintage():
    assert queries.region("EL422", 2010).name("bg") == "Циклади"
    assert queries.region("EL422", 2013).name("bg").startswith("Андрос, Тира")
    assert queries.region("HU333", 2021).name("en") == "Csongrád"


def test_a_map_of_regions_shows_countries_without_regions_whole():
    codes = [place.code for place in queries.map_regions(2024)]
    assert {"BG31", "RS21", "XK00", "MD", "UA"} <= set(codes)
    assert "BG" not in codes


def test_boundaries_are_asked_from_the_database_once(django_assert_max_num_queries):
    queries.boundaries(2, 2024)
    with django_assert_max_num_queries(0):
        drawn = queries.boundaries(2, 2024)
    assert {feature["properties"]["code"] for feature in drawn["features"]} == {
        place.code for place in queries.map_regions(2024)
    }
