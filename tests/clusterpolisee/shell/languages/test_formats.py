"""Numbers, dates and names as each language writes them."""

from __future__ import annotations

import math
from datetime import date

import pytest
from django.utils.translation import override

from clusterpolisee.shell import languages

NO_BREAK, MINUS = "\u00a0", "−"


@pytest.mark.parametrize(
    ("language", "text"),
    [("bg", f"280{NO_BREAK}400"), ("en", "280,400"), ("de", "280.400"), ("hu", f"280{NO_BREAK}400")],
)
def test_thousands_are_grouped_as_the_language_does(language: str, text: str) -> None:
    assert languages.format_number(280400, language=language) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (16.0, 1, "16,0"),
        (16.04, 1, "16,0"),
        (16.0, None, "16"),
        (0.126, None, "0,13"),
        (-4.1, 1, f"{MINUS}4,1"),
        (-0.04, 1, "0,0"),
        (0, None, "0"),
    ],
)
def test_a_figure_shows_as_many_decimals_as_it_is_worth(
    value: float, decimals: int | None, text: str
) -> None:
    assert languages.format_number(value, decimals=decimals, language="bg") == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("bg", f"4,1{NO_BREAK}%"), ("en", "4.1%"), ("de", f"4,1{NO_BREAK}%"), ("it", "4,1%")],
)
def test_a_percentage_keeps_its_sign_where_the_language_puts_it(language: str, text: str) -> None:
    assert languages.format_percent(0.041, language=language) == text
    assert languages.format_percent(4.1, of=100, language=language) == text


def test_dates_and_years_end_as_the_language_ends_them() -> None:
    assert languages.format_date(date(2026, 9, 14), language="en") == "14 September 2026"
    assert languages.format_date(date(2026, 9, 14), language="bg").startswith("14 септември 2026")
    assert languages.format_year(2015, language="bg") == f"2015{NO_BREAK}г."
    assert languages.format_year_span(2008, 2015, language="bg") == f"2008–2015{NO_BREAK}г."
    assert languages.format_year_span(2008, 2008, language="en") == "2008"


def test_without_a_language_the_page_decides() -> None:
    with override("bg"):
        assert languages.format_number(1.5) == "1,5"
    with override("en"):
        assert languages.format_number(1.5) == "1.5"


@pytest.mark.parametrize("value", [None, math.nan, math.inf, "12", True])
def test_what_is_no_figure_is_never_taken_for_one(value: object) -> None:
    assert not languages.is_number(value)


@pytest.mark.parametrize(
    ("labels", "language", "name"),
    [
        ({"bg": "Видин", "en": "Vidin"}, "bg", "Видин"),
        ({"hr": "Istra", "en": "Istria"}, "bs", "Istra"),
        ({"sr": "Београд", "en": "Belgrade"}, "sr-latn", "Belgrade"),
        ({"el": "Αττική", "en": "Attica"}, "mk", "Attica"),
        ({"ro": "Iași"}, "bg", "Iași"),
        ({"bg": "", "en": "Vidin"}, "bg", "Vidin"),
        ({}, "bg", ""),
    ],
)
def test_a_missing_name_is_looked_for_among_relatives_then_in_english_then_anywhere(
    labels: dict[str, str], language: str, name: str
) -> None:
    assert languages.pick(labels, language) == name


def test_the_platform_speaks_sixteen_languages_one_of_them_in_two_scripts() -> None:
    codes = [language.code for language in languages.LANGUAGES_OF_THE_PLATFORM]
    assert len(set(codes)) == 17
    assert [code for code in codes if code.startswith("sr")] == ["sr", "sr-latn"]


def test_every_language_can_write_numbers_and_dates_and_looks_for_names_among_existing_ones() -> None:
    codes = {language.code for language in languages.LANGUAGES_OF_THE_PLATFORM}
    for language in languages.LANGUAGES_OF_THE_PLATFORM:
        assert languages.format_number(1234.5, decimals=1, language=language.code)[-2] in ",."
        assert "2026" in languages.format_date(date(2026, 9, 14), language=language.code)
        assert set(language.relatives) <= codes - {language.code}


def test_a_regional_code_means_its_language_and_an_unknown_one_english() -> None:
    assert languages.language_of("en-gb").code == "en"
    assert languages.language_of("sr-Latn").code == "sr-latn"
    assert languages.language_of("xx").code == languages.language_of(None).code == "en"
