"""Names as people write them: official Latin letters of each country, everyday ones, and with a letter wrong."""

from __future__ import annotations

import pytest
from django.test import Client

from clusterpolisee.regions import queries
from clusterpolisee.regions.folding import distance, fold
from clusterpolisee.regions.models import Region
from clusterpolisee.regions.transliteration import spellings

pytestmark = pytest.mark.usefixtures("places")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # Bulgaria: the law of 2009, and how it was written before
        ("targovishte", "BG334"),
        ("Търговище", "BG334"),
        ("Turgovishte", "BG334"),
        ("Tărgovište", "BG334"),
        ("Veliko Tarnovo", "BG321"),
        ("veliko turnovo", "BG321"),
        ("Kardzhali", "BG425"),
        ("Kurdzhali", "BG425"),
        ("Yuzhen tsentralen", "BG42"),
        ("Južen centralen", "BG42"),
        ("Kyustendil", "BG415"),
        ("Kjustendil", "BG415"),
        ("Sofiya", "BG411"),
        # Greece: ELOT 743, as it is spoken, in English, in Bulgarian
        ("Λευκάδα", "EL624"),
        ("Lefkada", "EL624"),
        ("Evvoia", "EL642"),
        ("Euboea", "EL642"),
        ("Evrytania", "EL643"),
        ("Evritania", "EL643"),
        ("Achaïa", "EL632"),
        ("Peiraias", "EL307"),
        ("Pireas", "EL307"),
        ("Piraeus", "EL307"),
        ("Irakleio", "EL431"),
        ("Iraklio", "EL431"),
        ("Heraklion", "EL431"),
        ("Chania", "EL434"),
        ("Hania", "EL434"),
        ("Voreio Aigaio", "EL41"),
        ("Vorio Egeo", "EL41"),
        ("North Aegean", "EL41"),
        ("Kerkyra", "EL622"),
        ("Corfu", "EL622"),
        # Serbia, Montenegro, North Macedonia, Bosnia and Herzegovina: Cyrillic, Latin, Latin without marks
        ("Средњобанатска", "RS126"),
        ("Srednjobanatska", "RS126"),
        ("Pčinjska", "RS228"),
        ("pcinjska", "RS228"),
        ("Војводина", "RS12"),
        ("Војводине", "RS12"),
        ("Југоисточен", "MK004"),
        ("Jugoistočen", "MK004"),
        ("Crna Gora", "ME"),
        ("Montenegro", "ME"),
        ("Република Српска", "BA02"),
        ("Brčko", "BA03"),
        ("Brachko", "BA03"),
        # Croatia, Slovenia
        ("Međimurska", "HR061"),
        ("Medjimurska", "HR061"),
        ("Medimurska", "HR061"),
        ("Zahodna Slovenija", "SI04"),
        ("Koroška", "SI033"),
        # Austria and South Tyrol: with marks, without, and with e
        ("Kärnten", "AT21"),
        ("Karnten", "AT21"),
        ("Kaernten", "AT21"),
        ("Niederoesterreich", "AT12"),
        ("Carinthia", "AT21"),
        # Romania, Moldova, Hungary, Slovakia, Albania, Ukraine, Kosovo
        ("Timiș", "RO424"),
        ("Timiş", "RO424"),
        ("timis", "RO424"),
        ("Republica Moldova", "MD"),
        ("Észak-Alföld", "HU32"),
        ("eszak alfold", "HU32"),
        ("Košický", "SK042"),
        ("kosicky", "SK042"),
        ("Shqipëria", "AL"),
        ("shqiperia", "AL"),
        ("Ukraina", "UA"),
        ("Ukraïna", "UA"),
        ("Украйна", "UA"),
        ("Prishtina", "XK001"),
        ("Приштина", "XK001"),
        # Codes: of today, with Greece's other letters, withdrawn
        ("bg 334", "BG334"),
        ("BG-334", "BG334"),
        ("gr30", "EL30"),
        ("EL12", "EL12"),
        ("hr04", "HR04"),
        ("SI01", "SI01"),
    ],
)
def test_a_place_is_found_first_however_its_name_is_written(typed: str, found: str) -> None:
    assert queries.find_regions(typed)[0].code == found


def test_every_name_is_found_by_each_way_to_write_it() -> None:
    """The law's spelling of each name in its own language and in Bulgarian is among the names that are searched."""
    missing = []
    for place in Region.objects.all():
        known = place.search_text.strip("|").split("|")
        for name, language in (
            (place.name_native, place.name_native_language),
            (place.name_bg, "bg"),
            (place.name_latin, ""),
            (place.name_en, ""),
        ):
            ways = [name, *spellings(name, language)]
            missing += [(place.code, way) for way in ways if fold(way) not in known]
    assert missing == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Plodviv", "BG421"),  # two letters changed places
        ("Severozapden", "BG31"),  # one is missing
        ("Blagoevgard", "BG413"),
        ("Targovitse", "BG334"),
        ("Tyrgovishte", "BG334"),
        ("Видинн", "BG311"),
        ("Пловдвв", "BG421"),
        ("Solnu", "EL522"),
        ("Θεσσαλνίκη", "EL522"),
        ("Budpest", "HU11"),
        ("Bukarest", "RO32"),
        ("Ljublana", "SI041"),
        ("Дубровнк", "HR037"),
        ("Burgenlant", "AT11"),
        ("Šumadja", "RS218"),
        ("Skopye", "MK008"),
    ],
)
def test_a_place_is_suggested_where_a_letter_is_wrong(typed: str, meant: str) -> None:
    found = queries.find_regions(typed) or queries.similar_regions(typed)
    assert meant in [place.code for place in found]


@pytest.mark.parametrize("typed", ["", "Ni", "Atlantis", "Zürich", "Москва"])
def test_nothing_is_suggested_where_nothing_is_near(typed: str) -> None:
    assert queries.similar_regions(typed) == []


def test_suggestions_are_places_of_today() -> None:
    assert [place.code for place in queries.similar_regions("Thesalonki")] == ["EL522"]


def test_a_suggestion_takes_two_queries(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        queries.similar_regions("Plodviv")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("vidin", "vidin", 0),
        ("vidin", "vdin", 1),
        ("vidin", "ivdin", 1),
        ("vidin", "vadon", 2),
        ("a", "bcd", 3),
    ],
)
def test_letters_between_two_names_are_counted(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == apart == distance(other, one, 2)


@pytest.mark.parametrize(
    ("name", "language", "latin"),
    [
        ("Пазарджик", "bg", "pazardzhik"),
        ("Ђердап", "sr", "derdap"),
        ("Гевгелија", "mk", "gevgelija"),
        ("Згурський", "uk", "zghurskyi"),
        ("Юрій", "uk", "yurii"),
        ("Μπενάκη", "el", "benaki"),
        ("Πύργος", "el", "pyrgos"),
        ("Εύβοια", "el", "evvoia"),
        ("Αχαΐα", "el", "achaia"),
        ("Άγγελος", "el", "angelos"),
    ],
)
def test_the_official_spelling_comes_first(name: str, language: str, latin: str) -> None:
    written = spellings(name, language)[0]
    assert fold(written) == fold(latin)


def test_the_search_page_asks_whether_another_name_was_meant(client: Client) -> None:
    page = client.get("/en/regions/search/?q=Plodviv").content.decode()
    assert "Did you mean" in page and "/en/regions/BG421/" in page
