"""Names of countries that a table has and the platform has no regions of: Eurostat's tables reach beyond its map."""

from __future__ import annotations

from collections.abc import Collection

from babel import Locale, UnknownLocaleError

from clusterpolisee.regions.queries import names_of

_IN_CLDR = {"EL": "GR", "UK": "GB"}  # Eurostat's codes that are not ISO's


def names_of_countries(codes: Collection[str], language: str) -> dict[str, str]:
    """Code → name for a reader: our own where we have the country, else that of the CLDR, else the code."""
    ours, territories = names_of(codes, language), _territories(language)
    return {code: ours.get(code) or territories.get(_IN_CLDR.get(code, code), code) for code in codes}


def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}
