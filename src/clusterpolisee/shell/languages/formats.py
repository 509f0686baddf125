"""Names, numbers and dates as each language writes them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from django.utils.translation import get_language

from clusterpolisee.shell.languages.registry import DEFAULT, language_of

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"  # the hyphen that keyboards write is too short to be seen beside a figure
# CLDR sets these without a space; their own spelling rules ask for one.
_PERCENT_WITH_SPACE = {"bg"}
# A year is followed by its word: 2015 г.
_YEAR = {"bg": "{}" + _NO_BREAK + "г."}


def pick(labels: Mapping[str, str], language: str | None = None) -> str:
    """The name in this language (else the active one); failing that in a relative, in English, in any."""
    wanted = language_of(language or get_language())
    for code in (wanted.code, *wanted.relatives, DEFAULT.code):
        if label := labels.get(code):
            return label
    return next((label for label in labels.values() if label), "")


def format_number(value: float, *, decimals: int | None = None, language: str | None = None) -> str:
    """280400 → 280 400 (bg), 280,400 (en). Without `decimals`: whole numbers whole, others with two at most."""
    text = format_decimal(value, format=_number_pattern(value, decimals), locale=_locale(language))
    return _no_minus_zero(text).replace("-", _MINUS)


def format_percent(
    value: float, *, decimals: int | None = 1, of: float = 1, language: str | None = None
) -> str:
    """0.041 → 4,1 % (bg), 4.1% (en). Give `of=100` for figures that already count in hundredths."""
    number = format_number(value * 100 / of, decimals=decimals, language=language)
    return f"{number}{_NO_BREAK}%" if _spaced_percent(_code(language)) else f"{number}%"


def format_date(day: date, *, form: str = "long", language: str | None = None) -> str:
    """14 септември 2026 г.; form: short, medium, long or full."""
    return babel_date(day, format=form, locale=_locale(language))


def format_year(year: int, *, language: str | None = None) -> str:
    """2015, in Bulgarian 2015 г."""
    return _YEAR.get(_code(language), "{}").format(year)


def format_year_span(first: int, last: int, *, language: str | None = None) -> str:
    """2008–2015, in Bulgarian 2008–2015 г.; one year stands alone."""
    span = str(first) if first == last else f"{first}–{last}"
    return _YEAR.get(_code(language), "{}").format(span)


def is_number(value: object) -> bool:
    """Whether there is a figure to write: nothing and NaN are no figures, and never written as 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _code(language: str | None) -> str:
    return language_of(language or get_language()).code


def _locale(language: str | None) -> Locale:
    return _parsed(language_of(language or get_language()).babel)


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name)


@cache
def _spaced_percent(code: str) -> bool:
    pattern = _parsed(language_of(code).babel).percent_formats[None].pattern
    return code in _PERCENT_WITH_SPACE or pattern.endswith((" %", f"{_NO_BREAK}%", "\u202f%"))


def _number_pattern(value: float, decimals: int | None) -> str:
    if decimals is None:
        return "#,##0" if float(value).is_integer() else "#,##0.##"
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _no_minus_zero(text: str) -> str:
    """A small loss rounded to nothing is written 0, not −0."""
    is_zero = not any(digit in text for digit in "123456789")
    return text.lstrip("-\u2212") if is_zero else text
